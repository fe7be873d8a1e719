"""Rows and pages of digits by people of whom nothing was learned, as numbers come: apart, close, touching, askew."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.training.data.strokes import PenDigit, Strokes

DIGIT = 80  # pixels that a digit is high
MARGIN = 40  # pixels of paper around a row

Ink = NDArray[np.uint8]


@dataclass(frozen=True)
class Spacing:
    """How the digits of a row stand, in heights of a digit.

    Attributes:
        gap: between two digits, from and to; below 0 they lie over each other.
        touches: whether each is moved until it touches the one before, and then by the gap.
        tilt: standard deviation of the row's angle, in degrees.
        uneven: standard deviation of the logarithm of a digit's size, and of its height above the row.
    """

    gap: tuple[float, float]
    touches: bool = False
    tilt: float = 1.0
    uneven: float = 0.04


SPACINGS = {
    "separate": Spacing((0.15, 0.45)),
    "close": Spacing((0.02, 0.1)),
    "slanted and uneven": Spacing((0.1, 0.35), tilt=8.0, uneven=0.16),
    "touching": Spacing((-0.06, 0.0), touches=True),
    "overlapping": Spacing((-0.2, -0.08), touches=True),
}


def row_of(digits: Sequence[PenDigit], spacing: Spacing, pen: float, rng: np.random.Generator) -> Ink:
    """A row of digits: ink, uint8 (H, W), 255 on 0, with paper around it.

    Args:
        digits: by one person, from left to right.
        spacing: how they stand.
        pen: width in pixels; a digit is DIGIT pixels high.
        rng: decides what is left to chance.
    """
    strokes = [stroke for digit in strokes_of_row(digits, spacing, pen, rng) for stroke in digit]
    size = np.ceil(np.concatenate(strokes).max(axis=0) + pen / 2 + MARGIN).astype(int)
    return _drawn(strokes, pen, int(size[1]), int(size[0]))


def strokes_of_row(
    digits: Sequence[PenDigit], spacing: Spacing, pen: float, rng: np.random.Generator
) -> list[Strokes]:
    """The strokes of each digit of a row, as for `row_of`, with room for paper around them."""
    placed: list[Strokes] = []
    ink = np.zeros((3 * DIGIT, 1), np.uint8)
    for digit in digits:
        strokes = _of_height(digit, DIGIT * float(np.exp(rng.normal(0, spacing.uneven))))
        lift = rng.normal(0, spacing.uneven) * DIGIT + rng.normal(0, 1)
        gap = rng.uniform(*spacing.gap) * DIGIT
        start = _next_to(ink, strokes, lift, pen, spacing.touches) + gap
        placed.append([stroke + np.array([start, 1.5 * DIGIT + lift]) for stroke in strokes])
        ink = _drawn([stroke for each in placed for stroke in each], pen, 3 * DIGIT)
    angle = np.radians(rng.normal(0, spacing.tilt))
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = [[stroke @ matrix for stroke in strokes] for strokes in placed]
    low = np.concatenate([stroke for strokes in turned for stroke in strokes]).min(axis=0)
    return [[stroke - low + MARGIN + pen / 2 for stroke in strokes] for strokes in turned]


def _of_height(digit: PenDigit, height: float) -> Strokes:
    """Its strokes around 0 from above to below and from 0 on to the right; a wide one is less high."""
    points = np.concatenate(digit.strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    wide, tall = np.maximum(high - low, 1e-6)
    scale = height / max(tall, wide / 1.3)
    return [(stroke - (low[0], (low[1] + high[1]) / 2)) * scale for stroke in digit.strokes]


def _next_to(ink: Ink, strokes: Strokes, lift: float, pen: float, touches: bool) -> float:
    """From which column on strokes stand right of ink: of all of it, or so that they touch it."""
    if not ink.any():
        return pen
    edge = float(cv2.boundingRect(ink)[0] + cv2.boundingRect(ink)[2]) + pen / 2
    if not touches:
        return edge
    own = _drawn([stroke + np.array([pen, 1.5 * DIGIT + lift]) for stroke in strokes], pen, len(ink)) > 127
    others = ink > 127
    rows = np.flatnonzero(own.any(axis=1) & others.any(axis=1))
    if not len(rows):
        return edge
    ends = others.shape[1] - 1 - others[rows, ::-1].argmax(axis=1)
    begins = own[rows].argmax(axis=1)
    return float((ends - begins).max() + pen + 1)


def _drawn(strokes: Strokes, pen: float, height: int, width: int | None = None) -> Ink:
    wide = width or int(np.ceil(max(stroke[:, 0].max() for stroke in strokes) + pen + 2))
    ink = np.zeros((height, wide), np.uint8)
    for stroke in strokes:
        line = np.rint(stroke * 16).astype(np.int32)
        line = np.vstack([line, line]) if len(line) == 1 else line
        cv2.polylines(ink, [line], False, 255, max(1, round(pen)), cv2.LINE_AA, 4)
    return ink


def page_of(rows: Sequence[Ink], rng: np.random.Generator) -> Ink:
    """Rows of digits below each other, as one writes a list: ink, uint8 (H, W)."""
    height, width = sum(len(row) for row in rows), max(row.shape[1] for row in rows)
    page = np.zeros((height, width), np.uint8)
    top = 0
    for row in rows:
        left = int(rng.integers(0, width - row.shape[1] + 1))
        page[top : top + len(row), left : left + row.shape[1]] = row
        top += len(row)
    return page


def on_ruled_paper(ink: Ink, rng: np.random.Generator) -> Ink:
    """Ink on white paper with lines: uint8 (H, W), dark on white."""
    paper = np.full(ink.shape, 255, np.uint8)
    distance, thick = int(rng.integers(60, 130)), int(rng.integers(1, 4))
    for row in range(int(rng.integers(0, distance)), len(ink), distance):
        paper[row : row + thick] = int(rng.integers(120, 220))
    return np.minimum(paper, 255 - ink)
