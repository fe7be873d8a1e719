"""The main window: canvas, answer and history, and the menus that lead to everything else."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from digitpad import ModelError, PictureError, Recognizer
from digitpad.models.model import Model
from digitpad.pad.drawing import Content
from digitpad.pad.pad import Change, Pad
from digitpad.pad.words import CLEAR_HISTORY, DRAWING_FILE, FORGET_ALL, GLYPH_FILE, NO_DIGIT_HERE
from digitpad.pictures.arrays import Opened
from digitpad.pictures.decoding import picture_suffixes
from digitpad_desktop.actions import Actions
from digitpad_desktop.answer import Answer
from digitpad_desktop.asking import agrees
from digitpad_desktop.canvas import Canvas
from digitpad_desktop.controls import Controls
from digitpad_desktop.images import to_array as image_array
from digitpad_desktop.images import to_image, to_png
from digitpad_desktop.letters import enlarged, heading
from digitpad_desktop.model_box import ModelBox
from digitpad_desktop.notices import NoticeBar
from digitpad_desktop.saving import save
from digitpad_desktop.settings import Settings
from digitpad_desktop.strip import Strip

if TYPE_CHECKING:
    from digitpad_desktop.reading_pages import Brought

USUAL = QSize(960, 640)  # pixels of the window at first
ANSWER_WIDTH = 300  # pixels at least
# A window that the answer fits in as it is, in lines of the system's font: width, height, and how many of these are
# for what does not grow.
WIDE, HIGH, AROUND = 68, 46, 22
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
        self.models = ModelBox()
        self._factor = 0.0  # that the answer is written with
        self.do = Actions(self, pad)
        self.do.fill(self.menuBar())
        self.strip = Strip(pad, self.do.forget)
        self.controls = Controls(
            pad,
            [self.do.use_pen, self.do.use_eraser, self.do.undo, self.do.redo, self.do.clear],
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
        self.fill_models()
        self._follow(Change.PEN)
        self._tell_of_the_history()
        if settings.geometry is None or not self.restoreGeometry(settings.geometry):
            self.resize(USUAL.boundedTo(self.screen().availableSize() * 0.95))
        self.canvas.setFocus()

    # What the menus do

    def choose_files(self) -> None:
        """Ask for pictures, and read them."""
        kinds = " ".join(f"*{suffix}" for suffix in sorted(picture_suffixes()))
        names, _ = QFileDialog.getOpenFileNames(self, "Open pictures", "", f"Pictures ({kinds});;All files (*)")
        self.open_files([Path(name) for name in names])

    def open_files(self, paths: Sequence[Path]) -> None:
        """Read pictures: pages of numbers in a window of their own, a digit on the canvas, several in a table."""
        if paths:
            self.bring(list(paths))

    def bring(self, brought: "list[Brought]") -> None:
        """Open what shows several digits as pages, and digits where they belong."""
        from digitpad_desktop.pages import PagesWindow

        pages = PagesWindow(brought, self._pad.recognizer, self)
        pages.are_digits.connect(lambda shown: self._show_digits(brought, shown))

    def paste(self) -> None:
        """Read what is on the clipboard: a picture, or the files that were copied."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self.notices.tell("There is no picture on the clipboard. Copy one, or a picture file, and paste again.")

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

    def show_card(self) -> None:
        """Show what is known of the model that reads."""
        from digitpad_desktop.card import CardDialog

        CardDialog(self._pad.recognizer.model, self).exec()

    def retrain(self) -> None:
        """Train a model of one's own."""
        from digitpad_desktop.retrain import RetrainDialog

        dialog = RetrainDialog(self)
        dialog.trained.connect(self._use_trained)
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

    def about(self) -> None:
        """Say what this is."""
        from digitpad_desktop.about import show_about

        show_about(self)

    # What Qt tells the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
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
        if change is Change.HISTORY:
            self._tell_of_the_history()
        self.do.follow(pad)

    def _tell_of_the_history(self) -> None:
        self.notices.tell(self._pad.history.notice)
        self._pad.history.notice = ""  # once said, it is known

    def _show_digits(self, brought: "list[Brought]", shown: Opened | PictureError | None) -> None:
        """Show a single digit on the canvas, several pictures of one each in a table."""
        paths = [item for item in brought if isinstance(item, Path)]
        if len(brought) > 1 or shown is None or any(_is_folder(path) for path in paths):
            from digitpad_desktop.results import ResultsDialog

            dialog = ResultsDialog(paths, self._pad.recognizer, self)
            dialog.chosen.connect(self._show_chosen)
            dialog.show()
        elif isinstance(shown, PictureError):
            self.notices.tell(str(shown))
        else:
            self._pad.show(Content(picture=shown.array))
            self.notices.tell(f"{Path(shown.name).name}: {shown.note}" if shown.name and shown.note else "")

    def _show_chosen(self, path: Path) -> None:
        self.bring([path])
        self.raise_()  # above the table
        self.activateWindow()

    def _take(self, data: QMimeData) -> bool:
        """Read what was dropped or pasted; whether there was anything."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.open_files(paths)
            return True
        if data.hasImage():
            image = data.imageData()
            if not image.isNull():
                self.bring([image_array(image)])
                return True
        if data.hasUrls():
            self.notices.tell(
                "digitpad stays offline and opens no address on the web. Save the picture, then open it."
            )
            return True
        return False

    def _save(self, title: str, name: str, contents: Callable[[], bytes]) -> None:
        self.notices.tell(save(self, title, name, "PNG pictures", ".png", contents))

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

    def _use_trained(self, folder: Path) -> None:
        self._use_model(folder)
        self.fill_models()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, say; reading it will tell
        return False
