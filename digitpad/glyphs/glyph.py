"""From ink to a glyph: one digit, framed as MNIST frames it, its strokes as wide as MNIST's.

MNIST's pictures were "size normalized to fit in a 20x20 pixel box while preserving their aspect ratio" and
"centered in a 28x28 image by computing the center of mass of the pixels" (LeCun, Cortes, Burges, "The MNIST
database of handwritten digits", 1998). A pen on a screen has another width than theirs, from a hair line to a
marker; so the strokes are brought to one width first.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.outlines import within_outlines
from digitpad.glyphs.width import with_stroke

GLYPH_SIDE = 28
BOX_SIDE = 20
# In every one of MNIST's training pictures the centre of mass lies within 0.53 pixels of pixel 14 (not of 13.5).
MIDDLE = 14
FULL_INK = 128  # every one of MNIST's pictures has darker ink somewhere

DRAFT_SIDE = 80  # pixels of the longer side while the strokes' width is changed: four for each of the glyph's
STROKE = 0.11  # width of a stroke as a share of the digit's longer side, as MNIST's are
MARGIN = 6  # pixels around the draft, more than an outline may move out

ENLARGED = 3  # times at least; in a smaller picture a pen's edge is as soft as that of an enlarged glyph
RIM = 32  # of 255: interpolation by no whole number leaves what is fainter around a glyph
RESTORED = 80  # of 255: an enlarged glyph is nearer to its glyph enlarged again, a pen's edge further from it


def glyph(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Frame ink as MNIST does, whatever the pen.

    Args:
        ink: uint8 (H, W), ink 255 on 0.

    Returns:
        uint8 (28, 28), ink 255 on 0, in a 20 × 20 box with its centre of mass in the middle; all 0 for no ink.
    """
    return centred(boxed(of_one_width(ink))) if ink.any() else np.zeros((GLYPH_SIDE, GLYPH_SIDE), np.uint8)


def of_one_width(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The drawing with its longer side at DRAFT_SIDE, the strokes as wide as MNIST's, and a margin around it.

    Args:
        ink: uint8 (H, W), ink 255 on 0, not empty.

    Returns:
        uint8 (H, W), likewise.
    """
    return with_stroke(_draft(_cropped(ink)), STROKE * DRAFT_SIDE)


def boxed(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What is drawn, uint8 (H, W), alone and with its longer side at DRAFT_SIDE: what MNIST's box holds."""
    drawn = _cropped(ink)
    height, width = drawn.shape
    scale = DRAFT_SIDE / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(drawn, size, interpolation=interpolation), np.uint8)


def centred(box: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The glyph: what a box holds, its centre of mass in the middle to a quarter of a pixel.

    Args:
        box: uint8 (H, W), as `boxed` gives it.

    Returns:
        uint8 (28, 28), ink 255 on 0.
    """
    height, width = box.shape
    side = GLYPH_SIDE * DRAFT_SIDE // BOX_SIDE
    # The middle of pixel 14 of the glyph, in pixels of the draft.
    middle = (MIDDLE + 0.5) * side / GLYPH_SIDE - 0.5
    mass = cv2.moments(box)
    column, row = (
        int(np.clip(round(middle - mass[moment] / mass["m00"]), 0, side - length))
        for moment, length in zip(("m10", "m01"), (width, height), strict=True)
    )
    framed = np.zeros((side, side), np.uint8)
    framed[row : row + height, column : column + width] = box
    small = cv2.resize(framed, (GLYPH_SIDE, GLYPH_SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.convertScaleAbs(small, alpha=255 / max(1, int(small.max()))), np.uint8)


def _cropped(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    left, top, width, height = cv2.boundingRect(ink)
    return ink[top : top + height, left : left + width]


def _draft(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink with its longer side at DRAFT_SIDE and a margin around it, uint8."""
    height, width = ink.shape
    scale = DRAFT_SIDE / max(height, width)
    if scale < 0.5:
        # Averaging would make a hair line too faint to find again.
        ink = np.asarray(cv2.dilate(ink, np.ones((int(1 / scale),) * 2, np.uint8)), np.uint8)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return np.asarray(cv2.copyMakeBorder(small, *(MARGIN,) * 4, cv2.BORDER_CONSTANT), np.uint8)


def is_glyph(picture: NDArray[np.uint8]) -> bool:
    """Whether a picture is framed as a glyph already, as each of MNIST's own is."""
    if picture.shape != (GLYPH_SIDE, GLYPH_SIDE):
        return False
    _, _, width, height = cv2.boundingRect(picture)
    if not BOX_SIDE - 1 <= max(width, height) <= BOX_SIDE + 1 or cv2.minMaxLoc(picture)[1] < FULL_INK:
        return False
    mass = cv2.moments(picture)
    is_centred = all(abs(mass[moment] / mass["m00"] - MIDDLE) <= 0.55 for moment in ("m10", "m01"))
    return is_centred and within_outlines(picture) is None


def enlarged_glyph(ink: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """The glyph that a picture is an enlargement of, as programs show MNIST's digits; None for a drawing of its own.

    Such a one has no detail that its glyph has not: enlarged again, that gives it back. To frame it anew would cost
    thin and faint parts of its strokes, which tell some of MNIST's digits apart.

    Args:
        ink: uint8 (H, W), ink 255 on 0.

    Returns:
        uint8 (28, 28), ink 255 on 0.
    """
    side = len(ink)
    _, _, width, height = cv2.boundingRect(ink)
    is_boxed = BOX_SIDE - 0.5 < max(width, height) * GLYPH_SIDE / side < BOX_SIDE + 1.5
    if ink.shape != (side, side) or side < ENLARGED * GLYPH_SIDE or not is_boxed:
        return None
    # Without averaging: interpolation leaves what it began with in the middle of each pixel.
    small = np.asarray(cv2.resize(ink, (GLYPH_SIDE, GLYPH_SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
    if not is_glyph(np.asarray(cv2.threshold(small, RIM - 1, 0, cv2.THRESH_TOZERO)[1], np.uint8)):
        return None
    again = (cv2.resize(small, (side, side), interpolation=way) for way in (cv2.INTER_CUBIC, cv2.INTER_NEAREST))
    return small if any(cv2.absdiff(ink, each).max() <= RESTORED for each in again) else None


def network_input(glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Glyphs, uint8 (n, 28, 28), as every network takes them: float32 (n, 28, 28, 1), ink 1 on 0."""
    return glyphs[..., np.newaxis].astype(np.float32) / np.float32(255)
