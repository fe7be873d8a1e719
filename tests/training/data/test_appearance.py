"""How strokes and glyphs come to the reader."""

import cv2
import numpy as np
import pytest
from conftest import STROKES

from digitpad.training.data import appearance

THREE = [np.array(stroke, float) for stroke in STROKES[3]]


def test_strokes_come_large_and_tiny_with_grey_and_without():
    rng = np.random.default_rng(1)
    some = [appearance.drawn(THREE, rng) for _ in range(200)]
    assert all(ink.any() for ink in some)
    assert {ink.shape for ink in some if len(ink) == appearance.CANVAS}
    assert sum(max(ink.shape) < 33 for ink in some) > 10
    assert sum(set(np.unique(ink)) == {0, 255} for ink in some) > 30


def test_a_brush_is_thick_in_one_place_and_thin_in_another():
    uneven = 0
    for seed in range(20):
        ink = appearance.brushed(THREE, np.random.default_rng(seed))
        assert cv2.connectedComponents(ink)[0] == 2  # the paper and one piece
        assert not ink[[0, -1]].any()
        assert not ink[:, [0, -1]].any()
        thickness = cv2.distanceTransform(np.where(ink > 127, 255, 0).astype(np.uint8), cv2.DIST_L2, 5)
        along = thickness[(thickness == cv2.dilate(thickness, np.ones((3, 3)))) & (thickness > 0)]
        uneven += np.percentile(along, 90) > 1.5 * np.percentile(along, 10)
    assert uneven > 12


def test_mnists_digits_come_in_as_many_ways(mnist):
    rng = np.random.default_rng(1)
    some = [appearance.enlarged(glyph, rng) for glyph in mnist.train.glyphs[:200]]
    assert all(ink.any() for ink in some)
    assert sum(max(ink.shape) < 33 for ink in some) > 5


@pytest.mark.parametrize("side", [16, 32])
def test_lines_of_single_pixels_go_from_edge_to_edge(side):
    ink = appearance.one_pixel_lines(THREE, side)
    assert set(np.unique(ink)) == {0, 255}
    _, _, width, height = cv2.boundingRect(ink)
    assert max(width, height) == side
    assert (cv2.erode(ink, np.ones((3, 3), np.uint8)) == 0).all()


def test_a_bar_is_never_stretched_to_a_block():
    bar = np.zeros((160, 160), np.uint8)
    bar[10:150, 75:85] = 255
    for seed in range(50):
        _, _, width, height = cv2.boundingRect(appearance.tiny(bar, 16, np.random.default_rng(seed)))
        assert width <= 3
        assert height == 16
