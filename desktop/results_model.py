"""The rows of the table of many pictures: what they show, their order, and which of them are shown."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from digitpad.pad.results import ALL, DOUBTFUL, HEADINGS, Result, belongs, offered
from digitpad.pad.words import WHAT_WAS_SEEN
from digitpad_desktop.images import to_image
from digitpad_desktop.letters import enlarged

SEEN, FILE, DIGIT, WORDS, CONFIDENCE = range(5)
TIPS = ("In the order in which they were read", *(f"Sort by {heading.lower()}" for heading in HEADINGS[1:]))
ORDER = Qt.ItemDataRole.UserRole + 1  # what a cell is sorted by
LAST = "\U0010ffff"  # sorts after all digits, and the question mark
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class ResultsModel(QAbstractTableModel):
    """The results so far, a row each, in the order in which they were read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.results: list[Result] = []
        self._orders: list[tuple[float, str, str, str, float]] = []
        self._count: Counter[str] = Counter()

    def add(self, results: Sequence[Result]) -> None:
        """Append further results."""
        first = len(self.results)
        self.beginInsertRows(NOWHERE, first, first + len(results) - 1)
        self.results += results
        for row, result in enumerate(results, first):
            self._orders.append(_order(result, row))
            self._count.update(_kinds(result))
        self.endInsertRows()

    def replace(self, row: int, result: Result) -> None:
        """Show another result in a row."""
        self._count.subtract(_kinds(self.results[row]))
        self.results[row], self._orders[row] = result, _order(result, row)
        self._count.update(_kinds(result))
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADINGS) - 1))

    def kinds(self) -> dict[str, str]:
        """All that can be shown, as `ShownResults.show_only` takes it, and what it is called."""
        count = self._count
        digits = {digit: f"Read as {digit}: {count[digit]}" for digit in "0123456789"}
        return {**offered(count), **digits}

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many results there are."""
        return 0 if parent.isValid() else len(self.results)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heading of a column, and what a click on it does."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADINGS[section]
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{TIPS[section]} (Ctrl+{section + 1})"
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, or is sorted by; the glyph, which the view draws by itself, for the user role."""
        if role == ORDER:  # asked for a hundred thousand times where there are thousands of rows
            return self._orders[index.row()][index.column()]
        result, column = self.results[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(result, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return {FILE: result.file, WORDS: result.error}.get(column)
        if role == Qt.ItemDataRole.UserRole and column == SEEN:
            return result.reading and to_image(result.reading.glyph)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == SEEN:
            return WHAT_WAS_SEEN if result.reading else "Nothing was seen"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (DIGIT, CONFIDENCE):
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.FontRole and column == DIGIT:
            return enlarged(QFont(), 1.6, bold=True)
        return None


class ShownResults(QSortFilterProxyModel):
    """Those of the results that are shown, in the order that was asked for; equal ones as they were read."""

    def __init__(self, results: ResultsModel) -> None:
        super().__init__(results)
        self._results = results
        self._which = ALL
        self.setSortRole(ORDER)
        self.setSourceModel(results)

    def show_only(self, which: str) -> None:
        """Show ALL, those that are DOUBTFUL, or those that were read as a digit."""
        self._which = which
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        return belongs(self._results.results[row], self._which)


def _kinds(result: Result) -> list[str]:
    """All that it belongs to of what can be shown."""
    return [which for which in (ALL, DOUBTFUL, *"0123456789") if belongs(result, which)]


def _text(result: Result, column: int) -> str | None:
    if column == FILE:
        return result.name
    if column == WORDS:
        return result.words
    if column == DIGIT:
        return result.digit if result.reading else None
    return result.confidence or None if column == CONFIDENCE else None


def _order(result: Result, row: int) -> tuple[float, str, str, str, float]:
    """What each column is sorted by: numbers in names as numbers; what has no digit after all, and as least sure."""
    name = re.sub(r"\d+", lambda number: number[0].zfill(20), result.name.casefold())
    confidence = result.reading.confidence if result.reading and result.confidence else -1.0
    return row, name, result.digit or LAST, result.words, confidence
