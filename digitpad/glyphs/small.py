"""Small pictures, where a stroke is two or three pixels wide: noise, drops and thin lines are as large as it there.

Nothing of this is done to a digit alone: each step waits for a sign that no digit gives.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.outlines import within_outlines

LARGEST = 64  # pixels of the longer side: in a larger picture noise is small beside a stroke
HALF = 128  # of 255: what differs by so much is on the other side of black and white
FLIPPED = 0.45  # share of the picture's side along which black and white change at a stripe's edges, at least
WIDE = 0.18  # share of the picture's longer side that stripes are wide, at least; a stem is narrower
ALIKE = 0.8  # share of a picture's side along which both of its ends are alike, at least, where a stripe is
DRAWN = 0.05  # share of a stripe that differs from the rest of it, at least, or it is a stem
IMPULSES = 0.01  # share of the pixels that are alone of their kind, at least, where noise is
FEW = 8  # such pixels, at least: no digit has so many ends
MANY = 6  # pieces: no digit has so many
LARGE = 0.25  # share of the largest piece that the others then have, at least
SOFT = 64  # of 255: what is fainter is hardly ink
THICK = 0.45  # share of the ink that is wider than one pixel, at least, where lines of one pixel are not of the digit
LONG = 0.25  # share of the picture's longer side that such a line is long beside the digit, at least
TALL = 0.4  # share of the picture's longer side that the largest piece of that measures, at least
_TWO, _THREE = (np.ones((side, side), np.uint8) for side in (2, 3))


def without_stripe(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with black and white changed back in stripes from edge to edge in which they are changed.

    Args:
        colours: uint8 (H, W) or (H, W, 3).
    """
    for axis in (0, 1):
        picture = colours.swapaxes(0, axis)
        # A stripe's ends lie beyond the digit, where it shows best.
        ends = picture[[0, -1]].reshape(2, picture.shape[1], -1).astype(np.int16)
        is_other = (np.abs(ends - ends[0, 0]) >= HALF).any(axis=2)
        is_stripe = is_other.all(axis=0)
        # A stem that fills the picture may have uneven edges, but all within is ink.
        within = np.convolve(is_stripe, (1, 1, 1), "same") == 3
        is_wide = WIDE * max(picture.shape[:2]) <= is_stripe.sum() <= len(is_stripe) / 2
        if not is_wide or not within.any() or (is_other[0] == is_other[1]).mean() < ALIKE:
            continue
        changes = np.abs(np.diff(picture.astype(np.int16), axis=1)) >= HALF
        flips = changes.reshape(*changes.shape[:2], -1).any(axis=2).mean(axis=0)[np.diff(is_stripe)]
        light = float((picture[:, within] >= HALF).mean())
        if flips.min() >= FLIPPED and min(light, 1 - light) >= DRAWN:
            mended = picture.copy()
            mended[:, is_stripe] = 255 - picture[:, is_stripe]
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
    # Its soft edge makes a thin stroke thicker than such a line, which has none; nor have a one-bit scan's strokes.
    if not ((ink > 0) & (ink < HALF)).any():
        return ink
    soft = (ink >= SOFT).astype(np.uint8)
    thick = _large_pieces(_opened(soft))
    touches = thick[0].any() or thick[-1].any() or thick[:, 0].any() or thick[:, -1].any()
    if touches or cv2.countNonZero(thick) < THICK * cv2.countNonZero(soft):
        return ink
    _, _, sizes, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
    longest = sizes[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(initial=0)
    if longest < TALL * max(ink.shape):  # a stem of one or two pixels
        return ink
    near = cv2.dilate(thick, _THREE)
    if np.count_nonzero(mask > near) < LONG * max(ink.shape):  # the ends of a digit that fills its picture
        return ink
    return np.where(near > 0, _opened(ink), 0).astype(np.uint8)


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


def _opened(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without what is one pixel wide; OpenCV's own opening by an even square moves all by a pixel."""
    return np.asarray(cv2.dilate(cv2.erode(ink, _TWO, anchor=(1, 1)), _TWO, anchor=(0, 0)), np.uint8)


def _mask(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return (ink >= HALF).astype(np.uint8)
