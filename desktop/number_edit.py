"""The line in which one types what a number is, on the number itself."""

from PySide6.QtCore import QRectF, QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from digitpad.pad.checked import CheckedNumber
from digitpad_desktop.letters import enlarged

LARGER = 1.3  # times as large as the system's letters
TYPED = "[0-9.,]*"  # what can be typed for a number
LETTERS = 6  # that there is room for, at least


class NumberEdit(QLineEdit):
    """Enter takes what was typed, Escape leaves it; so does a click elsewhere, which takes what was changed.

    Signals:
        typed: the id of the number, the text, and whether Enter was pressed, to go on to the next.
        left: nothing is to be changed.
    """

    typed = Signal(int, str, bool)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._id, self._before = -1, ""
        self.setFont(enlarged(self.font(), LARGER, bold=True))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(TYPED), self))
        self.setAccessibleName("What the number is")
        self.hide()

    def open_line(self, number: CheckedNumber, box: QRectF, which: int | None, text: str | None) -> None:
        """Begin to type.

        Args:
            number: what it is about.
            box: where that is, in the parent's pixels.
            which: the digit, from 0, that the first key replaces; None for all of them.
            text: what was typed already; None for what the number is now.
        """
        self._id, self._before = number.id, number.text
        self.setText(number.text if text is None else text)
        self.setToolTip(f"Read as {number.read_as}, {number.sureness} sure" if number.read_as else "")
        self.place(box)
        self.show()
        self.setFocus()
        self.setCursorPosition(len(self.text()))
        places = [place for place, sign in enumerate(self.text()) if sign.isdecimal()]
        if text is None and which is not None and which < len(places):
            self.setSelection(places[which], 1)
        elif text is None:
            self.selectAll()

    def place(self, box: QRectF) -> None:
        """Lie below a box, or above it where that is the parent's end."""
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance("0") * max(len(self.text()) + 2, LETTERS) + 12
        size = self.sizeHint()
        room = self._parent.rect()
        top = round(box.bottom()) + 8
        if top + size.height() > room.height():
            top = max(0, round(box.top()) - size.height() - 8)
        self.setGeometry(min(max(round(box.left()), 0), max(room.width() - wide, 0)), top, wide, size.height())

    def close_line(self) -> None:
        """Go away; what was changed is taken."""
        if self.isVisible():
            self.hide()
            if self.text() not in ("", self._before):
                self.typed.emit(self._id, self.text(), False)

    def leave(self) -> None:
        """Go away, and change nothing."""
        self._before = self.text()
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.typed.emit(self._id, self.text(), True)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Not for its own menu, or a look at another window.
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.close_line()
