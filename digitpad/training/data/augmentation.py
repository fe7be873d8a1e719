"""Glyphs as other people, pens and cameras would have made them.

Small random affine maps and elastic ones, after Simard, Steinkraus and Platt, "Best Practices for Convolutional
Neural Networks Applied to Visual Document Analysis" (ICDAR, 2003).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import GLYPH_SIDE

FIELDS = 400  # elastic fields made in advance, enough never to be told apart
STIFFNESS = 4.0  # pixels: the width of the Gaussian that smooths an elastic field
BEND = 1.2  # pixels: how far an elastic field moves a point, standard deviation


class Distortion:
    """Distorts batches of glyphs at random.

    Args:
        seed: the same seed gives the same elastic fields.
    """

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        noise = rng.normal(size=(FIELDS, 2, GLYPH_SIDE, GLYPH_SIDE)).astype(np.float32)
        fields = np.stack([[cv2.GaussianBlur(part, (0, 0), STIFFNESS) for part in field] for field in noise])
        self._fields = (fields / fields.std() * BEND).astype(np.float32)
        self._columns, self._rows = np.meshgrid(*[np.arange(GLYPH_SIDE, dtype=np.float32)] * 2)

    def __call__(
        self, glyphs: NDArray[np.uint8], rng: np.random.Generator, strength: float = 1.0
    ) -> NDArray[np.uint8]:
        """Each glyph turned, slanted, resized, moved and bent.

        Args:
            glyphs: uint8 (n, 28, 28).
            rng: decides how.
            strength: how much, as a share of the whole.

        Returns:
            uint8 (n, 28, 28).
        """
        count = len(glyphs)
        turns, slants = rng.normal(0, strength * np.radians(7), count), rng.normal(0, strength * 0.12, count)
        scales = np.exp(rng.normal(0, strength * 0.07, (count, 2)))
        moves = rng.normal(0, strength * 0.7, (count, 2))
        fields, strengths = rng.integers(0, FIELDS, count), rng.uniform(0, strength, count).astype(np.float32)
        middle = GLYPH_SIDE / 2
        columns, rows = self._columns - middle, self._rows - middle
        distorted = np.empty_like(glyphs)
        for index in range(count):
            sine, cosine = np.sin(turns[index]), np.cos(turns[index])
            wide, high = scales[index]
            right, down = moves[index]
            field = self._fields[fields[index]] * strengths[index]
            source_columns = (cosine * columns + (slants[index] - sine) * rows) * wide + middle + right + field[0]
            source_rows = (sine * columns + cosine * rows) * high + middle + down + field[1]
            distorted[index] = cv2.remap(
                glyphs[index], source_columns.astype(np.float32), source_rows.astype(np.float32), cv2.INTER_LINEAR
            )
        return distorted
