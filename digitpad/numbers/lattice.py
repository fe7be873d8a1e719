"""Which pieces of a row make which digit: groups of neighbours, each judged by the network, and the best path.

After LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition" (Proceedings of the
IEEE, 1998): candidates for cuts give more parts than there are digits, groups of neighbouring parts are read, and a
path through them says which groups there are. What is cut in the wrong place is no digit, and the network has learned
what is none: halves of digits, pairs, a digit with a part of its neighbour.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import glyph
from digitpad.numbers.cuts import cuts_of, parts_of
from digitpad.numbers.pieces import Piece, joined

Judge = Callable[[NDArray[np.uint8]], NDArray[np.float32]]

WIDE = 1.5  # heights of the row that a digit is wide, at most
NARROW = 0.7  # times as wide as the row is high: what is narrower is one digit, if the network is sure
SURE = 0.9
LEAST = 0.06  # share of a row's height between two cuts, at least
PER_DIGIT = 8  # candidates for cuts
SMALL = 0.3  # heights of the row that what is no digit, but a point, measures, at most
DIGIT_WIDTH = 0.6  # of a row's height


@dataclass(frozen=True)
class Costs:
    """What speaks against a group besides the network, in units of its logarithms."""

    unlike: float = 1.0  # the network's logarithm
    cut: float = 1.0  # each cut through ink
    crossed: float = 2.0  # for each height of the row's in ink that it crosses
    gap: float = 5.0  # for each height of the row's between the pieces of a group
    low: float = 6.0  # for each height of the row's that a digit is lower than half of it
    wide: float = 3.0
    slim: float = 0.0
    speck: float = 0.4  # what is too small for a digit
    other: float = 4.0  # what is no digit, for each digit that would find room in it


COSTS = Costs()


@dataclass(frozen=True, eq=False)
class Part:
    """A piece, or a part of one.

    Attributes:
        piece: the ink.
        source: the number of the piece that it is cut off.
        crossed: the ink that the cut before it crosses, in heights of the row; None where there is no cut.
    """

    piece: Piece
    source: int
    crossed: float | None = None


@dataclass(frozen=True, eq=False)
class Group:
    """Neighbours that may be one digit, or none.

    Attributes:
        start, end: of which parts, the last one not counted in.
        piece: their ink together.
        glyph: uint8 (28, 28).
        probabilities: float32 (11,), as the network gives them.
        cuts: at its left side, 0 or 1.
        crossed: the ink that those cross, in heights of the row.
        gap: between its pieces, in heights of the row.
        size: width and height, in heights of the row.
        is_closed: whether no part of its pieces lies outside.
    """

    start: int
    end: int
    piece: Piece
    glyph: NDArray[np.uint8]
    probabilities: NDArray[np.float32]
    cuts: int
    crossed: float
    gap: float
    size: tuple[float, float]
    is_closed: bool

    def as_digit(self, costs: Costs) -> float:
        """What it costs to take it for a digit."""
        wide, high = self.size
        if wide > WIDE:
            return np.inf
        return (
            costs.unlike * -float(np.log(max(float(self.probabilities[:10].max()), 1e-6)))
            + costs.cut * self.cuts
            + costs.crossed * self.crossed
            + costs.gap * self.gap
            + costs.low * max(0.0, 0.6 - high)
            + costs.wide * max(0.0, wide - 1.0)
            + costs.slim * max(0.0, 0.15 - wide)
        )

    def as_other(self, costs: Costs) -> float:
        """What it costs to take it for no digit."""
        if not self.is_closed:
            return np.inf
        if max(self.size) <= SMALL:
            return costs.speck  # a point, dust, or a bit of a digit: the network can't tell
        room = max(1.0, self.size[0] / DIGIT_WIDTH)
        return costs.other * room - float(np.log(max(float(self.probabilities[10]), 1e-4)))


def groups_of(pieces: list[Piece], height: float, judge: Judge) -> list[Group]:
    """All groups of a row that may be a digit.

    Args:
        pieces: of the row, from left to right.
        height: of its digits, in pixels.
        judge: from glyphs, uint8 (n, 28, 28), to probabilities, float32 (n, 11).
    """
    parts = _parts(pieces, height, judge)
    spans = [
        (start, end)
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
        if end == start + 1 or _width(parts[start:end]) <= WIDE * height or _is_closed(parts, start, end)
    ]
    whole = [joined([part.piece for part in parts[start:end]]) for start, end in spans]
    glyphs = np.stack([glyph(piece.ink) for piece in whole])
    return [
        Group(
            start,
            end,
            piece,
            each,
            shares,
            int(parts[start].crossed is not None),
            parts[start].crossed or 0.0,
            _gap(parts[start:end]) / height,
            (piece.width / height, piece.height / height),
            _is_closed(parts, start, end),
        )
        for (start, end), piece, each, shares in zip(spans, whole, glyphs, judge(glyphs), strict=True)
    ]


def best_path(groups: list[Group], costs: Costs = COSTS) -> list[tuple[Group, bool]]:
    """The groups that together are likeliest, from left to right, each with whether it is a digit."""
    count = max(group.end for group in groups)
    best = np.full(count + 1, np.inf)
    best[0] = 0
    came: dict[int, tuple[Group, bool]] = {}
    for group in groups:
        for is_digit, cost in ((True, group.as_digit(costs)), (False, group.as_other(costs))):
            if best[group.start] + cost < best[group.end]:
                best[group.end] = best[group.start] + cost
                came[group.end] = group, is_digit
    path = []
    while count:
        path.append(came[count])
        count = path[-1][0].start
    return path[::-1]


def _parts(pieces: list[Piece], height: float, judge: Judge) -> list[Part]:
    """The pieces from left to right, those that may be several digits cut wherever that may be."""
    parts: list[Part] = []
    glyphs = np.stack([glyph(piece.ink) for piece in pieces])
    sure = judge(glyphs)[:, :10].max(axis=1) >= SURE
    for source, piece in enumerate(pieces):
        may_be_one = sure[source] and piece.width < NARROW * max(height, piece.height)
        most = round(PER_DIGIT * piece.width / (DIGIT_WIDTH * height))
        cuts = (
            [] if may_be_one or piece.height < 0.4 * height else cuts_of(piece, LEAST * height / piece.height, most)
        )
        crossed = [None, *(cut.crossed * piece.height / height for cut in cuts)]
        found = parts_of(piece, cuts)
        if len(found) != len(crossed):
            crossed = [None] + [0.0] * (len(found) - 1)
        parts += [Part(one, source, ink) for one, ink in zip(found, crossed, strict=True)]
    return sorted(parts, key=lambda part: part.piece.middle)


def _is_closed(parts: list[Part], start: int, end: int) -> bool:
    """Whether some parts are whole pieces."""
    sources = {part.source for part in parts[start:end]}
    return not any(part.source in sources for part in [*parts[:start], *parts[end:]])


def _width(parts: list[Part]) -> int:
    return max(part.piece.right for part in parts) - min(part.piece.left for part in parts)


def _gap(parts: list[Part]) -> float:
    """Pixels of paper between the pieces of which there are parts, from left to right."""
    ends: dict[int, tuple[int, int]] = {}
    for part in parts:
        left, right = ends.get(part.source, (part.piece.left, part.piece.right))
        ends[part.source] = min(left, part.piece.left), max(right, part.piece.right)
    gap, reached = 0, None
    for left, right in sorted(ends.values()):
        gap += max(0, left - reached) if reached is not None else 0
        reached = max(right, reached or right)
    return float(gap)
