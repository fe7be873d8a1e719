"""One number in a box that a person drew: a little tight or generous, with parts of its neighbours inside."""

import numpy as np
from numpy.typing import NDArray

from digitpad.models.model import Model
from digitpad.numbers.ink import PageInk
from digitpad.numbers.page import Box, Number
from digitpad.numbers.pieces import Piece, joined, pieces_in, trimmed
from digitpad.numbers.upright import read_upright

AROUND = 0.5  # heights of the box around it that are looked at too: a digit may stick out of it
OUT = 0.3  # heights of the box that a piece may stick out of it, at most, to be meant whole
MOSTLY = 0.4  # share of its ink that lies in the box, at least, for that
HIGH = 0.5  # share of the box's height that a part is high which is meant without the rest of its piece, at least
WIDE = 0.4  # and wide, unless there is nothing else: what is not is the side of a neighbour


def read_box(page: PageInk, box: Box, model: Model) -> Number | None:
    """The number in a box; None where there is none.

    Args:
        page: the ink of the picture.
        box: left, top, right and bottom, in pixels of the picture.
        model: which reads.
    """
    meant = _meant(page, box)
    if meant is None:
        return None
    found = [number for row in read_upright(meant, model)[0] for number in row]
    if not found:
        return None
    confidence = float(np.prod([number.confidence for number in found]))
    digits = tuple(digit for number in found for digit in number.digits)
    return Number("".join(number.text for number in found), confidence, digits)


def _meant(page: PageInk, box: Box) -> PageInk | None:
    """The ink that is meant by a box; None where there is none."""
    to_ink = np.asarray(np.linalg.inv(page.matrix), np.float64)
    left, top, right, bottom = PageInk(page.ink, to_ink).in_picture(box)
    margin = round(AROUND * (bottom - top))
    across, down = max(0, left - margin), max(0, top - margin)
    near = page.ink[down : max(0, bottom + margin), across : max(0, right + margin)]
    inside = (left - across, top - down, right - across, bottom - down)
    pieces = _parts(near, inside)
    if not pieces:
        return None
    whole = joined(pieces)
    to_page = np.array([[1.0, 0, across + whole.left], [0, 1, down + whole.top], [0, 0, 1]])
    return PageInk(whole.ink, page.matrix @ to_page)


def _parts(ink: NDArray[np.uint8], box: Box) -> list[Piece]:
    """What is meant of the pieces in some ink: those that lie in a box, and of larger ones their parts in it."""
    left, top, right, bottom = box
    high = bottom - top
    whole, cut_off = [], []
    for piece in pieces_in(ink) if ink.size else []:
        columns = slice(max(0, left - piece.left), max(0, right - piece.left))
        rows = slice(max(0, top - piece.top), max(0, bottom - piece.top))
        part = trimmed(piece.left + columns.start, piece.top + rows.start, piece.ink[rows, columns])
        if part is None:
            continue
        out = max(left - piece.left, top - piece.top, piece.right - right, piece.bottom - bottom)
        if out <= OUT * high and part.mass >= MOSTLY * piece.mass:
            whole.append(piece)
        elif part.height >= HIGH * high:
            cut_off.append(part)
    wide = [part for part in cut_off if part.width >= WIDE * high]
    return whole + wide or cut_off
