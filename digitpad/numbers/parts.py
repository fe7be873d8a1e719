"""A row that is cut wherever its digits may touch each other, and which parts of it may be one digit.

A cut is a way from top to bottom through a piece. What lies between any two ways through it is a candidate, not only
what lies between neighbours: ways may cross each other, as a straight one and one that bends around a stroke do.
"""

import itertools
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.numbers.cuts import SHARED, Cut
from digitpad.numbers.page import Box, around
from digitpad.numbers.pieces import Piece, joined, trimmed

SIDE = 32  # pixels of what is seen of a candidate
HIGH = 18  # of these, a digit of the row
INKED = 64  # of 255: what is less is a soft edge
WIDE = 1.5  # heights of the row that a digit is wide, at most
BEHIND = 0.9  # share of the lines in which one way lies right of another, at least, for ink to be between them

Ink = NDArray[np.uint8]
Place = tuple[int, int]


class Run(NamedTuple):
    """What lies between two ways through a piece.

    Attributes:
        source: which piece of the row.
        first, last: which of its ways; 0 is its left end.
    """

    source: int
    first: int
    last: int


class Candidate(NamedTuple):
    """Neighbouring parts of a row that may be one digit.

    Attributes:
        start, end: of which parts, the last one not counted in.
        runs: what these are of each piece.
    """

    start: int
    end: int
    runs: tuple[Run, ...]


