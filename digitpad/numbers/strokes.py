"""Numbers as they were drawn: digits that touch or overlap come apart where the pen was lifted."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.strokes import Stroke, draw
from digitpad.models.model import Model
from digitpad.numbers.page import Box, Number
from digitpad.numbers.parts import WIDE
from digitpad.numbers.pieces import Piece, pieces_in, trimmed
from digitpad.numbers.reader import read_pieces
from digitpad.numbers.rows import digit_height

DIGIT = 64  # pixels that most strokes are high as ink, three for each of a glyph's
LARGEST = 2000  # pixels of the ink's longer side, at most
MOST = 200  # strokes; of more a hand has drawn no number, but a picture
CROWDED = 600  # pairs of strokes near enough to be one digit: a row of digits has a tenth of them, shading has more


def read_strokes(strokes: Sequence[Stroke], model: Model) -> tuple[tuple[tuple[Number, ...], ...], tuple[Box, ...]]:
    """The rows of numbers in a drawing, and what is no digit, in whole units of the canvas.

    Args:
        strokes: in the order in which they were made.
        model: which reads.

    Returns:
        both empty where there are too many strokes, or they stand too close to tell which belong together.
    """
    drawn = [stroke for stroke in strokes if not stroke.erases]
    if not 0 < len(drawn) <= MOST:
        return (), ()
    reach = max(max(stroke.widths) for stroke in drawn) / 2 + 1
    points = np.concatenate([stroke.places for stroke in drawn])
    origin, far = points.min(axis=0) - reach, points.max(axis=0) + reach
    heights = [float(np.ptp(stroke.places[:, 1])) + max(stroke.widths) for stroke in drawn]
    scale = min(DIGIT / float(np.percentile(heights, 75)), LARGEST / float((far - origin).max()))
    pieces = _pieces(strokes, origin, reach, scale)
    if _are_crowded(pieces):
        return (), ()
    found = read_pieces(pieces, model)

    def on_canvas(box: Box) -> Box:
        low, high = np.array(box[:2]) / scale + origin, np.array(box[2:]) / scale + origin
        left, top, right, bottom = (int(place) for place in (*np.floor(low), *np.ceil(high)))
        return left, top, right, bottom

    rows = tuple(
        tuple(
            replace(number, digits=tuple(replace(digit, box=on_canvas(digit.box)) for digit in number.digits))
            for number in row
        )
        for row in found.rows
    )
    return rows, tuple(on_canvas(piece.box) for piece in found.others)


def _pieces(strokes: Sequence[Stroke], origin: NDArray[np.float64], reach: float, scale: float) -> list[Piece]:
    """The ink of each stroke, less what was erased later; in parts where it was erased in the middle."""
    pieces: list[Piece] = []
    for place, stroke in enumerate(strokes):
        if stroke.erases:
            continue
        corner = np.floor((stroke.places.min(axis=0) - reach - origin) * scale)
        wide, high = (np.ceil((stroke.places.max(axis=0) + reach - origin) * scale) + 1 - corner).astype(int)
        ink = np.zeros((high, wide), np.uint8)
        later = [eraser for eraser in strokes[place + 1 :] if eraser.erases]
        draw(ink, [stroke, *later], origin + corner / scale, scale, ink=255)
        left, top = int(corner[0]), int(corner[1])
        if later:
            parts = pieces_in(ink)
            pieces += [Piece(part.left + left, part.top + top, part.ink, (place,)) for part in parts]
        elif (piece := trimmed(left, top, ink, (place,))) is not None:
            pieces.append(piece)
    return pieces


def _are_crowded(pieces: Sequence[Piece]) -> bool:
    """Whether so many strokes stand at one place that no digits can be told apart, as where a surface was shaded."""
    reach = WIDE * digit_height(list(pieces))
    left, right = np.array([(piece.left, piece.right) for piece in pieces], float).reshape(-1, 2).T
    top, bottom = np.array([(piece.top, piece.bottom) for piece in pieces], float).reshape(-1, 2).T
    across = np.maximum.outer(right, right) - np.minimum.outer(left, left)
    apart = np.maximum.outer(top, top) - np.minimum.outer(bottom, bottom)
    return bool(((across <= reach) & (apart <= reach)).sum() > CROWDED + len(pieces))
