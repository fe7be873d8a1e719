"""What there is to see of a picture: the ink of one digit and its glyph, or the ink of a whole page."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import enlarged_glyph, glyph, is_glyph
from digitpad.glyphs.ink import drawn_in
from digitpad.glyphs.photo import reduced
from digitpad.pictures.arrays import Opened
from digitpad.pictures.picture import opened

if TYPE_CHECKING:
    from digitpad.numbers.ink import PageInk
    from digitpad.pictures.picture import Picture

NO_INK = np.zeros((0, 0), np.uint8)
FOR_SEVERAL = 640  # pixels of the longer side of the ink in which several digits are looked for


class Seen(NamedTuple):
    """What there is to see of a picture of one digit, and what is told of it.

    Attributes:
        glyph: uint8 (28, 28), what the network sees.
        ink: uint8 (H, W), what the glyph was made of, no larger than several digits are found in; none of a picture
            that is framed as MNIST frames one digit.
        is_murky: whether it is hard to see in the picture.
        name: as of `Opened`.
        note: as of `Opened`.
    """

    glyph: NDArray[np.uint8]
    ink: NDArray[np.uint8]
    is_murky: bool
    name: str
    note: str


def seen_in(picture: "Picture") -> Seen:
    """What there is to see of a picture: one of MNIST's, also enlarged, as it is.

    Raises:
        PictureError: see `Recognizer.read`.
    """
    came = opened(picture)
    if is_glyph(came.array):
        return Seen(came.array, NO_INK, False, came.name, came.note)
    ink, is_murky = drawn_in(came.array)
    enlarged = enlarged_glyph(ink)
    if enlarged is not None:
        return Seen(enlarged, NO_INK, is_murky, came.name, came.note)
    return Seen(glyph(ink), reduced(ink, FOR_SEVERAL), is_murky, came.name, came.note)


def glyph_in(picture: "Picture") -> NDArray[np.uint8]:
    """What the network sees of a picture, uint8 (28, 28); see `seen_in`."""
    return seen_in(picture).glyph


def page_ink_in(picture: Opened) -> "PageInk":
    """The ink of a whole picture, and the way from there to the pixels of the picture as it came."""
    from digitpad.numbers.ink import page_ink  # a digit alone is read without

    found = page_ink(picture.array)
    high, wide = picture.array.shape[:2]
    return found._replace(matrix=np.diag([picture.size[0] / wide, picture.size[1] / high, 1.0]) @ found.matrix)
