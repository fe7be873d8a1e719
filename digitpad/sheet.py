"""The sheet that was written on, in a picture that shows more: a frame, a drawn box, a table around it."""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.photo import reduced

SMALLEST_PICTURE = 64  # pixels of the shorter side: in a coarser one a loop is as rectangular as a frame
OUTLINE_SIDE = 320  # pixels of the longer side that outlines are found at
SPAN = 0.5  # share of the picture's sides that a sheet spans, at least
QUADRILATERAL = 0.9  # share of its four corners' area that the outline of a sheet fills, at least; that of a 0, 0.8
COVERED = 0.8  # share of it that differs from the table, at least; of a 0 drawn with corners, less
SLENDER = 0.4  # its width as a share of its height, or the other way round, at least; a thick 1 is more slender
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
    small = (reduced(mask, OUTLINE_SIDE) > 0).astype(np.uint8)
    size = np.array(small.shape[::-1])
    if not _spans(small, size):
        return
    outlines, nesting = cv2.findContours(small, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    both = [(outline, parent >= 0) for outline, (*_, parent) in zip(outlines, nesting[0], strict=True)]
    wide = [(outline, is_hole) for outline, is_hole in both if _spans(outline, size)]
    for outline, is_hole in sorted(wide, key=lambda pair: cv2.contourArea(pair[0])):
        corners = _corners(outline)
        if corners is not None and (is_hole or _is_sheet(small, corners)):
            yield (corners / size).astype(np.float32), is_hole


def cut_out(picture: NDArray[np.uint8], corners: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A sheet alone, seen from straight above, without its edge.

    Args:
        picture: uint8 (H, W) or (H, W, 3).
        corners: as `sheets` gives them.
    """
    places = corners * np.array(picture.shape[1::-1], np.float32)
    upper, right, lower, left = np.hypot(*(np.roll(places, -1, axis=0) - places).T)
    width, height = float(upper + lower) / 2, float(left + right) / 2
    edge = EDGE * max(width, height) + 1
    goal = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32) - np.float32(edge)
    size = (max(1, round(width - 2 * edge)), max(1, round(height - 2 * edge)))
    return np.asarray(cv2.warpPerspective(picture, cv2.getPerspectiveTransform(places, goal), size), np.uint8)


def _spans(shape: NDArray[Any], size: NDArray[np.int64]) -> bool:
    _, _, width, height = cv2.boundingRect(shape)
    return bool(width >= SPAN * size[0] and height >= SPAN * size[1])


def _corners(outline: NDArray[Any]) -> NDArray[np.float32] | None:
    """The corners of an outline that has four of them, clockwise from the top left; else None."""
    hull = cv2.convexHull(outline)
    rough = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
    if len(rough) != 4 or cv2.contourArea(outline) < QUADRILATERAL * cv2.contourArea(rough):
        return None
    corners = rough[:, 0].astype(np.float32)
    right, down = (corners - corners.mean(axis=0)).T
    return corners[np.argsort(np.arctan2(down, right))]


def _is_sheet(mask: NDArray[np.uint8], corners: NDArray[np.float32]) -> bool:
    """Whether a mask of 0 and 1 covers a quadrilateral that is no bar."""
    _, sides, _ = cv2.minAreaRect(corners)
    inside = cv2.fillConvexPoly(np.zeros_like(mask), corners.astype(np.int32), (1,)) > 0
    return min(sides) >= SLENDER * max(sides) and bool(mask[inside].mean() >= COVERED)
