"""A picture without what is left of a cell's border at its edges, where it was cut out of a form.

Such a rest is a straight band along a side, or a wedge where the cell lies askew. A digit may touch it, and may be
cut off itself by a side that has none. What looks like a band may be a part of a digit that fills its picture, as the
roof of a 7 does; such a digit reaches the other sides too.
"""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.median import median

DRAFT_SIDE = 320  # pixels of the longer side that bands are found at
SMALLEST_PICTURE = 16  # pixels of the shorter side: in a smaller one a stroke is as thin as a band
REACH = 0.18  # share of the picture's side that a band reaches inwards, at most
FRAME = 0.12  # the same where it is all around: a 0 may be thick, and the paper around it a frame
LEAST = 12  # brightness by which a band or ink differs from the paper, at least
GRAIN = 7.4  # times as much as half of the picture differs from the paper: five standard deviations of its grain
SHARE = 0.35  # of how far most of a band differs from the paper, all of it differs at least
LONG = 0.3  # share of a side that a band is long, at least
PARTS = 8  # of a side: the band's inner edge is a straight line through the middle of two of them
TILT = 0.1  # how much that line rises or falls for each pixel along the side, at most
PLAIN = (
    0.4  # share of a side where the band ends within a pixel of that line, at least; elsewhere something touches it
)
MISSING = 0.08  # share of a side where the band ends before that line, at most
SHARP = 0.6  # of how far most of a band differs from the paper, what lies beyond differs less
BEYOND = 0.35  # share of what lies beyond, where nothing touches the band, that is no paper, at most
SOFT = 1.5  # pixels that its soft edge is wide
SLIVER = 0.05  # share of the picture's side that is paper beyond a border, at most
CLOSE = 2  # pixels between what touches something, at most
CUT_OFF = 0.4  # share of a side without a band that the digit covers, at most
SMALLEST_DIGIT = 0.2  # share of the picture's shorter side that a digit measures, at least

OTHER = (1, 0, 3, 2)
# Each side on top in turn: views, so that what is marked in one is marked in all.
VIEWS: tuple[Callable[[NDArray[Any]], NDArray[Any]], ...] = (
    lambda picture: picture,
    lambda picture: picture[::-1],
    lambda picture: picture.T,
    lambda picture: picture.T[::-1],
)
Depths = list[NDArray[np.float64] | None]


def without_border(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with paper in place of what is left of a border; the same picture where there is none.

    Args:
        colours: uint8 (H, W) or (H, W, 3).
    """
    if min(colours.shape[:2]) < SMALLEST_PICTURE or not _may_have_border(colours):
        return colours
    scale = min(1, DRAFT_SIDE / max(colours.shape[:2]))
    # Without averaging, which for a large photo would take as long as all the rest.
    size = [max(1, round(side * scale)) for side in colours.shape[1::-1]]
    draft = np.asarray(cv2.resize(colours, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    # Where borders are at three or four sides, the picture's edge shows no paper.
    paper, outer = _at_the_edge(_within(draft)), _at_the_edge(draft)
    bands = None
    if (np.abs(paper - outer) > LEAST).any():
        bands = _bands(_apart(draft, paper), is_frame=True)
    if bands is None:
        paper = outer
        bands = _bands(_apart(draft, paper), is_frame=False)
    if bands is None:
        return colours
    painted = colours.copy()
    mask = cv2.resize(bands.view(np.uint8), colours.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    painted[mask > 0] = np.rint(paper)
    return painted


def _within(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    reach = round(REACH * min(colours.shape[:2]))
    return colours[reach:-reach, reach:-reach]


def _may_have_border(colours: NDArray[np.uint8]) -> bool:
    """Whether the picture's edge is of several colours, or of another one than what lies further in."""
    corner, within = colours[0, 0], _within(colours)
    edges = colours[0], colours[-1], colours[:, 0], colours[:, -1]
    if not all((edge == corner).all() for edge in edges):
        return True
    return not bool((within[:: len(within) - 1, :: within.shape[1] - 1] == corner).any())


def _at_the_edge(colours: NDArray[np.uint8]) -> NDArray[np.floating]:
    return median(np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]]).astype(np.float32))


def _apart(colours: NDArray[np.uint8], paper: NDArray[np.floating]) -> NDArray[np.uint8]:
    """How far each pixel is from the paper in the channel that shows it best, (H, W)."""
    apart = cv2.absdiff(colours, np.full_like(colours, np.rint(paper)))
    return np.asarray(apart if apart.ndim == 2 else apart.max(axis=2), np.uint8)


