"""From a picture to its ink: what was drawn, whatever the colours."""

import functools
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.border import without_border
from digitpad.glyphs.clarity import is_clear, sharpened
from digitpad.glyphs.cleaning import cleaned
from digitpad.glyphs.median import median
from digitpad.glyphs.photo import DRAFT_SIDE, STROKES, is_uneven, off_table, photo_ink, reduced, without_grain
from digitpad.glyphs.sheet import cut_out, sheets
from digitpad.glyphs.small import LARGEST, quieted, without_stripe

# A difference from the paper below this share of full contrast is grain, not ink: JPEG noise stays under it.
FAINTEST_INK = 0.1
FAINT_INK = 0.2  # where no ink is stronger, grain may come close to it
FAINTEST_PENCIL = (
    5  # brightness by which the faintest ink differs from even paper; JPEG's noise is less, once smoothed
)
GRAIN_SIZE = 0.8  # pixels, standard deviation: what smoothes grain most and thin strokes hardly
SAMPLE = 10_000  # pixels: enough to tell the paper's colour
VISIBLE = 128  # alpha
OPAQUE = 0.98  # of the strongest alpha
FILLED = 0.6  # a card fills more of its outline, a digit's strokes less


class Drawn(NamedTuple):
    """What was drawn.

    Attributes:
        ink: uint8 (H, W), the strongest ink 255 on 0; all 0 where nothing was drawn.
        is_murky: whether it is hard to see: blurred, or under noise, drops or lines that were taken out.
    """

    ink: NDArray[np.uint8]
    is_murky: bool


def ink(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Find what differs from the paper, uint8 (H, W), as `drawn_in`."""
    return drawn_in(picture).ink


def drawn_in(picture: NDArray[np.uint8]) -> Drawn:
    """Find what differs from the paper, and whether it is hard to see.

    The paper is what most of the picture's edge shows, or, where that is uneven as on a photo, what is around the
    strokes. Where a picture is transparent in places, either its transparency is what was drawn, as on a canvas, or
    it is a card with a digit on it, which has several colours and fills its outline; what is around a card is then
    taken for paper. A frame, a drawn box, a table around a sheet, or what is left of a cell's border is left away;
    ruled lines, dust and a lone dot are no ink.

    Args:
        picture: uint8 (H, W), (H, W, 3) or (H, W, 4) with alpha last.

    Returns:
        the ink, of a large photo smaller, of a small one larger, of a sheet or what is in a frame only that.
    """
    seen, is_transparency = visible(picture)
    return Drawn(cleaned(even_ink(seen)), is_murky=False) if is_transparency else _on_paper(seen)


def visible(picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], bool]:
    """The colours of a picture on paper, or its transparency, where that is what was drawn.

    Args:
        picture: as for `ink`.

    Returns:
        colours, uint8 (H, W) or (H, W, 3), and False; or the transparency, uint8 (H, W), and True.
    """
    if picture.ndim == 2 or picture.shape[2] == 3:
        return picture, False
    alpha = np.ascontiguousarray(picture[..., 3])
    colours = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB), np.uint8)
    if not alpha.any():
        return alpha, True  # whatever colours it hides, there is nothing to be seen
    if alpha.min() == alpha.max():
        return colours, False
    if not _is_card(colours, alpha):
        return alpha, True
    every = max(1, alpha.size // SAMPLE)
    paper = np.median(colours[alpha >= VISIBLE][::every], axis=0)
    weight = alpha[..., np.newaxis] / np.float32(255)
    return np.rint(colours * weight + paper * (1 - weight)).astype(np.uint8), False


def even_ink(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What differs from even paper, uint8 (H, W), the strongest ink 255 on 0; all 0 for nothing but grain."""
    return _stretch(_difference(colours))


def _is_card(colours: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> bool:
    """Whether what is visible has several colours and fills the rectangle around it."""
    visible = np.asarray(cv2.threshold(alpha, VISIBLE - 1, 1, cv2.THRESH_BINARY)[1], np.uint8)
    _, _, width, height = cv2.boundingRect(visible)
    if int(visible.sum()) < FILLED * width * height or not width:
        return False
    # At its soft edge a stroke may have any colour.
    seen = colours[alpha >= OPAQUE * alpha.max()]
    return bool((seen.max(axis=0) - seen.min(axis=0)).max() >= FAINTEST_INK * 255)


def _on_paper(colours: NDArray[np.uint8], within: int = 2) -> Drawn:
    """What was drawn on paper that fills the picture, or on a sheet or in a box in it, or in a box on a sheet."""
    if max(colours.shape) < LARGEST:
        colours = without_stripe(colours)
    colours = without_border(colours)
    uneven = is_uneven(colours)
    drawn = Drawn(photo_ink(colours), is_murky=False) if uneven else _even_ink(colours)
    for mask in (off_table(colours), drawn.ink) if uneven else (drawn.ink,):
        for corners, is_frame in sheets(mask) if within else ():
            on_sheet = _on_paper(cut_out(colours, corners), within - 1)
            if on_sheet.ink.any() or not is_frame:
                return on_sheet
    found = cleaned(drawn.ink)
    if uneven or max(colours.shape) >= LARGEST or is_clear(found):
        return Drawn(found, drawn.is_murky)
    return Drawn(sharpened(found), is_murky=True)


def _even_ink(colours: NDArray[np.uint8]) -> Drawn:
    """What was drawn on even paper; faint ink, as of a pencil, where it rises above the grain."""
    strength = _difference(colours)
    if int(strength.max()) >= FAINT_INK * 255:
        drawn = _stretch(strength)
        quiet = quieted(drawn) if max(drawn.shape) < LARGEST else drawn
        return Drawn(quiet, is_murky=quiet is not drawn)
    smooth = np.asarray(cv2.GaussianBlur(reduced(colours, DRAFT_SIDE), (0, 0), GRAIN_SIZE), np.uint8)
    return Drawn(without_grain(_difference(smooth), STROKES[0], FAINTEST_PENCIL), is_murky=False)


def _difference(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How far each pixel of (H, W) or (H, W, 3) is from the paper, in the channel that tells them apart best."""
    distances = []
    for channel in cv2.split(colours):
        edge = np.concatenate([channel[0], channel[-1], channel[:, 0], channel[:, -1]])
        # A whole sheet of paper: OpenCV takes a single value too, but mistakes it for a picture of the same size.
        distances.append(cv2.absdiff(channel, np.full_like(channel, median(edge))))
    return np.asarray(functools.reduce(cv2.max, distances), np.uint8)


def _stretch(strength: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring the strongest ink to 255 and grain to 0; nothing but grain gives an empty picture."""
    strongest = int(strength.max())
    if strongest < FAINTEST_INK * 255:
        return np.zeros_like(strength)
    stretched = cv2.convertScaleAbs(strength, alpha=255 / strongest)
    _, kept = cv2.threshold(stretched, FAINTEST_INK * 255, 0, cv2.THRESH_TOZERO)
    return np.asarray(kept, np.uint8)
