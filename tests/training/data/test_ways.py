"""Digits as people were taught to write them are what they are called, and differ from one another."""

import numpy as np
import pytest

from digitpad import Recognizer
from digitpad.training.data.strokes import draw
from digitpad.training.data.ways import taught


@pytest.mark.parametrize("digit", range(10))
def test_a_network_that_never_saw_them_reads_them_all(digit):
    recognizer, rng = Recognizer("classic"), np.random.default_rng(digit)
    read = [recognizer.read(255 - draw(list(taught(digit, rng)), 10, 200)).digit for _ in range(50)]
    assert read.count(digit) >= 45


@pytest.mark.parametrize("digit", range(10))
def test_they_lie_in_their_box_and_no_two_are_alike(digit):
    rng = np.random.default_rng(1)
    several = [np.vstack(taught(digit, rng)) for _ in range(20)]
    assert all(points.min() > -0.1 and points.max() < 1.1 and np.ptp(points[:, 1]) > 0.7 for points in several)
    assert len({points.tobytes() for points in several}) >= 12  # a 1 without a flag has but one shape


def test_the_same_seed_writes_the_same():
    one, other = (taught(7, np.random.default_rng(3)) for _ in range(2))
    assert all(np.array_equal(stroke, again) for stroke, again in zip(one, other, strict=True))


def test_a_one_may_have_a_flag_and_a_foot_a_seven_a_bar_and_a_nine_a_hook():
    rng = np.random.default_rng(2)
    ones, sevens, nines = ([taught(digit, rng) for _ in range(60)] for digit in (1, 7, 9))
    assert {len(one) for one in ones} == {1, 2}  # with a foot it has two strokes
    assert 10 < sum(len(seven) == 2 for seven in sevens) < 50
    hooked = [nine[-1][-1, 0] < nine[-1][:, 0].max() - 0.1 and nine[-1][-1, 1] < 0.94 for nine in nines]
    assert 10 < sum(hooked) < 50