def _bands(apart: NDArray[np.uint8], is_frame: bool) -> NDArray[np.bool_] | None:
    """Where bands are.

    Args:
        apart: how far each pixel is from the paper, (H, W).
        is_frame: whether they are to be at most of the picture's edge.

    Returns:
        (H, W); None where there are none, or nothing else.
    """
    least = max(LEAST, GRAIN * float(median(apart.ravel())))
    reach = FRAME if is_frame else REACH
    depths: Depths = [_band(view(apart), least, reach) for view in VIEWS]
    if all(depth is None for depth in depths):
        return None
    covered = np.zeros(apart.shape, bool)
    for view, depth in zip(VIEWS, depths, strict=True):
        if depth is not None:
            view(covered)[_is_in_band(view(covered), depth, SOFT)] = True
    rest = ((apart > least) & ~covered).astype(np.uint8)
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    is_debris = _are_debris(np.asarray(sizes, np.int32), apart.shape)
    if _is_one_digit(depths, np.where(is_debris[pieces], 0, pieces)):
        return None
    covered |= cv2.dilate(is_debris[pieces].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    rest[covered] = 0
    at_edges = [float(view(rest)[0].mean()) for view in VIEWS]
    if is_frame and (sum(share > 0 for share in at_edges) > 1 or max(at_edges) > CUT_OFF):
        return None
    _, _, width, height = cv2.boundingRect(rest)
    is_digit = max(width, height) >= SMALLEST_DIGIT * min(apart.shape)
    return covered if is_digit and covered.any() else None


def _is_in_band(view: NDArray[Any], depth: NDArray[np.float64], more: float) -> NDArray[np.bool_]:
    """Where a band along the upper side is, and so many pixels more of it."""
    rows = np.arange(len(view))[:, np.newaxis]
    return np.asarray((rows < depth + more) & (depth > 0), np.bool_)


def _band(apart: NDArray[np.uint8], least: float, reach: float) -> NDArray[np.float64] | None:
    """How deep a band along the upper side is in each column, (W,); None where there is none.

    Args:
        apart: how far each pixel is from the paper, (H, W).
        least: how far a band is from it.
        reach: the share of the picture's height that it reaches inwards, at most.
    """
    deepest = max(2, round(reach * len(apart)))
    zone = apart[: deepest + 2]
    strongest = zone.max(axis=0)
    place = round((1 - LONG) * (len(strongest) - 1))
    level = float(np.partition(strongest, place)[place])
    if level < least:
        return None
    is_ink = zone > max(least, SHARE * level)
    rows = np.arange(len(zone))[:, np.newaxis]
    is_after = ~is_ink & (rows > is_ink.argmax(axis=0))
    starts, ends = is_ink.argmax(axis=0), np.where(is_after, rows, len(zone)).min(axis=0) * is_ink.any(axis=0)
    columns = np.arange(len(ends))
    middles = np.array([(part.mean(), np.median(ends[part])) for part in np.array_split(columns, PARTS)])
    one, other = np.triu_indices(PARTS, 1)
    (left, above), (right, below) = middles[one].T, middles[other].T
    slopes = ((below - above) / (right - left))[:, np.newaxis]
    depths = np.maximum(0, above[:, np.newaxis] + slopes * (columns - left[:, np.newaxis]))
    depths[depths < 0.5] = 0
    plain = (np.abs(ends - depths) <= 1).mean(axis=1)
    is_absent = (ends == 0) | (starts >= depths) | (starts > max(CLOSE, SLIVER * len(apart)))
    is_missing = (ends < depths - 1) | (is_absent & (depths >= 1))
    is_band = (is_missing.mean(axis=1) <= MISSING) & ((depths > 0).mean(axis=1) >= LONG)
    plain[~is_band | (np.abs(slopes[:, 0]) > TILT) | (depths.max(axis=1) > deepest)] = 0
    if plain.max() <= PLAIN:
        return None
    depth = np.asarray(depths[plain.argmax()])
    # Where nothing touches it, there is paper beyond; the edge of a shade, or of a shadow, is not as sharp.
    alone = columns[(np.abs(ends - depth) <= 1) & (depth > 0)]
    beyond = np.array([apart[np.rint(depth[alone]).astype(int) + row, alone] for row in (2, 3, 4)])
    return depth if (beyond > SHARP * level).sum() <= BEYOND * beyond.size else None


def _are_debris(sizes: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which pieces, from OpenCV's figures, (n, 5), lie flat at a side, as rests of an uneven border do."""
    left, top, width, height, _ = sizes.T
    above = np.minimum(top, shape[0] - top - height)
    beside = np.minimum(left, shape[1] - left - width)
    is_level = (above <= CLOSE) & (above + height <= REACH * shape[0]) & (width >= height)
    is_upright = (beside <= CLOSE) & (beside + width <= REACH * shape[1]) & (height >= width)
    is_debris = is_level | is_upright
    is_debris[0] = False  # OpenCV's first is the paper
    return np.asarray(is_debris, np.bool_)


def _is_one_digit(depths: Depths, pieces: NDArray[np.int32]) -> bool:
    """Whether what touches the bands reaches a side across from one, or two sides, and none of these has a band."""
    near = [
        view(pieces)[_is_in_band(view(pieces), depth, SOFT + CLOSE)]
        for view, depth in zip(VIEWS, depths, strict=True)
        if depth is not None
    ]
    touching = np.setdiff1d(np.concatenate([*near, [0]]), [0])
    reached = [
        side for side in range(4) if depths[side] is None and np.isin(VIEWS[side](pieces)[:CLOSE], touching).any()
    ]
    return len(reached) > 1 or any(depths[OTHER[side]] is not None for side in reached)
