"""Ink without rulings: lines from edge to edge, tables and grids, with what was written over them left whole."""

import cv2
import numpy as np
from numpy.typing import NDArray

INKED = 64  # of 255
RUN = 1 / 40  # share of the picture's side that a line runs level, at least, though it lies askew
GAP = 1 / 20  # share of the picture's side that a line may be broken for, as by a stroke across it
LONG = 0.25  # share of the picture's side that a line is long, at least
THICK = 0.015  # share of the picture's longer side that a ruling is thick, at most
ACROSS = 0.85  # share of the picture's side that a line reaches across, at least
BINS = 8  # parts of a line in which its height is measured
TILT = 0.12  # how much a level line rises or falls for each pixel along it, at most
EVERYWHERE = 0.4  # share of its length in which a line has a pixel as far up or down as where it has most, at least
BENT = 0.01  # share of its length that a line may be bent
TABLE = 0.3  # share of the picture's sides that a table takes up, at least
DARKER = 1.4  # times as dark as a line is what was written over it
MOSTLY = 0.6  # share of a piece within the breadth of a line and its edges, at least, that nobody wrote
WHOLE = 0.8  # share of the table's side that its lines reach across, at least


def without_rulings(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Take out lines that cross the whole picture, and those of tables.

    Args:
        ink: uint8 (H, W), 255 on 0.
    """
    mask = (ink >= INKED).astype(np.uint8)
    thickest = max(2, round(THICK * max(mask.shape)))
    level = _lines(mask, thickest)
    # Without a level line there is no table: of upright ones those count alone that cross the picture.
    upright = _lines(np.ascontiguousarray(mask.T), thickest, across=not level.any()).T
    may_be_table = level.any() and upright.any()
    may_cross = max(level.any(axis=0).mean(), upright.any(axis=1).mean()) >= ACROSS
    if not may_be_table and not may_cross:
        return ink
    both = cv2.dilate(level | upright, np.ones((5, 5), np.uint8))
    rulings = np.zeros(mask.shape, bool)
    # A line is a ruling where it goes from edge to edge, or where it is one of several that make up a table.
    for lines in (level, upright):
        across = mask.shape[1] if lines is level else mask.shape[0]
        _, pieces, sizes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        lengths = sizes[:, cv2.CC_STAT_WIDTH if lines is level else cv2.CC_STAT_HEIGHT]
        kept = lengths >= ACROSS * across
        kept[0] = False
        rulings |= kept[pieces]
    _, tables, boxes, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    for number, (left, top, width, height, _) in enumerate(boxes):
        if number and width >= TABLE * mask.shape[1] and height >= TABLE * mask.shape[0]:
            inside = (slice(top, top + height), slice(left, left + width))
            own = tables[inside] == number
            some = [(lines[inside] > 0) & own for lines in (level, upright)]
            if _count(some[0], width) >= 2 and _count(some[1].T, height) >= 2:
                rulings[inside] |= some[0] | some[1]
    if not rulings.any():
        return ink
    return _without(ink, mask, rulings.astype(np.uint8))


def _lines(mask: NDArray[np.uint8], thickest: int, across: bool = False) -> NDArray[np.uint8]:
    """Where long, thin, level lines are; with `across` only where one may cross the picture."""
    width = mask.shape[1]
    run, gap = max(9, round(RUN * width)), max(3, round(GAP * width))
    runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    if not runs.any():
        return np.zeros_like(mask)
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((thickest + 1, 1), np.uint8))
    runs[thick > 0] = 0
    bridged = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    bridged = cv2.dilate(bridged, np.ones((3, 3), np.uint8))
    lines = np.zeros_like(mask)
    if across and not _may_cross(np.maximum(mask, bridged)):
        return lines
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(bridged, connectivity=8)
    for number in 1 + np.flatnonzero(sizes[1:, cv2.CC_STAT_WIDTH] >= LONG * width):
        left, top, wide, high = sizes[number, :4]
        rows, columns = np.nonzero(pieces[top : top + high, left : left + wide] == number)
        straight = _on_one_line(rows, columns, wide, thickest)
        if len(np.unique(columns[straight])) >= LONG * width:
            rows, columns = top + rows[straight], left + columns[straight]
            lines[rows, columns] = 1
            _go_on(lines, mask, rows, columns)
    return lines


def _may_cross(mask: NDArray[np.uint8]) -> bool:
    """Whether some strip that is high enough for a line that is askew has ink nearly all the way."""
    width = mask.shape[1]
    high = 2 * round((TILT / 2 + BENT) * width) + 5
    strips = cv2.dilate(mask, np.ones((high, 1), np.uint8))
    return bool(strips.mean(axis=1).max() >= ACROSS)


def _go_on(
    lines: NDArray[np.uint8], mask: NDArray[np.uint8], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> None:
    """Mark a line, some of whose places are given, across the whole picture, if there is ink nearly all the way."""
    across = np.arange(mask.shape[1])
    slope, height = np.polyfit(columns, rows, 1)
    way = np.clip(np.rint(height + slope * across).astype(int), 1, len(mask) - 2)
    beside = [way - 1, way, way + 1]
    if np.mean([mask[each, across] for each in beside], axis=0).astype(bool).mean() >= ACROSS:
        for each in beside:
            lines[each, across] = 1


def _on_one_line(rows: NDArray[np.intp], columns: NDArray[np.intp], width: int, thickest: int) -> NDArray[np.bool_]:
    """Which places lie on the level line that most of them lie on; none where it is too steep to be level."""
    bins = columns * BINS // width
    some = [bins == number for number in range(BINS)]
    middles = np.array([(columns[part].mean(), np.median(rows[part])) for part in some if part.any()])
    if len(middles) < 2:
        return np.zeros(len(rows), bool)
    slopes = np.diff(middles[:, 1]) / np.diff(middles[:, 0])
    slope = float(np.median(slopes))
    height = float(np.median(middles[:, 1] - slope * middles[:, 0]))
    off = np.rint(rows - height - slope * columns).astype(int)
    is_near = np.abs(off) <= thickest + BENT * width
    # Strokes that touch it lie beside it in places, the line itself everywhere.
    counts = np.bincount(off[is_near] - off.min(), minlength=int(np.ptp(off)) + 1)
    is_line = is_near & (counts >= EVERYWHERE * counts.max())[off - off.min()]
    return np.asarray(is_line & (abs(slope) <= TILT), np.bool_)


def _count(lines: NDArray[np.bool_], length: int) -> int:
    """How many of a table's lines reach across it."""
    _, _, sizes, _ = cv2.connectedComponentsWithStats(lines.astype(np.uint8), connectivity=8)
    return int((sizes[1:, cv2.CC_STAT_WIDTH] >= WHOLE * length).sum())


def _without(ink: NDArray[np.uint8], mask: NDArray[np.uint8], rulings: NDArray[np.uint8]) -> NDArray[np.uint8]:
    lines = np.where(cv2.dilate(rulings, np.ones((3, 3), np.uint8)), mask, 0).astype(np.uint8)
    if not lines.any():
        return ink
    rest = np.where(lines, 0, mask).astype(np.uint8)
    # Where a stroke runs along a line it is thicker; most of it is not.
    thickness = 1 + int(np.ceil(2 * np.median(cv2.distanceTransform(lines, cv2.DIST_L2, 3)[lines > 0])))
    # A stroke goes through a line where there is ink on both sides of it.
    through = np.zeros_like(mask)
    reach = 2 * thickness + 5  # the line's soft edge is taken out too
    for shape in ((reach, 1), (1, reach)):
        through |= np.asarray(cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)), np.uint8)
    # So it does where it is darker than the line.
    is_darker = ink > DARKER * float(np.median(ink[lines > 0]))
    kept = np.where((lines > 0) & (through == 0) & ~is_darker, 0, ink).astype(np.uint8)
    # Where two lines cross, something is left of them: nobody wrote what lies mostly there.
    near = cv2.dilate(rulings, np.ones((2 * thickness + 3,) * 2, np.uint8))
    _, pieces = cv2.connectedComponents((kept >= INKED).astype(np.uint8), connectivity=8)
    count = int(pieces.max()) + 1
    areas, within = (np.bincount(some.ravel(), minlength=count) for some in (pieces, pieces[near > 0]))
    is_left_over = within > MOSTLY * areas
    is_left_over[0] = False
    soft = (pieces == 0) & (near > 0)
    return np.where(is_left_over[pieces] | soft, 0, kept).astype(np.uint8)
