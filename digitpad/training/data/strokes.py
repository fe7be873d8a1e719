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

PENDIGITS_FILE = "pendigits-train.unipen.gz"
PENDIGITS_PUBLISHED = "pendigits-orig.tra.Z"  # the same contents, as UCI publishes them
PENDIGITS_ADDRESSES = (f"https://archive.ics.uci.edu/ml/machine-learning-databases/pendigits/{PENDIGITS_PUBLISHED}",)
PENDIGITS_CONTENTS = "a66225d68d7d68591e62944df1ad33b3f5aa608e2df2505844b41f5568a80da4"

BOX = 500.0  # the tablet's units that a digit was written in, each way

Stroke = NDArray[np.float64]  # (n, 2): the pen's positions x and y, y downward
Strokes = list[Stroke]


@dataclass(frozen=True, eq=False)
class PenDigit:
    """One digit as a person wrote it.

    Attributes:
        label: what it is, 0 to 9.
        writer: who wrote it, a number within the data set.
        strokes: each float64 (n, 2), the pen's positions x and y in units of which BOX are the tablet's, y downward.
    """

    label: int
    writer: int
    strokes: tuple[Stroke, ...]


def load_pen_digits(folder: Path | None = None) -> list[PenDigit]:
    """Find the pen strokes where MNIST is looked for, in `pen-strokes/`, or download them to the cache; read them.

    Returns:
        the digits, or none, after saying why, where they are not on this machine and can't be downloaded.

    Raises:
        DataError: the file that was found is damaged or another one.
    """
    file = locate(folder, "pen-strokes", PENDIGITS_FILE, PENDIGITS_PUBLISHED)
    download = cache_folder() / "pen-strokes" / PENDIGITS_PUBLISHED
    if file and file != download:
        return parse_pen_digits(unpack(file, PENDIGITS_CONTENTS).decode())
    try:
        contents = kept(download, PENDIGITS_CONTENTS, PENDIGITS_ADDRESSES, "the pen strokes")
    except DataError as error:
        print(error)
        return []
    return parse_pen_digits(contents.decode())


def parse_pen_digits(text: str) -> list[PenDigit]:
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


def draw(strokes: Strokes, pen: float, side: int = 160, among: Strokes | None = None) -> NDArray[np.uint8]:
    """Draw strokes as a canvas does: a round pen, smooth edges.

    Args:
        strokes: each (n, 2), in any units; they are made to fit.
        pen: width in pixels, at least 1.
        side: pixels of the canvas.
        among: strokes that are made to fit instead, among which these have their place.

    Returns:
        ink, uint8 (side, side), 255 on 0.
    """
    points = np.concatenate(among or strokes)
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
