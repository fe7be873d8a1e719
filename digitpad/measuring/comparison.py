"""Models side by side: every digit held out, in every condition, and what is no digit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad import Reading, Verdict
from digitpad.measuring import measures
from digitpad.measuring.conditions import (
    CANVAS,
    PEN,
    Condition,
    Picture,
    drawn_conditions,
    enlarged,
    enlarged_coarsely,
    enlarged_scan,
)
from digitpad.measuring.readers import Reader
from digitpad.training.data.datasets import Examples
from digitpad.training.data.mixture import HELD_OUT_ALPHABET, HELD_OUT_WRITERS
from digitpad.training.data.others import Strokes, any_of, letter, scribble, side_by_side
from digitpad.training.data.strokes import PenDigit, draw
from digitpad.training.evaluation import Evaluation
from digitpad.training.reliability import expected_calibration_error, share

MNIST_WAYS: dict[str, Callable[[NDArray[np.uint8]], Picture]] = {
    "as they are": lambda glyph: glyph,
    "enlarged to a canvas": enlarged,
    "enlarged with square pixels": enlarged_coarsely,
    "as a coarse scan": enlarged_scan,
}
SEED = 20  # not one that is trained with
STEP = 50  # pictures at a time: those of 2,000 × 2,000 pixels take 12 MB each
DRAWN_OTHERS = 500  # invented letters, scribbles and pairs of digits each
EXAMPLES_KEPT = 8  # pictures of each row, to look at

Anything = TypeVar("Anything")


@dataclass(frozen=True, eq=False)
class Row:
    """One kind of picture, and how each reader read it.

    Attributes:
        group: what kind of kind: "MNIST", "pen", "not a digit" and so on.
        name: which kind.
        labels: (n,), what the pictures show; 10 for no digit.
        examples: the first few pictures.
        readings: for each reader its n readings.
    """

    group: str
    name: str
    labels: NDArray[np.uint8]
    examples: list[Picture]
    readings: dict[str, list[Reading]] = field(default_factory=dict)

    @property
    def is_of_digits(self) -> bool:
        """Whether these are digits to be read, not drawings to be turned away."""
        return bool((self.labels < 10).all())

    def right(self, reader: str) -> NDArray[np.bool_]:
        """(n,), which were read right; of what is no digit, which were turned away."""
        readings = self.readings[reader]
        if not self.is_of_digits:
            return np.array([reading.verdict is Verdict.NOT_A_DIGIT for reading in readings])
        digits = np.array([-1 if reading.digit is None else reading.digit for reading in readings])
        return np.asarray(digits == self.labels)

    def accepted(self, reader: str) -> float:
        """The share that was not turned away."""
        refused = (Verdict.NOT_A_DIGIT, Verdict.EMPTY)
        return float(np.mean([reading.verdict not in refused for reading in self.readings[reader]]))

    def evaluation(self, reader: str) -> Evaluation:
        """The readings as an Evaluation of glyphs; pictures that were taken for empty are left out."""
        readings = self.readings[reader]
        seen = np.array([reading.verdict is not Verdict.EMPTY for reading in readings], bool)
        glyphs = np.stack([reading.glyph for reading in readings])
        shares = np.stack([reading.shares for reading in readings])
        shares = np.hstack([shares, 1 - shares.sum(axis=1, keepdims=True)])
        return Evaluation(Examples(glyphs, self.labels)[seen], shares[seen])

    def figures(self, reader: str) -> dict[str, float]:
        """The share read right, or turned away, with its interval; and the share of digits accepted."""
        right = self.right(reader)
        middle, low, high = share(int(right.sum()), len(right))
        figures = {"share": middle, "low": low, "high": high}
        return figures | ({"accepted": self.accepted(reader)} if self.is_of_digits else {})


@dataclass(frozen=True)
class Comparison:
    """Readers side by side.

    Attributes:
        readers: who read.
        rows: what they read, and how.
    """

    readers: Sequence[Reader]
    rows: Sequence[Row]

    def confidences(self, reader: str) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Of all pen digits on a canvas: the confidence, and whether the reading was right."""
        rows = [row for row in self.rows if row.group in ("pen", "size", "place", "colour", "transparency")]
        right = [is_right for row in rows for is_right in row.right(reader)]
        return _confidences(rows, reader), np.array(right, bool)

    def calibration_error(self, reader: str) -> float | None:
        """The expected calibration error on pen digits; None where there are none."""
        if not self._has_pens:
            return None
        return expected_calibration_error(*self.confidences(reader))

    def area_under_roc(self, reader: str) -> float | None:
        """How well confidence tells pen digits from symbols; None where either are missing."""
        symbols = [row for row in self.rows if row.name == symbols_name()]
        if not symbols or not self._has_pens:
            return None
        return measures.area_under_roc(self.confidences(reader)[0], _confidences(symbols, reader))

    @property
    def _has_pens(self) -> bool:
        return any(row.group == "pen" for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """All figures, ready for JSON."""
        return {
            "rows": [
                {
                    "group": row.group,
                    "name": row.name,
                    "cases": len(row.labels),
                    "readers": {reader.name: row.figures(reader.name) for reader in self.readers},
                }
                for row in self.rows
            ],
            "expected_calibration_error": {r.name: self.calibration_error(r.name) for r in self.readers},
            "area_under_roc": {r.name: self.area_under_roc(r.name) for r in self.readers},
        }


def compare(
    readers: Sequence[Reader],
    mnist: Examples,
    pens: Sequence[PenDigit],
    symbols: dict[str, list[NDArray[np.uint8]]],
    most: int | None = None,
) -> Comparison:
    """Let every reader read everything that is held out.

    Args:
        readers: who reads.
        mnist: MNIST digits that none of the models was trained on.
        pens: pen digits; those of the held-out writers are read.
        symbols: by alphabet; those of the held-out one are read.
        most: read at most so many pictures of each kind.
    """
    held_out = [digit for digit in pens if digit.writer in HELD_OUT_WRITERS]
    kinds = list(_kinds(mnist[:most], _some(held_out, most), _some(symbols.get(HELD_OUT_ALPHABET, []), most), most))
    rows = []
    with tqdm(total=sum(len(kind.labels) for kind in kinds), unit="picture") as bar:
        for kind in kinds:
            bar.set_description(f"{kind.group}: {kind.name}")
            examples = [kind.picture(index) for index in range(min(EXAMPLES_KEPT, len(kind.labels)))]
            row = Row(kind.group, kind.name, kind.labels, examples)
            for start in range(0, len(kind.labels), STEP):
                pictures = [kind.picture(index) for index in range(start, min(start + STEP, len(kind.labels)))]
                for reader in readers:
                    row.readings.setdefault(reader.name, []).extend(reader.read(pictures))
                bar.update(len(pictures))
            rows.append(row)
    return Comparison(readers, rows)


def symbols_name() -> str:
    """What the row of symbols of the held-out alphabet is called."""
    return f"{HELD_OUT_ALPHABET} letters"


@dataclass(frozen=True)
class _Kind:
    """Pictures that are yet to be made, one by one: those of 2,000 × 2,000 pixels would not fit into memory."""

    group: str
    name: str
    labels: NDArray[np.uint8]
    picture: Callable[[int], Picture]


def _kinds(
    mnist: Examples, pens: Sequence[PenDigit], symbols: Sequence[NDArray[np.uint8]], most: int | None
) -> Iterator[_Kind]:
    for name, way in MNIST_WAYS.items():
        yield _Kind("MNIST", name, mnist.labels, partial(_glyph_as, way, mnist.glyphs))
    if pens:
        labels = np.array([digit.label for digit in pens], np.uint8)
        for condition in drawn_conditions():
            yield _Kind(condition.group, condition.name, labels, partial(_digit_as, condition, pens))
    if symbols:
        yield _Kind("not a digit", symbols_name(), _no_digits(len(symbols)), partial(_symbol, symbols))
    drawings: dict[str, Callable[[np.random.Generator], Strokes]] = {
        "invented letters": letter,
        "scribbles": scribble,
    }
    if pens:
        drawings["two digits at once"] = lambda rng: side_by_side(any_of(pens, rng), any_of(pens, rng), rng)
    for name, drawing in drawings.items():
        labels = _no_digits(min(most or DRAWN_OTHERS, DRAWN_OTHERS))
        yield _Kind("not a digit", name, labels, partial(_drawing, drawing))


def _glyph_as(way: Callable[[NDArray[np.uint8]], Picture], glyphs: NDArray[np.uint8], index: int) -> Picture:
    return way(glyphs[index])


def _digit_as(condition: Condition, pens: Sequence[PenDigit], index: int) -> Picture:
    return condition.picture(pens[index], _chance(index))


def _symbol(symbols: Sequence[NDArray[np.uint8]], index: int) -> Picture:
    return np.asarray(255 - symbols[index], np.uint8)


def _drawing(drawing: Callable[[np.random.Generator], Strokes], index: int) -> Picture:
    return np.asarray(255 - draw(drawing(_chance(index)), PEN, CANVAS), np.uint8)


def _some(items: Sequence[Anything], most: int | None) -> Sequence[Anything]:
    """At most so many of them, from all writers alike, who come one after another."""
    return items[:: -(-len(items) // most)] if most and items else items


def _chance(index: int) -> np.random.Generator:
    return np.random.default_rng([SEED, index])


def _no_digits(count: int) -> NDArray[np.uint8]:
    return np.full(count, 10, np.uint8)


def _confidences(rows: Sequence[Row], reader: str) -> NDArray[np.float64]:
    return np.array([reading.confidence for row in rows for reading in row.readings[reader]])
