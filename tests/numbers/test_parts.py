"""A row of digits cut wherever they may touch: which parts there are, and what is seen of them."""

import cv2
import numpy as np
import pytest

from digitpad.glyphs.ink import ink
from digitpad.numbers.cuts import Cut, cuts_of
from digitpad.numbers.parts import HIGH, SIDE, CutRow, Run
from digitpad.numbers.pieces import Piece, pieces_in

from .conftest import written


def in_a_row(digits: str, scale: float = 1.0, gap: int = 10) -> CutRow:
    """Written digits, each a piece."""
    picture = cv2.resize(written(digits, gap=gap), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    pieces = sorted(pieces_in(ink(picture)), key=lambda piece: piece.left)
    return CutRow(pieces, [[] for _ in pieces], float(np.median([piece.height for piece in pieces])))


def block(width: int = 90, height: int = 60) -> Piece:
    return Piece(10, 20, np.full((height, width), 255, np.uint8))


def straight(column: int, height: int = 60) -> Cut:
    return Cut(np.full(height, column), 1.0)


def test_a_candidate_is_in_the_middle_and_what_stands_around_it_beside():
    row = in_a_row("732")
    candidate = next(one for one in row.candidates() if (one.start, one.end) == (1, 2))
    [view] = row.views([candidate])
    assert view.shape == (SIDE, SIDE, 2)
    own = np.argwhere(view[..., 0] > 127)
    assert (own.min(axis=0) + own.max(axis=0)) / 2 == pytest.approx([SIDE / 2] * 2, abs=1.5)
    assert np.ptp(own[:, 0]) == pytest.approx(HIGH, abs=2), "a digit of the row is as high as all are made"
    rest = np.flatnonzero((view[..., 1] > 127).any(axis=0))
    assert rest.min() < own[:, 1].min()
    assert rest.max() > own[:, 1].max()
    assert not ((view[..., 0] > 127) & (view[..., 1] > 127)).any()


@pytest.mark.parametrize("scale", [0.2, 3.0])
def test_what_is_seen_does_not_depend_on_how_large_the_row_is(scale):
    one, other = (row.views(row.candidates()[:1])[0] for row in (in_a_row("45"), in_a_row("45", scale)))
    assert np.abs(one.astype(int) - other).mean() < 12


def test_neighbours_are_candidates_until_they_are_too_wide():
    row = in_a_row("1234567", gap=60)
    spans = {(one.start, one.end) for one in row.candidates()}
    assert {(place, place + 1) for place in range(7)} <= spans
    assert (0, 7) not in spans, "of a long row there are not as many as there are pairs of its pieces"
    assert len(spans) < 7 * 4
    assert not row.is_cut
    assert all(row.crossed(one) is None for one in row.candidates())


def test_between_any_two_ways_through_a_piece_there_is_a_candidate():
    row = CutRow([block()], [[straight(30), straight(60)]], 60.0)
    runs = {one.runs[0]: one for one in row.candidates()}
    assert set(runs) == {Run(0, first, last) for first in range(3) for last in range(first + 1, 4)}
    middle = row.piece(runs[Run(0, 1, 2)])
    assert middle is not None
    assert (middle.left, middle.width) == (pytest.approx(40, abs=2), pytest.approx(30, abs=4))
    assert row.piece(runs[Run(0, 0, 3)]).width == 90
    left, _, right, _ = row.box(runs[Run(0, 0, 1)])
    assert (left, right) == (pytest.approx(10, abs=3), pytest.approx(40, abs=5))
    assert row.crossed(runs[Run(0, 1, 3)]) == pytest.approx(1.0)
    assert row.is_whole(runs[Run(0, 0, 3)])
    assert not row.is_whole(runs[Run(0, 0, 2)])


def test_ways_that_cross_each_other_have_nothing_between_them_but_each_with_the_ends():
    rising = Cut(np.linspace(60, 30, 60).astype(int), 1.0)
    falling = Cut(np.linspace(30.5, 60.5, 60).astype(int), 1.0)
    row = CutRow([block()], [[rising, falling]], 60.0)
    runs = {one.runs[0] for one in row.candidates()}
    assert Run(0, 1, 2) not in runs
    assert {Run(0, 0, 1), Run(0, 0, 2), Run(0, 1, 3), Run(0, 2, 3)} <= runs


def test_how_much_of_some_ink_a_candidate_has():
    row = CutRow([block()], [[straight(45)]], 60.0)
    inks = [np.zeros((100, 120), np.uint8) for _ in range(2)]
    inks[0][20:80, 10:55], inks[1][20:80, 55:100] = 255, 255
    runs = {one.runs[0]: one for one in row.candidates()}
    left, right, whole = row.held([runs[Run(0, 0, 1)], runs[Run(0, 1, 2)], runs[Run(0, 0, 2)]], inks)
    assert left == pytest.approx([1, 0], abs=0.08)
    assert right == pytest.approx([0, 1], abs=0.08)
    assert whole == pytest.approx([1, 1], abs=0.03)


def test_cuts_are_found_where_digits_touch_straight_and_bent_ones():
    touching = np.zeros((60, 96), np.uint8)
    cv2.ellipse(touching, (24, 30), (20, 26), 0, 0, 360, 255, 4)
    cv2.ellipse(touching, (72, 30), (20, 26), 0, 0, 360, 255, 4)
    cv2.line(touching, (44, 30), (52, 30), 255, 4)
    [piece] = pieces_in(touching)
    cuts = cuts_of(piece, 0.06, 20)
    at_the_middle = [cut for cut in cuts if abs(cut.path.mean() - piece.width / 2) <= 3]
    assert at_the_middle
    assert min(cut.crossed for cut in at_the_middle) < 0.25, "where they touch little ink is crossed"
    assert any(np.ptp(cut.path) <= 3 for cut in cuts), "a straight one"
    assert any(np.ptp(cut.path) > 6 for cut in cuts), "one that bends"
    assert [cut.path.mean() for cut in cuts] == sorted(cut.path.mean() for cut in cuts)
