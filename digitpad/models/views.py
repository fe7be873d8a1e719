"""The same glyph as other hands would have made it, for a second look where the first leaves doubt.

What a network says of a few such views, averaged, is right more often than what it says of one: test-time
augmentation, as Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks"
(2012), average over crops and reflections.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import GLYPH_SIDE

TURN = 6.0  # degrees
SLANT = 0.12  # pixels to the side for each upward
STRETCH = 1.08


def views(glyphs: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each glyph turned, slanted, and stretched or squeezed each way.

    Args:
        glyphs: uint8 (n, 28, 28).

    Returns:
        uint8 (n, 8, 28, 28).
    """
    seen = [[cv2.warpAffine(glyph, matrix, (GLYPH_SIDE, GLYPH_SIDE)) for matrix in _MATRICES] for glyph in glyphs]
    return np.array(seen, np.uint8).reshape(-1, len(_MATRICES), GLYPH_SIDE, GLYPH_SIDE)


def _about_the_middle(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The affine map (2, 3) that leaves the middle of a glyph where it is."""
    middle = np.full(2, (GLYPH_SIDE - 1) / 2)
    return np.column_stack([matrix, middle - matrix @ middle])


def _turn(degrees: float) -> NDArray[np.float64]:
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[cosine, -sine], [sine, cosine]])


_MATRICES = [
    _about_the_middle(matrix)
    for matrix in (
        _turn(TURN),
        _turn(-TURN),
        np.array([[1, SLANT], [0, 1]]),
        np.array([[1, -SLANT], [0, 1]]),
        np.diag([STRETCH, 1]),
        np.diag([1 / STRETCH, 1]),
        np.diag([1, STRETCH]),
        np.diag([1, 1 / STRETCH]),
    )
]
