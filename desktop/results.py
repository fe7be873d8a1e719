"""A selection of picture files, read one after the other, in a table."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from digitpad import Recognizer
from digitpad.files import write_whole
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.pad.results import HEADINGS, Result, tally, to_csv
from digitpad.pictures.decoding import NO_PICTURES
from digitpad_desktop.images import to_image
from digitpad_desktop.reading_files import FilesReader
from digitpad_desktop.saving import ask_where

SEEN, FILE, DIGIT, WORDS, CONFIDENCE = range(5)
WIDTHS = {SEEN: 76, FILE: 240, DIGIT: 64, CONFIDENCE: 104}  # pixels at first; WORDS takes what is left
ENLARGED = 2  # screen pixels for each of the glyph's
ROW_HEIGHT = ENLARGED * GLYPH_SIDE + 8

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class ResultsModel(QAbstractTableModel):
    """The results so far, a row each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.results: list[Result] = []

    def add(self, results: Sequence[Result]) -> None:
        """Append further results."""
        first = len(self.results)
        self.beginInsertRows(NOWHERE, first, first + len(results) - 1)
        self.results += results
        self.endInsertRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many results there are."""
        return 0 if parent.isValid() else len(self.results)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; the glyph, which the view draws by itself, for the user role."""
        result, column = self.results[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(result, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return {FILE: result.file, WORDS: result.error}.get(column)
        if role == Qt.ItemDataRole.UserRole and column == SEEN:
            return result.reading and to_image(result.reading.glyph)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == SEEN:
            return "What the network saw" if result.reading else "Nothing was seen"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (DIGIT, CONFIDENCE):
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.FontRole and column == DIGIT:
            return _large()
        return None


class ResultsDialog(QDialog):
    """Reads picture files and shows what came of each, while it goes on and after.

    It is deleted when it is closed; a reading that is still under way then ends.

    Args:
        paths: files, and folders in whose place the pictures in them are read.
        recognizer: who reads.
        parent: the window that it belongs to.

    Signals:
        chosen: the file, a Path, of a row that was double-clicked, or entered; never of one that can't be read.
    """

    chosen = Signal(Path)

    def __init__(self, paths: Iterable[Path], recognizer: Recognizer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Pictures read")
        self.model = ResultsModel(self)
        self.table, self.nothing = self._make_table(), QLabel(NO_PICTURES)
        self.bar, self.line = QProgressBar(), QLabel("Looking for pictures…")
        self.passed_over = ""  # what lies in the folders and is not read
        self.export, self.stop = QPushButton("&Export CSV…"), QPushButton("Cancel")
        self._lay_out()
        self.export.clicked.connect(self._export)
        self.stop.clicked.connect(self.reject)
        self.reader = FilesReader(paths, recognizer)
        self.reader.found.connect(self._begin)
        self.reader.read.connect(self._add)
        self.reader.finished.connect(self._end)
        self.reader.start()

    def reject(self) -> None:
        """Stop reading; where nothing is being read, or is about to stop, close."""
        if self.reader.isRunning() and not self.reader.isInterruptionRequested():
            self.reader.requestInterruption()
            self.line.setText("Stopping…")
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reader.requestInterruption()
        super().closeEvent(event)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName("What was read in each picture")
        table.setModel(self.model)
        table.setItemDelegateForColumn(SEEN, _Glyph(table))
        table.setItemDelegateForColumn(WORDS, _Wrapped(table))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)  # Tab goes on to the buttons
        table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        rows, columns = table.verticalHeader(), table.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # to measure thousands of rows takes long
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, width)
        table.doubleClicked.connect(self._choose)
        # Not `activated`, which a single click is on some desktops, and Enter on a Mac is not.
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(key), table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda: self._choose(table.currentIndex()))
        return table

    def _lay_out(self) -> None:
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        self.bar.setAccessibleName("Pictures read so far")
        self.bar.setRange(0, 0)  # busy
        self.bar.setFormat("%v of %m")
        self.bar.setTextVisible(False)  # in the line beside it, since not every style has room for it
        self.line.setAccessibleName("How far it is")
        self.export.setEnabled(False)
        foot = QHBoxLayout()
        foot.addWidget(self.bar, stretch=1)
        foot.addWidget(self.line, stretch=1)
        for button in (self.export, self.stop):
            button.setAutoDefault(False)  # Enter is for the table
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(self.nothing, stretch=1)
        layout.addLayout(foot)
        self.resize(820, 560)
        self.table.setFocus()

    def _begin(self, count: int, passed_over: str) -> None:
        self.passed_over = passed_over
        self.bar.setRange(0, max(count, 1))
        self.bar.setValue(0)
        self._tell_progress()
        if not count:
            self.table.hide()
            self.nothing.setText("\n".join(filter(None, (NO_PICTURES, passed_over))))
            self.nothing.show()

    def _add(self, results: list[Result]) -> None:
        self.model.add(results)
        self.bar.setValue(len(self.model.results))
        self._tell_progress()
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, FILE))

    def _tell_progress(self) -> None:
        if not self.reader.isInterruptionRequested():
            self.line.setText(self.bar.text())

    def _end(self) -> None:
        results, total = self.model.results, self.bar.maximum()
        line = tally(results)
        line = line if len(results) == total else f"Stopped after {len(results)} of {total}: {line}"
        self.line.setText("" if self.table.isHidden() else "\n".join(filter(None, (line, self.passed_over))))
        self.bar.hide()
        self.export.setEnabled(bool(results))
        self.stop.setText("Close")

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.results[index.row()].reading:
            self.chosen.emit(Path(self.model.results[index.row()].file))

    def _export(self) -> None:
        suggested = Path(self.model.results[0].file).with_name("digits.csv")
        path = ask_where(self, "Export CSV", str(suggested), "CSV files", ".csv")
        if path is None:
            return
        try:
            write_whole(path, to_csv(self.model.results))
        except OSError as error:
            box = QMessageBox(self)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setIcon(QMessageBox.Icon.Warning)
            box.setWindowTitle("Export CSV")
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setText(f"{path} can't be written: {error.strerror}. Choose another folder.")
            box.open()


class _Glyph(QStyledItemDelegate):
    """Draws what the network saw, pixel by pixel, the same whether the row is selected or not."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if image := index.data(Qt.ItemDataRole.UserRole):
            side = ENLARGED * GLYPH_SIDE
            cell: QRect = option.rect
            place = QRect(cell.center() - QPoint(side // 2, side // 2), image.size() * ENLARGED)
            painter.drawImage(place, image)
            painter.setPen(option.palette.mid().color())
            painter.drawRect(place.adjusted(0, 0, -1, -1))


class _Wrapped(QStyledItemDelegate):
    """Breaks a long sentence into lines."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText


def _text(result: Result, column: int) -> str | None:
    if column == FILE:
        return result.name
    if column == WORDS:
        return result.words
    if column == DIGIT:
        return result.digit if result.reading else None
    return result.confidence or None if column == CONFIDENCE else None


def _large() -> QFont:
    font = QFont()
    font.setPointSizeF(font.pointSizeF() * 1.6)
    font.setBold(True)
    return font