class CutRow:
    """The pieces of a row, with cuts through some of them.

    Args:
        pieces: from left to right.
        cuts: through each piece, from left to right.
        height: of the row's digits, in pixels.

    Attributes:
        parts: from left to right: of which piece each is, and which of its ways lies left of it.
        is_cut: whether there is any cut.
    """

    def __init__(self, pieces: Sequence[Piece], cuts: Sequence[Sequence[Cut]], height: float) -> None:
        self._pieces = pieces
        self._cuts = cuts
        self._height = height
        self._scale = HIGH / height
        self.is_cut = any(cuts)
        places = []
        for source, piece in enumerate(pieces):
            ends = [0.0, *(float(cut.path.mean()) for cut in cuts[source]), float(piece.width)]
            middles = [piece.left + (one + other) / 2 for one, other in itertools.pairwise(ends)]
            places += [(middle, source, way) for way, middle in enumerate(middles)]
        self.parts = [(source, way) for _, source, way in sorted(places)]

    def candidates(self) -> list[Candidate]:
        """All that are no wider than a digit may be, or are of whole pieces, from left to right."""
        ends: dict[int, tuple[int, int]] = {}  # of which parts the first and the last one of each piece are
        for place, (source, _) in enumerate(self.parts):
            ends[source] = ends.get(source, (place, place))[0], place
        found = []
        for start in range(len(self.parts)):
            ways: dict[int, tuple[int, int]] = {}
            first, last, is_wide = start, start, False
            for place in range(start, len(self.parts)):
                source, way = self.parts[place]
                ways[source] = ways.get(source, (way, way))[0], way + 1
                first, last = min(first, ends[source][0]), max(last, ends[source][1])
                is_whole = first == start and last == place
                if is_wide and not is_whole:
                    continue
                runs = tuple(Run(source, *some) for source, some in ways.items())
                if all(run in self._boxes for run in runs):
                    one = Candidate(start, place + 1, runs)
                    left, _, right, _ = self.box(one)
                    is_wide = right - left > WIDE * self._height
                    if is_whole or not is_wide:
                        found.append(one)
                    if is_whole and is_wide:
                        break  # what follows stands apart from it
        return found

    def is_whole(self, candidate: Candidate) -> bool:
        """Whether all of it is whole pieces."""
        return all(self._is_whole(run) for run in candidate.runs)

    def crossed(self, candidate: Candidate) -> float | None:
        """The ink that the cut at its left side crosses, in heights of the row; None where there is none."""
        source, way = self.parts[candidate.start]
        return self._cuts[source][way - 1].crossed * self._pieces[source].height / self._height if way else None

    def box(self, candidate: Candidate) -> Box:
        """Around its ink, in pixels."""
        return around([self._boxes[run] for run in candidate.runs])

    def run_box(self, run: Run) -> Box:
        """Around the ink between two ways, in pixels."""
        return self._boxes[run]

    def gap(self, candidate: Candidate) -> float:
        """Pixels of paper between its pieces, from left to right."""
        gap, reached = 0, None
        for left, _, right, _ in sorted(self._boxes[run] for run in candidate.runs):
            gap += max(0, left - reached) if reached is not None else 0
            reached = max(right, reached or right)
        return float(gap)

    def piece(self, candidate: Candidate) -> Piece | None:
        """Its ink; None where a cut leaves none."""
        some = [piece for run in candidate.runs if (piece := self._between(run)) is not None]
        return joined(some) if some else None

    def views(self, candidates: Sequence[Candidate]) -> Ink:
        """What is seen of candidates: each in the middle, and what stands around it.

        Returns:
            uint8 (n, SIDE, SIDE, 2): the ink of each, and all other ink of the row, so small that a digit is HIGH
            pixels high.
        """
        seen = np.zeros((len(candidates), SIDE, SIDE, 2), np.uint8)
        for view, candidate in zip(seen, candidates, strict=True):
            left, top, right, bottom = self._small_box(self.box(candidate))
            x, y = (left + right - SIDE) // 2, (top + bottom - SIDE) // 2
            for run in candidate.runs:
                ink, (left, top) = self._seen[run]
                _paste(view[..., 0], ink, (left - x, top - y))
            _paste(view[..., 1], self._row, (-x, -y))
            view[..., 1] -= np.minimum(view[..., 0], view[..., 1])
        return seen

    def held(self, candidates: Sequence[Candidate], inks: Sequence[Ink]) -> NDArray[np.float64]:
        """How much each candidate has of some inks, as a share of all of it.

        Args:
            candidates: of this row.
            inks: each as large as the picture that the pieces are of, uint8 (H, W).

        Returns:
            float64 (candidates, inks), 0 to 1.
        """
        small = np.zeros((len(inks), *self._row.shape))
        for paper, ink in zip(small, inks, strict=True):
            if (piece := trimmed(0, 0, ink)) is not None:
                _paste(paper, *self._small(piece))
        total = np.zeros((len(candidates), len(inks)))
        for sums, candidate in zip(total, candidates, strict=True):
            for run in candidate.runs:
                own, (left, top) = self._seen[run]
                place = small[:, top : top + own.shape[0], left : left + own.shape[1]]
                sums += (place * (own > INKED)).sum(axis=(1, 2))
        return np.asarray(total / np.maximum(small.sum(axis=(1, 2)), 1))

    @cached_property
    def _corner(self) -> Place:
        """Of all pieces, in pixels."""
        left, top, _, _ = around([piece.box for piece in self._pieces])
        return left, top

    @cached_property
    def _row(self) -> Ink:
        """All ink, small."""
        small = [self._small(piece) for piece in self._pieces]
        wide, high = (max(corner[axis] + ink.shape[1 - axis] for ink, corner in small) for axis in (0, 1))
        row = np.zeros((high, wide), np.uint8)
        for ink, corner in small:
            _paste(row, ink, corner)
        return row

    @cached_property
    def _boxes(self) -> dict[Run, Box]:
        """The boxes of all runs in which there is something, in pixels."""
        whole = {Run(source, 0, len(self._cuts[source]) + 1): piece.box for source, piece in enumerate(self._pieces)}
        if not self.is_cut:
            return whole
        boxes = {}
        for run, (ink, (left, top)) in self._seen.items():
            x, y, wide, high = cv2.boundingRect((ink > INKED).astype(np.uint8))
            small = np.array([left + x, top + y, left + x + wide, top + y + high]) / self._scale
            low, high = np.rint(small).astype(int).reshape(2, 2) + self._corner
            boxes[run] = (int(low[0]), int(low[1]), int(high[0]), int(high[1]))
        return boxes | whole

    @cached_property
    def _seen(self) -> dict[Run, tuple[Ink, Place]]:
        """The small ink of all runs in which there is something, and where it is."""
        seen: dict[Run, tuple[Ink, Place]] = {}
        for source, piece in enumerate(self._pieces):
            ink, corner = self._small(piece)
            ways = self._ways(source, corner, ink.shape)
            first, last = np.triu_indices(len(ways), 1)
            apart = (ways[last] - ways[first]).mean(axis=1)
            are_whole = (first == 0) & (last == len(ways) - 1)
            is_behind = (ways[last] >= ways[first]).mean(axis=1) >= BEHIND
            kept = np.flatnonzero(are_whole | ((apart <= WIDE * HIGH) & is_behind))
            shared, columns = SHARED * piece.height * self._scale, np.arange(ink.shape[1]) + 0.5
            after, before = (ways[some[kept]][..., np.newaxis] for some in (first, last))
            inks = np.where((columns >= after - shared) & (columns < before + shared), ink, 0).astype(np.uint8)
            for place, own in zip(kept, inks, strict=True):
                if are_whole[place] or (own > INKED).any():
                    seen[Run(source, int(first[place]), int(last[place]))] = own, corner
        return seen

    def _ways(self, source: int, corner: Place, shape: tuple[int, ...]) -> NDArray[np.float64]:
        """The ways through a piece in its small ink, its ends among them: (n, h), columns."""
        piece, (high, wide) = self._pieces[source], shape
        lines = (np.arange(high) + corner[1] + 0.5) / self._scale + self._corner[1] - piece.top
        lines = lines.astype(int).clip(0, piece.height - 1)
        start = (piece.left - self._corner[0]) * self._scale - corner[0]
        ends = np.full((1, high), -1.0), np.full((1, high), wide + 1.0)
        middle = [(cut.path[lines] * self._scale + start)[np.newaxis] for cut in self._cuts[source]]
        return np.concatenate([ends[0], *middle, ends[1]])

    def _small_box(self, box: Box) -> Box:
        """A box in pixels, among small ones."""
        left, top = self._corner
        low, high = (np.array([[x - left, y - top] for x, y in (box[:2], box[2:])]) * self._scale).round().astype(int)
        return int(low[0]), int(low[1]), int(high[0]), int(high[1])

    def _small(self, piece: Piece) -> tuple[Ink, Place]:
        """Its ink as small as it is seen, and where that is."""
        box = (np.array(piece.box, float) - [*self._corner, *self._corner]) * self._scale
        low, high = np.floor(box[:2]).astype(int), np.ceil(box[2:]).astype(int) + 1
        # The same place in pixels of the row, so that every small pixel is the mean of what lies under it.
        near, far = (np.rint(end / self._scale).astype(int) + self._corner for end in (low, high))
        ink = np.zeros(np.maximum(far - near, 1)[::-1], np.uint8)
        _paste(ink, piece.ink, (piece.left - int(near[0]), piece.top - int(near[1])))
        way = cv2.INTER_AREA if self._scale < 1 else cv2.INTER_LINEAR
        wide, tall = (high - low).tolist()
        return np.asarray(cv2.resize(ink, (wide, tall), interpolation=way), np.uint8), (int(low[0]), int(low[1]))

    def _is_whole(self, run: Run) -> bool:
        return run.first == 0 and run.last == len(self._cuts[run.source]) + 1

    def _between(self, run: Run) -> Piece | None:
        """The ink between two ways through a piece."""
        piece, cuts = self._pieces[run.source], self._cuts[run.source]
        if self._is_whole(run):
            return piece
        columns, shared = np.arange(piece.width), round(SHARED * piece.height)
        own = np.ones(piece.ink.shape, bool)
        if run.first:
            own &= columns >= cuts[run.first - 1].path[:, np.newaxis] - shared
        if run.last <= len(cuts):
            own &= columns < cuts[run.last - 1].path[:, np.newaxis] + shared
        return trimmed(piece.left, piece.top, np.where(own, piece.ink, 0).astype(np.uint8), piece.strokes)


def _paste(paper: NDArray[np.generic], ink: Ink, corner: Place) -> None:
    """Put ink on paper, as much of it as lies there; where some is, the stronger counts."""
    x, y = corner
    across, down = slice(max(0, x), max(0, x + ink.shape[1])), slice(max(0, y), max(0, y + ink.shape[0]))
    place = paper[down, across]
    part = ink[max(0, -y) :, max(0, -x) :][: place.shape[0], : place.shape[1]]
    np.maximum(place, part, out=place)
