"""Ink without what nobody wrote: ruled lines, dust, and the dot of a pen that was only put down."""

import cv2
import numpy as np
from numpy.typing import NDArray

COARSE = 64  # pixels of the longer side: a smaller picture is a scan of one digit, whose strokes are as thin as lines
SPAN = 0.8  # share of the picture's side that a ruled line reaches across, at least
TILT = 0.1  # share of its length that a lone ruled line rises or falls, at most
LINE = 0.03  # share of the picture's longer side that a ruled line is thick, at most
SPECK = 0.02  # share of the largest piece of ink that a speck is smaller than
DARKER = 1.4  # times as dark as a ruled line is what was written over it
SMALLEST_DIGIT = 5  # pixels: nobody can read a smaller one
DUST = 0.012  # share of the picture's longer side that a grain of dust measures, at most
DOT = 0.25  # share of the picture's longer side that a dot measures, at most
ROUND = 0.8  # a dot is nearly as deep as it is wide; anything written has strokes or a hole


def cleaned(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Take out ruled lines, then specks, then a lone dot or nothing but dust.

    Args:
        ink: uint8 (H, W), ink 255 on 0.

    Returns:
        uint8 (H, W), likewise, the strongest ink that is left 255; all 0 where nothing else was there.
    """
    for across in (ink, ink.T) if max(ink.shape) >= COARSE else ():
        # Every ruled line begins and ends at the picture's edges; most pictures have nothing there.
        if across[:, 0].any() and across[:, -1].any():
            ink = _without_lines(ink) if across is ink else _without_lines(ink.T).T
    if not ink.any():
        return ink
    ink = _without_specks(np.ascontiguousarray(ink))
    strongest = int(ink.max())
    if 0 < strongest < 255:  # a speck was darker
        ink = np.asarray(cv2.convertScaleAbs(ink, alpha=255 / strongest), np.uint8)
    return np.zeros_like(ink) if _is_dot(ink) else ink


def _without_lines(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without level lines from edge to edge; strokes that cross them stay whole."""
    height, width = ink.shape
    mask = (ink > 0).astype(np.uint8)
    runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, max(3, width // 8)), np.uint8))
    count, pieces, sizes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    # A line may run along a stroke for a while; that part is as thick as the stroke, and is none of the line.
    thickest = max(2, round(LINE * max(height, width)))
    thin = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((thickest + 1,) * 2, np.uint8)) == 0
    thickness = np.bincount(pieces[thin], minlength=count) / np.maximum(1, sizes[:, cv2.CC_STAT_WIDTH])
    are_lines = (sizes[:, cv2.CC_STAT_WIDTH] >= SPAN * width) & (thickness > 0.5) & (thickness <= thickest)
    are_lines[0] = False
    if not are_lines.any():
        return ink
    lines = are_lines[pieces] & thin
    is_lone = are_lines.sum() == 1
    if is_lone and not (_is_straight(lines, thickest) and _is_alone_at_the_edges(lines, mask)):
        return ink  # the bar of a 7 that fills its picture, maybe
    rest = np.where(cv2.dilate(lines.astype(np.uint8), np.ones((3, 3), np.uint8)), 0, mask).astype(np.uint8)
    # A stroke goes through a line where there is ink above and below, or where it is darker than the line.
    bridge = np.ones((2 * int(np.ceil(thickness[are_lines].max())) + 3, 1), np.uint8)
    through = cv2.erode(cv2.dilate(rest, bridge), bridge) | (ink > DARKER * np.median(ink[lines]))
    return np.where(through, ink, 0).astype(np.uint8)


def _is_straight(line: NDArray[np.bool_], thickest: int) -> bool:
    """Whether a level line is hardly tilted or bent; the stem of a 1 that fills its picture is one of these."""
    places = np.argwhere(line)[:, ::-1].astype(np.float32)
    along, down, column, row = cv2.fitLine(places, cv2.DIST_L2, 0, 0.01, 0.01).ravel()
    # A stroke that runs along it for a while is a part of it that lies elsewhere.
    off = np.percentile(np.abs((places - (column, row)) @ (down, -along)), 80)
    return bool(off <= thickest / 2 + 0.5 and abs(down) <= TILT * abs(along))


def _is_alone_at_the_edges(line: NDArray[np.bool_], mask: NDArray[np.uint8]) -> bool:
    """Whether there is more ink than a level line, but at the picture's edges only its two ends."""
    rest = np.where(cv2.dilate(line.astype(np.uint8), np.ones((5, 5), np.uint8)), 0, mask)
    height, width = mask.shape
    left, top, wide, high = cv2.boundingRect(rest.astype(np.uint8))
    is_inside = left > 0 and top > 0 and left + wide < width and top + high < height
    return bool(wide and is_inside and not line[0].any() and not line[-1].any())


def _without_specks(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without pieces that are tiny beside the largest one; nothing where all are dust."""
    mask = (ink > 0).astype(np.uint8)
    *_, somewhere = cv2.minMaxLoc(ink)
    area, *_ = cv2.floodFill(mask.copy(), None, somewhere, (2,))
    if area == cv2.countNonZero(mask):
        return ink  # all one piece, as most drawings are: to know that takes far less than to find all pieces
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    longest = int(sizes[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max())
    if longest <= DUST * max(ink.shape):
        return np.zeros_like(ink)
    areas = sizes[:, cv2.CC_STAT_AREA]
    kept = areas >= SPECK * areas[1:].max()
    kept[0] = False
    return np.where(kept[pieces], ink, 0).astype(np.uint8)


def _is_dot(ink: NDArray[np.uint8]) -> bool:
    """Whether all the ink is one small, filled, round or square blot."""
    blot = (ink >= 128).astype(np.uint8)
    left, top, width, height = cv2.boundingRect(blot)
    longer, side = max(width, height), max(ink.shape)
    if longer > DOT * side or side <= SMALLEST_DIGIT:
        return False
    alone = np.pad(blot[top : top + height, left : left + width], 1)
    deepest = float(cv2.distanceTransform(alone, cv2.DIST_L2, cv2.DIST_MASK_PRECISE).max())
    return longer <= SMALLEST_DIGIT or 2 * deepest >= ROUND * longer
