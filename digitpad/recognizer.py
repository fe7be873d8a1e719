"""The way from a picture to a Reading."""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digitpad import catalogue
from digitpad.glyph import GLYPH_SIDE, glyph, is_glyph
from digitpad.ink import ink
from digitpad.model import Model
from digitpad.picture import to_array
from digitpad.reading import Reading

if TYPE_CHECKING:
    from PIL.Image import Image


class Recognizer:
    """Reads one digit from a picture.

    Args:
        model: the model that reads, by its name or by the path of its file or folder. Without one, the model
            in use: the one chosen by `digitpad.use` or `train.py --use`, else the shipped one.

    Attributes:
        model: the model that reads.
        notice: a sentence for the user where the chosen model is broken and the shipped one reads instead;
            else empty.

    Raises:
        ModelError: the model that was asked for is missing or broken.
    """

    def __init__(self, model: str | Path | Model | None = None) -> None:
        self.model: Model
        self.notice = ""
        if model is None:
            self.model, self.notice = catalogue.in_use()
        elif isinstance(model, Model):
            self.model = model
        else:
            self.model = catalogue.find(model)

    def read(self, picture: "Image | NDArray[np.generic] | str | PathLike[str]") -> Reading:
        """Read the digit in a picture.

        Args:
            picture: a PIL image; an array (H, W), (H, W, 3) or (H, W, 4) of integers in 0 to 255, uint16, booleans
                (also as 0 and 1), or floats in 0 to 1 or 0 to 255; or the path of a picture file.
                Any colours on any paper, with or without transparency. An array (28, 28) that is framed as
                MNIST frames its digits is read as it is.

        Returns:
            what the recognizer says of it.

        Raises:
            PictureError: a ValueError that says what came and what is expected.
        """
        array = to_array(picture)
        seen = array if is_glyph(array) else glyph(ink(array))
        if not seen.any():
            return Reading.empty()
        return Reading.of(seen, self.model.probabilities(seen.reshape(1, GLYPH_SIDE, GLYPH_SIDE))[0])
