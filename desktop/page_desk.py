"""Where pages are looked over: the picture with a box over each number, and the table of all of them beside it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from digitpad import DigitpadError
from digitpad.numbers.page import Box
from digitpad.pad.checked import CheckedNumber
from digitpad.pad.pages import CheckedPage
from digitpad_desktop.letters import enlarged, heading
from digitpad_desktop.numbers_model import PAGE, NumbersModel, Sheet, name_of, result_of
from digitpad_desktop.numbers_table import NumbersTable
from digitpad_desktop.page_view import PageView

NARROW = 1.8  # times as wide as the table wants to be is a desk, at most, on which that lies below the page
USUAL = QSize(1100, 640)  # pixels of a desk that the system's letters fit; on a larger one they are larger
LARGEST = 2.0  # times as large they are, at most


class PageDesk(QSplitter):
    """The pages so far, of which one is shown, and a number on it chosen; table and picture follow each other.

    Signals:
        changed: a page was corrected.
        went: another page, or number, is chosen; or there is something else to say of them.
        refused: a sentence about what could not be done.
    """

    changed = Signal()
    went = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model, self.view = NumbersModel(self), PageView()
        self.table = NumbersTable(self.model)
        self.title, self.nothing = heading(""), QLabel()
        self._sheet = -1  # which page is shown
        self._factor = 1.0  # how many times as large as the system's its letters are
        self._lay_out()
        self.view.chosen.connect(lambda id: self.go_to(self._sheet, id))
        self.view.typed.connect(self._type)
        self.view.moved.connect(lambda id, box: self._do(lambda page: page.move(id, box), takes_long=True))
        self.view.drawn.connect(self._draw)
        self.view.stepped.connect(self._step)
        self.table.chosen.connect(self.go_to)
        self.table.accepted.connect(self.accept)
        self.table.widened.connect(self._share_room)
        self.model.typed.connect(self._correct)

    @property
    def page(self) -> CheckedPage | None:
        """The page that is shown; None where there is none, or it can't be read."""
        sheet = self.model.sheets[self._sheet] if self._sheet >= 0 else None
        return sheet if isinstance(sheet, CheckedPage) else None

    @property
    def place(self) -> int:
        """Which page is shown, from 0; below that for none."""
        return self._sheet

    @property
    def has_doubts(self) -> bool:
        """Whether a number of any page is in doubt, and nobody has looked at it."""
        return any(sheet.to_look_at for sheet in self.model.sheets if isinstance(sheet, CheckedPage))

    def add(self, sheet: Sheet) -> None:
        """Lay down a further page; the first one is shown, at the number that is the most in doubt."""
        self.model.add([sheet])
        if self._sheet < 0:
            first = next((number.id for number in self._by_doubt(0) if number.needs_a_look), None)
            self.go_to(0, first)
            self.view.setFocus()
        else:
            self._name()

    def show_pages_column(self, is_shown: bool) -> None:
        """Name the page in each row of the table, or not."""
        self.table.setColumnHidden(PAGE, not is_shown)
        self._share_room()

    # Where one goes

    def go_to(self, sheet: int, id: int | None) -> None:
        """Show a page, and choose a number on it, or none."""
        if not 0 <= sheet < len(self.model.sheets):
            return
        if sheet != self._sheet:
            self.view.finish()
            self._sheet = sheet
            self.view.show_page(self.page)
        self.view.choose(id)
        self.table.go_to(sheet, id)
        self._name()
        self.went.emit()

    def go_to_next(self) -> None:
        """Choose the most doubtful number that nobody has looked at, of this page, else of the next that has one."""
        self.view.finish()
        count, choice = len(self.model.sheets), self.view.choice
        for sheet in [(max(self._sheet, 0) + step) % count for step in range(count)]:
            if ids := [number.id for number in self._by_doubt(sheet) if number.needs_a_look]:
                next_one = ids.index(choice) + 1 if sheet == self._sheet and choice in ids else 0
                self.go_to(sheet, ids[next_one % len(ids)])
                self.view.come_closer()
                return

    def _by_doubt(self, which: int) -> list[CheckedNumber]:
        sheet = self.model.sheets[which]
        return sheet.by_doubt if isinstance(sheet, CheckedPage) else []

    def turn(self, by: int) -> None:
        """Show the page so many further on."""
        self.go_to(min(max(self._sheet + by, 0), len(self.model.sheets) - 1), None)

    def _step(self, by: int) -> None:
        """Choose the number before or after the chosen one."""
        ids = [number.id for number in self.page.numbers] if self.page else []
        if ids:
            here = ids.index(self.view.choice) + by if self.view.choice in ids else 0
            self.go_to(self._sheet, ids[min(max(here, 0), len(ids) - 1)])

    # What is done to the page

    def undo(self) -> None:
        """Take back the last change on this page."""
        self._change(lambda page: page.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self._change(lambda page: page.redo())

    def remove(self) -> None:
        """Take the chosen number off the page."""
        if (id := self.view.choice) is not None:
            self._change(lambda page: page.remove(id))

    def add_box(self) -> None:
        """Put a box in the middle of what is seen, for keys to move."""
        self._draw(self.view.box_in_the_middle())

    def accept(self) -> None:
        """Say that the chosen number is right, if one is, and go to the next in doubt."""
        id = self.view.choice
        if id is None or self._change(lambda page: page.accept(id)):
            self.go_to_next()

    def _correct(self, sheet: int, id: int, text: str) -> None:
        """Take what was typed into the table."""
        self.go_to(sheet, id)
        self._change(lambda page: page.correct(id, text))

    def _type(self, id: int, text: str, goes_on: bool) -> None:
        """Take what was typed on the page; where it can't be, the line stays."""
        if self._do(lambda page: page.correct(id, text)) and goes_on:
            self.view.close_line()
            self.go_to_next()

    def _draw(self, box: Box) -> None:
        """Add a box, and read what is in it; where that is nothing, it can be typed at once."""
        added: list[int] = []
        if self._change(lambda page: added.append(page.add(box)), takes_long=True):
            self.go_to(self._sheet, added[0])
            if self.page and not self.page.number(added[0]).text:
                self.view.type_on(added[0])

    def _change(self, change: Callable[[CheckedPage], object], takes_long: bool = False) -> bool:
        """Do something to the page once what was begun on it is done; whether that could be done."""
        self.view.finish()
        return self._do(change, takes_long)

    def _do(self, change: Callable[[CheckedPage], object], takes_long: bool = False) -> bool:
        page = self.page
        if page is None:
            return False
        before = page.numbers
        try:
            if takes_long:
                QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            change(page)
        except DigitpadError as error:
            self.refused.emit(str(error))
            return False
        finally:
            if takes_long:
                QGuiApplication.restoreOverrideCursor()
        if page.numbers is not before:
            self.view.follow(page)
            self.model.follow(self._sheet)
            self.changed.emit()
            self.go_to(self._sheet, self.view.choice)
        return True

    # How it is made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        factor = min(self.width() / USUAL.width(), self.height() / USUAL.height(), LARGEST)
        self._enlarge(max(round(factor, 1), 1.0))
        is_narrow = self.width() < NARROW * self.table.sizeHint().width()
        orientation = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if orientation is not self.orientation():
            self.setOrientation(orientation)
            self._share_room()
        self._name()

    def _enlarge(self, factor: float) -> None:
        """Write so many times as large: on a projector it is read from the last row."""
        if factor != self._factor:
            self._factor = factor
            self.table.enlarge(enlarged(self.font(), factor))
            self.title.setFont(enlarged(self.font(), factor, bold=True))
            self._share_room()

    def _share_room(self) -> None:
        """Give the table what its columns need, at most half, or two fifths of the height; the rest is the page's."""
        wide = min(self.table.sizeHint().width(), self.width() // 2)
        is_beside = self.orientation() is Qt.Orientation.Horizontal
        self.setSizes([max(self.width() - wide, 1), wide] if is_beside else [3, 2])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.key() == Qt.Key.Key_Escape and self.view.choice is not None:
            self.go_to(self._sheet, None)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        for label in (self.title, self.nothing):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a file's name may look like HTML
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.nothing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.nothing)
        layout.addWidget(self.view, stretch=1)
        self.addWidget(left)
        self.addWidget(self.table)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setChildrenCollapsible(False)
        self._name()

    def _name(self) -> None:
        """Say which page it is, and what is wrong with it where something is."""
        sheets = self.model.sheets
        sheet = sheets[self._sheet] if self._sheet >= 0 else None
        name = Path(name_of(sheet)).name if sheet else ""
        of = f"  ({self._sheet + 1} of {len(sheets)})" if len(sheets) > 1 else ""
        metrics = self.title.fontMetrics()
        room = self.view.width() - metrics.horizontalAdvance(of)
        self.title.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room) + of)
        self.title.setToolTip(name_of(sheet) if sheet else "")
        self.title.setVisible(bool(name))
        self.nothing.setText(result_of(sheet).words if sheet else "")
        self.nothing.setVisible(bool(self.nothing.text()))
