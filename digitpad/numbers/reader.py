"""From pieces of ink to rows of numbers: what is a digit, which stand together, where a point is."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from digitpad.models.model import Model
from digitpad.numbers.lattice import Group, best_path, groups_of
from digitpad.numbers.page import Digit, Number
from digitpad.numbers.pieces import Piece
from digitpad.numbers.rows import Row, rows_of
from digitpad.numbers.verifier import verified
from digitpad.numbers.words import without_words

APART = 0.8  # heights of a digit between two numbers, at least
USUAL = 1.8  # times as far apart as the digits of the row are two numbers, at least
FURTHEST = 1.6  # heights of a digit between two digits of a number, at most
POINT = 0.3  # share of a digit's height that a decimal point or comma measures, at most
LOW = 0.6  # share of a digit's height that a point lies below the digits' upper end, at least
TALL = 1.35  # times as high as it is wide is a comma, at least


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
    row, words = without_words(whole, model.at_first_sight)
    if row is None:
        return [], words
    # Strokes lie over each other as no pieces of a picture do, from which the verifier has learned.
    verify = None if any(piece.strokes for piece in row.pieces) else verified
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
    readings = iter(
        model.reading(group.piece.glyph, shares) for group, shares in zip(groups, probabilities, strict=True)
    )
    gaps = [max(0, after.piece.left - before.piece.right) for before, after in itertools.pairwise(groups)]
    usual = USUAL * float(np.median(gaps)) if len(gaps) > 1 else 0.0
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


def _number(text: str, digits: Sequence[Digit]) -> Number:
    confidence = float(np.prod([digit.reading.confidence for digit in digits]))
    return Number(text, confidence, tuple(digits))


def _point(piece: Piece, last: Group, height: float) -> str:
    """The decimal point or comma that a piece is, after a digit; empty where it is none."""
    if max(piece.width, piece.height) > POINT * height * (1.4 if piece.height > piece.width else 1):
        return ""
    if (piece.top + piece.bottom) / 2 < last.piece.top + LOW * last.piece.height:
        return ""
    return "," if piece.height >= TALL * piece.width else "."
