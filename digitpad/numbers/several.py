"""Whether what was taken for one digit, or for none, is several."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.models.model import Model
from digitpad.numbers.page import Box, Number
from digitpad.numbers.pieces import pieces_in
from digitpad.numbers.reader import read_pieces

# Confidence in each digit where ink was cut for it: letters of many an alphabet fall into two digits.
SURE = 0.98
LIKELY = 0.6  # confidence in a digit, the geometric mean of all: in parts of scribbles it is less
LOWEST = 0.4  # share of the highest digit's height that each is high: a 5's roof beside it is lower
DASH = 0.8  # share of the highest digit's height that a dash between numbers is wide, at most
CROSSING = 0.5  # share of the wider one's width that two neighbours overlap, at most: the bars of an X do wholly
OVER = 2  # digits, itself counted in, whose middles lie over or under a digit: a 1 may stand below a 7's roof
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
    whole = sum(piece.height >= LOWEST * highest for piece in pieces)
    is_cut = whole < sum(len(number.digits) for number in numbers)
    return are_several(numbers, [piece.box for piece in found.others], is_cut)


def are_several(numbers: Sequence[Number], others: Sequence[Box], is_cut: bool) -> bool:
    """Whether numbers have two digits or more, which are likely ones, with nothing beside them but specks and dashes.

    Args:
        numbers: all that were found.
        others: the boxes of what is no digit.
        is_cut: whether there are more digits than pieces that they were made of.
    """
    digits = [digit for number in numbers for digit in number.digits]
    if len(digits) < 2:
        return False
    heights = [_height(digit.box) for digit in digits]
    cross = any(_cross([digit.box for digit in number.digits]) for number in numbers)
    sure = np.array([digit.reading.confidence for digit in digits])
    are_likely = sure.min() >= SURE if is_cut else np.log(sure.clip(1e-6)).mean() >= np.log(LIKELY)
    are_alike = min(heights) >= LOWEST * max(heights)
    are_alone = all(_height(box) < LOWEST * max(heights) and box[2] - box[0] < DASH * max(heights) for box in others)
    return bool(are_likely and are_alike and are_alone and not cross)


def _cross(boxes: list[Box]) -> bool:
    """Whether the digits of a number lie over each other as no digits do, but the lines of an X or a grid."""
    middles = [(box[0] + box[2]) / 2 for box in boxes]
    if any(sum(box[0] < middle < box[2] for middle in middles) > OVER for box in boxes):
        return True
    return any(_common_width(one, other) > CROSSING for one, other in itertools.pairwise(boxes))


def _common_width(one: Box, other: Box) -> float:
    """How much of the wider box's width lies over or under the other one, as a share."""
    common = min(one[2], other[2]) - max(one[0], other[0])
    return max(0, common) / max(one[2] - one[0], other[2] - other[0])


def _height(box: Box) -> int:
    return box[3] - box[1]
