"""Whole pages: tables, pages that lie on their side or upside down, and boxes in pixels of the picture."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad.models.model import Model
from digitpad.numbers.ink import PageInk
from digitpad.numbers.page import Box, Number
from digitpad.numbers.pieces import Piece, pieces_in
from digitpad.numbers.reader import Found, read_pieces
from digitpad.numbers.rows import digit_height
from digitpad.numbers.tables import in_cells, read_cells
from digitpad.reading import Verdict

FEW_SIGNS = 4  # fewer tell nothing of which way up a page is
TURNED = 0.85  # share of what is on a page that is surely a digit, at least, once it is turned
LARGE = 0.5  # heights of a digit that a piece is long which may be one
PLAIN = 6.0  # logarithm of how much likelier all of them are digits on a page that is turned, at least
SUREST = 0.01  # probability that is taken for the least that something is a digit

InPicture = tuple[tuple[tuple[Number, ...], ...], tuple[Box, ...]]


def read_page(page: PageInk, model: Model) -> InPicture:
    """What `read_upright` finds; of a page that plainly lies on its side or upside down, once that is turned.

    Only what the network takes for no digit tells: a 4 that stands on its head is none, an 8 is still an 8.
    """
    pieces = pieces_in(page.ink)
    upright = _read(page, pieces, model)
    if _signs(upright) >= FEW_SIGNS and _may_be_turned(upright):
        quarters, gain = _best_turn(pieces, model)
        if gain >= PLAIN:
            turned = page.turned(quarters)
            found = _read(turned, pieces_in(turned.ink), model)
            if _share_sure(found) >= max(TURNED, _share_sure(upright)):
                return _in_picture(found, turned)
    return _in_picture(upright, page)


def read_upright(page: PageInk, model: Model) -> InPicture:
    """The rows of numbers on a page, and what is no digit, in pixels of the picture."""
    return _in_picture(_read(page, pieces_in(page.ink), model), page)


def _read(page: PageInk, pieces: list[Piece], model: Model) -> Found:
    """The rows of numbers that the pieces on a page make; of a grid each row of cells is one."""
    if page.grid is None:
        return read_pieces(pieces, model)
    cells, outside = in_cells(pieces, page.ink.shape, page.grid.mesh)
    return read_cells(cells, outside, page.grid.strength, model)


def _may_be_turned(found: Found) -> bool:
    """Whether so much on a page seems to be no digit that it may be plainer once it is turned."""
    none = [digit.reading.no_digit for row in found.rows for number in row for digit in number.digits]
    return float(_likelihood(np.array([*none, *[1.0] * len(found.others)]))) <= -PLAIN


def _best_turn(pieces: list[Piece], model: Model) -> tuple[int, float]:
    """By how many quarters to the left pieces are likeliest digits, and the logarithm of how much likelier so."""
    height = digit_height(pieces)
    large = [piece.glyph for piece in pieces if max(piece.height, piece.width) >= LARGE * height]
    if not large:
        return 0, 0.0
    glyphs = np.stack(large)
    turns = [np.ascontiguousarray(np.rot90(glyphs, quarters, axes=(1, 2))) for quarters in range(4)]
    none = model.at_first_sight(np.concatenate(turns))[:, 10].reshape(len(turns), -1)
    likelihoods = _likelihood(none)
    best = int(likelihoods.argmax())
    return best, float(likelihoods[best] - likelihoods[0])


def _likelihood(none: NDArray[np.floating]) -> NDArray[np.floating]:
    """The logarithm of how likely all signs are digits, from the probabilities that each is none, (..., n)."""
    return np.asarray(np.log((1 - none).clip(SUREST, 1)).sum(axis=-1))


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
