"""MNIST's digits, spoilt in fifteen ways."""

import numpy as np
import pytest

from digitpad.measuring.corruptions import CORRUPTIONS


def test_there_are_the_fifteen_of_the_benchmark():
    assert len(CORRUPTIONS) == 15


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_each_gives_a_picture_of_the_same_kind_that_differs_and_depends_on_the_seed_alone(mnist, name):
    for number, glyph in enumerate(mnist.train.glyphs[:20]):
        before = glyph.copy()
        first, again = (CORRUPTIONS[name](glyph, np.random.default_rng(number)) for _ in range(2))
        np.testing.assert_array_equal(first, again)
        np.testing.assert_array_equal(glyph, before)
        assert first.shape == (28, 28)
        assert first.dtype == np.uint8
        assert name == "translate" or (first != glyph).any()


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_what_was_drawn_is_still_there(mnist, name):
    """In the mean over all seeds a digit's own pixels differ from the others."""
    glyph = mnist.train.glyphs[0]
    spoilt = [CORRUPTIONS[name](glyph, np.random.default_rng(seed)) for seed in range(40)]
    mean = np.mean(spoilt, axis=0)
    ink, paper = glyph > 200, glyph == 0
    if name == "stripe":
        ink[:, 11:17] = paper[:, 11:17] = False
    assert mean[ink].mean() > mean[paper].mean() + 20
