"""Who reads in a comparison: a model behind our glyph, or the textbook's way, which shrinks the whole picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad import Reading, Recognizer
from digitpad.errors import PictureError
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.measuring.conditions import Picture
from digitpad.models.model import Model


@dataclass(frozen=True)
class Reader:
    """One column of a comparison.

    Attributes:
        name: what to call it.
        model: the model that it reads with.
        read: from pictures to their readings.
        recognizer: reads numbers too; None where it can't.
    """

    name: str
    model: Model
    read: Callable[[Sequence[Picture]], list[Reading]]
    recognizer: Recognizer | None = None


def through_glyph(name: str, model: Model) -> Reader:
    """A model as the apps use it."""
    recognizer = Recognizer(model)

    def read(pictures: Sequence[Picture]) -> list[Reading]:
        readings = list(recognizer.read_many(pictures))
        for reading in readings:
            if isinstance(reading, PictureError):
                raise reading
        return [reading for reading in readings if isinstance(reading, Reading)]

    return Reader(name, model, read, recognizer if model.tells_no_digit else None)


def plainly_shrunk(name: str, model: Model) -> Reader:
    """A model as the textbook's app uses it: the whole picture, grey, white on black, made 28 × 28."""

    def read(pictures: Sequence[Picture]) -> list[Reading]:
        glyphs = np.stack([_shrunk(picture) for picture in pictures])
        probabilities = model.probabilities(glyphs)
        return [
            Reading.of(glyph, shares, model.not_a_digit_above, model.unsure_above)
            for glyph, shares in zip(glyphs, probabilities, strict=True)
        ]

    return Reader(name, model, read)


def _shrunk(picture: Picture) -> NDArray[np.uint8]:
    grey = picture.astype(np.uint8) * 255 if picture.dtype == bool else np.asarray(picture, np.uint8)
    if grey.ndim == 3:
        # On a transparent canvas the textbook's app reads the alpha.
        grey = grey[..., 3] if grey.shape[2] == 4 else np.asarray(cv2.cvtColor(grey, cv2.COLOR_RGB2GRAY), np.uint8)
    small = np.asarray(cv2.resize(grey, (GLYPH_SIDE, GLYPH_SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    return 255 - small if np.median(small) > 127 else small
