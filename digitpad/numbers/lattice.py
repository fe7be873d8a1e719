"""Which pieces of a row make which digit: groups of neighbours, each judged by the network, and the best path.

After LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition" (Proceedings of the
IEEE, 1998): candidates for cuts give more parts than there are digits, groups of neighbouring parts are read, and a
path through them says which groups there are. What is cut in the wrong place is no digit, and the network has learned
what is none: halves of digits, pairs, a digit with a part of its neighbour.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.numbers.cuts import Cut, cuts_of
from digitpad.numbers.page import Box, around
from digitpad.numbers.parts import WIDE, Candidate, CutRow
from digitpad.numbers.pieces import Piece

Judge = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
Verify = Callable[[NDArray[np.uint8]], NDArray[np.float32]]

BROAD = 1.3  # times as wide as the row is high: what is narrower is one digit, if the network is sure
SURE = 0.98
LOW = 0.4  # share of a row's height that what is lower is not cut
CLOSEST = 2  # pixels between two cuts, at least
LEAST = 0.06  # share of a row's height between two cuts, at least
PER_DIGIT = ((14, 0), (6, 4), (0, 8))  # heights of the row in doubt, at least, and cuts of each kind for a digit then
ALONE = 0.5  # times as many where the judge alone decides: it takes longer, and is more easily led astray
LOWEST, TALLEST, WIDEST = 0.6, 1.6, 1.0  # heights of the row that digits are high, and wide; others cost more
LOWER = 0.6  # share of a digit's height below which a point stands, or a comma
SMALL = 0.3  # heights of the row that a point or dust measures, at most, but no digit
COMMA = 0.45  # the same for a comma, which is narrower
BLOT = 0.5  # heights of the row that a blot measures, at most; a larger one may be a 0 of a marker
DIGIT_WIDTH = 0.6  # of a row's height
NONE = 10  # the place of "no digit" among probabilities
BEAM = 3.0  # how much less likely than the best is a path that is looked at, in logarithms
LEAST_LIKELY = 1e-6  # probability that is taken for the logarithm of none
NO_DIGIT = np.eye(11, dtype=np.float32)[NONE]


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
    stray: float = 2.5  # each point, or the like, that stands beside or below the rest of a group
    other: float = 4.0  # what is no digit, for each digit that would find room in it
    read: float = 0.5  # what the network says of one that was verified
    form: float = 0.3  # cuts, gaps and sizes of one that was verified: the verifier has seen them


COSTS = Costs()


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
        strays: how many points, or the like, stand beside or below the rest of it.
        verified: float32 (11,), what the verifier says; None where it was not asked.
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
    strays: int = 0
    verified: NDArray[np.float32] | None = None

    def as_digit(self, costs: Costs) -> float:
        """What it costs to take it for a digit."""
        wide, high = self.size
        if wide > WIDE * max(1.0, high) or max(wide, high) <= SMALL or self.is_blot:
            return np.inf
        form = (
            costs.cut * self.cuts
            + costs.crossed * self.crossed
            + costs.gap * self.gap
            + costs.low * max(0.0, LOWEST - high)
            + costs.tall * max(0.0, high - TALLEST)
            + costs.wide * max(0.0, wide - WIDEST)
        )
        strays = costs.stray * self.strays
        digits = np.log(self.probabilities[:10].clip(LEAST_LIKELY))
        if self.verified is None:
            return float(costs.none * self.probabilities[10] - digits.max() + form + strays)
        both = costs.read * digits + np.log(self.verified[:10].clip(LEAST_LIKELY))
        return float(costs.form * form - both.max() + strays)

    def with_verifier(self, probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the network says of it, float32 (11,), and the verifier where it was asked, as one.

        Their geometric mean, a product of experts (Hinton, "Training products of experts by minimizing contrastive
        divergence", Neural Computation, 2002): of what was cut badly the one knows the shape, the other the place.
        """
        if self.verified is None:
            return probabilities
        both = np.sqrt(probabilities * self.verified) + np.float32(LEAST_LIKELY)
        return np.asarray(both / both.sum(), np.float32)

    @property
    def is_blot(self) -> bool:
        """Whether it is a blot that is smaller than a digit."""
        return max(self.size) <= BLOT and self.piece.is_blot

    def as_other(self, costs: Costs) -> float:
        """What it costs to take it for no digit."""
        if not self.is_closed:
            return np.inf
        if is_small(*self.size) or self.is_blot:
            return costs.speck  # a point, dust, or a bit of a digit: the network can't tell
        room = max(1.0, self.size[0] / DIGIT_WIDTH)
        return costs.other * room - float(np.log(max(float(self.probabilities[10]), 1e-4)))


