"""Ink on paper that is not even: photos with shade and shadows, grain and ruled lines.

What is paper is told place by place: a closing (dilation, then erosion) wipes out dark strokes that are narrower than
its reach and leaves shade and shadows (Serra, "Image Analysis and Mathematical Morphology", 1982). An opening does so
with light strokes.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.median import median

EVEN = 2.0  # brightness by which most of an even paper differs from its median, at most
SMALLEST_PHOTO = 64  # pixels of the longer side: what is smaller has no paper to speak of
DRAFT_SIDE = 320  # pixels of the longer side that the ink is found at; making it smaller wipes out some grain
PAPER_SIDE = 128  # pixels of the longer side that the paper is found at
STROKES = (9, 15, 21)  # of PAPER_SIDE: as wide are strokes at most, of a ballpoint, and of two kinds of marker
BEYOND = 2.3  # times as far as a stroke is wide the paper is looked for
PREFER_DARK = 1.3  # paper between strokes looks like light strokes, so these must stand out more clearly
FAINTEST = 14  # brightness by which ink differs from the paper next to it, at least
GRAIN = 4  # standard deviations of the grain that ink rises above
ABOVE_LINES = 0.4  # share of the strongest ink that what counts as ink has; ruled lines are fainter
SHALLOW = 0.1  # share of the picture's longer side that a piece at its edge reaches inwards, at least
SPECK = 0.04  # share of the largest piece of ink that a speck is smaller than


def is_uneven(colours: NDArray[np.uint8]) -> bool:
    """Whether the edge of a picture, uint8 (H, W) or (H, W, 3), shows paper of uneven brightness."""
    if max(colours.shape[:2]) < SMALLEST_PHOTO:
        return False
    edge = np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]]).astype(np.float32)
    even = np.abs(edge - median(edge)) <= EVEN
    return bool((even.mean(axis=0) < 0.5).any())


def photo_ink(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Find the ink on uneven paper.

    Args:
        colours: uint8 (H, W) or (H, W, 3).

    Returns:
        uint8 (h, w), ink 255 on 0, its longer side at most DRAFT_SIDE; all 0 where nothing was drawn.
    """
    draft = cv2.GaussianBlur(reduced(colours, DRAFT_SIDE), (0, 0), 0.8)
    channels = [np.asarray(single, np.uint8) for single in cv2.split(draft)]
    smaller = [reduced(single, PAPER_SIDE) for single in channels]
    best, dark, light, width = _where_strokes_show(smaller)
    channel = channels[best]
    wipe = cv2.MORPH_CLOSE if dark * PREFER_DARK >= light else cv2.MORPH_OPEN
    paper = cv2.morphologyEx(cv2.medianBlur(smaller[best], 3), wipe, _disc(round(BEYOND * width)))
    paper = cv2.GaussianBlur(paper, (0, 0), 2)
    paper = cv2.resize(paper, channel.shape[::-1], interpolation=cv2.INTER_LINEAR)
    strength = cv2.subtract(paper, channel) if wipe == cv2.MORPH_CLOSE else cv2.subtract(channel, paper)
    return _cleaned(np.asarray(strength, np.uint8))


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


def _where_strokes_show(channels: list[NDArray[np.uint8]]) -> tuple[int, float, float, int]:
    """In which channel, how clearly if they are dark and if they are light, and how wide they are at most.

    Red ink hardly shows in the red channel, so each is asked. Narrow strokes are looked for first: a wider disc takes
    paper between them for light strokes. Where none show, the answer is that for the narrow ones.
    """
    answers = []
    for width in STROKES:
        contrasts = [_contrasts(channel, width) for channel in channels]
        best = max(range(len(channels)), key=lambda number: max(contrasts[number]))
        answers.append((best, *contrasts[best], width))
        if max(contrasts[best]) >= FAINTEST:
            return answers[-1]
    return answers[0]


def _contrasts(small: NDArray[np.uint8], width: int) -> tuple[float, float]:
    """How clearly dark strokes and light strokes of at most that width show."""
    disc = _disc(width)
    hats = (cv2.morphologyEx(small, kind, disc) for kind in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT))
    dark, light = (float(np.percentile(hat, 98)) for hat in hats)
    return dark, light


def _disc(width: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)), np.uint8)


def _cleaned(strength: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Ink without grain, ruled lines and specks, from how far each pixel is from the paper."""
    middle, strongest = np.percentile(strength, [50, 99.8])
    grain = 1.4826 * float(np.median(np.abs(strength - middle)))  # a standard deviation, were it normal
    least = max(FAINTEST, GRAIN * grain, ABOVE_LINES * (strongest - middle))
    if strongest - middle <= least:
        return np.zeros_like(strength)
    mask = (strength > middle + least).astype(np.uint8)
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    areas = sizes[:, cv2.CC_STAT_AREA]
    # Where a shadow's edge meets the picture's, the paper is told wrongly.
    kept = _reach_inwards(sizes, mask.shape) >= SHALLOW * max(mask.shape)
    kept &= areas >= SPECK * areas[1:].max(initial=0)
    kept[0] = False
    full = float(np.median(strength[mask > 0])) - middle
    # The soft edge of a stroke lies outside of its mask.
    near = cv2.dilate(kept[pieces].astype(np.uint8), np.ones((3, 3), np.uint8))
    ink: NDArray[np.uint8] = (((strength - middle) / full).clip(0, 1) * 255 * near).astype(np.uint8)
    return ink


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
