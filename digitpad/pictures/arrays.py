"""Arrays of numbers as pictures of bytes, and how large a picture may be."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import PictureError

# Phone cameras save 50 million pixels at most; a picture beyond that is a mistake or an attack.
MOST_PIXELS = 50_000_000
# Of a picture that has to be decoded whole, not only to as many pixels as are wanted: 25 million pixels in colours.
MOST_VALUES = 75_000_000
ROUNDING = 1e-3  # by how much a float may be outside of its range
LONGEST_SIDE = 2048  # pixels: a larger picture is made smaller, since no digit needs more
EXPECTED = (
    "Expected is a PIL image, a numpy array (H, W), (H, W, 3) or (H, W, 4), the path of a picture file, such a "
    "file opened in binary mode, or what is in it."
)


class Opened(NamedTuple):
    """A picture that was opened.

    Attributes:
        array: uint8 (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA.
        note: a sentence about what was not read of it; empty where there is nothing to say.
        name: the path of its file, or what an open one calls itself, or which page of it this is; else empty.
        whole: width and height of the picture before it was made smaller; None where it was not.
    """

    array: NDArray[np.uint8]
    note: str = ""
    name: str = ""
    whole: tuple[int, int] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture as it came, upright."""
        return self.whole or (int(self.array.shape[1]), int(self.array.shape[0]))


def from_array(array: NDArray[Any], name: str) -> NDArray[np.uint8]:
    """Bring an array of any numbers to bytes, uint8, of the same shape or made smaller.

    Args:
        array: (H, W), (H, W, 3) or (H, W, 4).
        name: what it is called in a sentence.

    Raises:
        PictureError: it is of another shape, empty, too large, or holds values that are no brightness.
    """
    shape = " × ".join(map(str, array.shape)) or "no dimensions"
    if not (array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4))):
        raise PictureError(f"An array of shape {array.shape} is no picture. {EXPECTED}")
    if array.size == 0:
        raise PictureError(f"{name} is empty ({shape}): a picture has at least one pixel.")
    # Bytes are made smaller at once; other numbers must each be looked at first.
    most = MOST_PIXELS if array.dtype == np.uint8 else MOST_VALUES // 2 // math.prod(array.shape[2:])
    check_size(array.shape[1], array.shape[0], name, most)
    smaller = reduction(array.shape[1], array.shape[0])
    if array.dtype == np.uint8 and array.max() > 1:
        return _reduced(array, smaller)  # as most are
    if array.dtype.kind not in "buif":
        raise PictureError(f"An array of {array.dtype} is no picture. Expected are integers, floats or booleans.")
    if not np.isfinite(array).all():
        raise PictureError(f"{name} holds NaN or infinite values, which are no brightness. Replace them first.")
    low, high = array.min(), array.max()
    # What is nowhere above 1 is a mask or floats from 0 to 1, which may be off by a rounding; uint16 have as many
    # bits, from 8 on, as their largest value needs: scanners fill 10 or 12 of the 16.
    bits = max(8, int(high).bit_length()) if array.dtype.kind == "u" and array.itemsize == 2 else 8
    most = 1 if high <= 1 + ROUNDING else 2**bits - 1
    if low < -ROUNDING or high > most + ROUNDING:
        raise PictureError(
            f"{name} holds values from {low} to {high}. Expected are integers from 0 to 255, uint16, booleans, "
            "or floats from 0 to 1 or 0 to 255."
        )
    scaled: NDArray[np.uint8] = np.rint(array.astype(np.float32) * (255 / most)).clip(0, 255).astype(np.uint8)
    return _reduced(scaled, smaller)


def first_of(count: int, what: str) -> str:
    """What is told of a file that has several pages or frames, of which one was read; nothing of one."""
    return f"The first of its {count:,} {what} was read." if count > 1 else ""


def _reduced(array: NDArray[np.uint8], smaller: int) -> NDArray[np.uint8]:
    if smaller == 1:
        return array
    from PIL import Image  # only a large array needs it

    return np.asarray(Image.fromarray(array).reduce(smaller))


def reduction(width: int, height: int) -> int:
    """How many times smaller a picture is made before it is read."""
    return math.ceil(max(width, height) / LONGEST_SIDE)


def check_size(width: int, height: int, name: str, most: int) -> None:
    """Refuse a picture of more pixels than are read.

    Raises:
        PictureError: it has more than `most`, or than MOST_PIXELS.
    """
    most = min(most, MOST_PIXELS)
    if width * height > most:
        raise PictureError(
            f"{name} is too large ({width} × {height}): of such a picture at most {most // 10**6} million pixels are "
            "read. Make it smaller first."
        )
