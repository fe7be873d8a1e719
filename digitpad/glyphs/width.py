"""Strokes of one width, whatever the pen: their outline is moved in or out, but never through what is thinner.

How far each point is from the outline, the distance transform tells (Felzenszwalb and Huttenlocher, "Distance
Transforms of Sampled Functions", 2012, is the idea; OpenCV's is after Borgefors, 1986). Where it is greatest across a
stroke lies its middle line, the medial axis of Blum ("A transformation for extracting new descriptors of shape",
1967); there it is half of the stroke's width. All outlines move by what brings the usual width to the wanted one. But
where a stroke is thinner than usual they move inwards by its own width only, so that the thin roof of a heavy 7
stays. Where one is thicker, they move no further: a blot in a 9 is a closed loop, and made a line it would be none.
"""

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.median import median

THINNEST = 0.4  # a stroke keeps at least this share of its width: a blot is no line
SURE_INK = 110  # of 255, where a stroke ends
FAINT = 0.55  # the same as a share of strong ink where that is faint too: made smaller, a hair line is half as dark
FAINTEST = 50  # of 255: what is fainter is no stroke
NEAR = 7  # pixels: within them lies the strong ink that a soft edge belongs to
SMUDGED = 1.6  # times as large as the strokes is what is not quite paper, at most, or it is noise

MIDDLE = 0.3  # pixels that a middle line is deeper than the mean of its neighbours, at least
RISE = 2.0  # pixels that a stroke grows deeper within four, at most; from a corner inwards it does by three
EVEN = 0.2  # share of the usual width that a stroke is thinner, at most, to count as one that is as wide
UNEVEN = 0.5  # share of it that one is thinner, at least, whose own width counts in full
ALONG = 11  # pixels along a middle line that its width is the mean of
FILLETS = (3, 5, 9)  # pixels: around a thin stroke's end in a thick one, this one thins no faster than it widens
SOFT = 5  # pixels over which one width goes over into another
HOLE = 2.0  # pixels that a hole stays deep: half of one of the glyph's
# What counts as a stroke near the strongest ink of each strength.
_LEAST_NEAR = np.ceil(np.clip(FAINT * np.arange(256), FAINTEST, SURE_INK)).astype(np.uint8)
_SQUARES = {side: np.ones((side, side), np.uint8) for side in (NEAR, *FILLETS)}


def with_stroke(draft: NDArray[np.uint8], stroke: float) -> NDArray[np.uint8]:
    """The same strokes at one width, with smooth edges.

    Args:
        draft: uint8 (H, W), ink 255 on 0, not empty, with a margin around it that is wider than the stroke.
        stroke: that width in pixels.

    Returns:
        uint8 (H, W), ink 255 on 0.
    """
    inside = _strokes(draft)
    depth = np.asarray(cv2.distanceTransform(inside, cv2.DIST_L2, 3), np.float32)
    outside = 1 - inside
    height = np.asarray(cv2.distanceTransform(outside, cv2.DIST_L2, 3), np.float32)
    # Half the width is how deep the middle line lies, where no neighbour is deeper.
    half = float(median(depth[(depth > 0) & (depth >= cv2.dilate(depth, _SQUARES[3]))]))
    outwards = max(stroke / 2 - half, (THINNEST - 1) * half)
    moves: NDArray[Any] | float = outwards
    if outwards < 0:
        moves = np.maximum(outwards, np.minimum(stroke / 2 - _thinner(depth, half), 0))
    elif outwards > 0:
        moves = _holes_kept(outwards, outside, height)
    # Both distances are 1 for the pixels next to the outline, which lies half-way between them.
    edge = np.asarray(depth - height - inside + (moves + np.float32(1)), np.float32)
    return np.asarray(cv2.convertScaleAbs(np.maximum(edge, 0), alpha=255), np.uint8)


def _strokes(draft: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """1 where there is a stroke, else 0.

    A part of a stroke that is fainter than the others is one too: where that mends what is broken, or where there is
    hardly anything but strokes and paper.
    """
    drawn = draft[draft > 0]
    strong = len(drawn) * 9 // 10
    least = math.ceil(min(SURE_INK, FAINT * np.partition(drawn, strong)[strong]))
    sure: NDArray[np.uint8] = (draft >= least).view(np.uint8)
    faint: NDArray[np.uint8] = (draft >= cv2.LUT(cv2.dilate(draft, _SQUARES[NEAR]), _LEAST_NEAR)).view(np.uint8)
    if not cv2.countNonZero(cv2.subtract(faint, sure)):
        return sure
    pieces, joined = cv2.connectedComponents(sure)[0], cv2.connectedComponents(faint)[0]
    is_clean = np.count_nonzero(drawn >= FAINTEST) <= SMUDGED * cv2.countNonZero(sure)
    return faint if joined < pieces or (joined == pieces and is_clean) else sure


def _thinner(depth: NDArray[np.float32], half: float) -> NDArray[np.float32] | float:
    """Half the width of the stroke next to each place where that is thinner than usual, elsewhere the usual one.

    Args:
        depth: how deep each place lies in its stroke.
        half: half of the usual width.
    """
    around = cv2.dilate(depth, _SQUARES[9])
    is_middle = (depth - cv2.blur(depth, (3, 3)) >= MIDDLE) & (around - depth <= RISE)
    if (depth[is_middle] >= (1 - EVEN) * half).all():
        return half
    middle = is_middle.astype(np.uint8)
    sums, counts = (cv2.blur(each, (ALONG, ALONG)) for each in (depth * middle, middle.astype(np.float32)))
    less = 1 - (sums[is_middle] / counts[is_middle]) / half
    halves = half * (1 - less * ((less - EVEN) / (UNEVEN - EVEN)).clip(0, 1))
    # OpenCV numbers the places that are 0 from 1 on, row by row, as a mask does.
    _, nearest = cv2.distanceTransformWithLabels(1 - middle, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    widths = np.concatenate([halves[:1], halves]).astype(np.float32)[nearest]
    for side in FILLETS:
        widths = np.minimum(widths, cv2.erode(widths, _SQUARES[side]) + np.float32(side // 2))
    return np.asarray(cv2.blur(widths, (SOFT, SOFT)), np.float32)


def _holes_kept(outwards: float, outside: NDArray[np.uint8], height: NDArray[np.float32]) -> NDArray[Any] | float:
    """How far the outline next to each place moves outwards: in a hole no further than leaves some of it.

    Args:
        outwards: how far elsewhere.
        outside: 0 in strokes, else 1.
        height: how far each place lies from the strokes.
    """
    count, parts = cv2.connectedComponents(outside, connectivity=4)  # the first is around all strokes
    if count == 2:
        return outwards
    room = np.full(count, outwards, np.float32)
    for hole in range(2, count):
        deepest = cv2.minMaxLoc(height, (parts == hole).view(np.uint8))[1]
        room[hole] = min(outwards, max(deepest - 0.5 - HOLE, 0))
    return np.asarray(room[parts])
