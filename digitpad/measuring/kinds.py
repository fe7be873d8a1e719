"""What models are compared on: pictures of everything that is held out, made one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from digitpad.measuring.conditions import (
    CANVAS,
    PEN,
    Condition,
    Picture,
    drawn_conditions,
    enlarged,
    enlarged_coarsely,
    enlarged_scan,
)
from digitpad.measuring.corruptions import CORRUPTIONS
from digitpad.training.data.datasets import Examples
from digitpad.training.data.mixture import (
    HELD_OUT_ALPHABET,
    HELD_OUT_SITE,
    HELD_OUT_WRITERS,
    WRITTEN_LIKE_DIGITS,
    is_held_out,
    pen_digits,
)
from digitpad.training.data.others import any_of, letter, scribble, side_by_side
from digitpad.training.data.strokes import PenDigit, Strokes, draw
from digitpad.training.data.unipen import Character
from digitpad.training.data.workshop import NOT_A_DIGIT

MNIST_WAYS: dict[str, Callable[[NDArray[np.uint8]], Picture]] = {
    "as they are": lambda glyph: glyph,
    "enlarged to a canvas": enlarged,
    "enlarged with square pixels": enlarged_coarsely,
    "as a coarse scan": enlarged_scan,
}
SEED = 20  # not one that is trained with
DRAWN_OTHERS = 500  # invented letters, scribbles and pairs of digits each
CORRUPTED = 1000  # of MNIST's digits, spoilt in each way
PRINTED = 300  # digits of a font
SIGNS = ("capitals", "signs")  # rows of what people at UNIPEN's sites wrote besides
STRANGERS = "stranger"  # the group of digits by people at UNIPEN's sites

Anything = TypeVar("Anything")


@dataclass(frozen=True)
class Kind:
    """Pictures that are yet to be made, one by one: those of 2,000 × 2,000 pixels would not fit into memory.

    Attributes:
        group: what kind of kind: "MNIST", "pen", "not a digit" and so on.
        name: which kind.
        labels: (n,), what the pictures show; NOT_A_DIGIT for no digit.
        picture: from a number below n to a picture.
    """

    group: str
    name: str
    labels: NDArray[np.uint8]
    picture: Callable[[int], Picture]


def kinds(
    mnist: Examples,
    pens: Sequence[PenDigit],
    characters: Sequence[Character],
    symbols: dict[str, list[NDArray[np.uint8]]],
    most: int | None,
) -> Iterator[Kind]:
    """All that is held out, as `compare` takes it."""
    mnist = mnist[:most]
    pens = _some([digit for digit in pens if digit.writer in HELD_OUT_WRITERS], most)
    for name, way in MNIST_WAYS.items():
        yield Kind("MNIST", name, mnist.labels, partial(_glyph_as, way, mnist.glyphs))
    for name, corruption in CORRUPTIONS.items():
        spoilt = mnist[:CORRUPTED]
        yield Kind("corrupted", name, spoilt.labels, partial(_spoilt, corruption, spoilt.glyphs))
    for condition in drawn_conditions() if pens else ():
        yield Kind(condition.group, condition.name, _labels(pens), partial(_digit_as, condition, pens))
    held_out = [one for one in characters if is_held_out(one)]
    medium = next(condition for condition in drawn_conditions() if condition.name == "medium")
    for name, is_site in (("at a site apart", True), ("at the other sites", False)):
        if some := _some(pen_digits(one for one in held_out if (one.site == HELD_OUT_SITE) is is_site), most):
            yield Kind(STRANGERS, name, _labels(some), partial(_digit_as, medium, some))
    yield Kind("print", "a font apart", np.tile(np.arange(10, dtype=np.uint8), PRINTED // 10)[:most], _printed)
    if letters := _some(symbols.get(HELD_OUT_ALPHABET, []), most):
        yield Kind("not a digit", symbols_name(), _no_digits(len(letters)), partial(_symbol, letters))
    for name in SIGNS:
        known = [one for one in held_out if f"{one.kind}s" == name and one.label not in WRITTEN_LIKE_DIGITS]
        if signs := _some(known, most):
            yield Kind("not a digit", name, _no_digits(len(signs)), partial(_sign, signs))
    drawings: dict[str, Callable[[np.random.Generator], Strokes]] = {
        "invented letters": letter,
        "scribbles": scribble,
    }
    if pens:
        drawings["two digits at once"] = lambda rng: side_by_side(any_of(pens, rng), any_of(pens, rng), rng)
    for name, drawing in drawings.items():
        labels = _no_digits(min(most or DRAWN_OTHERS, DRAWN_OTHERS))
        yield Kind("not a digit", name, labels, partial(_drawing, drawing))


def symbols_name() -> str:
    """What the row of symbols of the held-out alphabet is called."""
    return f"{HELD_OUT_ALPHABET} letters"


def _glyph_as(way: Callable[[NDArray[np.uint8]], Picture], glyphs: NDArray[np.uint8], index: int) -> Picture:
    return way(glyphs[index])


def _spoilt(
    corruption: Callable[[NDArray[np.uint8], np.random.Generator], NDArray[np.uint8]],
    glyphs: NDArray[np.uint8],
    index: int,
) -> Picture:
    return corruption(glyphs[index], _chance(index))


def _digit_as(condition: Condition, pens: Sequence[PenDigit], index: int) -> Picture:
    return condition.picture(pens[index], _chance(index))


def _symbol(symbols: Sequence[NDArray[np.uint8]], index: int) -> Picture:
    return np.asarray(255 - symbols[index], np.uint8)


def _sign(signs: Sequence[Character], index: int) -> Picture:
    return np.asarray(255 - draw(list(signs[index].strokes), PEN, CANVAS), np.uint8)


def _printed(index: int) -> Picture:
    """A digit in the font that comes with Pillow, black on white, turned a little: uint8 (280, 280)."""
    rng = _chance(index)
    paper = Image.new("L", (CANVAS, CANVAS), 255)
    place = tuple(CANVAS / 2 + rng.uniform(-40, 40, 2))
    ImageDraw.Draw(paper).text(place, str(index % 10), 0, _font(int(rng.integers(30, 200))), anchor="mm")
    return np.asarray(paper.rotate(rng.normal(0, 4), Image.Resampling.BILINEAR, fillcolor=255))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _drawing(drawing: Callable[[np.random.Generator], Strokes], index: int) -> Picture:
    return np.asarray(255 - draw(drawing(_chance(index)), PEN, CANVAS), np.uint8)


def _some(items: Sequence[Anything], most: int | None) -> Sequence[Anything]:
    """At most so many of them, from all writers alike, who come one after another."""
    return items[:: -(-len(items) // most)] if most and items else items


def _chance(index: int) -> np.random.Generator:
    return np.random.default_rng([SEED, index])


def _labels(digits: Sequence[PenDigit]) -> NDArray[np.uint8]:
    return np.array([digit.label for digit in digits], np.uint8)


def _no_digits(count: int) -> NDArray[np.uint8]:
    return np.full(count, NOT_A_DIGIT, np.uint8)
