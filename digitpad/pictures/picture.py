"""Any picture that comes in, as one kind of array."""

from os import PathLike
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from digitpad.pictures.arrays import from_array
from digitpad.pictures.plain_png import plain_png

if TYPE_CHECKING:
    from PIL.Image import Image as PilImage


def to_array(picture: "PilImage | NDArray[Any] | str | PathLike[str] | IO[bytes]") -> NDArray[np.uint8]:
    """Bring a picture into one form: uint8 (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA.

    Args:
        picture: see `Recognizer.read`.

    Raises:
        PictureError: it is of another type or shape, empty, too large, holds values that are no brightness,
            or can't be read.
    """
    if isinstance(picture, np.ndarray):
        # Contiguous, since OpenCV refuses some views, such as mirrored ones.
        return np.ascontiguousarray(from_array(np.asarray(picture), "The array"))
    if isinstance(picture, str | PathLike) and (plain := plain_png(picture)) is not None:
        return plain
    from digitpad.pictures.decoding import decoded  # PIL takes a tenth of the start

    return decoded(picture)
