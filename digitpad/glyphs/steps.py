"""How a glyph comes about, step by step, each to be looked at."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import BOX_SIDE, GLYPH_SIDE, boxed, centred, enlarged_glyph, is_glyph, of_one_width
from digitpad.glyphs.ink import drawn_in

PICTURE, INK, STROKE, BOX, GLYPH = "Picture", "Ink", "One stroke width", "Box", "Centre of mass"
AS_IT_CAME = "As it came"


class Step(NamedTuple):
    """One step on the way from a picture to its glyph.

    Attributes:
        name: what it is called.
        picture: uint8 (H, W), of the first step also (H, W, 3) or (H, W, 4); of the others ink is 255 on 0.
        sentence: what was done.
    """

    name: str
    picture: NDArray[np.uint8]
    sentence: str


def steps_of(picture: NDArray[np.uint8]) -> tuple[Step, ...]:
    """The way of a picture that is read as one digit.

    Args:
        picture: uint8 (H, W), (H, W, 3) or (H, W, 4) with alpha last.

    Returns:
        picture, ink, one stroke width, box and centre of mass; the last one is the glyph that the network sees. Fewer
        of one that is framed as MNIST frames its digits, also enlarged, and of an empty one.
    """
    high, wide = picture.shape[:2]
    first = Step(PICTURE, picture, f"What came in: {wide} × {high} pixels.")
    if is_glyph(picture):
        as_it_came = f"It is framed as MNIST frames its digits, in {GLYPH_SIDE} × {GLYPH_SIDE} pixels, and stays so."
        return first, Step(AS_IT_CAME, picture, as_it_came)
    ink = drawn_in(picture).ink
    if not ink.any():
        return first, Step(INK, ink, "Nothing on it differs from the paper: there is no ink.")
    second = Step(INK, ink, "What differs from the paper is ink, whatever the colours; the rest is left away.")
    enlarged = enlarged_glyph(ink)
    if enlarged is not None:
        return first, second, Step(AS_IT_CAME, enlarged, "It is one of MNIST's frames, enlarged: made small again.")
    drawn = of_one_width(ink)
    box = boxed(drawn)
    return (
        first,
        second,
        Step(STROKE, drawn, "The strokes are made as wide as those of MNIST's digits, whatever the pen."),
        Step(BOX, box, f"It is cut out and fills a box of {BOX_SIDE} × {BOX_SIDE} pixels, its shape kept."),
        Step(
            GLYPH,
            centred(box),
            f"Its centre of mass goes to the middle of {GLYPH_SIDE} × {GLYPH_SIDE} pixels: this is what the network "
            "sees.",
        ),
    )
