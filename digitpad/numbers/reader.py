"""From pieces of ink to rows of numbers: what is a digit, which stand together, where a point is."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from digitpad.models.model import Model
from digitpad.numbers.ink import PageInk
from digitpad.numbers.lattice import Group, best_path, groups_of
from digitpad.numbers.page import Box, Digit, Number
from digitpad.numbers.pieces import Piece, pieces_in
from digitpad.numbers.rows import Row, rows_of
from digitpad.numbers.verifier import verified
from digitpad.numbers.words import without_words
from digitpad.reading import Reading, Verdict

APART = 0.8  # heights of a digit between two numbers, at least
USUAL = 1.8  # times as far apart as the digits of the row are two numbers, at least
FURTHEST = 1.6  # heights of a digit between two digits of a number, at most
POINT = 0.3  # share of a digit's height that a decimal point or comma measures, at most
LOW = 0.6  # share of a digit's height that a point lies below the digits' upper end, at least
TALL = 1.35  # times as high as it is wide is a comma, at least
FEW_SIGNS = 4  # fewer tell nothing of which way up a page is
UPRIGHT, TURNED = 0.7, 0.85  # share of what is on a page that is surely a digit, at least, as it is, and once turned

InPicture = tuple[tuple[tuple[Number, ...], ...], tuple[Box, ...]]


class Found(NamedTuple):
    """What was found in some ink.

    Attributes:
        rows: from top to bottom, of numbers from left to right; boxes in pixels of the ink.
        others: what is no digit.
    """

    rows: list[list[Number]]
    others: list[Piece]


def read_page(page: PageInk, model: Model) -> InPicture:
    """What `read_upright` finds; of a page that lies on its side, what it finds once that is turned."""
    upright = read_pieces(pieces_in(page.ink), model)
    if _signs(upright) < FEW_SIGNS or _share_sure(upright) >= UPRIGHT:
        return _in_picture(upright, page)
    for turned in (page.turned(to_the_left=True), page.turned(to_the_left=False)):
        found = read_pieces(pieces_in(turned.ink), model)
        if _share_sure(found) >= TURNED:
            return _in_picture(found, turned)
    return _in_picture(upright, page)


def read_upright(page: PageInk, model: Model) -> InPicture:
    """The rows of numbers on a page, and what is no digit, in pixels of the picture."""
    return _in_picture(read_pieces(pieces_in(page.ink), model), page)


def _share_sure(found: Found) -> float:
    """Of all that there is, how much is surely a digit; of a page on its side, little."""
    digits = [digit for row in found.rows for number in row for digit in number.digits]
    return sum(digit.reading.verdict is Verdict.DIGIT for digit in digits) / max(1, _signs(found))


def _signs(found: Found) -> int:
    """Digits, and what is none."""
    return sum(len(number.digits) for row in found.rows for number in row) + len(found.others)


def _in_picture(found: Found, page: PageInk) -> InPicture:
    rows = tuple(tuple(_moved(number, page) for number in row) for row in found.rows)
    return rows, tuple(page.in_picture(piece.box) for piece in found.others)


def _moved(number: Number, page: PageInk) -> Number:
    return replace(number, digits=tuple(replace(digit, box=page.in_picture(digit.box)) for digit in number.digits))


def read_pieces(pieces: list[Piece], model: Model) -> Found:
    """The rows of numbers that pieces of ink make.

    Args:
        pieces: in any order.
        model: which reads.
    """
    rows, others = rows_of(pieces)
    found: list[list[Number]] = []
    for whole in rows:
        row, words = without_words(whole, model.at_first_sight)
        others += words
        if row is None:
            continue
        # Strokes lie over each other as no pieces of a picture do, from which the verifier has learned.
        verify = None if any(piece.strokes for piece in row.pieces) else verified
        path = best_path(groups_of(row.pieces, row.height, model.at_first_sight, verify))
        numbers, rest = _numbers(path, row, model)
        others += rest
        if numbers:
            found.append(numbers)
    return Found(found, others)


def _numbers(path: list[tuple[Group, bool]], row: Row, model: Model) -> tuple[list[Number], list[Piece]]:
    """The numbers of a row, and what of it is no digit."""
    groups = [group for group, is_digit in path if is_digit]
    if not groups:
        return [], [group.piece for group, _ in path]
    read = model.probabilities(np.stack([group.piece.glyph for group in groups]))
    probabilities = [group.with_verifier(shares) for group, shares in zip(groups, read, strict=True)]
    readings = iter(
        Reading.of(group.piece.glyph, shares, model.not_a_digit_above, model.unsure_above)
        for group, shares in zip(groups, probabilities, strict=True)
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
