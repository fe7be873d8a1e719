"""Views of a glyph, for a second look."""

import numpy as np
from conftest import draw

from digitpad import Recognizer
from digitpad.models.views import views


def test_each_view_is_the_same_digit_a_little_different():
    glyphs = np.stack([Recognizer().read(draw(digit)).glyph for digit in (2, 7)])
    seen = views(glyphs)
    assert seen.shape == (2, 8, 28, 28)
    assert seen.dtype == np.uint8
    for glyph, others in zip(glyphs.astype(float), seen.astype(float), strict=True):
        for other in others:
            assert 0 < np.abs(other - glyph).mean() < 20  # of 255; another digit differs by some 30
            assert abs(other.sum() - glyph.sum()) < 0.12 * glyph.sum()


def test_no_view_moves_the_digit():
    glyph = Recognizer().read(draw(8)).glyph
    rows, columns = np.mgrid[:28, :28]
    for view in views(glyph[np.newaxis])[0]:
        for places in (rows, columns):
            assert abs((places * view).sum() / view.sum() - (places * glyph).sum() / glyph.sum()) < 0.2


def test_of_nothing_there_are_no_views():
    assert views(np.zeros((0, 28, 28), np.uint8)).shape == (0, 8, 28, 28)
    assert not views(np.zeros((1, 28, 28), np.uint8)).any()
