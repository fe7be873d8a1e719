"""Numbers in the cells of a grid: which ink is in which cell, and what is read in each."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import boxed, centred, glyph
from digitpad.models.model import Model
from digitpad.numbers.cells import Mesh, inked, labels, shares_of
from digitpad.numbers.page import Digit, Number
from digitpad.numbers.pieces import Piece, joined
from digitpad.numbers.reader import Found, read_row
from digitpad.numbers.rows import Row, digit_height, rows_of
from digitpad.reading import Reading

LOW = 0.4  # the same for the only digit of a cell, written smaller than print
LOWEST = 0.6  # share of the height of a grid's digits that those of a cell are high, at least
SMALL = 0.25  # share of the height of a cell's largest piece that its other ones measure, at least
PART = 0.6  # share of its height that what was written beside the only digit of a cell is high, at most
WIDE = 1.3  # times as wide as it is high is one digit, at most
LEASTS = 0.1, 0.3  # share of the strongest ink of a cell that ink has
UNCHANGED = 0.4  # the same where strokes are left as wide as they are
LIKELY = 0.6  # probability of a digit that is one for all that one can tell
SINGLE = 0.75  # share of the cells that hold one digit each, at least, for the others to hold one too
FOREIGN = 0.98  # how surely what stands in one of such cells is no digit, at least, to be none
FEWEST, SURE = 2, 0.9  # digits of a row beside a grid, at least, and how likely each is one
LIKE = 0.75  # share of the height of a grid's digits that those beside it are high, at least; at most its inverse

Cells = list[list[list[Piece]]]


@dataclass(frozen=True, eq=False)
class Candidate:
    """What may be the only digit of a cell.

    Attributes:
        cell: row and column.
        piece: all its ink, or the largest piece of it.
        reading: what the model says of it.
    """

    cell: tuple[int, int]
    piece: Piece
    reading: Reading


def in_cells(pieces: Sequence[Piece], shape: tuple[int, ...], mesh: Mesh) -> tuple[Cells, list[Piece]]:
    """The pieces of each cell, row by row, and those outside.

    Args:
        pieces: in any order.
        shape: of the ink that they are of.
        mesh: float64 (rows + 1, columns + 1, 2), where lines cross.
    """
    cells = labels(shape, mesh)
    rows, columns = len(mesh) - 1, mesh.shape[1] - 1
    found: Cells = [[[] for _ in range(columns)] for _ in range(rows)]
    outside = []
    for piece in pieces:
        number = int(shares_of(piece, cells, rows * columns).argmax())
        if not number:
            outside.append(piece)
            continue
        found[(number - 1) // columns][(number - 1) % columns].append(piece)
    return found, outside


def read_cells(cells: Cells, outside: list[Piece], strength: NDArray[np.float32] | None, model: Model) -> Found:
    """The numbers in the cells of a grid, each row of cells one; and those beside it, if they are as large and sure.

    Args:
        cells: the pieces of each, row by row.
        outside: those of none.
        strength: of the ink, if it is blurred, as `Grid` has it.
        model: which reads.
    """
    height = digit_height([piece for row in cells for cell in row for piece in cell])
    rows, others = _beside(outside, height, model)
    singles = _singles(cells, height, strength, model)
    filled = sum(any(piece.height >= LOWEST * height for piece in cell) for row in cells for cell in row)
    are_single = sum(one.reading.confidence >= LIKELY for one in singles) >= SINGLE * filled
    known = {one.cell: one for one in singles if are_single or one.reading.confidence >= SURE}
    for row, some in enumerate(cells):
        numbers: list[Number] = []
        middles: list[float] = []
        for column, cell in enumerate(some):
            middles += [(piece.top + piece.bottom) / 2 for piece in cell]
            one = known.get((row, column))
            if one is None:
                found = _read_cell(cell, height, model)
                numbers += [number for line in found.rows for number in line]
                others += found.others
            elif one.reading.no_digit > FOREIGN:
                others.append(one.piece)
            else:
                digit = Digit(one.piece.box, one.reading)
                numbers.append(Number(str(one.reading.digit), one.reading.confidence, (digit,)))
        if numbers:
            rows.append((float(np.mean(middles)), numbers))
    return Found([numbers for _, numbers in sorted(rows, key=lambda row: row[0])], others)


def _singles(cells: Cells, height: float, strength: NDArray[np.float32] | None, model: Model) -> list[Candidate]:
    """Of each cell that may hold one digit, what that is: all its ink, or the largest piece alone."""
    places, pieces = [], []
    for row, some in enumerate(cells):
        for column, cell in enumerate(some):
            for piece in _maybe_one(cell, height):
                places.append((row, column))
                pieces.append(piece)
    best: dict[tuple[int, int], Candidate] = {}
    for cell_, piece, reading in zip(places, pieces, _readings(pieces, strength, model), strict=True):
        if cell_ not in best or reading.confidence > best[cell_].reading.confidence:
            best[cell_] = Candidate(cell_, piece, reading)
    return list(best.values())


def _maybe_one(cell: list[Piece], height: float) -> list[Piece]:
    """What of a cell's ink may be its only digit: all of it but specks, or the largest piece alone."""
    if not cell:
        return []
    largest = max(cell, key=lambda piece: piece.mass)
    least = SMALL * max(largest.height, largest.width)
    parts = [piece for piece in cell if max(piece.height, piece.width) >= least]
    is_alone = all(piece.height < PART * largest.height for piece in cell if piece is not largest)
    maybe = [*([joined(parts)] if len(parts) > 1 else []), *([largest] if is_alone else [])]
    return [
        piece for piece in maybe if LOW * height <= piece.height and piece.width <= WIDE * max(piece.height, height)
    ]


