"""Pieces of ink: what hangs together, and what is cut off from it."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import glyph
from digitpad.numbers.page import Box
from digitpad.stopping import end_if_over

ROUND = 0.6  # of a blot, its depth as a share of its longer side
INKED = 96  # of 255: what hangs together by less does not


@dataclass(frozen=True, eq=False)
class Piece:
    """Some ink, in the place where it was found.

    Attributes:
        left, top: its place in the whole ink, in pixels.
        ink: uint8 (H, W), 255 on 0, without empty rows and columns at its sides.
        strokes: which strokes of a drawing it is made of, by their places in it; none for a picture.
    """

    left: int
    top: int
    ink: NDArray[np.uint8]
    strokes: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """Of its box, in pixels."""
        return int(self.ink.shape[1])

    @property
    def height(self) -> int:
        """Of its box, in pixels."""
        return int(self.ink.shape[0])

    @property
    def right(self) -> int:
        """The first column right of it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Of its box, from left to right."""
        return self.left + self.width / 2

    @property
    def box(self) -> Box:
        """Where it is."""
        return self.left, self.top, self.right, self.bottom

    @cached_property
    def glyph(self) -> NDArray[np.uint8]:
        """What a network sees of it: uint8 (28, 28)."""
        end_if_over()  # most of the time goes into glyphs
        return glyph(self.ink)

    @cached_property
    def is_blot(self) -> bool:
        """Whether it is nearly as deep as it is wide, as is left where two faint lines cross; a digit has strokes."""
        mask = np.pad((self.ink >= INKED).astype(np.uint8), 1)
        deepest = float(cv2.distanceTransform(mask, cv2.DIST_L2, 5).max())
        return 2 * deepest >= ROUND * max(self.width, self.height)

    @cached_property
    def slenderness(self) -> float:
        """How many times as long as it is thick it is, whichever way it lies: 1 for a round dot, or a lone pixel."""
        rows, columns = np.nonzero(self.ink >= INKED)
        if len(rows) < 2:
            return 1.0
        thin, long = np.linalg.eigvalsh(np.cov(rows, columns) + np.eye(2) / 12)  # a pixel is no point
        return float(np.sqrt(long / thin))

    @cached_property
    def mass(self) -> int:
        """Its ink, in pixels that are wholly inked."""
        return int(self.ink.sum(dtype=np.int64) // 255)


def pieces_in(ink: NDArray[np.uint8]) -> list[Piece]:
    """The pieces that hang together, each with its soft edge.

    Args:
        ink: uint8 (H, W), 255 on 0.
    """
    mask = (ink >= INKED).astype(np.uint8)
    _, labels, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    high, wide = ink.shape
    for number in range(1, len(sizes)):
        left, top, width, height, _ = (int(figure) for figure in sizes[number])
        rows = slice(max(0, top - 1), min(high, top + height + 1))
        columns = slice(max(0, left - 1), min(wide, left + width + 1))
        own = (labels[rows, columns] == number).astype(np.uint8)
        near = np.asarray(cv2.dilate(own, np.ones((3, 3), np.uint8)), np.uint8)
        near[(labels[rows, columns] != number) & (labels[rows, columns] > 0)] = 0
        piece = trimmed(columns.start, rows.start, ink[rows, columns] * near)
        if piece is not None:
            found.append(piece)
    return found


def trimmed(left: int, top: int, ink: NDArray[np.uint8], strokes: tuple[int, ...] = ()) -> Piece | None:
    """A piece of all the ink at a place; None where there is none."""
    right, down, width, height = cv2.boundingRect(ink)
    if not width:
        return None
    part = np.ascontiguousarray(ink[down : down + height, right : right + width])
    return Piece(left + right, top + down, part, strokes)


def joined(pieces: "list[Piece] | tuple[Piece, ...]") -> Piece:
    """Several pieces as one."""
    if len(pieces) == 1:
        return pieces[0]
    left, top = min(piece.left for piece in pieces), min(piece.top for piece in pieces)
    right, bottom = max(piece.right for piece in pieces), max(piece.bottom for piece in pieces)
    ink = np.zeros((bottom - top, right - left), np.uint8)
    for piece in pieces:
        place = ink[piece.top - top : piece.bottom - top, piece.left - left : piece.right - left]
        np.maximum(place, piece.ink, out=place)
    strokes = tuple(sorted({stroke for piece in pieces for stroke in piece.strokes}))
    return Piece(left, top, ink, strokes)
