"""The table of numbers beside the page."""

from PySide6.QtCore import QModelIndex, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QRegularExpressionValidator, QShortcut
from PySide6.QtWidgets import QHeaderView, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from digitpad_desktop.number_edit import TYPED
from digitpad_desktop.numbers_model import CONFIDENCE, CORRECTED, NUMBER, PAGE, ROW, Index, NumbersModel, ShownNumbers

WIDTHS = {PAGE: 14, ROW: 6, NUMBER: 14, CONFIDENCE: 14}  # letters of the system's font; CORRECTED takes what is left
LONGEST = 20  # digits of a number that is shown whole


class NumbersTable(QTableView):
    """The numbers of all pages; what is typed into one corrects it.

    Args:
        model: the rows.

    Signals:
        chosen: a page, from 0, and the id of the number on it, or None, that a person went to.
        accepted: Enter was pressed: it is right.
        widened: it needs more room than before.
    """

    chosen = Signal(int, object)
    accepted = Signal()
    widened = Signal()

    def __init__(self, model: NumbersModel) -> None:
        super().__init__()
        self._numbers, self._shown = model, ShownNumbers(model)
        self._is_told = False  # by `go_to`, where to be
        self._longest = 0  # letters of a number so far
        self.setModel(self._shown)
        self.setItemDelegateForColumn(CORRECTED, _Typed(self))
        self.setAccessibleName("The numbers that were read")
        self.setAccessibleDescription("Type what a number is; Enter takes it for right")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        triggers = QTableView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)  # `go_to` does, and not sideways
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setMinimumSize(160, 80)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setHighlightSections(False)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        columns.setSectionResizeMode(CORRECTED, QHeaderView.ResizeMode.Stretch)
        self.enlarge(self.font())
        self.hideColumn(PAGE)
        model.rowsInserted.connect(self._make_room)
        self.selectionModel().currentRowChanged.connect(self._tell)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.accepted)

    def enlarge(self, font: QFont) -> None:
        """Write in other letters, with as much room for them."""
        self.setFont(font)
        self.horizontalHeader().setFont(font)
        self.verticalHeader().setDefaultSectionSize(round(1.6 * self.fontMetrics().height()))
        for column in WIDTHS:
            self.setColumnWidth(column, self._needed(column))

    def sizeHint(self) -> QSize:
        """Room for all columns at their first widths."""
        shown = [column for column in WIDTHS if not self.isColumnHidden(column)]
        return QSize(sum(map(self._needed, [*shown, NUMBER])) + 24, 200)

    def _needed(self, column: int) -> int:
        """How wide a column is at first, in pixels: that of the numbers shows them whole, also in bold."""
        usual = WIDTHS[column] * self.fontMetrics().averageCharWidth()
        if column != NUMBER:
            return usual
        bold = QFont(self.font())
        bold.setBold(True)
        return max(usual, QFontMetrics(bold).horizontalAdvance("0" * (self._longest + 2)))

    def _make_room(self, _: Index, first: int, last: int) -> None:
        """Widen the column of the numbers where longer ones have come."""
        texts = (self._numbers.index(row, NUMBER).data() for row in range(first, last + 1))
        longest = min(max(map(len, texts), default=0), LONGEST)
        if longest > self._longest:
            self._longest = longest
            self.setColumnWidth(NUMBER, max(self.columnWidth(NUMBER), self._needed(NUMBER)))
            self.widened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal():
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(CORRECTED))
        super().keyPressEvent(event)

    def go_to(self, sheet: int, id: int | None) -> None:
        """Select a number, or a page's first row where there is none such."""
        index = self._shown.mapFromSource(self._numbers.index(self._numbers.line_of(sheet, id), CORRECTED))
        self._is_told = True
        self.setCurrentIndex(index)
        self._is_told = False
        if id is None and self._numbers.sheets[sheet].numbers:
            self.clearSelection()
        self.scrollTo(index.siblingAtColumn(ROW))

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_told:
            line = self._numbers.lines[self._shown.mapToSource(index).row()]
            self.chosen.emit(line.sheet, line.number.id if line.number else None)


class _Typed(QStyledItemDelegate):
    """Takes digits, points and commas alone."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            editor.setValidator(QRegularExpressionValidator(QRegularExpression(TYPED), editor))
        return editor
