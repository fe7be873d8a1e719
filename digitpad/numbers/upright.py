"""Whole pages: tables, pages that lie on their side, and boxes in pixels of the picture."""

from dataclasses import replace

import numpy as np

from digitpad.models.model import Model
from digitpad.numbers.ink import PageInk
from digitpad.numbers.page import Box, Number
from digitpad.numbers.pieces import pieces_in
from digitpad.numbers.reader import Found, read_pieces
from digitpad.numbers.rows import digit_height
from digitpad.numbers.tables import in_cells, read_cells
from digitpad.reading import UNSURE_BELOW, Verdict

FEW_SIGNS = 4  # fewer tell nothing of which way up a page is
UPRIGHT, TURNED = 0.7, 0.85  # share of what is on a page that is surely a digit, at least, as it is, and once turned
LARGE = 0.5  # heights of a digit that a piece is high which may be one
WORTH_A_LOOK = 0.5  # share of such pieces that are a digit at first sight, at least, for a turned page to be read

InPicture = tuple[tuple[tuple[Number, ...], ...], tuple[Box, ...]]


def read_page(page: PageInk, model: Model) -> InPicture:
    """What `read_upright` finds; of a page that lies on its side, what it finds once that is turned."""
    upright = _read(page, model)
    if _signs(upright) < FEW_SIGNS or _share_sure(upright) >= UPRIGHT:
        return _in_picture(upright, page)
    for turned in (page.turned(to_the_left=True), page.turned(to_the_left=False)):
        if _glance(turned, model) < WORTH_A_LOOK:
            continue
        found = _read(turned, model)
        if _share_sure(found) >= TURNED:
            return _in_picture(found, turned)
    return _in_picture(upright, page)


def read_upright(page: PageInk, model: Model) -> InPicture:
    """The rows of numbers on a page, and what is no digit, in pixels of the picture."""
    return _in_picture(_read(page, model), page)


def _read(page: PageInk, model: Model) -> Found:
    """The rows of numbers on a page; of a grid each row of cells is one."""
    pieces = pieces_in(page.ink)
    if page.grid is None:
        return read_pieces(pieces, model)
    cells, outside = in_cells(pieces, page.ink.shape, page.grid.mesh)
    return read_cells(cells, outside, page.grid.strength, model)


def _glance(page: PageInk, model: Model) -> float:
    """How much of the pieces that are as high as a digit is one, as they are: a part of what `_read` takes."""
    pieces = pieces_in(page.ink)
    height = digit_height(pieces)
    large = [piece.glyph for piece in pieces if piece.height >= LARGE * height]
    if not large:
        return 0.0
    digits = model.at_first_sight(np.stack(large))[:, :10].max(axis=1)
    return float((digits >= UNSURE_BELOW).mean())


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
