"""Digits as real pen strokes: the training writers of Alpaydin and Alimoglu's data set, and drawing them anew.

E. Alpaydin and F. Alimoglu, "Pen-Based Recognition of Handwritten Digits", UCI Machine Learning Repository, 1998,
CC BY 4.0: digits written by people on a pressure-sensitive tablet, as UNIPEN text.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.errors import DataError
from digitpad.training.data.sources import cache_folder, kept, locate, unpack

UNIPEN_FILE = "pendigits-train.unipen.gz"
UNIPEN_PUBLISHED = "pendigits-orig.tra.Z"  # the same contents, as UCI publishes them
UNIPEN_ADDRESSES = (f"https://archive.ics.uci.edu/ml/machine-learning-databases/pendigits/{UNIPEN_PUBLISHED}",)
UNIPEN_CONTENTS = "a66225d68d7d68591e62944df1ad33b3f5aa608e2df2505844b41f5568a80da4"

ANGULAR = 0.15  # share of the varied digits that are drawn with corners instead of curves

BOX = 500.0  # the tablet's units that a digit was written in, each way


@dataclass(frozen=True, eq=False)
class PenDigit:
    """One digit as a person wrote it.

    Attributes:
        label: what it is, 0 to 9.
        writer: who wrote it, 1 to 30.
        strokes: each float64 (n, 2), the pen's positions x and y in the tablet's units, y downward.
    """

    label: int
    writer: int
    strokes: tuple[NDArray[np.float64], ...]


def load_pen_digits(folder: Path | None = None) -> list[PenDigit]:
    """Find the pen strokes where MNIST is looked for, in `pen-strokes/`, or download them to the cache; read them.

    Returns:
        the digits, or none, after saying why, where they are not on this machine and can't be downloaded.

    Raises:
        DataError: the file that was found is damaged or another one.
    """
    file = locate(folder, "pen-strokes", UNIPEN_FILE, UNIPEN_PUBLISHED)
    download = cache_folder() / "pen-strokes" / UNIPEN_PUBLISHED
    if file and file != download:
        return parse_unipen(unpack(file, UNIPEN_CONTENTS).decode())
    try:
        contents = kept(download, UNIPEN_CONTENTS, UNIPEN_ADDRESSES, "the pen strokes")
    except DataError as error:
        print(error)
        return []
    return parse_unipen(contents.decode())


def parse_unipen(text: str) -> list[PenDigit]:
    """The digits in UNIPEN text, in its order.

    Raises:
        ValueError: a digit has no label, no writer or no strokes.
    """
    _, *segments = text.split(".SEGMENT DIGIT")
    return [_segment(segment.splitlines()) for segment in segments]


def _segment(lines: list[str]) -> PenDigit:
    label = lines[0].split('"')[1]
    writer = 0
    strokes: list[list[tuple[float, float]]] = []
    for line in lines[1:]:
        if line.startswith(".COMMENT") and not writer:
            said, writer = (int(word) for word in line.split()[1:3])
            if said != int(label):
                raise ValueError(f"a digit is labelled {label} and commented {said}")
        elif line.startswith(".PEN_DOWN"):
            strokes.append([])
        elif line and not line.startswith(".") and strokes:
            x, y = (float(word) for word in line.split())
            strokes[-1].append((x, BOX - y))  # UNIPEN's y grows upward
    if not writer or not any(strokes):
        raise ValueError(f"a digit {label} has no writer or no strokes")
    return PenDigit(int(label), writer, tuple(np.array(stroke) for stroke in strokes if stroke))


def vary(strokes: tuple[NDArray[np.float64], ...], rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """The same digit as another hand might write it: turned, slanted, stretched, bent, its ends longer or shorter.

    Args:
        strokes: each (n, 2), in any units in which the digit is larger than 1; a smaller one keeps its size.
        rng: decides how.

    Returns:
        strokes of the same number and order, in other units.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(1.0, float((high - low).max()))
    turn, slant, stretch = rng.normal(0, np.radians(8)), rng.normal(0, 0.2), np.exp(rng.normal(0, 0.15))
    matrix = (
        np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        @ np.array([[1, slant], [0, 1]])
        @ np.diag([stretch, 1 / stretch])
    )
    # A slow wave across the paper bends every line a little, as no affine map can.
    phase, pace, strength = (
        rng.uniform(0, 2 * np.pi, (2, 2)),
        rng.uniform(0.5, 1.2, (2, 2)),
        rng.normal(0, 0.035, (2, 2)),
    )
    smooth, angular = rng.random() < 0.5, rng.random() < ANGULAR
    corners = rng.uniform(0.02, 0.07)  # of the digit's size: how far an angular line may leave the curve
    varied = []
    for stroke in strokes:
        places = _with_other_ends((stroke - (low + high) / 2) / size, rng) @ matrix.T
        # The bar of a 7, the stem of a 4: each stroke is put where the hand happens to come down.
        places = places + rng.normal(0, 0.025, 2) * (len(strokes) > 1)
        if angular:
            places = _with_corners(places, corners)
        elif smooth:
            places = _without_corners(places)
        waves = np.sin(2 * np.pi * places[:, np.newaxis] * pace + phase) * strength
        varied.append(places + waves.sum(axis=2))
    return varied


def _with_corners(stroke: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """The stroke as a few straight lines, none further from it than `tolerance` (Douglas and Peucker, 1973)."""
    kept = cv2.approxPolyDP(stroke.astype(np.float32)[:, np.newaxis], tolerance, closed=False)
    return kept[:, 0].astype(np.float64)


def _without_corners(stroke: NDArray[np.float64]) -> NDArray[np.float64]:
    """The stroke with each corner cut (Chaikin, 1974): the tablet's hundred milliseconds a point show less."""
    if len(stroke) < 3:
        return stroke
    before, after = stroke[:-1], stroke[1:]
    cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1).reshape(-1, 2)
    return np.vstack([stroke[:1], cut, stroke[-1:]])


def _with_other_ends(stroke: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """A stroke that ends a little earlier or later at both ends, straight on."""
    if len(stroke) < 8:
        return stroke
    for _ in range(2):
        stroke = stroke[::-1]
        change = rng.normal(0, 0.04)  # of the digit's size
        if change < 0 and len(stroke) > 12:
            stroke = stroke[rng.integers(1, 3) :]
        else:
            direction = stroke[0] - stroke[3]
            length = float(np.hypot(*direction))
            if length > 0:
                stroke = np.vstack([stroke[0] + direction / length * abs(change), stroke])
    return stroke


def draw(strokes: list[NDArray[np.float64]], pen: float, side: int = 160) -> NDArray[np.uint8]:
    """Draw strokes as a canvas does: a round pen, smooth edges.

    Args:
        strokes: each (n, 2), in any units; they are made to fit.
        pen: width in pixels, at least 1.
        side: pixels of the canvas.

    Returns:
        ink, uint8 (side, side), 255 on 0.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (side - 2 * pen - 8) / max(1e-9, float((high - low).max()))
    ink = np.zeros((side, side), np.uint8)
    fraction = 4  # bits behind the point, so that a slow curve does not become a staircase
    for stroke in strokes:
        places = ((stroke - (low + high) / 2) * scale + side / 2) * 2**fraction
        line = np.rint(places).astype(np.int32)
        # A dot needs two points to be drawn.
        line = np.vstack([line, line]) if len(line) == 1 else line
        cv2.polylines(ink, [line], False, 255, max(1, round(pen)), cv2.LINE_AA, fraction)
    return ink
