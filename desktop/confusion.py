"""The confusion matrix: a table of numbers, and the digits behind the one that is chosen."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from digitpad.models.mistakes import Mistakes
from digitpad.pad.confusion import (
    CONFUSION,
    ORANGE,
    READ_AS,
    REALLY,
    begin_with,
    behind_cell,
    measured,
    said_below,
    said_of_cell,
    shade,
    shown_cells,
)
from digitpad_desktop.glossary import Words
from digitpad_desktop.images import to_image
from digitpad_desktop.letters import enlarged, heading

ENLARGED = 3  # screen pixels for each of a glyph's, in a window of the usual size
USUAL, LARGEST = 680, 2.5  # pixels of its width; how many times as large as there letters and glyphs can be


class ConfusionPage(QWidget):
    """Which digits a model takes for which.

    Args:
        mistakes: of the model.
    """

    def __init__(self, mistakes: Mistakes) -> None:
        super().__init__()
        self._mistakes, self._factor = mistakes, 1.0
        self.table, self.digits = QTableWidget(10, 10), QListWidget()
        self.said = heading("")
        self.said.setWordWrap(True)
        self._make_table()
        self._make_digits()
        explanation, below = QLabel(CONFUSION.explanation), QLabel(measured(mistakes))
        for label in (explanation, below):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        columns = QLabel(READ_AS)
        columns.setAlignment(Qt.AlignmentFlag.AlignCenter)
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(columns)
        left.addWidget(self.table, stretch=1)
        left.addWidget(below)
        right.addWidget(self.said)
        right.addWidget(self.digits, stretch=1)
        both.addLayout(left, stretch=8)
        both.addLayout(right, stretch=5)
        layout = QVBoxLayout(self)
        layout.addWidget(explanation)
        layout.addWidget(Words(CONFUSION.words))
        layout.addLayout(both, stretch=1)
        self.table.currentCellChanged.connect(lambda row, column, *_: self._show(row, column))
        self.table.setCurrentCell(*begin_with(mistakes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the numbers grow with the window: on a projector they are read from the last row."""
        super().resizeEvent(event)
        factor = min(max(round(self.width() / USUAL, 1), 1.0), LARGEST)
        for widget, bold in ((self.table, False), (self.said, True), (self.digits, False)):
            widget.setFont(enlarged(self.font(), factor, bold))
        if factor != self._factor:
            self._factor = factor
            self._show(self.table.currentRow(), self.table.currentColumn())

    def _make_table(self) -> None:
        table = self.table
        table.setAccessibleName(CONFUSION.meaning)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTextElideMode(Qt.TextElideMode.ElideNone)
        table.setTabKeyNavigation(False)  # Tab leaves it, the arrows go through it
        table.setHorizontalHeaderLabels([str(digit) for digit in range(10)])
        table.setVerticalHeaderLabels([f"{REALLY} {digit}" for digit in range(10)])
        for header in (table.horizontalHeader(), table.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(20)
            header.setSectionsClickable(False)
            header.setHighlightSections(True)
        room = table.fontMetrics()
        table.setMinimumSize(11 * room.horizontalAdvance("1000") + 40, 11 * (room.height() + 4))
        for digit, row in enumerate(shown_cells(self._mistakes)):
            for read, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                said = said_of_cell(self._mistakes, digit, read)
                item.setToolTip(said)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                item.setBackground(self._colour(digit, read))
                table.setItem(digit, read, item)

    def _make_digits(self) -> None:
        digits = self.digits
        digits.setViewMode(QListView.ViewMode.IconMode)
        digits.setResizeMode(QListView.ResizeMode.Adjust)
        digits.setMovement(QListView.Movement.Static)
        digits.setSpacing(4)
        digits.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        digits.setMinimumWidth(28 * ENLARGED + 60)

    def _colour(self, digit: int, read: int) -> QColor:
        """What lies below a number: grey on the diagonal, orange where digits are confused, else the table's own."""
        palette = self.palette()
        colour = palette.text().color() if digit == read else QColor(ORANGE)
        return _mixed(palette.base().color(), colour, shade(self._mistakes, digit, read))

    def _show(self, digit: int, read: int) -> None:
        """Show the digits behind a cell."""
        said = said_below(self._mistakes, digit, read)
        self.said.setText(said)
        self.digits.setAccessibleName(said)
        times = round(ENLARGED * self._factor)
        self.digits.setIconSize(QSize(28 * times, 28 * times))
        self.digits.clear()
        for each in behind_cell(self._mistakes, digit, read):
            picture = to_image(each.glyph.repeat(times, axis=0).repeat(times, axis=1))
            item = QListWidgetItem(QIcon(QPixmap.fromImage(picture)), each.caption)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, each.told)
            self.digits.addItem(item)


def _mixed(below: QColor, colour: QColor, share: float) -> QColor:
    sides = ((below.red(), colour.red()), (below.green(), colour.green()), (below.blue(), colour.blue()))
    return QColor(*(round(under + (over - under) * share) for under, over in sides))
