"""Training a model of one's own, without a terminal."""

import importlib.util
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from digitpad import ModelError
from digitpad.errors import not_installed
from digitpad.models import catalogue
from digitpad.models.card import duration, number
from digitpad.models.model import Model
from digitpad_desktop.asking import agrees
from digitpad_desktop.charts import Curves
from digitpad_desktop.glossary import Words
from digitpad_desktop.trainer import (
    Ending,
    Progress,
    Trainer,
    delete,
    latest_unfinished,
    read_history,
    unfinished,
)

# As in the recipes of digitpad.training, which the app can't ask: that needs TensorFlow's company.
NETWORKS = {
    "classic": "the textbook's network, learns from MNIST: some minutes",
    "hands": "also learns how many people write, print, and what is no digit: half an hour",
}
MOST_EPOCHS = 1000
LARGEST_SEED = 2**31 - 1  # what the box can hold; the training itself takes larger ones
NO_TENSORFLOW = not_installed(ModuleNotFoundError(name="tensorflow"), "a training", "train")


class RetrainDialog(QDialog):
    """Choose what to train, watch it learn, and use the result."""

    trained = Signal(Path)
    """That the user wants to use the model in this folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Train a model")
        self.trainer = Trainer(self)
        self._can_train = importlib.util.find_spec("tensorflow") is not None
        self._waiting: Path | None = latest_unfinished()  # the run that one can go on with
        self._finished: Path | None = None  # the model that was trained last
        self._epochs = 1  # of the run that is shown
        self._make_form()
        self._make_watch()
        self._make_buttons()
        layout = QVBoxLayout(self)
        layout.addWidget(self.form)
        layout.addWidget(Words(("network", "epoch", "seed", "training", "validation", "loss", "overfitting")))
        layout.addWidget(self.curves, stretch=1)
        layout.addWidget(self.bar)
        layout.addWidget(self.time_left)
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        self.resize(620, 560)
        self.trainer.said.connect(self.message.setPlainText)
        self.trainer.progressed.connect(self._show_progress)
        self.trainer.ended.connect(self._show_ending)
        if not self._can_train:
            self.message.setPlainText(NO_TENSORFLOW)
        elif self._waiting:
            self.message.setPlainText(f"The training {self._waiting.name} was not finished.")
        self._refresh()

    @property
    def is_training(self) -> bool:
        """Whether a training is going on, or being stopped."""
        return bool(self.trainer.is_running)

    def reject(self) -> None:
        """Close; ask first where that stops a training."""
        if self.is_training and not self.trainer.is_stopping:
            question = "A training is going on. Stop it? Finished epochs are kept."
            if not agrees(self, "Stop the training?", question, "Stop"):
                return
            self.trainer.stop()
        super().reject()

    # What the buttons do

    def begin(self) -> None:
        """Start a new training."""
        options = [f"--network={self.network.currentText()}", f"--seed={self.seed.value()}"]
        if self.epochs.value():
            options.append(f"--epochs={self.epochs.value()}")
        folder = f"{self.network.currentText()}-{datetime.now().strftime('%Y-%m-%d-%H%M%S')}"
        self._train(catalogue.user_models() / folder, options)

    def go_on(self) -> None:
        """Go on with the run that was stopped."""
        if self._waiting:
            self._train(self._waiting, ["--resume"])

    def cancel(self) -> None:
        """Stop the training; its finished epochs are kept."""
        self.trainer.stop()
        self.message.setPlainText("Stopping …")
        self._refresh()

    def delete(self) -> None:
        """Take away what the run has left that was stopped, after asking."""
        if self._waiting is None:
            return
        question = f"Delete the unfinished {self._waiting.name}, with all that it has learned? This can't be undone."
        if agrees(self, "Delete the training?", question, "Delete"):
            try:
                delete(self._waiting)
            except OSError as error:
                self.message.setPlainText(f"{self._waiting} can't be deleted: {error.strerror or error}")
            else:
                self.message.setPlainText(f"{self._waiting.name} was deleted.")
            self._waiting = latest_unfinished()
            self._refresh()

    def use(self) -> None:
        """Hand the trained model over, and close."""
        if self._finished:
            self.trained.emit(self._finished)
            self.accept()

    def choose_data(self) -> None:
        """Choose the folder that has the data."""
        folder = QFileDialog.getExistingDirectory(self, "The folder that has MNIST", self.data.text())
        if folder:
            self.data.setText(folder)

    # What the training tells

    def _train(self, folder: Path, options: list[str]) -> None:
        if self.data.text().strip():
            options.append(f"--data={Path(self.data.text().strip()).expanduser()}")
        self._finished = None
        self._epochs = 1
        self.message.setPlainText("Starting …")
        self.bar.setRange(0, 0)
        self.time_left.setText("")
        self._show_history(folder)
        self.trainer.start(folder, options)
        self._refresh()
        self.message.setFocus()  # and not Cancel, which would then hear a second press of Enter

    def _show_progress(self, progress: Progress | None) -> None:
        if progress is None:  # before the first epoch, or after the last
            self.bar.setRange(0, 0)
            self.time_left.setText("")
            self._show_history(self.trainer.folder)
            return
        self._epochs = progress.epochs
        self.bar.setRange(0, progress.epochs * progress.batches)
        self.bar.setValue((progress.epoch - 1) * progress.batches + progress.batch)
        parts = [f"Epoch {progress.epoch} of {progress.epochs}", f"accuracy {progress.accuracy * 100:.1f} %"]
        if progress.seconds_left is not None:
            parts.append(f"{duration(progress.seconds_left)} left")
        self.time_left.setText(", ".join(parts))
        self._show_history(self.trainer.folder)

    def _show_history(self, folder: Path) -> None:
        self.curves.show_history(*read_history(folder), self._epochs)

    def _show_ending(self, ending: Ending, reason: str) -> None:
        folder = self.trainer.folder
        self._waiting = folder if unfinished(folder) else None
        done = len(read_history(folder)[0])
        kept = f"{done} finished epoch{'' if done == 1 else 's'} kept." if self._waiting else "Nothing was begun."
        if ending is Ending.DONE:
            self._show_result(folder)
        elif ending is Ending.STOPPED:
            self.message.setPlainText(f"Stopped; {kept[0].lower()}{kept[1:]}")
        else:
            self.message.setPlainText(f"{reason}\n{kept}" if self._waiting else reason)
        self._refresh()

    def _show_result(self, folder: Path) -> None:
        try:
            card = Model(folder).card
        except ModelError as error:
            self.message.setPlainText(str(error))
            return
        self._finished = folder
        accuracy = number(card, "test", "accuracy")
        result = "" if accuracy is None else f" {accuracy * 100:.2f} % of MNIST's test digits are read right."
        self.message.setPlainText(f"Done.{result}")

    def _refresh(self) -> None:
        """Show and enable what can be done now."""
        training = self.is_training
        self.form.setEnabled(not training)
        self.start_button.setVisible(not training)
        self.start_button.setEnabled(self._can_train)
        self.cancel_button.setVisible(training)
        self.cancel_button.setEnabled(not self.trainer.is_stopping)
        can_go_on = not training and self._waiting is not None
        self.go_on_button.setVisible(can_go_on)
        self.go_on_button.setEnabled(self._can_train)
        self.delete_button.setVisible(can_go_on)
        self.use_button.setVisible(not training and self._finished is not None)
        self.bar.setVisible(training)
        self.time_left.setVisible(training)
        (self.use_button if self._finished else self.go_on_button if self._waiting else self.start_button).setDefault(
            True
        )

    # How it is made

    def _make_form(self) -> None:
        self.network = QComboBox()
        self.network.addItems(list(NETWORKS))
        meaning = QLabel()
        meaning.setForegroundRole(meaning.foregroundRole().PlaceholderText)
        meaning.setWordWrap(True)
        self.network.currentTextChanged.connect(lambda name: meaning.setText(NETWORKS[name]))
        meaning.setText(NETWORKS[self.network.currentText()])
        self.epochs = QSpinBox()
        self.epochs.setRange(0, MOST_EPOCHS)
        self.epochs.setSpecialValueText("the network's own")
        self.seed = QSpinBox()
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.setValue(1)
        self.seed.setToolTip("The same seed gives the same model")
        self.data = QLineEdit()
        self.data.setPlaceholderText("found, or downloaded")
        self.data.setToolTip("The folder that has MNIST, in mnist/ or directly")
        choose = QToolButton()
        choose.setText("…")
        choose.setToolTip("Choose the data folder")
        choose.clicked.connect(self.choose_data)
        place = QHBoxLayout()
        place.addWidget(self.data, stretch=1)
        place.addWidget(choose)
        self.form = QWidget()
        layout = QFormLayout(self.form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addRow("&Network", self.network)
        layout.addRow("", meaning)
        layout.addRow("&Epochs", self.epochs)
        layout.addRow("&Seed", self.seed)
        label = QLabel("&Data folder")
        label.setBuddy(self.data)
        layout.addRow(label, place)
        for widget, name in (
            (self.network, "Network"),
            (self.epochs, "Epochs"),
            (self.seed, "Seed"),
            (self.data, "Data folder"),
            (choose, "Choose the data folder"),
        ):
            widget.setAccessibleName(name)

    def _make_watch(self) -> None:
        self.curves = Curves()
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Progress of the training")
        self.time_left = QLabel()
        # Not a label: what went wrong can be long, has addresses and paths, and one may want to copy it.
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.viewport().setAutoFillBackground(False)
        self.message.setFrameShape(QFrame.Shape.NoFrame)
        self.message.setTabChangesFocus(True)
        self.message.setFixedHeight(4 * self.fontMetrics().height())
        self.message.setAccessibleName("What the training says")

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.start_button = self._button("S&tart", self.begin)
        self.cancel_button = self._button("&Cancel", self.cancel)
        self.go_on_button = self._button("&Go on", self.go_on)
        self.delete_button = self._button("De&lete", self.delete)
        self.use_button = self._button("&Use this model", self.use)

    def _button(self, text: str, slot: object) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(slot)
        return button