def groups_of(pieces: list[Piece], height: float, judge: Judge, verify: Verify | None) -> list[Group]:
    """All groups of a row that may be a digit.

    Args:
        pieces: of the row, from left to right.
        height: of its digits, in pixels.
        judge: from glyphs, uint8 (n, 28, 28), to probabilities, float32 (n, 11).
        verify: from views as `CutRow` gives them to probabilities, float32 (n, 11); for rows in which ink is cut.
            None where the judge alone decides.
    """
    judged = judge(np.stack([piece.glyph for piece in pieces]))
    are_sure = [
        bool(shares[:10].max() >= SURE and piece.width < BROAD * max(height, piece.height))
        for piece, shares in zip(pieces, judged, strict=True)
    ]
    row = cut_row(pieces, height, are_sure, 1.0 if verify else ALONE)
    candidates = candidates_of(row, pieces, are_sure)
    told: list[NDArray[np.float32] | None] = (
        [*verify(row.views(candidates))] if verify and row.is_cut else [None] * len(candidates)
    )
    are_likely = _are_likely(row, candidates, told, height)
    judge_anew: list[NDArray[np.uint8]] = []
    found = []
    for candidate, verified, is_likely in zip(candidates, told, are_likely, strict=True):
        is_closed = row.is_whole(candidate)
        # A piece that is whole has been judged; what is hardly just one digit needs no judgement.
        shares = judged[candidate.runs[0].source] if is_closed and len(candidate.runs) == 1 else None
        if shares is None and not is_likely:
            shares = NO_DIGIT
        piece = row.piece(candidate) if is_closed or shares is None else None
        if piece is not None:
            if shares is None:
                judge_anew.append(piece.glyph)
            found.append((candidate, piece, shares, verified, is_closed))
    fresh = iter(judge(np.stack(judge_anew)) if judge_anew else ())
    groups = []
    for candidate, piece, shares, verified, is_closed in found:
        crossed = row.crossed(candidate)
        groups.append(
            Group(
                candidate.start,
                candidate.end,
                piece,
                next(fresh) if shares is None else shares,
                cuts=int(crossed is not None),
                crossed=crossed or 0.0,
                gap=row.gap(candidate) / height,
                size=(piece.width / height, piece.height / height),
                is_closed=is_closed,
                strays=_strays([row.run_box(run) for run in candidate.runs], height),
                verified=verified,
            )
        )
    return groups


def is_small(wide: float, high: float) -> bool:
    """Whether something is no larger than a point or comma, given in heights of the row."""
    return wide <= SMALL and high <= (COMMA if high > wide else SMALL)


def _strays(boxes: Sequence[Box], height: float) -> int:
    """How many of some boxes are of points, or the like, that stand beside or below the others."""
    if len(boxes) == 1:
        return 0
    are_small = [is_small((box[2] - box[0]) / height, (box[3] - box[1]) / height) for box in boxes]
    large = [box for box, is_one in zip(boxes, are_small, strict=True) if not is_one]
    if not large or len(large) == len(boxes):
        return 0
    left, top, right, bottom = around(large)
    strays = 0
    for box, is_one in zip(boxes, are_small, strict=True):
        within = min(right, box[2]) - max(left, box[0])
        is_low = box[1] >= top + LOWER * (bottom - top)
        strays += is_one and (is_low or 2 * within < box[2] - box[0])
    return strays


def _are_likely(
    row: CutRow, candidates: Sequence[Candidate], told: Sequence[NDArray[np.float32] | None], height: float
) -> list[bool]:
    """Which candidates lie on a path that the verifier finds not much less likely than the best; all, without it."""
    costs = np.array([0.0 if one is None else -np.log(max(float(one[:NONE].max()), LEAST_LIKELY)) for one in told])
    boxes = [row.box(one) for one in candidates]
    others = [
        np.inf
        if not row.is_whole(one)
        else COSTS.speck
        if is_small((right - left) / height, (bottom - top) / height)
        else COSTS.other * max(1.0, (right - left) / (DIGIT_WIDTH * height))
        for one, (left, top, right, bottom) in zip(candidates, boxes, strict=True)
    ]
    least = np.minimum(costs, others)
    before, after = np.full((2, len(row.parts) + 1), np.inf)
    before[0] = after[-1] = 0
    for one, cost in zip(candidates, least, strict=True):
        before[one.end] = min(before[one.end], before[one.start] + cost)
    for one, cost in zip(reversed(candidates), least[::-1], strict=True):
        after[one.start] = min(after[one.start], cost + after[one.end])
    starts, ends = (np.array([getattr(one, end) for one in candidates]) for end in ("start", "end"))
    return list(before[starts] + costs + after[ends] <= before[-1] + BEAM)


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


def cut_row(pieces: list[Piece], height: float, are_sure: list[bool], share: float = 1.0) -> CutRow:
    """The pieces of a row, those that may be several digits cut wherever that may be.

    Args:
        pieces: from left to right.
        height: of the row's digits, in pixels.
        are_sure: which pieces are surely one digit each.
        share: of the usual number of cuts.
    """
    doubtful = [not is_sure and piece.height >= LOW * height for piece, is_sure in zip(pieces, are_sure, strict=True)]
    in_doubt = sum(piece.width for piece, is_doubtful in zip(pieces, doubtful, strict=True) if is_doubtful) / height
    # A row with much that is no digit is one of words: to look for digits in each of its letters takes long.
    per_digit = share * next((most for least, most in PER_DIGIT if in_doubt >= least), 0)
    cuts: list[list[Cut]] = []
    for piece, is_doubtful in zip(pieces, doubtful, strict=True):
        most = round(per_digit * piece.width / (DIGIT_WIDTH * height))
        apart = max(LEAST * height, CLOSEST) / piece.height
        cuts.append(cuts_of(piece, apart, most) if is_doubtful else [])
    return CutRow(pieces, cuts, height)


def candidates_of(row: CutRow, pieces: list[Piece], are_sure: list[bool]) -> list[Candidate]:
    """Which neighbouring parts may be one digit, or are whole pieces.

    Args:
        row: of these pieces.
        pieces: from left to right.
        are_sure: which of them are surely one digit each: two of those that stand apart are not one together.
    """
    return [one for one in row.candidates() if row.is_whole(one) or not _are_apart(one, pieces, are_sure)]


def _are_apart(candidate: Candidate, pieces: list[Piece], are_sure: list[bool]) -> bool:
    sure = sorted((pieces[run.source] for run in candidate.runs if are_sure[run.source]), key=lambda one: one.left)
    return any(other.left > one.right for one, other in itertools.pairwise(sure))
