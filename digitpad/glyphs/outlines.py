"""Digits of which a picture shows the outlines alone, as programs find edges, and as hollow letters are drawn."""

import cv2
import numpy as np
from numpy.typing import NDArray

HALF = 128  # of 255: what differs by so much is on the other side of black and white
THIN = 0.15  # share of the lines that is wider than one pixel, at most
SMALLEST = 16  # pixels of the longer side: a smaller digit may be drawn in lines of one pixel
GAP = 3  # pixels from a line's loose end to what it goes on at, at most
NEAR = 0.4  # share of what surrounds a stroke that is an outer line, at least; around a hole hardly any is
OUTLINED = 1.3  # times as much ink as the outlines have the strokes within them, at least
BESIDE = 0.85  # share of the lines that lie at a stroke, at least: a digit drawn in one line has ends
SLENDER = 2.8  # times as long as they are wide are strokes, at least; the loops of a 0 or an 8 in one line are not
_TWO, _THREE = (np.ones((side, side), np.uint8) for side in (2, 3))


def within_outlines(ink: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The strokes of which a picture shows the outlines; None for a drawing of its own.

    Args:
        ink: uint8 (H, W), ink 255 on 0.

    Returns:
        uint8 (H, W), 255 or 0.
    """
    if ((ink > 0) & (ink < HALF)).any():
        return None  # outlines that a program finds have no soft edge
    mask = (ink >= HALF).astype(np.uint8)
    _, _, width, height = cv2.boundingRect(mask)
    count = cv2.countNonZero(mask)
    if max(width, height) < SMALLEST or cv2.countNonZero(cv2.erode(mask, _TWO)) > THIN * count:
        return None
    lines = np.pad(_joined(mask), 1)
    strokes, beside = _filled(lines)
    area = cv2.countNonZero(strokes)
    deepest = float(cv2.distanceTransform(strokes, cv2.DIST_L2, 3).max())
    is_filled = area >= OUTLINED * count and cv2.countNonZero(beside) >= BESIDE * cv2.countNonZero(lines)
    if not is_filled or area < SLENDER * (2 * deepest) ** 2:
        return None
    return np.asarray(strokes[1:-1, 1:-1] * np.uint8(255))


def _joined(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The lines, 1 on 0, with their loose ends drawn on to the nearest other line."""
    lines = np.pad(mask, GAP)
    joined = lines.copy()
    neighbours = cv2.boxFilter(lines, -1, (3, 3), normalize=False) - lines
    for row, column in np.argwhere((lines > 0) & (neighbours <= 1)):
        near = lines[row - GAP : row + GAP + 1, column - GAP : column + GAP + 1].copy()
        _, pieces = cv2.connectedComponents(near, connectivity=8)
        others = np.argwhere((near > 0) & (pieces != pieces[GAP, GAP])) - GAP
        if len(others):
            down, right = others[(others**2).sum(axis=1).argmin()]
            cv2.line(joined, (int(column), int(row)), (int(column + right), int(row + down)), (1,))
    return np.asarray(joined[GAP:-GAP, GAP:-GAP])


def _filled(lines: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The strokes with their outlines, and of the lines those that lie at a stroke; both 1 on 0.

    Args:
        lines: 1 on 0, with a margin of paper.
    """
    count, parts = cv2.connectedComponents(1 - lines, connectivity=4)
    outer = cv2.min(lines, cv2.dilate((parts == parts[0, 0]).astype(np.uint8), _THREE))
    strokes, beside = lines.copy(), np.zeros_like(lines)
    for part in range(1, count):
        within = (parts == part).astype(np.uint8)
        around = np.asarray(cv2.min(lines, cv2.dilate(within, _THREE)), np.uint8)
        if part != parts[0, 0] and cv2.countNonZero(cv2.min(around, outer)) >= NEAR * cv2.countNonZero(around):
            strokes |= within
            beside |= around
    return strokes, beside
