"""A model's card, for a person to read, and the pictures that its training left."""

import math
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt
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

from digitpad.model import WEIGHTS_FILE, Model
from digitpad_desktop.charts import AccuracyBars

NO_CARD = "This model has no card: what it was trained on and how well it reads is not known."

# What a training leaves, under which title it is shown, and what it is.
PICTURES = (
    ("curves.png", "Curves", "Loss and accuracy, epoch by epoch"),
    ("confusion.png", "Confusion", "Which digits are taken for which"),
    ("worst.png", "Worst mistakes", "The mistakes that the model was surest of"),
    ("architecture.png", "Architecture", "The network's layers, their shapes and weights"),
)

# The card names each data set by its files.
DATA_SETS = {
    "-ubyte.gz": "MNIST",
    "pendigits": "pen strokes of digits (UCI)",
    "omniglot-symbols": "symbols that are no digits (Omniglot)",
}

PACKAGES = {
    "python": "Python",
    "tensorflow": "TensorFlow",
    "keras": "Keras",
    "numpy": "NumPy",
    "ai-edge-litert": "LiteRT",
}

Facts = list[tuple[str, str]]


class CardDialog(QDialog):
    """All that is known of a model."""

    def __init__(self, model: Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Model {model.name}")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setTabBarAutoHide(True)  # where there is the card alone
        self.tabs.addTab(_card(model), "Card")
        if model.path.name == WEIGHTS_FILE:  # a file by another name may lie among pictures that are not of it
            for name, title, meaning in PICTURES:
                picture = QPixmap(str(model.path.with_name(name)))
                if not picture.isNull():
                    self.tabs.addTab(Picture(picture, meaning), title)
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


def facts(model: Model) -> dict[str, Facts]:
    """What is known of a model, as headings with names and values; what its card lacks is left out."""
    card = model.card
    found = {
        "What it is": [
            ("Network", _text(card, "network")),
            ("Weights", _count(card, "weights")),
            ("File size", _size(model.path)),
        ],
        "How it was made": [
            ("Learned from", _data_sets(card)),
            ("Examples", _count(card, "data", "trained_on")),
            ("Seed", _count(card, "seed", separator="")),
            ("Epochs", _count(card, "epochs")),
            ("Duration", duration(seconds) if (seconds := number(card, "seconds")) is not None else ""),
            ("Finished", _date(_text(card, "finished"))),
            ("Made with", _versions(card)),
        ],
        "How well it reads": [
            ("MNIST's test digits", _share(card, "test", "accuracy")),
            ("MNIST's validation digits", _share(card, "validation", "accuracy")),
            ("Digits of held-out writers", _share(card, "held_out_writers", "accuracy")),
            ("Turned away of a held-out alphabet", _share(card, "held_out_symbols_turned_away")),
        ],
    }
    known = {heading: [(name, value) for name, value in rows if value] for heading, rows in found.items()}
    return {heading: rows for heading, rows in known.items() if rows}


def duration(seconds: float) -> str:
    """A time as people say it: "40 seconds", "9 minutes", "1 hour 35 minutes"."""
    if seconds < 90:
        return _counted(max(round(seconds), 1), "second")
    minutes = round(seconds / 60)
    if minutes < 90:
        return _counted(minutes, "minute")
    hours, minutes = divmod(minutes, 60)
    return " ".join([_counted(hours, "hour"), *([_counted(minutes, "minute")] if minutes else [])])


def number(card: dict[str, Any], *keys: str) -> float | None:
    """A number of the card, by the names that lead to it; None where there is none."""
    value = _value(card, *keys)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


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
    for heading, rows in facts(model).items():
        form.addRow(_heading(heading))
        for name, value in rows:
            label = QLabel(value)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, label)
    shares = _shares(model.card)
    if shares:
        bars = AccuracyBars(shares)
        layout.addWidget(_heading("MNIST's test digits, one by one"))
        layout.addWidget(bars)
        caption = QLabel(f"In percent; the bars begin at {bars.floor * 100:g} %.")
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
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * size)
    label.setFont(font)
    label.setContentsMargins(0, 8, 0, 0)
    return label


def _value(card: dict[str, Any], *keys: str) -> object:
    value: object = card
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(card: dict[str, Any], *keys: str) -> str:
    value = _value(card, *keys)
    return value if isinstance(value, str) else ""


def _count(card: dict[str, Any], *keys: str, separator: str = ",") -> str:
    value = number(card, *keys)
    return "" if value is None else f"{value:{separator}.0f}"


def _share(card: dict[str, Any], *keys: str) -> str:
    value = number(card, *keys)
    return "" if value is None else f"{value * 100:.2f} %"


def _shares(card: dict[str, Any]) -> list[float]:
    """The accuracy of each of the ten digits on MNIST's test digits, or nothing."""
    values = _value(card, "test", "accuracy_per_digit")
    if not isinstance(values, list) or len(values) != 10:
        return []
    return values if all(isinstance(value, int | float) and 0 <= value <= 1 for value in values) else []


def _data_sets(card: dict[str, Any]) -> str:
    files = _value(card, "data", "sha256_of_contents")
    names = [
        next((name for ending, name in DATA_SETS.items() if file.endswith(ending)), file)
        for file in (files if isinstance(files, dict) else ())
    ]
    return ", ".join(dict.fromkeys(names)) or _text(card, "data", "name")


def _size(path: Path) -> str:
    try:
        size = path.stat().st_size
    except OSError:  # deleted since it was opened
        return ""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _date(moment: str) -> str:
    """A moment in ISO 8601 as this user writes it, in local time; nothing if it is none."""
    date = QDateTime.fromString(moment, Qt.DateFormat.ISODate)
    return QLocale().toString(date.toLocalTime(), QLocale.FormatType.ShortFormat) if date.isValid() else ""


def _versions(card: dict[str, Any]) -> str:
    versions = _value(card, "versions")
    if not isinstance(versions, dict):
        return ""
    return ", ".join(f"{PACKAGES.get(package, package)} {version}" for package, version in versions.items())


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
