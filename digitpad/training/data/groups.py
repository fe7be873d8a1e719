"""Groups of pieces in rows of digits, as they come when numbers are read, with what each of them is.

Rows are put together of digits that stand apart, touch or overlap. Their ink is taken to pieces and cut as it is
where numbers are read, by the same code; how much of which digit is in each group is its label.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad.numbers.lattice import SURE, candidates_of, cut_row
from digitpad.numbers.parts import SIDE, CutRow
from digitpad.numbers.pieces import pieces_in
from digitpad.numbers.rows import rows_of
from digitpad.sharing import cores, shared
from digitpad.training.data.rows import NO_DIGIT, Ink, Rows

WHOLE, MOST = (0.65, 0.9), (0.1, 0.45)  # of a digit's ink what is there, and of others' what came along, to be it
SEEN = 0.85  # share of the pieces that are one digit which a network is sure of
LIKE, UNLIKE = 0.2, 0.2  # how much a group is one digit, at least and at most, to count as one, or as none
MOST_ALIKE = 4  # groups that are nearly the same digit
OTHERS = 3  # groups that are no digit, for each that is one
BATCH = 50  # rows: a second's work


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups with what they are.

    Attributes:
        views: uint8 (n, SIDE, SIDE, 2), as `CutRow` gives them.
        shares: uint8 (n, 11), how much each is which digit, and last how much it is none, in 255ths.
    """

    views: NDArray[np.uint8]
    shares: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.shares)

    @classmethod
    def together(cls, parts: "Sequence[Groups]") -> "Groups":
        """All of them, one after another."""
        return cls(np.concatenate([one.views for one in parts]), np.concatenate([one.shares for one in parts]))


class GroupWorkshop:
    """Makes groups of rows, batch by batch: which ones depends on the batch alone, not on where it is made.

    Args:
        rows: makes the rows.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __call__(self, seeds: Sequence[tuple[int, int]]) -> Groups:
        """The groups of a row for each seed."""
        made = [NO_GROUPS]
        for seed in seeds:
            rng = np.random.default_rng(seed)
            made.append(groups_in_row(*self._rows.row(rng), rng))
        return Groups.together(made)

    def groups(self, count: int, seed: int) -> Groups:
        """The groups of so many rows, made on all cores."""
        seeds = [(seed, number) for number in range(count)]
        batches = [seeds[start : start + BATCH] for start in range(0, count, BATCH)]
        helpers = cores() - 1
        made = shared(self, batches, helpers) if helpers else map(self, batches)
        return Groups.together(list(_told(made, batches)))


def _told(made: Iterator[Groups], batches: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Groups]:
    with tqdm(total=sum(map(len, batches)), desc="Drawing", unit="row", smoothing=0) as bar:
        for batch, groups in zip(batches, made, strict=True):
            bar.update(len(batch))
            yield groups


def groups_in_row(inks: Sequence[Ink], labels: Sequence[int], rng: np.random.Generator) -> Groups:
    """Some of the groups of a row of digits.

    Args:
        inks: of each digit, as large as the whole row, in its place: uint8 (H, W), 255 on 0.
        labels: which digits they are, or NO_DIGIT.
        rng: decides which groups.
    """
    pieces = pieces_in(_scanned(np.maximum.reduce(list(inks)), rng))
    own = _own(inks)
    made = [NO_GROUPS]
    for found in rows_of(pieces)[0]:
        whole = CutRow(found.pieces, [[]] * len(found.pieces), found.height)
        alone = [one for one in whole.candidates() if len(one.runs) == 1]
        told = _shares(whole.held(alone, own), own, labels)[:, :10].max(axis=1)
        are_sure = [bool(share >= SURE and rng.random() < SEEN) for share in told]
        row = cut_row(found.pieces, found.height, are_sure)
        candidates = candidates_of(row, found.pieces, are_sure)
        shares = _shares(row.held(candidates, own), own, labels)
        like = shares[:, :10].max(axis=1)
        digits, others = rng.permutation(np.flatnonzero(like > LIKE)), rng.permutation(np.flatnonzero(like <= UNLIKE))
        digits = digits[: MOST_ALIKE * len(inks)]
        kept = [*digits, *others[: OTHERS * max(1, len(digits))]]
        views = row.views([candidates[place] for place in kept])
        made.append(Groups(views, np.rint(shares[kept] * 255).astype(np.uint8)))
    return Groups.together(made)


def _own(inks: Sequence[Ink]) -> list[Ink]:
    """What of each digit is no other's."""
    there = np.stack(inks) > 127
    alone = there & (there.sum(axis=0) == 1)
    return [np.where(mask, np.uint8(255), np.uint8(0)) for mask in alone]


def _shares(held: NDArray[np.float64], own: Sequence[Ink], labels: Sequence[int]) -> NDArray[np.float64]:
    """How much each candidate is which digit, or none: float64 (n, 11).

    Args:
        held: float64 (n, digits), how much of each it has.
        own: each digit's ink.
        labels: which digits they are, or NO_DIGIT.
    """
    masses = np.array([max(1, int(ink.sum(dtype=np.int64))) for ink in own], float)
    shares = np.zeros((len(held), 11))
    for share, there in zip(shares, held, strict=True):
        digit = int(there.argmax())
        foreign = (there @ masses - there[digit] * masses[digit]) / masses[digit]
        is_it = float(np.interp(there[digit], WHOLE, (0, 1)) * np.interp(foreign, MOST, (1, 0)))
        share[labels[digit]] = is_it
        share[NO_DIGIT] += 1 - is_it
    return shares


def _scanned(ink: Ink, rng: np.random.Generator) -> Ink:
    """A row as it may come: sharp, soft, faint, or with thinner or thicker ink."""
    if rng.random() < 0.5:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), float(rng.uniform(0.3, 1.5))), np.uint8)
        ink = np.clip((ink.astype(np.float32) - rng.uniform(0, 60)) * rng.uniform(1.1, 1.8), 0, 255).astype(np.uint8)
    return ink


NO_GROUPS = Groups(np.zeros((0, SIDE, SIDE, 2), np.uint8), np.zeros((0, 11), np.uint8))
