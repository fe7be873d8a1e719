"""Words among numbers: signs that stand close together and are likelier letters than digits, the o of a word too.

What the network says of each sign tells how much likelier it is to be a letter. Signs that stand together are all of
a word, or all of a number, but for where one ends and another begins: of the ways to say so the likeliest is taken,
found as by Viterbi, "Error bounds for convolutional codes" (IEEE Transactions on Information Theory, 1967).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.numbers.lattice import LOW, Judge
from digitpad.numbers.pieces import Piece
from digitpad.numbers.rows import Row, digit_height, stacks_of

APART = 0.6  # heights of the row between two words, at least
LETTER = 1.2  # heights of the row that a letter is wide, at most; several digits that touch are wider
# How many times as often letters are taken for each digit as that digit itself is, and for none: counted over the
# capitals of people who may be learned from, and print, each letter as often as in English.
ODDS = np.array([0.97, 0.44, 0.05, 0.01, 0.02, 0.61, 0.06, 0.02, 0.08, 0.08, 150], np.float32)
SHARP = 16  # the power of the probability of none that counts: of strangers' digits many are none, but few surely
LEAST = 0.3  # the same for what was cut: of a letter too a part may be like any digit
ENTER = 5.5  # logarithm of how much likelier letters are, at least, for signs to be a word
CHANGE = 10.0, 6.0  # the same for a word to begin after a digit, and to end before one
PLAIN = 2.5  # the same for one that is plain before anything is cut: a broken digit is no letter either
NEUTRAL = -2.0  # the logarithm for signs that may be letters as well, at least, between words
FEWEST = 2  # signs of a word
FEWEST_IF_PLAIN = 3  # the same before anything is cut


def without_words(row: Row, judge: Judge) -> tuple[Row | None, list[Piece]]:
    """The row without words that are plain as its pieces are, None where nothing else is left; and their pieces.

    Args:
        row: of a page.
        judge: from glyphs, uint8 (n, 28, 28), to probabilities, float32 (n, 11).
    """
    if len(row.pieces) <= FEWEST:
        return row, []
    stacks = stacks_of(row.pieces, row.height)
    signs = sorted(stacks, key=lambda piece: piece.left)
    likelier = likelier_letters(judge(np.stack([piece.glyph for piece in signs])))
    are_large = [sign.height >= LOW * row.height for sign in signs]
    for place, sign in enumerate(signs):
        # A point tells nothing, nor does what may be several digits that touch as well as several letters.
        if not are_large[place] or (sign.width > LETTER * row.height and likelier[place] > 0):
            likelier[place] = 0
    kept: list[list[int]] = []
    words: list[list[int]] = []
    for token in tokens(signs, APART * row.height):
        are_letters, gain = letters(likelier[token])
        is_plain = gain >= PLAIN and sum(are_large[sign] for sign in np.array(token)[are_letters]) >= FEWEST_IF_PLAIN
        words.append([sign for sign, is_one in zip(token, are_letters, strict=True) if is_one and is_plain])
        kept.append([sign for sign, is_one in zip(token, are_letters, strict=True) if not (is_one and is_plain)])
    if not any(words):
        return row, []
    written = [place for place, word in enumerate(words) if word]
    for place, token in enumerate(kept):
        # Between words, what may be a letter as well is one.
        if token and written[0] < place < written[-1] and likelier[token].sum() >= NEUTRAL:
            words[place], kept[place] = words[place] + token, []
    rest, left_out = (
        [piece for some in each for sign in some for piece in stacks[signs[sign]]] for each in (kept, words)
    )
    if not rest:
        return None, left_out
    height = max(digit_height(rest), LOW * row.height)
    return Row(sorted(rest, key=lambda piece: piece.middle), height), left_out


def likelier_letters(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logarithm of how much likelier signs are letters than digits, float32 (n,), from (n, 11)."""
    seen = np.column_stack([probabilities[:, :10], probabilities[:, 10] ** SHARP])
    return np.asarray(np.log(seen.clip(1e-6) @ ODDS), np.float32)


def letters(likelier: NDArray[np.float32]) -> tuple[NDArray[np.bool_], float]:
    """Which signs of a token are letters, bool (n,), and how much likelier that is than that none are.

    Args:
        likelier: float32 (n,), of each sign from left to right, as `likelier_letters` gives it.
    """
    best = np.array([0.0, -np.inf])  # that the last sign is of a number, or of a word
    came = np.zeros((len(likelier), 2), int)
    for place, gain in enumerate(likelier):
        begins, ends = best[0] - (CHANGE[0] if place else ENTER), best[1] - CHANGE[1]
        came[place] = int(ends > best[0]), int(best[1] >= begins)
        best = np.array([max(best[0], ends), max(best[1], begins) + gain])
    is_letter = int(best[1] > best[0])
    total = float(best.max())
    told = np.zeros(len(likelier), bool)
    for place in range(len(likelier) - 1, -1, -1):
        told[place] = is_letter
        is_letter = came[place, is_letter]
    return told, total


def tokens(signs: Sequence[Piece], apart: float) -> list[list[int]]:
    """Which of the signs, given from left to right, stand close together."""
    found: list[list[int]] = []
    reached = -np.inf
    for index, sign in enumerate(signs):
        if sign.left - reached > apart:
            found.append([])
        found[-1].append(index)
        reached = max(reached, sign.right)
    return found
