"""What a model's card says, in words for a person to read, and the pictures that its training left, explained."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from digitpad.models.model import WEIGHTS_FILE, Model

NO_CARD = "This model has no card: what it was trained on and how well it reads is not known."


class Explained(NamedTuple):
    """A picture that a training leaves beside its model.

    Attributes:
        name: of the file.
        title: under which it is shown.
        meaning: what it is.
        explanation: what there is to be learned from it, for one who sees such a thing for the first time.
        words: of the field that belong to it, which the glossary explains.
    """

    name: str
    title: str
    meaning: str
    explanation: str
    words: tuple[str, ...]


PICTURES = (
    Explained(
        "curves.png",
        "Curves",
        "Loss and accuracy, epoch by epoch",
        "In each epoch the network goes once through all that it learns from. The loss, which measures how wrong "
        "it is, falls, and the share read right grows; where the two lines part, and validation stops getting "
        "better, it begins to know its examples by heart.",
        ("epoch", "loss", "accuracy", "training", "validation", "overfitting"),
    ),
    Explained(
        "worst.png",
        "Worst mistakes",
        "The mistakes that the model was surest of",
        "The test digits that were read wrong with the most confidence. Judge them yourself: some would puzzle a "
        "person too, and others show what the network has not learned yet.",
        ("confidence", "test digits"),
    ),
    Explained(
        "architecture.png",
        "Architecture",
        "The network's layers, their shapes and weights",
        "From the glyph at the top to the probabilities at the bottom. Convolutions look for small shapes such as "
        "edges and bends; the pictures become smaller and more numerous from layer to layer, and the last layer "
        "decides. The weights are the numbers that were learned.",
        (
            *("layer", "convolution", "kernel", "map", "ReLU", "batch normalization", "pooling", "stride"),
            *("flatten", "dropout", "dense layer", "softmax", "weight"),
        ),
    ),
    Explained(
        "calibration.png",
        "Calibration",
        "How often readings of each confidence are right",
        "Of the readings that are, say, 80 % sure, about 80 % should be right: then the points lie on the dashed "
        "line. Above it the network is too modest, below it too sure of itself. The upright lines tell how far "
        "chance may have moved a point, the flat ones which confidences it stands for, and the lower chart how many "
        "readings that are.",
        ("calibration", "confidence", "temperature"),
    ),
)

CARD_WORDS = ("model", "network", "weight", "seed", "epoch", "accuracy", "test digits", "validation", "MNIST")
DIGITS_TITLE = "MNIST's test digits, one by one"
MISREAD = "Misread of 1,000"
DIGITS_MEANING = "How many of 1,000 are misread: the shorter the bar, the better the digit is read."
# Where such an axis ends at least: the differences between digits that are all read well are to look small.
LONGEST_BAR = 10.0

# The card names each data set by its files.
DATA_SETS = {
    "-ubyte.gz": "MNIST",
    "pendigits": "pen strokes of digits (UCI)",
    "unipen": "digits, capitals and signs of five sites (UNIPEN)",
    "omniglot-symbols": "symbols that are no digits (Omniglot)",
}

PACKAGES = {
    "python": "Python",
    "tensorflow": "TensorFlow",
    "keras": "Keras",
    "numpy": "NumPy",
    "ai-edge-litert": "LiteRT",
}

STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)  # between the lines of an axis of shares
LARGEST = 1e15  # no figure of a card is as large
LINES = 5  # at most, on that axis

Facts = list[tuple[str, str]]


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
            ("Finished", _day(_text(card, "finished"))),
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


def misread(card: dict[str, Any]) -> list[float]:
    """How many of 1,000 of each of the ten digits are misread, of MNIST's test digits, or nothing."""
    values = _value(card, "test", "accuracy_per_digit")
    if not isinstance(values, list) or len(values) != 10:
        return []
    if not all(_is_number(value) and 0 <= value <= 1 for value in values):
        return []
    return [1000 * (1 - value) for value in values]


def count(some: float) -> str:
    """One of those numbers, as short as it may be: "3.9", "12", "0"."""
    return f"{some:.1f}".removesuffix(".0") if some < 10 else f"{some:.0f}"


def told(wrong: Sequence[float]) -> str:
    """The numbers of `misread`, for those who hear the screen."""
    return f"{MISREAD}: " + ", ".join(f"{digit}: {count(some)}" for digit, some in enumerate(wrong))


def pictures(model: Model) -> list[tuple[Path, Explained]]:
    """The pictures that lie beside a model, each with what it is; not that it can be shown."""
    if model.path.name != WEIGHTS_FILE:  # a file by another name may lie among pictures that are not of it
        return []
    files = [(model.path.with_name(explained.name), explained) for explained in PICTURES]
    return [entry for entry in files if entry[0].is_file()]


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
    return value if _is_number(value) else None


def figures(model: Model) -> dict[str, float | int | None]:
    """How well a model reads, as its card says, and how large it is, for programs."""
    return {
        "mnist_test_accuracy": number(model.card, "test", "accuracy"),
        "held_out_writers_accuracy": number(model.card, "held_out_writers", "accuracy"),
        "bytes": model.path.stat().st_size,
    }


def axis(lowest: float) -> tuple[float, float]:
    """Where an axis that ends at 1 begins so that the lowest share is on it, and the step between its lines."""
    for step in STEPS:
        below = int((1 - lowest) / step) + 1  # one more, so that the lowest does not lie on the edge
        if below < LINES:
            return round(1 - below * step, 3), step
    return 0.0, STEPS[-1]


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < LARGEST  # neither infinite nor NaN


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


def _data_sets(card: dict[str, Any]) -> str:
    files = _value(card, "data", "sha256_of_contents")
    names = [
        next((name for ending, name in DATA_SETS.items() if file.endswith(ending)), file)
        for file in (files if isinstance(files, dict) else ())
    ]
    return ", ".join(dict.fromkeys(names)) or _text(card, "data", "name")


def _size(path: Path) -> str:
    try:
        return f"{path.stat().st_size / 1e6:.2f} MB"
    except OSError:  # deleted since it was opened
        return ""


def _day(moment: str) -> str:
    """The day of a moment in ISO 8601, as the card has it: the same for every reader; nothing if it is none."""
    try:
        return datetime.fromisoformat(moment).date().isoformat()
    except ValueError:
        return ""


def _versions(card: dict[str, Any]) -> str:
    versions = _value(card, "versions")
    if not isinstance(versions, dict):
        return ""
    return ", ".join(f"{PACKAGES.get(package, package)} {version}" for package, version in versions.items())


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
