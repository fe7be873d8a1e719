"""Which pieces of a row make which digit: groups of neighbours, each judged by the network, and the best path.

After LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition" (Proceedings of the
IEEE, 1998): candidates for cuts give more parts than there are digits, groups of neighbouring parts are read, and a
path through them says which groups there are. What is cut in the wrong place is no digit, and the network has learned
what is none: halves of digits, pairs, a digit with a part of its neighbour.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.numbers.cuts import cuts_of, parts_of
from digitpad.numbers.pieces import Piece, joined

Judge = Callable[[NDArray[np.uint8]], NDArray[np.float32]]

WIDE = 1.5  # heights of the row that a digit is wide, at most
BROAD = 1.3  # times as wide as the row is high: what is narrower is one digit, if the network is sure
SURE = 0.98
LOW = 0.4  # share of a row's height that what is lower is not cut
CLOSEST = 2  # pixels between two cuts, at least
LEAST = 0.06  # share of a row's height between two cuts, at least
PER_DIGIT = ((14, 0), (6, 4), (0, 8))  # heights of the row in doubt, at least, and candidates for cuts then
LOWEST, TALLEST, WIDEST = 0.6, 1.6, 1.0  # heights of the row that digits are high, and wide; others cost more
SMALL = 0.3  # heights of the row that a point or dust measures, at most, but no digit
BLOT = 0.5  # heights of the row that a blot measures, at most; a larger one may be a 0 of a marker
DIGIT_WIDTH = 0.6  # of a row's height


@dataclass(frozen=True)
class Costs:
    """What speaks against a group besides the network, in units of its logarithms."""

    none: float = 2.0  # how surely the network calls it none
    cut: float = 1.0  # each cut through ink
    crossed: float = 2.0  # for each height of the row's in ink that it crosses
    gap: float = 5.0  # for each height of the row's between the pieces of a group
    low: float = 12.0  # for each height of the row's that a digit is lower than digits are
    tall: float = 6.0  # the same for one that is higher
    wide: float = 3.0  # the same for one that is wider
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
    probabilities: NDArray[np.float32]
    cuts: int
    crossed: float
    gap: float
    size: tuple[float, float]
    is_closed: bool

    def as_digit(self, costs: Costs) -> float:
        """What it costs to take it for a digit."""
        wide, high = self.size
        if wide > WIDE * max(1.0, high) or max(wide, high) <= SMALL or self.is_blot:
            return np.inf
        return (
            -float(np.log(max(float(self.probabilities[:10].max()), 1e-6)))
            + costs.none * float(self.probabilities[10])
            + costs.cut * self.cuts
            + costs.crossed * self.crossed
            + costs.gap * self.gap
            + costs.low * max(0.0, LOWEST - high)
            + costs.tall * max(0.0, high - TALLEST)
            + costs.wide * max(0.0, wide - WIDEST)
        )

    @property
    def is_blot(self) -> bool:
        """Whether it is a blot that is smaller than a digit."""
        return max(self.size) <= BLOT and self.piece.is_blot

    def as_other(self, costs: Costs) -> float:
        """What it costs to take it for no digit."""
        if not self.is_closed:
            return np.inf
        if max(self.size) <= SMALL or self.is_blot:
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
    judged = judge(np.stack([piece.glyph for piece in pieces]))
    are_sure = [
        bool(shares[:10].max() >= SURE and piece.width < BROAD * max(height, piece.height))
        for piece, shares in zip(pieces, judged, strict=True)
    ]
    parts = _parts(pieces, height, are_sure)
    spans = [
        (start, end)
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
        if _may_be_one(parts[start:end], are_sure, height) or _is_closed(parts, start, end)
    ]
    whole = [joined([part.piece for part in parts[start:end]]) for start, end in spans]
    # A piece that is whole has been judged.
    known = [_only_source(parts[start:end]) if _is_closed(parts, start, end) else None for start, end in spans]
    new = [piece.glyph for piece, source in zip(whole, known, strict=True) if source is None]
    fresh = iter(judge(np.stack(new)) if new else ())
    groups = []
    for (start, end), piece, source in zip(spans, whole, known, strict=True):
        shares = next(fresh) if source is None else judged[source]
        crossed, gap = parts[start].crossed, _gap(parts[start:end]) / height
        size, is_closed = (piece.width / height, piece.height / height), _is_closed(parts, start, end)
        groups.append(
            Group(start, end, piece, shares, int(crossed is not None), crossed or 0.0, gap, size, is_closed)
        )
    return groups


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


def _parts(pieces: list[Piece], height: float, are_sure: list[bool]) -> list[Part]:
    """The pieces from left to right, those that may be several digits cut wherever that may be."""
    parts: list[Part] = []
    doubtful = [not is_sure and piece.height >= LOW * height for piece, is_sure in zip(pieces, are_sure, strict=True)]
    in_doubt = sum(piece.width for piece, is_doubtful in zip(pieces, doubtful, strict=True) if is_doubtful) / height
    # A row with much that is no digit is one of words: to look for digits in each of its letters takes long.
    per_digit = next((most for least, most in PER_DIGIT if in_doubt >= least), 0)
    for source, piece in enumerate(pieces):
        most = round(per_digit * piece.width / (DIGIT_WIDTH * height))
        may_be_several = doubtful[source]
        apart = max(LEAST * height, CLOSEST) / piece.height
        cuts = cuts_of(piece, apart, most) if may_be_several else []
        found = parts_of(piece, cuts)
        crossed = [None, *(cut.crossed * piece.height / height for cut in cuts)]
        parts += [Part(one, source, ink) for one, ink in zip(found, crossed, strict=True) if one is not None]
    return sorted(parts, key=lambda part: part.piece.middle)


def _may_be_one(parts: list[Part], are_sure: list[bool], height: float) -> bool:
    """Whether some parts may be one digit: a part alone, or several that are not too wide, and not each one alone."""
    if len(parts) > 1 and _width(parts) > WIDE * height:
        return False
    sure = sorted({part.source: part.piece for part in parts if are_sure[part.source]}.values(), key=lambda p: p.left)
    return not any(other.left > one.right for one, other in itertools.pairwise(sure))


def _only_source(parts: list[Part]) -> int | None:
    """The piece that all parts are of; None where they are of several."""
    sources = {part.source for part in parts}
    return sources.pop() if len(sources) == 1 else None


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
