"""The lines of a table or grid in a picture: where they run, though they are faint, bent or seen from aside.

A line is what an opening along it leaves (Serra, "Image Analysis and Mathematical Morphology", 1982): digits are
shorter, noise is gone. It is followed as a curve, since paper is seldom flat; such as cross each other are a grid.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.photo import reduced

DRAFT = 640  # pixels of the longer side that lines are found at
RUN = 1 / 20  # share of that side that a part of a line is long, at least; the bars of most digits are shorter
FAINTEST = 6  # brightness by which a line differs from the paper
FAINT = 0.4  # share of the strongest response near it that a line has, at least
NEAR = 9  # pixels: no two lines are nearer to each other
PART = 0.06  # share of the side that a part of a line is long, at least
OFF = 3.0  # pixels that a part lies off the line that it goes on with, at most
SEEN = 0.5  # share of its length in which a line is seen, at least
LONG = 0.25  # share of the side that a line is long, at least
REACH = 0.03  # share of the side that a line may end before the one that it crosses
MOST = 0.6  # share of the others that a grid's line crosses, at least
FEWEST = 3  # lines of a grid each way
NARROW, UNEVEN = 0.75, 0.15  # share of the usual distance between a grid's lines
BEYOND = 1.4  # times as long as a grid is wide are its lines, at most
TILT = 0.2  # rise or fall of a level line for each pixel along it, at most

Mask = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Line:
    """A line that is about level: y for each x; of an upright one x for each y.

    Attributes:
        start, end: where it begins and ends.
        curve: coefficients of the polynomial, highest first.
        share: of its length that was seen.
    """

    start: float
    end: float
    curve: NDArray[np.float64]
    share: float

    def at(self, along: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Where it is."""
        return np.asarray(np.polyval(self.curve, along))


def find_grid(strength: Mask) -> NDArray[np.float64] | None:
    """Where the lines of the largest grid cross: float64 (rows + 1, columns + 1, 2), x and y in pixels; None without.

    Args:
        strength: uint8 (H, W), how far each place is from the paper around it.
    """
    draft = reduced(strength, DRAFT)
    run = max(12, round(RUN * max(draft.shape)))
    if min(draft.shape) <= run:
        return None
    level = _lines(draft, run)
    if len(level) < FEWEST:
        return None
    upright = _lines(np.ascontiguousarray(draft.T), run)
    if len(upright) < FEWEST:
        return None
    mesh = _mesh(level, upright, REACH * max(draft.shape))
    if mesh is None:
        return None
    scale = np.array([strength.shape[1] / draft.shape[1], strength.shape[0] / draft.shape[0]])
    return np.asarray(mesh * scale + (scale - 1) / 2, np.float64)


def _lines(draft: Mask, run: int) -> list[Line]:
    """The long lines that are about level."""
    thick = cv2.dilate(draft, np.ones((3, 1), np.uint8))
    response = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    best = cv2.dilate(response, np.ones((2 * NEAR + 1, 1), np.uint8))
    least = FAINTEST + float(np.median(response[::4, ::4]))
    mask = ((response >= least) & (response >= FAINT * best)).astype(np.uint8)
    _, labels, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    side = max(draft.shape)
    parts = []
    widths = sizes[1:, cv2.CC_STAT_WIDTH]
    if widths[widths >= PART * side].sum() < FEWEST * LONG * side:
        return []  # most pictures have no grid, and are to be done with at once
    for number in 1 + np.flatnonzero(widths >= PART * side):
        left, top, width, height, _ = sizes[number]
        inside = (slice(top, top + height), slice(left, left + width))
        weight = np.where(labels[inside] == number, response[inside], 0).astype(np.float64)
        rows = top + (weight * np.arange(height)[:, np.newaxis]).sum(axis=0) / weight.sum(axis=0)
        parts.append((left + np.arange(width, dtype=np.float64), rows))
    return [line for line in _joined(parts, side) if line.end - line.start >= LONG * side and line.share >= SEEN]


