"""Words among numbers: where most of what stands close together is letters, all of it is none of ours."""

import numpy as np

from digitpad.numbers.lattice import LOW, Judge
from digitpad.numbers.pieces import Piece
from digitpad.numbers.rows import Row, stacks_of

APART = 0.6  # heights of the row between two words, at least
LETTER = 1.2  # heights of the row that a letter is wide, at most; several digits that touch are wider
FEWEST = 3  # letters of a word, and of what else stands in its row, at least half


def without_words(row: Row, judge: Judge) -> tuple[Row | None, list[Piece]]:
    """The row without its words, None where nothing else is left, and what they are made of.

    Args:
        row: of a page.
        judge: from glyphs, uint8 (n, 28, 28), to probabilities, float32 (n, 11).
    """
    if len(row.pieces) < FEWEST:
        return row, []
    stacks = stacks_of(row.pieces, row.height)
    signs = sorted(stacks, key=lambda piece: piece.left)
    none = judge(np.stack([piece.glyph for piece in signs]))[:, 10] > 0.5
    are_large = [piece.height >= LOW * row.height for piece in signs]
    are_letters = [
        bool(is_none) and is_large and piece.width <= LETTER * row.height
        for piece, is_none, is_large in zip(signs, none, are_large, strict=True)
    ]
    if sum(are_letters) < FEWEST:
        return row, []
    kept: list[Piece] = []
    words: list[Piece] = []
    for token in _tokens(signs, APART * row.height):
        letters, large = (sum(some[index] for index in token) for some in (are_letters, are_large))
        is_word = letters >= FEWEST and 2 * letters >= large
        (words if is_word else kept).extend(piece for index in token for piece in stacks[signs[index]])
    # In a row of words, what looks like a digit alone is a letter too.
    if not kept or sum(are_letters) >= max(2 * FEWEST, 0.5 * sum(are_large)):
        return None, [*words, *kept]
    return Row(sorted(kept, key=lambda piece: piece.middle), row.height), words


def _tokens(signs: list[Piece], apart: float) -> list[list[int]]:
    """Which of the signs, given from left to right, stand close together."""
    tokens: list[list[int]] = []
    reached = -np.inf
    for index, sign in enumerate(signs):
        if sign.left - reached > apart:
            tokens.append([])
        tokens[-1].append(index)
        reached = max(reached, sign.right)
    return tokens
