"""*You or the network*: a quiz of the digits that networks find hardest."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from digitpad import Recognizer
from digitpad.models.model import Model
from digitpad.pad.quiz import (
    AGAIN,
    HOW_TO_ANSWER,
    NEXT,
    QUIZ_MEANING,
    QUIZ_TITLE,
    QUIZ_WORDS,
    SKIP,
    Quiz,
    asked,
    ending,
    networks_answer,
    said_of,
    score,
    told_of,
    truth,
)
from digitpad.pad.words import bars
from digitpad_desktop.bars import Bars
from digitpad_desktop.glossary import Words
from digitpad_desktop.glyph_view import GlyphView
from digitpad_desktop.images import to_image
from digitpad_desktop.letters import enlarged
from digitpad_desktop.model_box import ModelBox

USUAL = QSize(760, 540)  # pixels of the window at first
LARGEST = 3.0  # how many times as large as the system's the letters can be, on a projector
ENLARGED = 3  # pixels for each of a glyph's, at the end


class QuizDialog(QDialog):
    """Ten digits: the person answers first, then the network.

    Args:
        recognizer: who plays against the person.
        seed: as of `Quiz`.
    """

    chosen = Signal(object)
    """That the user wants another `Model` to read."""

    def __init__(self, recognizer: Recognizer, parent: QWidget | None = None, seed: int | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(QUIZ_TITLE)
        self.quiz = Quiz(recognizer, seed)
        self._factor = 1.0  # that the letters are enlarged by
        self._words = Words(QUIZ_WORDS)
        self.models, self.score, self.said = ModelBox(), QLabel(), QLabel()
        self.glyph, self.bars = GlyphView(), Bars()
        self.truth, self.network = QLabel(), QLabel()
        self.keys = [self._button(str(digit), digit) for digit in range(10)]
        self.skip, self.next, self.again = self._button(SKIP, None), QPushButton(NEXT), QPushButton(AGAIN)
        self.digits, self.asking, self.pages = QListWidget(), QStackedWidget(), QStackedWidget()
        self._lay_out()
        self.models.fill(recognizer.model)
        self.models.activated.connect(self._use)
        self.next.clicked.connect(self._go_on)
        self.again.clicked.connect(self._begin)
        self.resize(USUAL)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text()
        if not self.quiz.is_over and not self.quiz.is_answered and key and key in "0123456789sS":
            self._answer(int(key) if key.isdigit() else None)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._enlarge()

    def _answer(self, digit: int | None) -> None:
        self.quiz.answer(digit)
        self._show()

    def _go_on(self) -> None:
        self.quiz.go_on()
        self._show()

    def _begin(self) -> None:
        self.quiz.again()
        self._show()

    def _use(self, index: int) -> None:
        """Let another model play, and read on the pad."""
        model: Model = self.models.itemData(index)
        self.quiz.use(Recognizer(model))
        self.chosen.emit(model)
        self._show()

    def _show(self) -> None:
        """Show how far the game is."""
        quiz = self.quiz
        self.score.setText("" if quiz.is_over else score(quiz))
        if quiz.is_over:
            self.said.setText(ending(quiz))
            self._show_all()
            self.pages.setCurrentIndex(1)
            self.again.setDefault(True)
            self.again.setFocus()
            return
        self.said.setText(asked(quiz))
        self.glyph.show_glyph(quiz.glyph)
        self.pages.setCurrentIndex(0)
        self.asking.setCurrentIndex(int(quiz.is_answered))
        if not quiz.is_answered:
            self.setFocus()  # on no key: who has gone on by Space may press it twice
            return
        last = quiz.rounds[-1]
        self.truth.setText(truth(last))
        self.network.setText(networks_answer(last, quiz.name))
        self.bars.show_bars(bars(last.reading, quiz.recognizer.model.tells_no_digit))
        self.next.setDefault(True)
        self.next.setFocus()
        self.next.setAccessibleDescription(told_of(last, quiz.name))

    def _show_all(self) -> None:
        """Show the ten digits of the game that is over."""
        times = round(ENLARGED * self._factor)
        self.digits.setIconSize(QSize(28 * times, 28 * times))
        self.digits.clear()
        for each in self.quiz.rounds:
            picture = to_image(each.glyph.repeat(times, axis=0).repeat(times, axis=1))
            item = QListWidgetItem(QIcon(QPixmap.fromImage(picture)), said_of(each, self.quiz.name))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told_of(each, self.quiz.name))
            self.digits.addItem(item)

    # How it is made

    def _button(self, text: str, digit: int | None) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.clicked.connect(lambda: self._answer(digit))
        return button

    def _lay_out(self) -> None:
        for label in (self.said, self.truth, self.network):
            label.setWordWrap(True)
        self.glyph.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.glyph.setMinimumSize(28 * ENLARGED, 28 * ENLARGED)
        self._label = label = QLabel("Read &by")
        label.setBuddy(self.models)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.said, stretch=1)
        top.addWidget(self.score)
        bottom.addWidget(label)
        bottom.addWidget(self.models, stretch=1)
        bottom.addStretch(1)
        game = QWidget()
        both = QHBoxLayout(game)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.glyph, stretch=1)
        both.addWidget(self.asking, stretch=1)
        self.asking.addWidget(self._pad_of_keys())
        self.asking.addWidget(self._what_was_said())
        self.pages.addWidget(game)
        self.pages.addWidget(self._end())
        layout = QVBoxLayout(self)
        self._meaning = QLabel(QUIZ_MEANING)
        self._meaning.setWordWrap(True)
        layout.addWidget(self._meaning)
        layout.addLayout(top)
        layout.addWidget(self.pages, stretch=1)
        layout.addLayout(bottom)
        layout.addWidget(self._words)

    def _pad_of_keys(self) -> QWidget:
        """As on a telephone: the 0 last, with *Skip* beside it."""
        pad = QWidget()
        grid = QGridLayout(pad)
        for digit in range(1, 10):
            grid.addWidget(self.keys[digit], (digit - 1) // 3, (digit - 1) % 3)
        grid.addWidget(self.keys[0], 3, 0)
        grid.addWidget(self.skip, 3, 1, 1, 2)
        self._how = QLabel(f"{HOW_TO_ANSWER}.")
        self._how.setWordWrap(True)
        grid.addWidget(self._how, 4, 0, 1, 3)
        return pad

    def _what_was_said(self) -> QWidget:
        answered = QWidget()
        layout = QVBoxLayout(answered)
        layout.addWidget(self.truth)
        layout.addWidget(self.network)
        layout.addWidget(self.next)
        layout.addWidget(self.bars, stretch=1)
        return answered

    def _end(self) -> QWidget:
        digits = self.digits
        digits.setViewMode(QListView.ViewMode.IconMode)
        digits.setResizeMode(QListView.ResizeMode.Adjust)
        digits.setMovement(QListView.Movement.Static)
        digits.setSpacing(8)
        digits.setAccessibleName(QUIZ_TITLE)
        end = QWidget()
        layout = QVBoxLayout(end)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(digits, stretch=1)
        layout.addWidget(self.again)
        return end

    def _enlarge(self) -> None:
        """Let the letters grow with the window: on a projector they are read from the last row."""
        factor = min(self.width() / USUAL.width(), self.height() / USUAL.height())
        self._factor = factor = min(max(round(factor, 1), 1.0), LARGEST)
        for widget, more, bold in (
            *((widget, 1.3, True) for widget in (self.said, self.score, self.truth)),
            *((widget, 1.6, True) for widget in self.keys),
            *((widget, 1.0, False) for widget in (self.models, self.skip, self.next, self.again, self.digits)),
            *((widget, 1.0, False) for widget in (self.network, self.bars, self._words, self._meaning)),
            *((widget, 1.0, False) for widget in (self._label, self._how)),
        ):
            widget.setFont(enlarged(self.font(), factor * more, bold))
        if self.quiz.is_over:
            self._show_all()
