"""The window *Inside*: what each layer of a network makes of the drawing, live, and why it answers as it does."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from digitpad import ModelError
from digitpad.glyphs.steps import steps_of
from digitpad.pad.inside import InsideChange, InsideView
from digitpad.pad.inside_words import (
    BESIDE,
    EVIDENCE,
    INSIDE,
    NEIGHBOURS,
    NOTHING_BESIDE,
    ONE_MAP,
    READ_BY,
    WHAT_IT_IS,
    WHY,
    WITHOUT_LESSONS,
)
from digitpad.pad.pad import Change, Pad
from digitpad_desktop.canvas import Canvas
from digitpad_desktop.inside_actions import InsideActions
from digitpad_desktop.inside_evidence import EvidenceView
from digitpad_desktop.inside_layers import LayersView
from digitpad_desktop.inside_map import OneMapView
from digitpad_desktop.inside_neighbours import NeighboursView
from digitpad_desktop.inside_steps import StepsView
from digitpad_desktop.inside_why import WhyView
from digitpad_desktop.letters import enlarged
from digitpad_desktop.model_box import ModelBox
from digitpad_desktop.notices import NoticeBar
from digitpad_desktop.scrolled import Scrolled
from digitpad_desktop.tool_button import ToolButton

USUAL = QSize(1280, 800)  # pixels of the window at first
LEFT, RIGHT = 14, 19  # least widths of what stands beside the layers, in lines of the font
CANVAS = 24  # lines of the font that the paper is high at most
PAUSE = 120  # milliseconds without a change after which is shown what takes longer than a frame
ON_THE_WALL = 1.9  # times as large are letters in a presentation, on a screen of 1080 pixels


class InsideWindow(QMainWindow):
    """Shows a network from within while one draws, in the main window or on the paper here.

    What it needs is open only while it is: it is deleted when it is closed.

    Args:
        pad: whose drawing it is.
        parent: the window that it belongs to.

    Signals:
        model_chosen: the `Model` that is to read from now on.

    Raises:
        ModelError: the model that reads can't be looked into: its file has changed.
    """

    model_chosen = Signal(object)

    def __init__(self, pad: Pad, parent: QWidget | None = None) -> None:
        view = InsideView(pad.recognizer.model)  # or there is no window
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(INSIDE)
        self._pad, self._is_open, self._side = pad, True, 0
        self.view = view
        self.canvas, self.notices, self.steps = Canvas(pad), NoticeBar(), StepsView()
        self.canvas.named.connect(pad.teach)
        self.models, self.beside = ModelBox(), ModelBox()
        self.layers: list[LayersView] = []
        self.one_map, self.evidence = OneMapView(self.view), EvidenceView(self.view)
        self.why = WhyView(self.view, pad)
        self.neighbours = NeighboursView(self.view)
        self._pages = (self.one_map, self.evidence, self.why, self.neighbours)
        self.tabs = QTabWidget()
        for name, page in zip((ONE_MAP, EVIDENCE, WHY, NEIGHBOURS), self._pages, strict=True):
            self.tabs.addTab(Scrolled(page), name)
        self.do = InsideActions(self, pad)
        self._letters = self.font()
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._show_the_rest)
        pad.subscribe(self._follow_pad)
        self.view.subscribe(self._follow)
        self._fill_models()
        self._follow(InsideChange.MODELS)
        self._follow_pad(Change.READING)
        self.resize(USUAL.boundedTo(self.screen().availableSize() * 0.95))
        self.layers[0].setFocus()

    # What the menus do

    def present(self) -> None:
        """Show it on a wall: large, without controls; or as before."""
        self.view.present(not self.view.is_presentation)

    def switch_beside(self, index: int) -> None:
        """Look at another model beside the one that reads, or at none."""
        self._try(lambda: self.view.put_beside(self.beside.itemData(index)))
        self._fill_models()

    # What Qt tells the window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.view.is_presentation:
            self.view.present(is_presentation=False)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_open:  # Qt closes once more what is not deleted yet
            return
        self._is_open = False
        self._later.stop()
        self._pad.unsubscribe(self._follow_pad)
        self.canvas.leave()
        self.view.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "do"):
            self.do.colour(self.palette())
        super().changeEvent(event)

    # How it is made

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        self._controls = QWidget()
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(0, 0, 0, 0)
        for words, box in ((READ_BY, self.models), (BESIDE, self.beside)):
            label = QLabel(words)
            label.setBuddy(box)
            box.setMinimumWidth(8 * line)
            row.addWidget(label)
            row.addWidget(box)
            row.addSpacing(line)
        row.addStretch(1)
        row.addWidget(ToolButton(self.do.all_on))
        row.addWidget(ToolButton(self.do.present))
        self.beside.setAccessibleName(BESIDE)
        self._words = QLabel(WHAT_IT_IS)
        self._words.setWordWrap(True)
        self._words.setForegroundRole(self._words.foregroundRole().PlaceholderText)

        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        for action in (self.do.tools.pen, self.do.tools.eraser, self.do.undo, self.do.redo, self.do.clear):
            tools.addWidget(ToolButton(action, is_named=False))
        tools.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        self.canvas.setMaximumHeight(round(CANVAS * line))
        column.addWidget(self.canvas, stretch=1)
        column.addWidget(self._tools)
        column.addSpacing(8)
        column.addWidget(self.steps)
        column.addStretch(1)
        self._left = Scrolled(left)
        self._middle = QWidget()
        self._middle_row = QHBoxLayout(self._middle)
        self._middle_row.setContentsMargins(0, 0, 0, 0)
        self._middle_row.setSpacing(2 * line)
        self.tabs.setDocumentMode(True)
        self.tabs.currentChanged.connect(self._show_tab)
        columns = QHBoxLayout()
        columns.setSpacing(round(1.4 * line))
        columns.addWidget(self._left, stretch=4)
        middle = QScrollArea()  # to the side too, where two models are narrow
        middle.setWidget(self._middle)
        middle.setWidgetResizable(True)
        middle.setFrameShape(QFrame.Shape.NoFrame)
        middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        columns.addWidget(middle, stretch=13)
        columns.addWidget(self.tabs, stretch=7)
        self._fit(line)
        everything = QWidget()
        layout = QVBoxLayout(everything)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.addWidget(self.notices)
        layout.addWidget(self._controls)
        layout.addLayout(columns, stretch=1)
        layout.addWidget(self._words)
        self.setCentralWidget(everything)
        self.do.fill(self.menuBar())
        self.models.activated.connect(lambda index: self.model_chosen.emit(self.models.itemData(index)))
        self.beside.activated.connect(self.switch_beside)

    def _fit(self, line: int) -> None:
        self._left.setMinimumWidth(max(LEFT * line, 240))
        self.tabs.setMinimumWidth(RIGHT * line)

    def _fill_models(self) -> None:
        model = self._pad.recognizer.model
        for notice in self.models.fill(model):
            self.notices.tell(notice)
        shown = self.view.sides[1].model if len(self.view.sides) > 1 else None
        self.beside.fill(model)
        for index in range(self.beside.count()):
            if self.beside.itemData(index) is model or self.beside.itemText(index) == model.name:
                self.beside.removeItem(index)
                break
        self.beside.insertItem(0, NOTHING_BESIDE, None)
        self.beside.setCurrentIndex(max(self.beside.findText(shown.name), 0) if shown else 0)

    # What has changed

    def _follow_pad(self, change: Change) -> None:
        pad = self._pad
        if change is Change.MODEL:
            self._try(lambda: self.view.use(pad.recognizer.model))
            self._fill_models()
        if change in (Change.READING, Change.POINTED):
            self.notices.tell(WITHOUT_LESSONS if pad.shown.is_taught else "", "lessons")
            self.view.look(pad.shown.glyph, pad.shown.is_murky)
            self._later.start()  # the same glyph can be of another picture
        self.do.follow(pad, self.view)

    def _follow(self, change: InsideChange) -> None:
        if change is InsideChange.PRESENTATION:
            self._present(self.view.is_presentation)
            return
        if change is InsideChange.MODELS:
            self._make_layers()
        for layers in self.layers:
            layers.follow(change)
        if not self._is_slow:
            self._show_tab()
        if change is not InsideChange.POINTED or self.view.side != self._side:
            self._side = self.view.side
            self._later.start()
        self.do.follow(self._pad, self.view)

    def _try(self, look: Callable[[], None]) -> None:
        """Look into another model; where it can't be opened, that is said, and all stays as it was."""
        try:
            look()
        except ModelError as error:
            self.notices.tell(str(error))

    def _make_layers(self) -> None:
        while self.layers:
            gone = self.layers.pop()
            self._middle_row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place in range(len(self.view.sides)):
            layers = LayersView(self.view, place)
            layers.setFont(self._letters)
            self.notices.tell(layers.side.inside.notice)
            self._middle_row.addWidget(layers)
            self.layers.append(layers)

    @property
    def _is_slow(self) -> bool:
        """Whether what is shown beside the layers takes longer than a frame, and waits until the pen rests."""
        return self._pages[self.tabs.currentIndex()] in (self.why, self.neighbours)

    def _show_tab(self) -> None:
        self._pages[self.tabs.currentIndex()].follow()

    def _show_the_rest(self) -> None:
        """Show what takes longer than a frame, once the pen rests."""
        if self._pad.drawing.is_drawing:
            self._later.start()
            return
        self.steps.show_steps(steps_of(self._pad.shown_picture))
        if self._is_slow:
            self._show_tab()

    def _present(self, is_on: bool) -> None:
        factor = ON_THE_WALL * self.screen().size().height() / 1080 if is_on else 1.0
        self._letters = enlarged(self.font(), max(factor, 1.0))
        for widget in (*self.layers, *self._pages, self.steps):
            widget.setFont(self._letters)
        for page in (*self._pages, self.steps):
            page.enlarge(has_controls=not is_on)
        for part in (self.menuBar(), self._controls, self._tools, self._words, self.tabs.tabBar()):
            part.setVisible(not is_on)
        self._fit(round(self.fontMetrics().height() * max(factor, 1.0)))
        if is_on:
            self.showFullScreen()
        else:
            self.showNormal()
        self.layers[0].setFocus()