def _joined(parts: list[tuple[NDArray[np.float64], NDArray[np.float64]]], side: int) -> list[Line]:
    """Lines, each of the parts that lie on it; the longest part first looks for others."""
    left = sorted(parts, key=lambda part: -len(part[0]))
    lines = []
    while left:
        own, left = [left[0]], left[1:]
        grown = True
        while grown:
            line = _fitted(own, side)
            near = []
            for part in left:
                columns, rows = part
                gap = max(line.start - columns[-1], columns[0] - line.end, 0.0)
                off = np.abs(line.at(columns) - rows)
                if gap <= LONG * side and np.median(off) <= OFF + 0.02 * gap:
                    near.append(part)
            grown = bool(near)
            own += near
            left = [part for part in left if not any(part is one for one in near)]
        if abs(np.polyfit([line.start, line.end], line.at(np.array([line.start, line.end])), 1)[0]) <= TILT:
            lines.append(line)
    return lines


def _fitted(parts: list[tuple[NDArray[np.float64], NDArray[np.float64]]], side: int) -> Line:
    """The curve through parts of a line."""
    columns, rows = (np.concatenate([part[axis] for part in parts]) for axis in (0, 1))
    start, end = float(columns.min()), float(columns.max())
    degree = 1 if end - start < 0.3 * side else 2 if end - start < 0.6 * side else 3
    curve = np.polyfit(columns, rows, degree)
    near = np.abs(np.polyval(curve, columns) - rows) <= OFF
    if near.sum() > len(rows) / 2:
        curve = np.polyfit(columns[near], rows[near], degree)
    seen = len(np.unique(columns[near])) / max(1.0, end - start)
    return Line(start, end, curve, seen)


def _mesh(level: list[Line], upright: list[Line], reach: float) -> NDArray[np.float64] | None:
    """Where the lines of the largest grid cross each other."""
    places = np.array([[_crossing(one, other) for other in upright] for one in level])
    cross = np.array(
        [
            [
                one.start - reach <= x <= one.end + reach and other.start - reach <= y <= other.end + reach
                for other, (x, y) in zip(upright, row, strict=True)
            ]
            for one, row in zip(level, places, strict=True)
        ]
    )
    rows, columns = _largest(cross)
    while len(rows) >= FEWEST and len(columns) >= FEWEST:
        some = cross[np.ix_(rows, columns)]
        by_row, by_column = some.sum(axis=1), some.sum(axis=0)
        weakest = min(by_row.min() / len(columns), by_column.min() / len(rows))
        if weakest >= MOST:
            break
        if by_row.min() / len(columns) == weakest:
            rows = np.delete(rows, by_row.argmin())
        else:
            columns = np.delete(columns, by_column.argmin())
    if min(len(rows), len(columns)) < FEWEST:
        return None
    mesh = places[np.ix_(rows, columns)]
    for lines, some, axis in ((level, rows, 0), (upright, columns, 1)):
        lengths = [lines[number].end - lines[number].start for number in some]
        if np.median(lengths) > BEYOND * np.ptp(mesh[..., axis], axis=1 - axis).mean():
            return None  # ruled paper with 1s on it
    mesh = mesh[np.argsort(mesh[..., 1].mean(axis=1))]
    mesh = mesh[:, np.argsort(mesh[..., 0].mean(axis=0))]
    return _even(_even(mesh, 1).transpose(1, 0, 2), 0).transpose(1, 0, 2)


def _even(mesh: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """The mesh without a line between two that are as far apart as most: what stands in a column looks like one."""
    while True:
        gaps = np.diff(mesh[..., axis].mean(axis=1))
        usual = float(np.median(gaps))
        is_narrow = np.maximum(gaps[:-1], gaps[1:]) < NARROW * usual
        is_between = is_narrow & (np.abs(gaps[:-1] + gaps[1:] - usual) < UNEVEN * usual)
        if not is_between.any() or len(mesh) <= FEWEST:
            return mesh
        mesh = np.delete(mesh, 1 + int(is_between.argmax()), axis=0)


def _largest(cross: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of the lines those that hang together with the one that crosses most, by their crossings."""
    rows: NDArray[np.bool_] = np.zeros(len(cross), bool)
    rows[cross.sum(axis=1).argmax()] = True
    while True:
        columns = cross[rows].any(axis=0)
        more = cross[:, columns].any(axis=1)
        if (more == rows).all():
            return np.flatnonzero(rows), np.flatnonzero(columns)
        rows = np.asarray(more, np.bool_)


def _crossing(level: Line, upright: Line) -> tuple[float, float]:
    """Where two lines cross, though they end before."""
    y = float(level.at((level.start + level.end) / 2))
    for _ in range(4):
        x = float(upright.at(y))
        y = float(level.at(x))
    return x, y