def _readings(pieces: list[Piece], strength: NDArray[np.float32] | None, model: Model) -> list[Reading]:
    """What the model says of pieces; of blurred ones in the mean of several ways to tell their ink from the paper."""
    if not pieces:
        return []
    if strength is None:
        ways = [np.stack([piece.glyph for piece in pieces])]
    else:
        parts = [_strength_of(piece, strength) for piece in pieces]
        ways = [np.stack([glyph(inked(part, least)) for part in parts]) for least in LEASTS]
        ways.append(np.stack([_unchanged(inked(part, UNCHANGED)) for part in parts]))
    shares = model.probabilities(np.concatenate(ways)).reshape(len(ways), len(pieces), -1).mean(axis=0)
    return [model.reading(seen, share) for seen, share in zip(ways[0], shares, strict=True)]


def _unchanged(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The glyph of ink whose strokes are left as they are: of blurred ones what lies between them stays."""
    return centred(boxed(ink)) if ink.any() else glyph(ink)


def _strength_of(piece: Piece, strength: NDArray[np.float32]) -> NDArray[np.float32]:
    """The strength of the ink where a piece is, and next to it."""
    own = cv2.dilate(np.pad((piece.ink > 0).astype(np.uint8), 2), np.ones((5, 5), np.uint8))
    part = np.zeros(own.shape, np.float32)
    rows = slice(max(0, piece.top - 2), piece.bottom + 2)
    columns = slice(max(0, piece.left - 2), piece.right + 2)
    some = strength[rows, columns]
    down, across = rows.start - piece.top + 2, columns.start - piece.left + 2
    part[down : down + len(some), across : across + some.shape[1]] = some
    return np.where(own > 0, part, 0).astype(np.float32)


def _read_cell(cell: list[Piece], height: float, model: Model) -> Found:
    """The numbers in a cell that holds several digits, or none."""
    rows, others = rows_of(cell)
    found = []
    for row in rows:
        numbers, rest = read_row(Row(row.pieces, max(row.height, LOWEST * height)), model)
        others += rest
        found.append(numbers)
    return Found(found, others)


def _beside(pieces: list[Piece], height: float, model: Model) -> tuple[list[tuple[float, list[Number]]], list[Piece]]:
    """The rows of sure digits beside a grid, each with its place from top to bottom, and what is none."""
    rows, others = rows_of(pieces)
    kept = []
    for row in rows:
        numbers, rest = read_row(row, model) if LIKE * height <= row.height <= height / LIKE else ([], row.pieces)
        digits = [digit for number in numbers for digit in number.digits]
        if len(digits) >= FEWEST and not rest and min(digit.reading.confidence for digit in digits) >= SURE:
            kept.append((float(np.mean([(digit.box[1] + digit.box[3]) / 2 for digit in digits])), numbers))
        else:
            others += row.pieces
    return kept, others
