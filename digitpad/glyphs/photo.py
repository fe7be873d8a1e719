"""Ink on paper that is not even: photos with shade and shadows, grain and ruled lines.

What is paper is told place by place: a closing (dilation, then erosion) wipes out dark strokes that are narrower than
its reach and leaves shade and shadows (Serra, "Image Analysis and Mathematical Morphology", 1982). An opening does so
with light strokes.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.median import median

EVEN = 2.0  # brightness by which most of an even paper differs from its median, at most
SMALL = 64  # pixels of the longer side: in a smaller picture grain is hardly less than shade
EVEN_IF_SMALL = 8.0  # the same there
SHADE = (
    0.75  # share of a small picture's contrast that shade at its edge has, at most; more has a digit that fills it
)
DRAFT_SIDE = 320  # pixels of the longer side that the ink is found at; making it smaller wipes out some grain
PAPER_SIDE = 128  # pixels of the longer side that the paper is found at
STROKES = (9, 15, 21)  # of PAPER_SIDE: as wide are strokes at most, of a ballpoint, and of two kinds of marker
BEYOND = 2.3  # times as far as a stroke is wide the paper is looked for
AROUND = 41  # of PAPER_SIDE: of what surrounds a stroke, most is paper
WHOLE = 0.8  # share of all the strokes that a disc as wide as they are shows, at least
PREFER_DARK = 1.7  # ink is dark far more often than light
MOST_LIT = 4.0  # times at most is ink in a shadow made stronger, or grain would look like it
FAINTEST = 14  # brightness by which ink differs from the paper next to it, at least
GRAIN = 4  # standard deviations of the grain that ink rises above
ABOVE_LINES = 0.4  # share of the strongest ink that what counts as ink has; ruled lines are fainter
SHALLOW = 0.1  # share of the picture's longer side that narrow strokes at its edge reach inwards, at least
SMALLEST = 0.03  # share of the picture's longer side that the largest piece of ink measures, at least
THIN = 0.025  # share of the picture's longer side that a line from edge to edge is thick, at most
SPECK = 0.04  # share of the largest piece of ink that a speck is smaller than


def is_uneven(colours: NDArray[np.uint8]) -> bool:
    """Whether the edge of a picture, uint8 (H, W) or (H, W, 3), shows paper of uneven brightness."""
    is_small = max(colours.shape[:2]) < SMALL
    most = EVEN_IF_SMALL if is_small else EVEN
    edge = np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]])
    # Where most of it is like the corner, so is its median: of most pictures that is known at once.
    corner = np.atleast_1d(edge[0]).astype(np.float64)
    near = cv2.inRange(edge[np.newaxis], corner - most / 2, corner + most / 2)
    if cv2.countNonZero(near) > len(edge) / 2:
        return False
    if is_small and np.ptp(edge) > SHADE * np.ptp(colours):
        return False
    even = np.abs(edge.astype(np.float32) - median(edge.astype(np.float32))) <= most
    return bool((even.mean(axis=0) < 0.5).any())


def photo_ink(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Find the ink on uneven paper.

    Args:
        colours: uint8 (H, W) or (H, W, 3).

    Returns:
        uint8 (h, w), ink 255 on 0, its longer side PAPER_SIDE to DRAFT_SIDE; all 0 where nothing was drawn.
    """
    if max(colours.shape[:2]) < SMALL:
        scale = PAPER_SIDE / max(colours.shape[:2])
        colours = np.asarray(cv2.resize(colours, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
    draft = cv2.GaussianBlur(reduced(colours, DRAFT_SIDE), (0, 0), 0.8)
    channels = [np.asarray(single, np.uint8) for single in cv2.split(draft)]
    smaller = [reduced(single, PAPER_SIDE) for single in channels]
    best, is_dark, width = _strokes(smaller)
    channel, wipe = channels[best], cv2.MORPH_CLOSE if is_dark else cv2.MORPH_OPEN
    wiped = cv2.morphologyEx(cv2.medianBlur(smaller[best], 3), wipe, _disc(round(BEYOND * width)))
    smooth = cv2.GaussianBlur(wiped, (0, 0), 2)
    paper = np.asarray(cv2.resize(smooth, channel.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    if not is_dark:
        return without_grain(np.asarray(cv2.subtract(channel, paper), np.uint8), width)
    return without_grain(as_in_the_light(np.asarray(cv2.subtract(paper, channel), np.uint8), paper), width)


def as_in_the_light(strength: NDArray[np.uint8], paper: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How much darker than its paper dark ink would be, were all of the paper as bright as the brightest.

    Ink lets the same share of the light through everywhere, so in a shadow it differs less from its paper.
    """
    bright = max(1.0, float(np.percentile(paper, 95)))
    lit = np.maximum(paper, bright / MOST_LIT).astype(np.float32)
    stronger = np.minimum(strength * (bright / lit), 255)
    return np.where(strength > FAINTEST, stronger, np.minimum(strength, stronger)).astype(np.uint8)


def off_table(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Where a sheet may lie on a table, by its brightness (Otsu, 1979).

    Args:
        colours: uint8 (H, W) or (H, W, 3).

    Returns:
        uint8 (h, w), 0 for the table and all that goes on beyond the picture's edge; else 255.
    """
    small = reduced(colours, DRAFT_SIDE)
    grey = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    _, bright = cv2.threshold(cv2.GaussianBlur(grey, (0, 0), 2), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    edge = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
    sheet = np.pad(cv2.bitwise_not(bright) if edge.mean() > 127 else bright, 1, constant_values=255)
    cv2.floodFill(sheet, None, (0, 0), (0,))
    return np.asarray(sheet[1:-1, 1:-1], np.uint8)


def reduced(picture: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """A picture whose longer side has at most so many pixels; the mean of what each then stands for."""
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _strokes(channels: list[NDArray[np.uint8]]) -> tuple[int, bool, int]:
    """In which channel strokes show best, whether they are dark, and how wide they are at most.

    Red ink hardly shows in the red channel, so each is asked. Strokes differ from what most of their surroundings
    look like, the paper between them does not; and a disc as wide as they are wipes them out.
    """
    energies = [
        (PREFER_DARK * _energy(channel, cv2.MORPH_BLACKHAT), _energy(channel, cv2.MORPH_TOPHAT))
        for channel in channels
    ]
    best = max(range(len(channels)), key=lambda number: max(energies[number]))
    dark, light = energies[best]
    hat = cv2.MORPH_BLACKHAT if dark >= light else cv2.MORPH_TOPHAT
    masses = [float(_shown(channels[best], hat, width).sum()) for width in STROKES]
    width = next(width for width, mass in zip(STROKES, masses, strict=True) if mass >= WHOLE * masses[-1])
    return best, dark >= light, width


def _energy(small: NDArray[np.uint8], hat: int) -> float:
    """How much dark or light strokes stand out in all, the stronger ones for more."""
    if not _shown(small, hat, STROKES[0]).any():
        return 0.0  # a glare, or a shadow: even a marker's stroke has narrow ends
    return float((_shown(small, hat, STROKES[-1]) ** 2).sum())


def _shown(small: NDArray[np.uint8], hat: int, width: int) -> NDArray[np.float32]:
    """How much dark or light strokes of at most that width stand out from what surrounds them, float32 (h, w)."""
    around = cv2.medianBlur(small, AROUND)
    apart = cv2.subtract(around, small) if hat == cv2.MORPH_BLACKHAT else cv2.subtract(small, around)
    strokes = cv2.min(apart, cv2.morphologyEx(small, hat, _disc(width)))
    return np.maximum(strokes.astype(np.float32) - FAINTEST, 0)


def _disc(width: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)), np.uint8)


def without_grain(strength: NDArray[np.uint8], width: int, faintest: float = FAINTEST) -> NDArray[np.uint8]:
    """Ink without grain, ruled lines and specks.

    Args:
        strength: how far each pixel is from the paper, uint8 (H, W).
        width: of strokes, at most, as in STROKES.
        faintest: brightness by which ink differs from the paper, at least, where there is no grain.

    Returns:
        uint8 (H, W), ink 255 on 0; all 0 where there is none.
    """
    middle, strongest = np.percentile(strength, [50, 99.8])
    grain = 1.4826 * float(np.median(np.abs(strength - middle)))  # a standard deviation, were it normal
    least = max(faintest, GRAIN * grain, ABOVE_LINES * (strongest - middle))
    if strongest - middle <= least:
        return np.zeros_like(strength)
    mask = (strength > middle + least).astype(np.uint8)
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    areas = sizes[:, cv2.CC_STAT_AREA]
    # Where a shadow's edge meets the picture's, the paper is told wrongly, the more so with a wide disc.
    kept = _reach_inwards(sizes, mask.shape) >= SHALLOW * width / STROKES[0] * max(mask.shape)
    kept &= areas >= SPECK * areas[1:].max(initial=0)
    kept &= ~_are_lines(sizes, mask.shape)
    kept[0] = False
    if sizes[kept][:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(initial=0) < SMALLEST * max(mask.shape):
        return np.zeros_like(strength)
    full = float(np.median(strength[mask > 0])) - middle
    # The soft edge of a stroke lies outside of its mask.
    near = cv2.dilate(kept[pieces].astype(np.uint8), np.ones((3, 3), np.uint8))
    ink: NDArray[np.uint8] = (((strength - middle) / full).clip(0, 1) * 255 * near).astype(np.uint8)
    return ink


def _are_lines(sizes: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which pieces go from edge to edge and are as thin as the margin's line, from OpenCV's figures, (n, 5)."""
    _, _, width, height, area = sizes.T
    from_edge_to_edge = (width == shape[1]) | (height == shape[0])
    return np.asarray(from_edge_to_edge & (area <= THIN * max(shape) * np.maximum(width, height)), np.bool_)


def _reach_inwards(sizes: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.int32]:
    """How many pixels pieces reach inwards from the picture's edge, from their boxes as OpenCV gives them, (n, 5).

    Returns:
        (n,); the picture's longer side for a piece that touches no edge.
    """
    left, top, width, height, _ = sizes.T
    reach = np.full(len(sizes), max(shape))
    beside, above = (left == 0) | (left + width == shape[1]), (top == 0) | (top + height == shape[0])
    reach[beside] = width[beside]
    reach[above] = np.minimum(reach, height)[above]
    return reach
