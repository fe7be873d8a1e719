"""Glyphs of all that is no digit."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad.glyphs.glyph import glyph
from digitpad.training.data.appearance import any_pen, drawn
from digitpad.training.data.hands import swung, vary
from digitpad.training.data.others import (
    any_of,
    half,
    halves,
    letter,
    like_a_digit,
    piece,
    scribble,
    side_by_side,
    turned,
    variants,
)
from digitpad.training.data.strokes import PenDigit, draw
from digitpad.training.data.typeset import letter_of_print
from digitpad.training.data.unipen import Character

VARIANTS = 6  # of every symbol
WRITTEN = 3  # drawings of every capital and sign
HALVES, LETTERS, PIECES, PAIRS, SCRIBBLES, TURNED = 4_000, 10_000, 2_000, 4_000, 2_000, 4_000
CUT, PRINTED = 5_000, 6_000

# What anybody would take for a digit, in one hand or another.
LIKE_DIGITS = frozenset("OIZSBGQD" + "/|\\'`,.()")


def no_digits(
    pens: Sequence[PenDigit],
    characters: Iterable[Character],
    symbols: Sequence[NDArray[np.uint8]],
    rng: np.random.Generator,
) -> list[NDArray[np.uint8]]:
    """What is to be turned away.

    Args:
        pens: digits, which are turned, cut and put side by side.
        characters: capitals and signs; what looks like a digit is left out.
        symbols: the ink of drawings of symbols, uint8 (H, W).
        rng: decides what is left to chance.

    Returns:
        glyphs, uint8 (28, 28), each with some ink.
    """
    seen = [view for ink in tqdm(symbols, "Symbols") for view in variants(ink, VARIANTS, rng)]
    made = [glyph(view) for view in seen if not like_a_digit(view)]
    if symbols:
        pairs = rng.integers(0, len(symbols), (HALVES, 2))
        made += [glyph(halves(symbols[i], symbols[j], rng)) for i, j in tqdm(pairs, "Halves of symbols")]
    for written in tqdm([one for one in characters if one.label not in LIKE_DIGITS], "Capitals and signs"):
        for turn in range(WRITTEN):
            strokes = list(written.strokes)
            if turn:
                strokes = vary(tuple(swung(strokes, rng) if turn % 2 else strokes), rng)
            made.append(glyph(drawn(strokes, rng)))
    made += [glyph(letter_of_print(rng)) for _ in tqdm(range(PRINTED), "Printed letters")]
    made += [glyph(drawn(letter(rng), rng)) for _ in tqdm(range(LETTERS), "Invented letters")]
    made += [glyph(drawn(scribble(rng), rng)) for _ in range(SCRIBBLES)]
    if pens:
        made += [glyph(drawn(piece(any_of(pens, rng), rng), rng)) for _ in tqdm(range(PIECES), "Pieces of digits")]
        lying = [digit for digit in pens if digit.label > 1]
        for _ in tqdm(range(TURNED), "Digits on their side"):
            made.append(glyph(drawn(turned(any_of(lying, rng), rng), rng)))
        for _ in tqdm(range(CUT), "Halves of digits"):
            made.append(glyph(half(any_of(pens, rng), any_pen(rng), rng)))
        for _ in tqdm(range(PAIRS), "Two digits at once"):
            both = side_by_side(any_of(pens, rng), any_of(pens, rng), rng)
            made.append(glyph(draw(both, any_pen(rng) / 2 + 1)))
    return [one for one in made if one.any()]
