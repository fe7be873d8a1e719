"""The rows of the table of numbers: what they show, their order, and what is typed into them."""

import bisect
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from digitpad.pad.checked import CheckedNumber
from digitpad.pad.page_results import PAGE_HEADINGS, PageResult
from digitpad.pad.pages import CheckedPage

PAGE, ROW, NUMBER, CONFIDENCE, CORRECTED = range(5)
ORDER = Qt.ItemDataRole.UserRole + 1  # what a cell is sorted by
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Sheet = CheckedPage | PageResult  # a page; what came of one that can't be read


class Line(NamedTuple):
    """A row of the table.

    Attributes:
        sheet: which page, from 0.
        number: of its numbers; None where it has none.
    """

    sheet: int
    number: CheckedNumber | None


class NumbersModel(QAbstractTableModel):
    """The numbers of the pages so far, a row each, in the order in which one reads; of a page without any a row too.

    Signals:
        typed: a page, from 0, the id of a number on it, and what was typed for it.
    """

    typed = Signal(int, int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheets: list[Sheet] = []
        self.lines: list[Line] = []

    def add(self, sheets: Sequence[Sheet]) -> None:
        """Append further pages."""
        first, count = len(self.lines), len(self.sheets)
        lines = [line for number, sheet in enumerate(sheets, count) for line in _lines(number, sheet)]
        self.beginInsertRows(NOWHERE, first, first + len(lines) - 1)
        self.sheets += sheets
        self.lines += lines
        self.endInsertRows()

    def follow(self, which: int) -> None:
        """Show the numbers of a page as they are now."""
        first, last = (bisect.bisect(self.lines, at, key=lambda line: line.sheet) for at in (which - 1, which))
        lines = _lines(which, self.sheets[which])
        if [_id(line) for line in lines] == [_id(line) for line in self.lines[first:last]]:
            self.lines[first:last] = lines
            self.dataChanged.emit(self.index(first, 0), self.index(last - 1, CORRECTED))
            return
        self.beginRemoveRows(NOWHERE, first, last - 1)
        del self.lines[first:last]
        self.endRemoveRows()
        self.beginInsertRows(NOWHERE, first, first + len(lines) - 1)
        self.lines[first:first] = lines
        self.endInsertRows()

    def line_of(self, which: int, id: int | None) -> int:
        """In which row a number of a page stands; its first one where there is no such number."""
        first = bisect.bisect(self.lines, which - 1, key=lambda line: line.sheet)
        for line in range(first, len(self.lines)):
            if self.lines[line].sheet != which:
                break
            if _id(self.lines[line]) == id:
                return line
        return first

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(PAGE_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return PAGE_HEADINGS[section]
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """That what a number is can be typed."""
        flags = super().flags(index)
        can_be_typed = index.column() == CORRECTED and self.lines[index.row()].number is not None
        return flags | Qt.ItemFlag.ItemIsEditable if can_be_typed else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, is sorted by, or begins to be typed with."""
        line, column = self.lines[index.row()], index.column()
        sheet = self.sheets[line.sheet]
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(line, sheet, column)
        if role == ORDER:
            return _order(line, index.row(), column)
        if role == Qt.ItemDataRole.EditRole and line.number:
            return line.number.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return name_of(sheet) if column == PAGE else result_of(sheet).error or _text(line, sheet, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (ROW, CONFIDENCE) and line.number:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.FontRole and line.number and column in (NUMBER, CORRECTED):
            font = QFont()  # as large as the table's
            font.setBold(line.number.needs_a_look or column == CORRECTED)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed into a cell; whoever hears it changes the page."""
        number = self.lines[index.row()].number
        if role != Qt.ItemDataRole.EditRole or number is None:
            return False
        self.typed.emit(self.lines[index.row()].sheet, number.id, str(value))
        return True


class ShownNumbers(QSortFilterProxyModel):
    """The rows in the order that was asked for."""

    def __init__(self, numbers: NumbersModel) -> None:
        super().__init__(numbers)
        self.setSortRole(ORDER)
        self.setSourceModel(numbers)


def name_of(sheet: Sheet) -> str:
    """What a page is called, with the folders it lies in."""
    return sheet.name if isinstance(sheet, CheckedPage) else sheet.file


def result_of(sheet: Sheet) -> PageResult:
    """What came of a page."""
    return sheet.result if isinstance(sheet, CheckedPage) else sheet


def _lines(which: int, sheet: Sheet) -> list[Line]:
    return [Line(which, number) for number in sheet.numbers] or [Line(which, None)]


def _id(line: Line) -> int | None:
    return line.number.id if line.number else None


def _text(line: Line, sheet: Sheet, column: int) -> str | None:
    number = line.number
    if column == PAGE:
        return Path(name_of(sheet)).name or name_of(sheet)
    if number is None:
        return ("not read" if result_of(sheet).error else "none") if column == NUMBER else None
    if column == ROW:
        return str(number.row)
    if column == NUMBER:
        return f"{number.read_as}?" if number.needs_a_look else number.read_as
    return number.sureness if column == CONFIDENCE else number.corrected


def _order(line: Line, row: int, column: int) -> float:
    """What a column is sorted by; equal ones stay in the order in which one reads."""
    number = line.number
    if column in (PAGE, ROW):
        return row
    if number is None:
        return math.inf
    if column == NUMBER:
        return float("".join(sign for sign in number.text if sign.isdecimal()) or -1)
    if column == CONFIDENCE:  # the most doubtful first, what a person has looked at last
        return number.confidence + (not number.needs_a_look) + 2 * (number.corrected is not None)
    return float(number.corrected is None)
