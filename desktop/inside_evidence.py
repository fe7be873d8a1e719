"""What speaks for each digit in the last layer, unit by unit."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.errors import ModelError
from digitpad.models.inside import Inside
from digitpad.pad.evidence import evidence_of_all
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_parts import parts_of
from digitpad.pad.inside_words import EVIDENCE, EVIDENCE_FOR, EVIDENCE_WORDS, WHAT_EVIDENCE_IS, digit_name, signed
from digitpad_desktop.glossary import Words
from digitpad_desktop.inside_bars import SumBars
from digitpad_desktop.inside_colours import SIGNED_TABLE
from digitpad_desktop.inside_pictures import indexed

UNITS = 12  # that are shown one by one


class EvidenceView(QWidget):
    """The units of the last layer but one: what each adds to a digit's sum, which softmax makes a probability of.

    Args:
        view: what is looked at.
    """

    def __init__(self, view: InsideView) -> None:
        super().__init__()
        self._view = view
        self._chosen: int | None = None  # None for the one that was read
        self.digits, self.all, self.bars, self.words = QComboBox(), EvidencePicture(), SumBars(EVIDENCE), QLabel()
        self._label = QLabel(EVIDENCE_FOR)
        self._label.setBuddy(self.digits)
        self.words.setWordWrap(True)
        self.words.setForegroundRole(self.words.foregroundRole().PlaceholderText)
        self.glossary = Words(EVIDENCE_WORDS)
        self._choice = QWidget()
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(self.digits)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self._choice)
        layout.addWidget(self.all)
        layout.addWidget(self.bars)
        layout.addWidget(self.glossary)
        layout.addStretch(1)
        self.digits.activated.connect(self._choose)
        self.all.chosen.connect(self._choose)
        self.bars.chosen.connect(self._go_to_unit)

    def enlarge(self, has_controls: bool) -> None:
        """With controls, or without them."""
        self._choice.setVisible(has_controls)
        self.glossary.setVisible(has_controls)

    def follow(self) -> None:
        """Show what is looked at."""
        inside = self._view.inside
        outputs = inside.layers[-1].channels
        if self.digits.count() != outputs:
            self.digits.clear()
            self.digits.addItems([digit_name(digit) for digit in range(outputs)])
            self._chosen = None
        digit = int(inside.layers[-1].maps.argmax()) if self._chosen is None else self._chosen
        self.digits.setCurrentIndex(digit)
        try:
            self.all.show_evidence(inside, digit)
        except ModelError as error:
            self.words.setText(str(error))
        else:
            self.words.setText(WHAT_EVIDENCE_IS)
            self.bars.show_parts(parts_of(inside.at(inside.last, digit), UNITS, has_maps=False))
        has_units = self.words.text() == WHAT_EVIDENCE_IS
        for part in (self.digits, self.all, self.bars):
            part.setEnabled(has_units)

    def _choose(self, digit: int) -> None:
        self._chosen = digit
        self.follow()

    def _go_to_unit(self, unit: int) -> None:
        self._view.point_at(self._view.side, self._view.inside.last - 1, unit)


class EvidencePicture(QWidget):
    """What each unit says for each digit: a row a digit, a column a unit, from the one that speaks most for it on.

    Signals:
        chosen: a digit's row was clicked.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._image, self._digit = QImage(), 0
        self._sums: list[float] = [0.0]
        self.setAccessibleName(EVIDENCE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(260, len(self._sums) * self._row())

    def _row(self) -> int:
        return self.fontMetrics().height() + 2

    def show_evidence(self, inside: Inside, digit: int) -> None:
        """Show what speaks for each digit; the units in the order in which they speak for one of them."""
        shades, sums = evidence_of_all(inside, digit)
        if len(sums) != len(self._sums):
            self.updateGeometry()
        self._image, self._sums, self._digit = indexed(shades, SIGNED_TABLE), sums, digit
        told = ", ".join(f"{digit_name(each)}: {signed(total)}" for each, total in enumerate(sums))
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics, row = self.fontMetrics(), self._row()
        left = max(metrics.horizontalAdvance(digit_name(digit)) for digit in range(len(self._sums))) + 8
        right = max(metrics.horizontalAdvance(signed(total)) for total in self._sums) + 8
        for digit, total in enumerate(self._sums):
            top = digit * row
            font = self.font()
            font.setBold(digit == self._digit)
            painter.setFont(font)
            painter.setPen(self.palette().text().color())
            where = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, left - 6, row), Qt.AlignmentFlag.AlignRight | where, digit_name(digit))
            end = QRectF(self.width() - right, top, right, row)
            painter.drawText(end, Qt.AlignmentFlag.AlignRight | where, signed(total))
            strip = QRectF(left, top + 1, self.width() - left - right, row - 2)
            painter.drawImage(strip, self._image, QRectF(0, digit, self._image.width(), 1))
            if digit == self._digit:
                painter.drawRect(strip.adjusted(-1, -1, 0, 0))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(min(max(int(event.position().y() // self._row()), 0), len(self._sums) - 1))
