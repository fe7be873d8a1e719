"""From ink to a glyph: one digit, framed as MNIST frames it.

MNIST's pictures were "size normalized to fit in a 20x20 pixel box while preserving their aspect ratio" and
"centered in a 28x28 image by computing the center of mass of the pixels" (LeCun, Cortes, Burges, "The MNIST
database of handwritten digits", 1998).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

GLYPH_SIDE = 28
BOX_SIDE = 20
# In every one of MNIST's training pictures the centre of mass lies within 0.53 pixels of pixel 14 (not of 13.5).
MIDDLE = 14
FULL_INK = 128  # every one of MNIST's pictures has darker ink somewhere


def glyph(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Frame ink as MNIST does.

    Args:
        ink: uint8 (H, W), ink 255 on 0.

    Returns:
        uint8 (28, 28), ink 255 on 0, in a 20 × 20 box with its centre of mass in the middle; all 0 for no ink.
    """
    left, top, width, height = cv2.boundingRect(ink)
    if not width:
        return np.zeros((GLYPH_SIDE, GLYPH_SIDE), np.uint8)
    drawn = ink[top : top + height, left : left + width]
    scale = BOX_SIDE / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # Averaging over areas keeps thin strokes when shrinking; for enlarging it would leave blocks.
    small = cv2.resize(drawn, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    small = cv2.convertScaleAbs(small, alpha=255 / max(1, int(small.max())))
    framed = np.zeros((GLYPH_SIDE, GLYPH_SIDE), np.uint8)
    column, row = (_offset(small.sum(axis=axis, dtype=np.float64)) for axis in (0, 1))
    framed[row : row + size[1], column : column + size[0]] = small
    return framed


def is_glyph(picture: NDArray[np.uint8]) -> bool:
    """Whether a picture is framed as a glyph already, as each of MNIST's own is."""
    if picture.shape != (GLYPH_SIDE, GLYPH_SIDE):
        return False
    _, _, width, height = cv2.boundingRect(picture)
    if picture.max() < FULL_INK or max(width, height) > BOX_SIDE:
        return False
    centred = (_centre(picture.sum(axis=axis, dtype=np.float64)) for axis in (0, 1))
    return all(abs(centre - MIDDLE) <= 0.55 for centre in centred)


def network_input(glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Glyphs, uint8 (n, 28, 28), as every network takes them: float32 (n, 28, 28, 1), ink 1 on 0."""
    return glyphs[..., np.newaxis].astype(np.float32) / np.float32(255)


def _centre(mass: NDArray[np.float64]) -> float:
    """The centre of mass along one axis, in pixels from the first one's middle."""
    return float((mass * np.arange(len(mass))).sum() / mass.sum())


def _offset(mass: NDArray[np.float64]) -> int:
    """Where a strip must begin for its centre of mass to lie in the middle of a glyph."""
    return int(np.clip(round(MIDDLE - _centre(mass)), 0, GLYPH_SIDE - len(mass)))
