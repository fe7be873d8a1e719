"""A model's card, for a person to read, and the pictures that its training left."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from digitpad.models.card import (
    CARD_WORDS,
    DIGITS_MEANING,
    DIGITS_TITLE,
    NO_CARD,
    Explained,
    facts,
    misread,
    pictures,
)
from digitpad.models.mistakes import mistakes_of
from digitpad.models.model import Model
from digitpad.pad.confusion import CONFUSION
from digitpad_desktop.charts import MisreadBars
from digitpad_desktop.confusion import ConfusionPage
from digitpad_desktop.glossary import Words
from digitpad_desktop.letters import heading


class CardDialog(QDialog):
    """All that is known of a model."""

    def __init__(self, model: Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Model {model.name}")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setTabBarAutoHide(True)  # where there is the card alone
        self.tabs.addTab(_card(model), "Card")
        mistakes = mistakes_of(model)
        if mistakes:
            self.tabs.addTab(ConfusionPage(mistakes), CONFUSION.title)
        for path, what in pictures(model):
            picture = QPixmap(str(path))
            if not picture.isNull():
                self.tabs.addTab(_page(picture, what), what.title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, stretch=1)
        layout.addWidget(buttons)
        self.resize(700, 580)


class Picture(QWidget):
    """A picture on white, as large as its place allows.

    Args:
        picture: what is shown.
        meaning: what one sees on it, for those who hear the screen.
    """

    def __init__(self, picture: QPixmap, meaning: str) -> None:
        super().__init__()
        self._picture = picture
        self.setMinimumSize(200, 150)
        self.setAccessibleName(meaning)
        self.setToolTip(meaning)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        ratio = self.devicePixelRatioF()
        scaled = self._picture.scaled(
            self.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        scaled.setDevicePixelRatio(ratio)
        size = scaled.deviceIndependentSize()
        painter.drawPixmap(
            round((self.width() - size.width()) / 2), round((self.height() - size.height()) / 2), scaled
        )
        painter.end()


def _page(picture: QPixmap, what: Explained) -> QWidget:
    """A picture below what there is to be learned from it."""
    page = QWidget()
    explanation = QLabel(what.explanation)
    explanation.setWordWrap(True)
    explanation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout = QVBoxLayout(page)
    layout.addWidget(explanation)
    layout.addWidget(Words(what.words))
    layout.addWidget(Picture(picture, what.meaning), stretch=1)
    return page


def _card(model: Model) -> QWidget:
    content = QWidget()
    layout = QVBoxLayout(content)
    layout.addWidget(_heading(model.name, 1.5))
    if not model.card:
        sentence = QLabel(NO_CARD)
        sentence.setWordWrap(True)
        layout.addWidget(sentence)
    form = QFormLayout()
    form.setHorizontalSpacing(18)
    layout.addLayout(form)
    for title, rows in facts(model).items():
        form.addRow(_heading(title))
        for name, value in rows:
            label = QLabel(value)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, label)
    layout.addWidget(Words(CARD_WORDS))
    wrong = misread(model.card)
    if wrong:
        layout.addWidget(_heading(DIGITS_TITLE))
        layout.addWidget(MisreadBars(wrong))
        caption = QLabel(DIGITS_MEANING)
        caption.setWordWrap(True)
        caption.setForegroundRole(caption.foregroundRole().PlaceholderText)
        layout.addWidget(caption)
    layout.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(f"Card of the model {model.name}")
    area.setWidget(content)
    return area


def _heading(text: str, size: float = 1.0) -> QLabel:
    label: QLabel = heading(text, size)
    label.setContentsMargins(0, 8, 0, 0)
    return label
