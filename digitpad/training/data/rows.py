"""Rows of digits as people write numbers: apart, touching, overlapping, level or not; each digit's ink by itself."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.training.data.appearance import any_pen, brushed, enlarged
from digitpad.training.data.datasets import Examples
from digitpad.training.data.hands import Company
from digitpad.training.data.others import letter
from digitpad.training.data.strokes import PenDigit, Strokes, draw

DIGIT = 64  # pixels that a digit is high
LONGEST = 6  # digits of a row
OF_MNIST, BRUSHED = 0.25, 0.1  # share of rows
NEAR = 40  # digits before and after one that are mostly by the same person, as the data sets are ordered
APART, LEVEL = 0.25, 0.6  # share of rows whose digits don't touch; of those that are quite even and level
GAPS = (0.0, 0.4)  # heights between digits that stand apart
OVER = (-0.22, 0.02)  # the same for those that touch, once they are moved against each other
WITH_OTHERS, OTHERS = (
    0.3,
    0.4,
)  # share of written rows in which there is something that is no digit, and of what is in them
INVENTED = 0.4  # share of it that nobody wrote
NO_DIGIT = 10  # its label

Ink = NDArray[np.uint8]


class Rows:
    """Makes rows, of what may be learned from.

    Args:
        pens: digits by people, those by one of them near each other.
        mnist: glyphs with their labels, or none.
        others: letters and signs by people, or none.
    """

    def __init__(self, pens: Sequence[PenDigit], mnist: Examples, others: Sequence[Strokes] = ()) -> None:
        self._pens = pens
        self._mnist = mnist
        self._others = others
        self._company = Company(pens)

    def row(self, rng: np.random.Generator) -> tuple[list[Ink], list[int]]:
        """What stands in a row: the ink of each in its place, uint8 (H, W) of the same size, and its label."""
        count = int(rng.integers(2, LONGEST + 1))
        is_of_mnist = len(self._mnist) and rng.random() < OF_MNIST
        inks, labels = self._glyphs(count, rng) if is_of_mnist else self._written(count, rng)
        return _placed([_of_height(ink, rng) for ink in inks], rng), labels

    def _glyphs(self, count: int, rng: np.random.Generator) -> tuple[list[Ink], list[int]]:
        some = self._mnist[rng.integers(0, len(self._mnist), count)]
        return [enlarged(glyph, rng) for glyph in some.glyphs], [int(label) for label in some.labels]

    def _written(self, count: int, rng: np.random.Generator) -> tuple[list[Ink], list[int]]:
        first = int(rng.integers(len(self._pens)))
        digits = [self._pens[(first + int(step)) % len(self._pens)] for step in rng.integers(-NEAR, NEAR, count)]
        pen, by_brush = any_pen(rng) * 0.75 + 1, rng.random() < BRUSHED
        has_others = rng.random() < WITH_OTHERS
        inks, labels = [], []
        for digit in digits:
            is_other = has_others and rng.random() < OTHERS
            strokes = self._other(rng) if is_other else self._digit(digit, rng)
            inks.append(brushed(strokes, rng) if by_brush else draw(strokes, pen))
            labels.append(NO_DIGIT if is_other else digit.label)
        return inks, labels

    def _digit(self, digit: PenDigit, rng: np.random.Generator) -> Strokes:
        return self._company.other_hand(digit, rng) if rng.random() < 0.5 else list(digit.strokes)

    def _other(self, rng: np.random.Generator) -> Strokes:
        if not self._others or rng.random() < INVENTED:
            return letter(rng)
        return self._others[int(rng.integers(len(self._others)))]


def _of_height(ink: Ink, rng: np.random.Generator) -> Ink:
    left, top, width, height = cv2.boundingRect(ink)
    high = DIGIT * float(np.exp(rng.normal(0, 0.04)))
    scale = high / max(height, width / 1.3)
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    return np.asarray(cv2.resize(ink[top : top + height, left : left + width], size, interpolation=cv2.INTER_AREA))


def _placed(inks: list[Ink], rng: np.random.Generator) -> list[Ink]:
    """Each digit's ink in its place in the row."""
    uneven = 0.02 if rng.random() < LEVEL else float(rng.uniform(0.05, 0.2))
    touches = rng.random() >= APART
    tilt = np.tan(np.radians(rng.normal(0, 2 if uneven < 0.05 else 8)))
    high = 3 * DIGIT
    row = np.zeros((high, 4 * DIGIT * len(inks)), np.uint8)
    placed: list[tuple[int, int, Ink]] = []
    reached = 0
    for ink in inks:
        size = np.exp(rng.normal(0, uneven))
        ink = np.asarray(cv2.resize(ink, None, fx=size, fy=size, interpolation=cv2.INTER_AREA))
        tall, wide = ink.shape
        top = round(high / 2 - tall / 2 + rng.normal(0, uneven) * DIGIT + tilt * reached)
        top = min(max(top, 0), high - tall)
        left = reached + round(rng.uniform(*GAPS) * DIGIT)
        if placed and touches:
            left = _touching(row[top : top + tall], ink, reached) + round(rng.uniform(*OVER) * DIGIT)
            left = max(left, placed[-1][1] + 2)
        placed.append((top, left, ink))
        place = row[top : top + tall, left : left + wide]
        np.maximum(place, ink, out=place)
        reached = max(reached, left + wide)
    whole = []
    for top, left, ink in placed:
        paper = np.zeros((high, reached + 2), np.uint8)
        paper[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
        whole.append(paper)
    return whole


def _touching(row: Ink, ink: Ink, reached: int) -> int:
    """From which column on ink stands so that it touches what is left of it."""
    there, own = row > 127, ink > 127
    rows = np.flatnonzero(there.any(axis=1) & own.any(axis=1))
    if not len(rows):
        return reached
    ends = row.shape[1] - 1 - there[rows, ::-1].argmax(axis=1)
    return int((ends - own[rows].argmax(axis=1)).max()) + 1
