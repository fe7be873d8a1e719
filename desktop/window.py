"""The main window: canvas, answer and history, and the menus that lead to everything else."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from digitpad import ModelError, Recognizer
from digitpad.models.model import Model
from digitpad.pad.pad import Change, Pad
from digitpad.pad.teaching import Choice, why_not
from digitpad.pad.words import CLEAR_HISTORY, DRAWING_FILE, FORGET_ALL, GLYPH_FILE, NO_DIGIT_HERE
from digitpad_desktop.actions import Actions
from digitpad_desktop.answer import Answer
from digitpad_desktop.asking import agrees
from digitpad_desktop.canvas import Canvas
from digitpad_desktop.controls import Controls
from digitpad_desktop.hand_windows import HandWindows
from digitpad_desktop.images import to_image, to_png
from digitpad_desktop.letters import enlarged, heading
from digitpad_desktop.model_box import ModelBox
from digitpad_desktop.notices import NoticeBar
from digitpad_desktop.opening import Opening
from digitpad_desktop.saving import save
from digitpad_desktop.settings import Settings
from digitpad_desktop.strip import Strip

USUAL = QSize(960, 640)  # pixels of the window at first
ANSWER_WIDTH = 300  # pixels at least
# A window that the answer fits in as it is, in lines of the system's font: width, height, and how many of these are
# for what does not grow.
WIDE, HIGH, AROUND = 68, 47, 23
SMALLEST, LARGEST = 0.5, 4.0  # how many times as large as there the answer can be


class Window(QMainWindow):
    """The pad's window.

    Args:
        pad: its state.
        settings: where the window's size and place, the pen and the model are remembered.
        chosen: the model of `--model`, not to be remembered; None for the user's own choice.
    """

    def __init__(self, pad: Pad, settings: Settings, chosen: str | None = None) -> None:
        super().__init__()
        self._pad, self._settings = pad, settings
        self._remembers_model = chosen is None
        self.setWindowTitle("digitpad")
        self.setAcceptDrops(True)
        self.canvas, self.answer, self.notices = Canvas(pad), Answer(pad), NoticeBar()
        self.opening, self.hands = Opening(self, pad, self.notices), HandWindows(self, pad)
        self.models = ModelBox()
        self._factor = 0.0  # that the answer is written with
        self.do = Actions(self, pad)
        self.do.fill(self.menuBar())
        self.strip = Strip(pad, self.do.forget)
        self.controls = Controls(
            pad,
            [self.do.tools.pen, self.do.tools.eraser, self.do.undo, self.do.redo, self.do.clear],
            self.do.live,
            self.do.predict,
        )
        self._lay_out()
        # Many moves of the pen may come before the next frame; only the last one needs to be read.
        self._reading = QTimer(self, singleShot=True, interval=0)
        self._reading.timeout.connect(pad.follow)
        pad.subscribe(self._follow)
        self.models.activated.connect(lambda index: self._use_model(self.models.itemData(index)))
        self.strip.chosen.connect(self.canvas.setFocus)
        self.canvas.named.connect(self._teach)
        self.fill_models()
        self._follow(Change.PEN)
        self._tell_of_the_history()
        if settings.geometry is None or not self.restoreGeometry(settings.geometry):
            self.resize(USUAL.boundedTo(self.screen().availableSize() * 0.95))
        self.canvas.setFocus()

    # What the menus do

    def copy(self) -> None:
        """Copy the drawing as a picture."""
        QGuiApplication.clipboard().setImage(self.canvas.drawing())

    def switch_live(self) -> None:
        """Let the reading follow the pen, or wait for Predict."""
        self._pad.is_live = self.do.live.isChecked()
        self._pad.follow()

    def fill_models(self) -> None:
        """Offer the models that are there now."""
        for notice in self.models.fill(self._pad.recognizer.model):
            self.notices.tell(notice)

    def show_inside(self) -> None:
        """Look inside the model that reads, in a window of its own, of which there is only one."""
        from digitpad_desktop.inside import InsideWindow

        shown = self.findChild(InsideWindow)
        if shown is None or not shown.isVisible():  # closed, and not deleted yet
            try:
                shown = InsideWindow(self._pad, self)
            except ModelError as error:
                self.notices.tell(str(error))
                return
            shown.model_chosen.connect(self._use_and_show)
        shown.show()
        shown.raise_()
        shown.activateWindow()

    def show_card(self) -> None:
        """Show what is known of the model that reads."""
        from digitpad_desktop.card import CardDialog

        CardDialog(self._pad.recognizer.model, self).exec()

    def play(self) -> None:
        """Read the hardest digits against the model that reads."""
        from digitpad_desktop.quiz import QuizDialog

        dialog = QuizDialog(self._pad.recognizer, self)
        dialog.chosen.connect(self._use_model)
        dialog.exec()
        self.fill_models()

    def retrain(self) -> None:
        """Train a model of one's own."""
        from digitpad_desktop.retrain import RetrainDialog

        dialog = RetrainDialog(self)
        dialog.trained.connect(self._use_and_show)
        dialog.exec()
        self.fill_models()

    def save_drawing(self) -> None:
        """Save what is on the canvas as a PNG file."""
        self._save("Save the drawing", DRAWING_FILE, lambda: to_png(self.canvas.drawing()))

    def save_glyph(self) -> None:
        """Save what the network saw as a PNG file of 28 × 28 pixels."""
        self._save("Save what the network saw", GLYPH_FILE, lambda: to_png(to_image(self._pad.shown.glyph)))

    def clear_history(self) -> None:
        """Forget all drawings, after asking."""
        if agrees(self, CLEAR_HISTORY, FORGET_ALL, "Clear"):
            self._pad.forget_all()

    def put_away(self) -> None:
        """Keep what is being drawn, and remember the window and the pen for the next start."""
        self.canvas.lift()
        self._settings.geometry = self.saveGeometry()
        self._settings.remember(self._pad)

    def show_glossary(self) -> None:
        """Show what the words of the field mean."""
        from digitpad_desktop.glossary import GlossaryDialog

        GlossaryDialog(self).exec()

    def about(self) -> None:
        """Say what this is."""
        from digitpad_desktop.about import show_about

        show_about(self)

    # What Qt tells the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.opening.take(event.mimeData()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(pages.close() for pages in self.findChildren(QMainWindow)):  # who has corrected them says no
            event.ignore()
            return
        self.put_away()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "do"):
            self.do.colour(self.palette())
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._enlarge()

    # How it is made

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.canvas, stretch=1)
        left.addWidget(self.controls)
        right = QVBoxLayout()
        choice = QHBoxLayout()
        self._label = label = QLabel("Read &by")
        label.setBuddy(self.models)
        choice.addWidget(label)
        choice.addWidget(self.models, stretch=1)
        right.addLayout(choice)
        right.addWidget(self.answer, stretch=1)
        side = QWidget()
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        # In a small window with large letters the answer can be scrolled.
        scrolled = QScrollArea()
        scrolled.setWidget(side)
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setMinimumWidth(max(ANSWER_WIDTH, 2 * self.fontMetrics().horizontalAdvance(NO_DIGIT_HERE)))
        middle = QHBoxLayout()
        middle.setSpacing(18)
        middle.addLayout(left, stretch=11)
        middle.addWidget(scrolled, stretch=5)
        everything = QWidget()
        layout = QVBoxLayout(everything)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.addWidget(self.notices)
        layout.addLayout(middle, stretch=1)
        forget = QToolButton()
        forget.setDefaultAction(self.do.forget)
        forget.setAutoRaise(True)
        forget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        history = QHBoxLayout()
        history.addWidget(heading("History"))
        history.addStretch(1)
        history.addWidget(forget)
        layout.addLayout(history)
        layout.addWidget(self.strip)
        self.setCentralWidget(everything)

    def _enlarge(self) -> None:
        """Let the answer grow with the window: on a projector it is read from the last row."""
        line = self.fontMetrics().height()
        factor = min(self.width() / line / WIDE, (self.height() / line - AROUND) / (HIGH - AROUND))
        factor = min(max(round(factor, 2), SMALLEST), LARGEST)
        if factor != self._factor:
            self._factor = factor
            letters = enlarged(self.font(), max(factor, 1.0))
            for widget in (self._label, self.models, self.canvas):
                widget.setFont(letters)
            self.answer.enlarge(factor)

    def _follow(self, change: Change) -> None:
        pad = self._pad
        if change is Change.DRAWING:
            self._reading.start()
        if change in (Change.HISTORY, Change.HAND):
            self._tell_of_the_history()
        self.do.follow(pad)

    def _tell_of_the_history(self) -> None:
        for kept in (self._pad.history, self._pad.hands):
            self.notices.tell(kept.notice)
            kept.notice = ""  # once said, it is known

    def _teach(self, choice: Choice) -> None:
        """Learn what a key says that the digit is, or say why that can't be learned."""
        self.notices.tell("" if self._pad.can_teach else why_not(self._pad), about="teaching")
        self._pad.teach(choice)

    def _save(self, title: str, name: str, contents: Callable[[], bytes]) -> None:
        self.notices.tell(save(self, title, name, "PNG pictures", ".png", contents), about="saving")

    def _use_model(self, model: Model | Path) -> None:
        try:
            self._pad.use(Recognizer(model))
        except ModelError as error:
            self.notices.tell(str(error))
            self.fill_models()  # the choice goes back to the one that reads
            return
        if self._remembers_model:
            self._settings.model = self._pad.recognizer.model.name
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use_and_show(self, model: Model | Path) -> None:
        """Let a model read that was chosen elsewhere."""
        self._use_model(model)
        self.fill_models()
