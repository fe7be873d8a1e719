"""Whether what was taken for one digit, or for none, is several."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.models.model import Model
from digitpad.numbers.page import Box, Number
from digitpad.numbers.pieces import pieces_in
from digitpad.numbers.reader import read_pieces

LIKELY = (
    0.5  # confidence in a digit, in the geometric mean of all: signs and scribbles that fall into digits have less
)
# Confidence in each digit, where nothing tells how it was drawn: letters of many an alphabet fall into two digits.
SURE = 0.98
LOWEST = 0.4  # share of the highest digit's height that each is high: a 5's roof beside it is lower
CROSSING = 0.5  # share of the wider one's width that two neighbours overlap, at most: the bars of an X do wholly
MOST = 40  # pieces of ink, of which no more than the digits of a few numbers are
WIDEST = 3.0  # times as wide as the highest piece is high is one of digits that touch, at most
ALONE = 1.0  # times as wide as it is high is a lone one, at least


def shows_several(ink: NDArray[np.uint8], model: Model) -> bool:
    """Whether ink shows several digits, one beside the other or in rows, and little else.

    Args:
        ink: uint8 (H, W), 255 on 0.
        model: which reads, and knows what is no digit.
    """
    pieces = pieces_in(ink)
    if not 0 < len(pieces) <= MOST:
        return False
    highest, widest = max(piece.height for piece in pieces), max(piece.width for piece in pieces)
    if widest > WIDEST * highest or (len(pieces) == 1 and widest < ALONE * highest):
        return False
    found = read_pieces(pieces, model)
    numbers = [number for row in found.rows for number in row]
    surest = min((digit.reading.confidence for number in numbers for digit in number.digits), default=0.0)
    return surest >= SURE and are_several(numbers, [piece.box for piece in found.others])


def are_several(numbers: Sequence[Number], others: Sequence[Box]) -> bool:
    """Whether numbers have two digits or more, which are likely ones, with nothing beside them but specks.

    Args:
        numbers: all that were found.
        others: the boxes of what is no digit.
    """
    digits = [digit for number in numbers for digit in number.digits]
    if len(digits) < 2:
        return False
    heights = [_height(digit.box) for digit in digits]
    pairs = (pair for number in numbers for pair in itertools.pairwise(number.digits))
    cross = any(_common_width(one.box, other.box) > CROSSING for one, other in pairs)
    likely = np.exp(np.mean([np.log(max(digit.reading.confidence, 1e-6)) for digit in digits]))
    are_alike = min(heights) >= LOWEST * max(heights)
    are_alone = all(_height(box) < LOWEST * max(heights) for box in others)
    return bool(likely >= LIKELY and are_alike and are_alone and not cross)


def _common_width(one: Box, other: Box) -> float:
    """How much of the wider box's width lies over or under the other one, as a share."""
    common = min(one[2], other[2]) - max(one[0], other[0])
    return max(0, common) / max(one[2] - one[0], other[2] - other[0])


def _height(box: Box) -> int:
    return box[3] - box[1]
