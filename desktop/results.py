"""A selection of picture files, read one after the other, in a table."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from digitpad import Recognizer
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.pad.hands import Hands
from digitpad.pad.results import (
    CSV_FILE,
    HEADINGS,
    WHAT_IS_DOUBTFUL,
    WHICH_ARE_SHOWN,
    Result,
    as_read,
    correct,
    read_again,
    stopped,
    tally,
    to_csv,
)
from digitpad.pad.teaching import KEYS, Choice
from digitpad.pictures.decoding import NO_PICTURES
from digitpad_desktop.correct_row import CorrectRow
from digitpad_desktop.reading_files import FilesReader
from digitpad_desktop.results_cells import ENLARGED, GlyphCell, WrappedCell
from digitpad_desktop.results_model import CONFIDENCE, DIGIT, FILE, SEEN, WORDS, ResultsModel, ShownResults
from digitpad_desktop.saving import save

WIDTHS = {SEEN: 76, FILE: 240, DIGIT: 64, CONFIDENCE: 104}  # pixels at first; WORDS takes what is left
ROW_HEIGHT = ENLARGED * GLYPH_SIDE + 8
HOW_BY_KEYS = (
    "Ctrl+1 to Ctrl+5 sort by a column; Enter puts a picture onto the pad; 0 to 9, or N for no digit, say what it is"
)


class ResultsDialog(QDialog):
    """Reads picture files and shows what came of each, while it goes on and after.

    It is deleted when it is closed; a reading that is still under way then ends.

    Args:
        paths: files, and folders in whose place the pictures in them are read.
        recognizer: who reads.
        hands: what learns from corrections.
        parent: the window that it belongs to.

    Signals:
        chosen: the file, a Path, of a row that was double-clicked, or entered; never of one that can't be read.
    """

    chosen = Signal(Path)

    def __init__(
        self, paths: Iterable[Path], recognizer: Recognizer, hands: Hands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Pictures read")
        self.model = ResultsModel(self)
        self.shown = ShownResults(self.model)
        self._recognizer, self._hands = recognizer, hands
        self.correcting = CorrectRow(hands)
        self.which = QComboBox()
        self._selected = 0  # the row of the model that was selected last
        self.table, self.nothing = self._make_table(), QLabel(NO_PICTURES)
        self.bar, self.line = QProgressBar(), QLabel("Looking for pictures…")
        self.passed_over = ""  # what lies in the folders and is not read
        self.export, self.stop = QPushButton("&Export CSV…"), QPushButton("Cancel")
        self._lay_out()
        self._fill_which()
        self.which.currentIndexChanged.connect(self._show_some)
        self.table.selectionModel().currentRowChanged.connect(self._ask)
        self.correcting.corrected.connect(self._correct)
        self.correcting.undone.connect(lambda: self._change(lambda result: as_read(result, hands)))
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
        table.setModel(self.shown)
        table.setItemDelegateForColumn(SEEN, GlyphCell(table))
        table.setItemDelegateForColumn(WORDS, WrappedCell(table))
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
        # A click sorts, a second one the other way round; a third one brings back the order in which they were read.
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setSortIndicatorClearable(True)
        table.setSortingEnabled(True)
        columns.sortIndicatorChanged.connect(lambda: table.scrollTo(table.currentIndex()))
        for column in range(len(HEADINGS)):
            keys = QShortcut(QKeySequence(f"Ctrl+{column + 1}"), self)
            keys.activated.connect(partial(self._click_on, column))
        for name, choice in KEYS.items():
            said = QShortcut(QKeySequence(name), table, context=Qt.ShortcutContext.WidgetShortcut)
            said.activated.connect(partial(self._correct, choice))
        table.setAccessibleDescription(HOW_BY_KEYS)
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
        self.which.setAccessibleName(WHICH_ARE_SHOWN)
        self.which.setToolTip(WHAT_IS_DOUBTFUL)
        self.export.setToolTip("All of them, in the order in which they were read")
        label = QLabel("&Show")
        label.setBuddy(self.which)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addWidget(self.which)
        head.addStretch(1)
        head.addWidget(self.correcting)
        foot = QHBoxLayout()
        foot.addWidget(self.bar, stretch=1)
        foot.addWidget(self.line, stretch=1)
        for button in (self.export, self.stop):
            button.setAutoDefault(False)  # Enter is for the table
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
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
        is_first = not self.model.results
        self.model.add(results)
        self.bar.setValue(len(self.model.results))
        self._tell_progress()
        self._fill_which()
        if is_first:
            self.table.setCurrentIndex(self.shown.index(0, FILE))

    def _fill_which(self) -> None:
        """Say in the box how many there are of each kind."""
        for row, (which, words) in enumerate(self.model.kinds().items()):
            if row < self.which.count():
                self.which.setItemText(row, words)
            else:
                self.which.addItem(words, which)

    def _show_some(self) -> None:
        """Show those that were asked for; the row that is selected is so again whenever it is among them."""
        index = self.table.currentIndex()
        if index.isValid():
            self._selected = self.shown.mapToSource(index).row()
        self.shown.show_only(self.which.currentData())
        index = self.shown.mapFromSource(self.model.index(self._selected, FILE))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _ask(self) -> None:
        """Ask what the picture of the row is that is selected."""
        row = self._row
        self.correcting.show_result(None if row is None else self.model.results[row])

    def _correct(self, choice: Choice) -> None:
        """Take a person's word for what the picture of the row is that is selected."""
        self._change(lambda result: correct(result, choice, self._hands, self._recognizer))

    def _change(self, change: Callable[[Result], Result]) -> None:
        row = self._row
        if row is not None:
            self.model.replace(row, change(self.model.results[row]))
            for other, result in enumerate(read_again(self.model.results, self._recognizer)):
                if result is not self.model.results[other]:
                    self.model.replace(other, result)
            self._fill_which()
            self._ask()
            if self.reader.isFinished():
                self._tell_all()

    @property
    def _row(self) -> int | None:
        """Which result is selected, in the order in which they were read; None where none is."""
        index = self.table.currentIndex()
        return self.shown.mapToSource(index).row() if index.isValid() else None

    def _click_on(self, column: int) -> None:
        """Sort as a click on a heading does."""
        header = self.table.horizontalHeader()
        descending = Qt.SortOrder.DescendingOrder
        if header.sortIndicatorSection() != column:
            header.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        elif header.sortIndicatorOrder() != descending:
            header.setSortIndicator(column, descending)
        else:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _tell_progress(self) -> None:
        if not self.reader.isInterruptionRequested():
            self.line.setText(self.bar.text())

    def _end(self) -> None:
        self._tell_all()
        self.bar.hide()
        self.export.setEnabled(bool(self.model.results))
        self.stop.setText("Close")

    def _tell_all(self) -> None:
        """Say what there is, once nothing more comes."""
        results, total = self.model.results, self.bar.maximum()
        line = tally(results)
        line = line if len(results) == total else stopped(len(results), total, line)
        self.line.setText("" if self.table.isHidden() else "\n".join(filter(None, (line, self.passed_over))))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            result = self.model.results[self.shown.mapToSource(index).row()]
            if result.reading:
                self.chosen.emit(Path(result.file))

    def _export(self) -> None:
        suggested = Path(self.model.results[0].file).with_name(CSV_FILE)
        refusal = save(self, "Export CSV", str(suggested), "CSV files", ".csv", lambda: to_csv(self.model.results))
        if refusal:
            box = QMessageBox(self)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setIcon(QMessageBox.Icon.Warning)
            box.setWindowTitle("Export CSV")
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setText(refusal)
            box.open()
