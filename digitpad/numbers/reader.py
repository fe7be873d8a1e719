"""From pieces of ink to rows of numbers: what is a digit, which stand together, where a point is."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.models.model import Model
from digitpad.numbers.lattice import Group, best_path, groups_of, is_small
from digitpad.numbers.page import Digit, Number
from digitpad.numbers.pieces import Piece
from digitpad.numbers.rows import Row, rows_of
from digitpad.numbers.verifier import verified
from digitpad.numbers.words import APART as WORDS_APART
from digitpad.numbers.words import FEWEST, LEAST, ODDS, letters, likelier_letters, tokens, without_words

APART = 0.8  # heights of a digit between two numbers, at least
USUAL = 1.8  # times as far apart as the digits of the row are two numbers, at least
FURTHEST = 1.6  # heights of a digit between two digits of a number, at most
LOW = 0.6  # share of a digit's height that a point lies below the digits' upper end, at least
TALL = 1.35  # times as high as it is wide is a comma, at least
SLENDER, BELOW = 1.5, 0.05  # or so many times as long as thick, and as many heights below the digit before it


class Found(NamedTuple):
    """What was found in some ink.

    Attributes:
        rows: from top to bottom, of numbers from left to right; boxes in pixels of the ink.
        others: what is no digit.
    """

    rows: list[list[Number]]
    others: list[Piece]


def read_pieces(pieces: list[Piece], model: Model) -> Found:
    """The rows of numbers that pieces of ink make.

    Args:
        pieces: in any order.
        model: which reads.
    """
    rows, others = rows_of(pieces)
    found: list[list[Number]] = []
    for row in rows:
        numbers, rest = read_row(row, model)
        others += rest
        if numbers:
            found.append(numbers)
    return Found(found, others)


def read_row(whole: Row, model: Model) -> tuple[list[Number], list[Piece]]:
    """The numbers of a row, and what of it is no digit."""
    # Strokes lie over each other as no pieces of a picture do, from which the verifier has learned; and a part of a 4
    # is no letter.
    is_drawn = any(piece.strokes for piece in whole.pieces)
    row, words = (whole, []) if is_drawn else without_words(whole, model.at_first_sight)
    if row is None:
        return [], words
    verify = None if is_drawn else verified
    path = best_path(groups_of(row.pieces, row.height, model.at_first_sight, verify))
    numbers, others = _numbers(path, row, model)
    return numbers, words + others


def _numbers(path: list[tuple[Group, bool]], row: Row, model: Model) -> tuple[list[Number], list[Piece]]:
    """The numbers of a row, and what of it is no digit."""
    groups = [group for group, is_digit in path if is_digit]
    if not groups:
        return [], [group.piece for group, _ in path]
    read = model.probabilities(np.stack([group.piece.glyph for group in groups]))
    probabilities = [group.with_verifier(shares) for group, shares in zip(groups, read, strict=True)]
    told = dict(zip(groups, probabilities, strict=True))
    are_letters = _letters([group for group, _ in path], told, row.height)
    path = [(group, is_digit and group not in are_letters) for group, is_digit in path]
    groups = [group for group, is_digit in path if is_digit]
    readings = iter(model.reading(group.piece.glyph, told[group]) for group in groups)
    gaps = [max(0, after.piece.left - before.piece.right) for before, after in itertools.pairwise(groups)]
    usual = USUAL * sorted(gaps)[(len(gaps) - 1) // 2] if len(gaps) > 1 else 0.0
    apart = min(max(APART * row.height, usual), FURTHEST * row.height)
    numbers: list[Number] = []
    others: list[Piece] = []
    digits: list[Digit] = []
    text, point = "", ""
    last: Group | None = None
    for group, is_digit in path:
        if not is_digit:
            is_near = last is not None and group.piece.left - last.piece.right < apart / 2
            sign = _point(group.piece, last, row.height) if last and is_near and not point else ""
            if sign:
                point = sign
            else:
                if digits:
                    numbers.append(_number(text, digits))
                digits, text, point, last = [], "", "", None
                others.append(group.piece)
            continue
        if last is not None and group.piece.left - last.piece.right > apart:
            numbers.append(_number(text, digits))
            digits, text, point = [], "", ""
        reading = next(readings)
        digits.append(Digit(group.piece.box, reading, group.piece.strokes))
        text += (point if digits[:-1] else "") + str(reading.digit)
        point, last = "", group
    if digits:
        numbers.append(_number(text, digits))
    return numbers, others


def _letters(groups: list[Group], told: dict[Group, NDArray[np.float32]], height: float) -> set[Group]:
    """Which groups of a path are letters of words, also of those that were taken for digits.

    Args:
        groups: from left to right.
        told: the probabilities of those that were taken for digits, float32 (11,).
        height: of the row.
    """
    found: set[Group] = set()
    for token in tokens([group.piece for group in groups], WORDS_APART * height):
        some = [groups[place] for place in token]
        likelier = np.zeros(len(some), np.float32)
        for place, group in enumerate(some):
            if group in told:
                [likely, at_sight] = likelier_letters(np.stack([told[group], group.probabilities]))
                # What was cut may be a part of a letter, and is hardly a whole one.
                cut = min(max(likely, np.log(LEAST)), 0.0)
                likelier[place] = min(likely, at_sight) if group.is_closed else cut
            elif not is_small(*group.size):
                likelier[place] = np.log(ODDS[-1])
        are_letters, _ = letters(likelier)
        if are_letters.sum() >= FEWEST:
            found.update(group for group, is_one in zip(some, are_letters, strict=True) if is_one)
    return found


def _number(text: str, digits: Sequence[Digit]) -> Number:
    confidence = float(np.prod([digit.reading.confidence for digit in digits]))
    return Number(text, confidence, tuple(digits))


def _point(piece: Piece, last: Group, height: float) -> str:
    """The decimal point or comma that a piece is, after a digit; empty where it is none."""
    if not is_small(piece.width / height, piece.height / height):
        return ""
    if (piece.top + piece.bottom) / 2 < last.piece.top + LOW * last.piece.height:
        return ""
    goes_below = piece.bottom >= last.piece.bottom + BELOW * height
    return "," if piece.height >= TALL * piece.width or (goes_below and piece.slenderness >= SLENDER) else "."
