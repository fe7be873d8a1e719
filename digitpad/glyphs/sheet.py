"""The sheet that was written on, in a picture that shows more: a frame, a drawn box, a table around it."""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.photo import reduced

SMALLEST_PICTURE = 64  # pixels of the shorter side: in a coarser one a loop is as rectangular as a frame
OUTLINE_SIDE = 320  # pixels of the longer side that outlines are found at
SPAN = 0.5  # share of the picture's sides that a sheet spans, at least
FRAME = 0.9  # share of its four corners' area that the inside of a frame fills, at least; that of a 0, 0.8
SHEET = 0.96  # the same of a sheet, whose edges are straight; an 8 of a thick pen may fill 0.95
COVERED = 0.8  # share of a sheet that differs from the table, at least; of a 0 drawn with corners, less
SLENDER = 0.4  # its width as a share of its height, or the other way round, at least; a thick 1 is more slender
ASKEW = 0.5  # cosine of its angles, at most: seen from aside, they are no right ones
EDGE = 0.03  # share of a sheet's side that its edge, with its shadow, is wide


def sheets(mask: NDArray[np.uint8]) -> Iterator[tuple[NDArray[np.float32], bool]]:
    """What is a sheet, or may be the inside of a frame, the smallest first.

    Args:
        mask: uint8 (H, W), 0 where a picture shows what it shows at its edge.

    Yields:
        x and y of the corners as shares of the picture's width and height, float32 (4, 2), clockwise; and whether
        it is a frame's inside, as that of a 0 drawn with corners may be too.
    """
    if min(mask.shape) < SMALLEST_PICTURE:
        return
    small = np.asarray(cv2.threshold(reduced(mask, OUTLINE_SIDE), 0, 1, cv2.THRESH_BINARY)[1], np.uint8)
    size = np.array(small.shape[::-1])
    if not _spans(small, size):
        return
    outlines, nesting = cv2.findContours(small, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    both = [(outline, parent >= 0) for outline, (*_, parent) in zip(outlines, nesting[0], strict=True)]
    may_be_sheet = cv2.countNonZero(small) >= COVERED * SPAN**2 * small.size  # of most drawings that is known at once
    wide = [(outline, is_hole) for outline, is_hole in both if (is_hole or may_be_sheet) and _spans(outline, size)]
    for outline, is_hole in sorted(wide, key=lambda pair: cv2.contourArea(pair[0])):
        corners = _corners(outline, FRAME if is_hole else SHEET)
        if corners is not None and (is_hole or _is_sheet(small, corners)):
            yield (corners / size).astype(np.float32), is_hole


def cut_out(picture: NDArray[np.uint8], corners: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A sheet alone, seen from straight above, without its edge.

    Args:
        picture: uint8 (H, W) or (H, W, 3).
        corners: as `sheets` gives them.
    """
    matrix, size = from_above(picture, corners)
    return np.asarray(cv2.warpPerspective(picture, matrix, size), np.uint8)


def from_above(
    picture: NDArray[np.uint8], corners: NDArray[np.float32]
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """How `cut_out` sees a sheet: float64 (3, 3), from places in the picture to those on it; its width and height."""
    places = corners * np.array(picture.shape[1::-1], np.float32)
    upper, right, lower, left = np.hypot(*(np.roll(places, -1, axis=0) - places).T)
    width, height = float(upper + lower) / 2, float(left + right) / 2
    edge = EDGE * max(width, height) + 1
    goal = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32) - np.float32(edge)
    size = (max(1, round(width - 2 * edge)), max(1, round(height - 2 * edge)))
    return np.asarray(cv2.getPerspectiveTransform(places, goal), np.float64), size


def _spans(shape: NDArray[Any], size: NDArray[np.int64]) -> bool:
    _, _, width, height = cv2.boundingRect(shape)
    return bool(width >= SPAN * size[0] and height >= SPAN * size[1])


def _corners(outline: NDArray[Any], filled: float) -> NDArray[np.float32] | None:
    """The corners of an outline that has four of them and fills what is between them, clockwise; else None."""
    hull = cv2.convexHull(outline)
    rough = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
    # The corners lie on the outline, so more than what is between them may be inside of it, or less.
    areas = cv2.contourArea(outline), cv2.contourArea(hull), cv2.contourArea(rough)
    if len(rough) != 4 or min(areas) < filled * max(areas):
        return None
    corners = rough[:, 0].astype(np.float32)
    right, down = (corners - corners.mean(axis=0)).T
    return corners[np.argsort(np.arctan2(down, right))]


def _is_sheet(mask: NDArray[np.uint8], corners: NDArray[np.float32]) -> bool:
    """Whether a mask of 0 and 1 covers a quadrilateral that may be a rectangle, and no bar, seen from somewhere."""
    _, sides, _ = cv2.minAreaRect(corners)
    edges = np.roll(corners, -1, axis=0) - corners
    edges /= np.linalg.norm(edges, axis=1, keepdims=True)
    if np.abs((edges * np.roll(edges, -1, axis=0)).sum(axis=1)).max() > ASKEW:
        return False
    inside = cv2.fillConvexPoly(np.zeros_like(mask), corners.astype(np.int32), (1,)) > 0
    return min(sides) >= SLENDER * max(sides) and bool(mask[inside].mean() >= COVERED)
