"""The window of pages of numbers: reads them, lets them be corrected, and saves what is on them."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from digitpad import Recognizer
from digitpad.pad.hands import Hands
from digitpad.pad.page_results import NUMBERS_CSV, NUMBERS_JSON, PageResult, numbers_csv, numbers_json, tally
from digitpad.pad.pages import CheckedPage
from digitpad.pad.results import stopped
from digitpad_desktop.asking import agrees
from digitpad_desktop.learn_switch import LearnSwitch
from digitpad_desktop.notices import NoticeBar
from digitpad_desktop.numbers_model import Sheet, name_of, result_of
from digitpad_desktop.page_actions import PageActions
from digitpad_desktop.page_desk import PageDesk
from digitpad_desktop.reading_pages import Brought, PagesReader
from digitpad_desktop.saving import save

USUAL = QSize(1100, 720)  # pixels of the window at first
SOON = 800  # milliseconds after which a window is shown that has no page yet
HOW = (
    "Click a digit and type what it is; Enter takes it, and goes on to what is most in doubt. "
    "Drag a box over a number that was missed."
)
NOT_SAVED = "What you corrected is in no file yet, and is lost when this window is closed."


class PagesWindow(QMainWindow):
    """Reads what a person has opened, and shows its pages, to be corrected and taken home.

    It shows itself once there is a page, or when that takes a while; should there be single digits instead, it goes.
    It is deleted when it is closed; a reading that is still under way then ends.

    Args:
        brought: files, folders, or a picture.
        recognizer: who reads.
        hands: what learns from corrections.
        parent: the window that it belongs to.

    Signals:
        are_digits: these are no pages; as of `PagesReader`.
    """

    are_digits = Signal(object)

    def __init__(
        self, brought: Iterable[Brought], recognizer: Recognizer, hands: Hands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Numbers[*]")  # a sign there while a correction is in no file
        self.desk, self.notices, self.learn = PageDesk(), NoticeBar(), LearnSwitch(hands)
        self._hands = hands
        self.line, self.bar, self.stop = QLabel("Reading…"), QProgressBar(), QPushButton("Cancel")
        self.tools = QToolBar("Tools")
        self.do = PageActions(self, self.desk)
        self.do.fill(self.menuBar(), self.tools)
        self._passed_over, self._how = "", QLabel(HOW)
        self._lay_out()
        self.desk.refused.connect(self._refuse)
        self.desk.changed.connect(self._note_change)
        self.desk.went.connect(self._follow)
        self.stop.clicked.connect(self._stop)
        self.reader = PagesReader(brought, recognizer)
        self.reader.found.connect(self._begin)
        self.reader.read.connect(self._add)
        self.reader.are_digits.connect(self._give_way)
        self.reader.finished.connect(self._end)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.show)
        self._soon.start()
        self._follow()
        self.reader.start()

    # What the menus do

    def copy(self) -> None:
        """Copy the numbers of the page that is shown, a line for each row."""
        if self.desk.page:
            QGuiApplication.clipboard().setText(self.desk.page.result.text)

    def export_csv(self) -> None:
        """Save the numbers of all pages as a table."""
        self._export("Export CSV", NUMBERS_CSV, "CSV files", numbers_csv)

    def export_json(self) -> None:
        """Save the numbers of all pages, with the boxes of their digits."""
        self._export("Export JSON", NUMBERS_JSON, "JSON files", numbers_json)

    # What Qt tells the window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.reader.isRunning():
            self._stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.view.finish()
        if self.isWindowModified() and not agrees(self, "Close the pages", NOT_SAVED, "Close"):
            event.ignore()
            return
        self.setWindowModified(False)  # who has agreed is not asked again
        self._soon.stop()
        self.reader.requestInterruption()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "do"):
            self.do.colour(self.palette())
        super().changeEvent(event)

    # How it is made

    def _lay_out(self) -> None:
        self.tools.setMovable(False)
        self.tools.setIconSize(QSize(18, 18))
        self.tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(self.tools)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setWordWrap(True)
        self.line.setAccessibleName("How far it is")
        self.bar.setRange(0, 0)  # busy
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Pages read so far")
        self._how.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.bar, stretch=1)
        foot.addWidget(self.line, stretch=2)
        for action in (self.do.csv, self.do.json):
            button = QPushButton(action.text())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)
            foot.addWidget(button)
        foot.addWidget(self.stop)
        everything = QWidget()
        layout = QVBoxLayout(everything)
        layout.setContentsMargins(12, 6, 12, 8)
        layout.addWidget(self.notices)
        layout.addWidget(self.desk, stretch=1)
        below = QHBoxLayout()
        below.addWidget(self._how, stretch=1)
        below.addWidget(self.learn)
        layout.addLayout(below)
        layout.addLayout(foot)
        self.setCentralWidget(everything)
        self.resize(USUAL.boundedTo(self.screen().availableSize() * 0.95))

    # The reading

    def _begin(self, count: int, passed_over: str) -> None:
        self._passed_over = passed_over
        self.bar.setRange(0, count)
        self.desk.show_pages_column(count > 1)

    def _add(self, sheet: Sheet) -> None:
        if isinstance(sheet, CheckedPage):
            sheet.hands = self._hands
        self.desk.add(sheet)
        self.bar.setValue(len(self.desk.model.sheets))
        self._follow()
        if not self.isVisible():
            self.show()

    def _give_way(self, shown: object) -> None:
        self.close()
        self.are_digits.emit(shown)

    def _stop(self) -> None:
        """Stop reading; where there is no page yet, or nothing is being read, close."""
        if not self.reader.isRunning() or not self.desk.model.sheets:
            self.close()
        else:
            self.reader.requestInterruption()
            self.line.setText("Stopping…")

    def _end(self) -> None:
        self.bar.hide()
        self.stop.setText("Close")
        self._follow()

    # What is on the pages

    def _refuse(self, why: str) -> None:
        self.notices.tell(why, about="a change")

    def _note_change(self) -> None:
        self.setWindowModified(True)
        self._refuse("")  # what could not be done before is no longer what was done last

    def _follow(self) -> None:
        """Say what there is, and let only that be done which can be done now."""
        self.do.follow(self.desk)
        sheets, is_over = self.desk.model.sheets, self.reader.isFinished()
        self._how.setVisible(bool(sheets))
        self.learn.setVisible(bool(sheets))
        if not is_over and not self.reader.isInterruptionRequested():
            self.line.setText(f"{self.bar.value()} of {self.bar.maximum()}" if sheets else "Reading…")
        elif is_over:
            told = tally(result_of(sheet) for sheet in sheets)
            is_whole = len(sheets) == self.bar.maximum()
            line = told if is_whole else stopped(len(sheets), self.bar.maximum(), told)
            self.line.setText("\n".join(filter(None, (line, self._passed_over))))

    def _export(self, title: str, name: str, kind: str, contents: Callable[[list[PageResult]], bytes]) -> None:
        self.desk.view.finish()
        made = []

        def content() -> bytes:
            made.append(contents([result_of(sheet) for sheet in self.desk.model.sheets]))
            return made[0]

        suggested = str(Path(name_of(self.desk.model.sheets[0]) or name).with_name(name))  # a pasted one has no file
        refusal = save(self, title, suggested, kind, Path(name).suffix, content)
        self.notices.tell(refusal, about="saving")
        if made and not refusal:
            self.setWindowModified(False)
