"""Small pictures, where a stroke is two or three pixels wide: noise, drops and thin lines are as large as it there.

Nothing of this is done to a digit alone: each step waits for a sign that no digit gives.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

LARGEST = 64  # pixels of the longer side: in a larger picture noise is small beside a stroke
HALF = 128  # of 255: what differs by so much is on the other side of black and white
FLIPPED = 0.65  # share of the picture's side along which black and white change at a stripe's edges, at least
DRAWN = 0.12  # share of a stripe that differs from the rest of it, at least, or it is a bar
IMPULSES = 0.01  # share of the pixels that are alone of their kind, at least, where noise is
FEW = 8  # such pixels, at least: no digit has so many ends
MANY = 6  # pieces: no digit has so many
LARGE = 0.25  # share of the largest piece that the others then have, at least
THICK = 0.35  # share of the ink that is wider than one pixel, at least, where lines of one pixel are not of the digit
TALL = 0.4  # share of the picture's longer side that the largest piece of that measures, at least
THIN = 0.15  # share of the ink that is wider than one pixel, at most, where it is outlines
SMALLEST_OUTLINED = 16  # pixels of the longer side: a smaller digit may be drawn in lines of one pixel
OUTLINED = 1.6  # times as much ink as its outlines has what is within them, at least
BROAD = 3.5  # pixels that a stroke within outlines is wide to each side of its middle, at most
_TWO, _THREE, _FIVE = (np.ones((side, side), np.uint8) for side in (2, 3, 5))


def without_stripe(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with black and white changed back in a stripe from edge to edge in which they are changed.

    Args:
        colours: uint8 (H, W) or (H, W, 3).
    """
    for axis in (0, 1):
        picture = colours.swapaxes(0, axis)
        if picture.shape[1] < 3:  # too narrow for a stripe with paper on both sides
            continue
        changes = np.abs(np.diff(picture.astype(np.int16), axis=1)) >= HALF
        flips = changes.reshape(*changes.shape[:2], -1).any(axis=2).mean(axis=0)
        edges = np.flatnonzero(flips >= FLIPPED) + 1
        if len(edges) != 2:
            continue
        mended = picture.copy()
        stripe = mended[:, edges[0] : edges[1]]
        stripe[:] = 255 - stripe
        light = float((stripe >= HALF).mean())
        is_paper_at_its_ends = bool((np.abs(mended[[0, -1]].astype(np.int16) - mended[0, 0]) < HALF).all())
        if is_paper_at_its_ends and min(light, 1 - light) >= DRAWN:  # else it is a stem, maybe
            return np.ascontiguousarray(mended.swapaxes(0, axis))
    return colours


def quieted(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without single pixels, thin lines from edge to edge and drops; filled, where it is outlines alone.

    Args:
        ink: uint8 (H, W), ink 255 on 0.

    Returns:
        uint8 (H, W), likewise.
    """
    quiet = _without_drops(_without_lines(_without_impulses(ink)))
    filled = within_outlines(quiet)
    return quiet if filled is None else filled


def within_outlines(ink: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The strokes of which a picture shows the outlines; None for a drawing of its own.

    Args:
        ink: uint8 (H, W), ink 255 on 0.

    Returns:
        uint8 (H, W), 255 or 0.
    """
    if ((ink > 0) & (ink < HALF)).any():
        return None  # outlines that a program finds have no soft edge
    mask = _mask(ink)
    _, _, width, height = cv2.boundingRect(mask)
    lines = cv2.countNonZero(mask)
    if max(width, height) < SMALLEST_OUTLINED or cv2.countNonZero(cv2.erode(mask, _TWO)) > THIN * lines:
        return None
    # Behind the first line from outside lies the stroke, behind the second a hole in it.
    paper = np.pad(1 - mask, 2, constant_values=1)
    _, parts = cv2.connectedComponents(paper, connectivity=4)
    near = np.unique(parts[cv2.dilate((parts == 1).astype(np.uint8), _FIVE) > 0])
    filled = (np.isin(parts, near[near > 1]) | (paper == 0)).astype(np.uint8)
    if cv2.countNonZero(filled) <= OUTLINED * lines:  # an outline has a gap
        filled = np.asarray(cv2.morphologyEx(1 - paper, cv2.MORPH_CLOSE, _THREE), np.uint8)
    is_broad = cv2.distanceTransform(filled, cv2.DIST_L2, 3).max() > BROAD
    if cv2.countNonZero(filled) <= OUTLINED * lines or is_broad:
        return None
    return np.asarray(filled[2:-2, 2:-2] * np.uint8(255))


def _without_impulses(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink with the median of their neighbours in place of pixels that are alone of their kind."""
    mask = _mask(ink)
    around = cv2.boxFilter(mask, cv2.CV_16S, (3, 3), normalize=False, borderType=cv2.BORDER_REPLICATE) - mask
    is_alone = np.where(mask > 0, around <= 1, around >= 7)
    if np.count_nonzero(is_alone) < max(FEW, IMPULSES * is_alone.size):
        return ink
    return np.where(is_alone, cv2.medianBlur(ink, 3), ink).astype(np.uint8)


def _without_lines(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without lines of one pixel from edge to edge, where what is thicker touches no edge."""
    mask = _mask(ink)
    if not ((mask[0].any() and mask[-1].any()) or (mask[:, 0].any() and mask[:, -1].any())):
        return ink
    thick = _large_pieces(np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, _TWO), np.uint8))
    touches = thick[0].any() or thick[-1].any() or thick[:, 0].any() or thick[:, -1].any()
    if touches or cv2.countNonZero(thick) < THICK * cv2.countNonZero(mask):
        return ink
    _, _, sizes, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
    longest = sizes[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(initial=0)
    if longest < TALL * max(ink.shape):  # a stem of one or two pixels
        return ink
    return np.where(cv2.dilate(thick, _THREE) > 0, ink, 0).astype(np.uint8)


def _without_drops(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without small pieces, where there are more pieces than a digit has."""
    mask = (ink > HALF // 2).astype(np.uint8)
    if cv2.connectedComponents(mask)[0] - 1 < MANY:
        return ink
    return np.where(_large_pieces(mask) > 0, ink, 0).astype(np.uint8)


def _large_pieces(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pieces of a mask that are large beside the largest, 1 on 0."""
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    areas = sizes[:, cv2.CC_STAT_AREA]
    is_large = areas >= LARGE * areas[1:].max(initial=0)
    is_large[0] = False  # OpenCV's first is the paper
    return np.asarray(is_large[pieces], np.uint8)


def _mask(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return (ink >= HALF).astype(np.uint8)
