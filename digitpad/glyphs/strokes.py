"""Strokes of a pen, and the lines that they leave on paper."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

FRACTION = 4  # bits behind the point in OpenCV's coordinates


@dataclass(frozen=True)
class Stroke:
    """One pen-down to pen-up.

    Attributes:
        points: x and y of each point, in the canvas' units, y downward; one at least.
        widths: the pen's width at each point, in the same units.
        erases: whether it takes ink away.
    """

    points: tuple[tuple[float, float], ...]
    widths: tuple[float, ...]
    erases: bool = False

    # Both are asked for again with every further stroke of a drawing, which may have thousands.

    @cached_property
    def places(self) -> NDArray[np.float64]:
        """The points as an array (n, 2)."""
        return np.array(self.points, np.float64)

    @cached_property
    def as_json(self) -> str:
        """The stroke as text, a tenth of a unit exact."""
        entry = {
            "points": [[round(x, 1), round(y, 1)] for x, y in self.points],
            "widths": [round(width, 1) for width in self.widths],
            "erases": self.erases,
        }
        return json.dumps(entry, separators=(",", ":"))


def draw(
    paper: NDArray[np.uint8], strokes: Sequence[Stroke], origin: NDArray[np.float64], scale: float, ink: int
) -> None:
    """Draw strokes onto paper, one after another; those that erase leave paper.

    Args:
        paper: uint8 (H, W).
        strokes: one at least.
        origin: (2,), the place on the canvas of the paper's upper left corner.
        scale: pixels for each of the canvas' units.
        ink: 0 or 255; paper is the other.
    """
    places = np.concatenate([stroke.places for stroke in strokes])
    fixed = np.rint((places - origin) * scale * 2**FRACTION).astype(np.int32)
    ends = np.cumsum([len(stroke.points) for stroke in strokes])
    # Strokes of the same pen are drawn in one go: there can be thousands of them.
    for (erases, width), group in itertools.groupby(
        zip(strokes, np.split(fixed, ends[:-1]), strict=True), lambda pair: (pair[0].erases, _only_width(pair[0]))
    ):
        _draw(paper, list(group), 255 - ink if erases else ink, width, scale)


def _only_width(stroke: Stroke) -> float | None:
    """The width of a stroke that has the same everywhere; None for one that was pressed more and less."""
    return stroke.widths[0] if len(set(stroke.widths)) == 1 else None


def _draw(
    paper: NDArray[np.uint8],
    strokes: list[tuple[Stroke, NDArray[np.int32]]],
    colour: int,
    width: float | None,
    scale: float,
) -> None:
    # A dot needs two points to be drawn.
    lines = [np.vstack([places, places]) if len(places) == 1 else places for _, places in strokes]
    if width is not None:
        cv2.polylines(paper, lines, False, colour, max(1, round(width * scale)), cv2.LINE_AA, FRACTION)
        return
    for (stroke, _), places in zip(strokes, lines, strict=True):
        for start, end, thick in zip(places, places[1:], stroke.widths[1:], strict=False):
            cv2.line(paper, start.tolist(), end.tolist(), colour, max(1, round(thick * scale)), cv2.LINE_AA, FRACTION)
