"""What the network of the apps learns from: MNIST, strokes drawn anew, ways of writing, print, what is no digit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import glyph
from digitpad.training.data.datasets import Examples
from digitpad.training.data.mislabelled import is_mislabelled
from digitpad.training.data.strokes import BOX, PenDigit, draw
from digitpad.training.data.unipen import Character
from digitpad.training.data.workshop import NOT_A_DIGIT, Workshop

# Of capitals and signs, what anybody would take for a digit, in one hand or another.
WRITTEN_LIKE_DIGITS = frozenset("OIZSBGQD" + "/|\\'`,.()")
HELD_OUT_WRITERS = frozenset((4, 9, 14, 19, 24, 29))  # a fifth of the tablet's thirty, never trained on
HELD_OUT_ALPHABET = "Balinese"
HELD_OUT_SITE = "imp"  # of UNIPEN's: strangers of whose tablet, too, nothing was learned
ONE_IN = 6  # of the writers at UNIPEN's other sites is held out

AS_THEY_ARE = 3  # times that each of MNIST's pictures is taken as it is
ENLARGED = 1  # and enlarged, each time another way
DRAWINGS = 12  # of every digit on the tablet: one as it was written, the others by other hands
DRAWINGS_OF_UNIPEN = 9  # the same at UNIPEN's sites, where there are ten times as many hands
TAUGHT = 1_500  # drawings of each digit in the ways that people were taught, which the pen's writers don't all show
PRINTED = 900  # of each digit
VARIANTS = 6  # of every symbol
WRITTEN = 3  # drawings of every capital and sign
HALVES, LETTERS, PIECES, SCRIBBLES, TURNED = 4_000, 10_000, 2_000, 2_000, 4_000
PAIRS, PARTS, HALVED, PRINTED_LETTERS = 4_000, 4_000, 6_000, 8_000
TOUCHING, CUT_OFF = 10_000, 40_000  # pairs that touch, and what is cut off such pairs
FILLED = 0.6  # of the tablet's box, by a digit of UNIPEN's
VALIDATION_PENS = (2.0, 10.0, 20.0)  # pixels on a canvas of 160


@dataclass(frozen=True, eq=False)
class Strangers:
    """Drawings by people of whom nothing is learned, each with a pen of VALIDATION_PENS.

    Attributes:
        digits: by the tablet's held-out writers, at the held-out site, and by those held out at the other sites.
        others: the held-out alphabet, and capitals and signs by the same people, those like digits left out.
    """

    digits: dict[str, Examples]
    others: dict[str, Examples]


def training_mixture(
    mnist: Examples,
    pens: Sequence[PenDigit],
    characters: Sequence[Character],
    symbols: dict[str, list[NDArray[np.uint8]]],
    seed: int,
) -> Examples:
    """All that is learned from.

    Args:
        mnist: MNIST's glyphs; they are taken as they are, and again enlarged and framed by `glyph`.
        pens: digits as strokes; held-out writers are left out.
        characters: UNIPEN's; held-out writers and mislabelled digits are left out.
        symbols: the ink of each alphabet's drawings, uint8 (H, W); the held-out alphabet is left out.
        seed: of all that is random.

    Returns:
        glyphs with labels 0 to 9, or NOT_A_DIGIT.
    """
    pens = [digit for digit in pens if digit.writer not in HELD_OUT_WRITERS]
    known = [one for one in characters if not is_held_out(one)]
    written = pen_digits(known)
    letters = [one for one in known if one.kind != "digit" and one.label not in WRITTEN_LIKE_DIGITS]
    inks = [ink for name, some in symbols.items() if name != HELD_OUT_ALPHABET for ink in some]
    digits = [*pens, *written]
    work: list[tuple[str, Sequence[Any]]] = [
        ("enlarged", list(zip(mnist.glyphs, mnist.labels.tolist(), strict=True)) * ENLARGED),
        ("as written", digits),
        ("by another hand", pens * (DRAWINGS - 1) + written * (DRAWINGS_OF_UNIPEN - 1)),
        ("taught", list(range(10)) * TAUGHT),
        ("printed", list(range(10)) * PRINTED),
        ("symbol", [(ink, VARIANTS) for ink in inks]),
        ("halves of symbols", range(HALVES if inks else 0)),
        ("character", [(one, not turn) for turn in range(WRITTEN) for one in letters]),
        ("printed letter", range(PRINTED_LETTERS)),
        ("letter", range(LETTERS)),
        ("scribble", range(SCRIBBLES)),
        ("piece", range(PIECES if digits else 0)),
        ("turned", range(TURNED if digits else 0)),
        ("half", range(HALVED if digits else 0)),
        ("pair", range(PAIRS if digits else 0)),
        ("with a part", range(PARTS if digits else 0)),
        ("touching", range(TOUCHING if digits else 0)),
        ("cut off", range(CUT_OFF if digits else 0)),
    ]
    as_they_are = Examples(np.tile(mnist.glyphs, (AS_THEY_ARE, 1, 1)), np.tile(mnist.labels, AS_THEY_ARE))
    return together(as_they_are, *Workshop(digits, inks).examples(work, seed))


def strangers(
    pens: Sequence[PenDigit], characters: Sequence[Character], symbols: dict[str, list[NDArray[np.uint8]]]
) -> Strangers:
    """What is held out of `training_mixture`, given the same."""
    held = [one for one in characters if is_held_out(one)]
    site, writers = ([one for one in held if (one.site == HELD_OUT_SITE) is there] for there in (True, False))
    others = {
        f"{kind}s": [one for one in held if one.kind == kind and one.label not in WRITTEN_LIKE_DIGITS]
        for kind in ("capital", "sign")
    }
    alphabet = [(glyph(ink), NOT_A_DIGIT) for ink in symbols.get(HELD_OUT_ALPHABET, [])]
    return Strangers(
        digits={
            "tablet": _as_written([digit for digit in pens if digit.writer in HELD_OUT_WRITERS]),
            "site": _as_written(pen_digits(site)),
            "writers": _as_written(pen_digits(writers)),
        },
        others={
            HELD_OUT_ALPHABET: _examples(alphabet),
            **{name: _as_written([_pen_digit(one, NOT_A_DIGIT) for one in some]) for name, some in others.items()},
        },
    )


def is_held_out(one: Character) -> bool:
    """Whether it is by somebody of whom nothing is learned."""
    return one.site == HELD_OUT_SITE or one.writer % ONE_IN == ONE_IN - 1


def together(*parts: Examples) -> Examples:
    """All of them, one after another."""
    return Examples(np.concatenate([part.glyphs for part in parts]), np.concatenate([part.labels for part in parts]))


def pen_digits(characters: Iterable[Character]) -> list[PenDigit]:
    """The digits among characters, those that are mislabelled left out, in the tablet's units."""
    return [_pen_digit(one, int(one.label)) for one in characters if one.kind == "digit" and not is_mislabelled(one)]


def _pen_digit(one: Character, label: int) -> PenDigit:
    points = np.concatenate(one.strokes)
    size = float(np.ptp(points, axis=0).max()) or 1.0
    strokes = tuple((stroke - points.min(axis=0)) * (FILLED * BOX / size) for stroke in one.strokes)
    return PenDigit(label, one.writer, strokes)


def _as_written(digits: Sequence[PenDigit]) -> Examples:
    return _examples(
        (glyph(draw(list(digit.strokes), pen)), digit.label) for digit in digits for pen in VALIDATION_PENS
    )


def _examples(pairs: Iterable[tuple[NDArray[np.uint8], int]]) -> Examples:
    glyphs, labels = [], []
    for seen, label in pairs:
        glyphs.append(seen)
        labels.append(label)
    return Examples(np.array(glyphs, np.uint8).reshape(-1, 28, 28), np.array(labels, np.uint8))
