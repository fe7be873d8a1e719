"""The frame that MNIST gives its digits."""

import cv2
import numpy as np
import pytest
from conftest import draw

from digitpad.glyph import glyph, is_glyph


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("side", [20, 100, 280, 2000])
def test_a_glyph_fits_its_box_and_is_centred_by_mass(digit, side):
    framed = glyph(255 - draw(digit, side=side, pen=max(1, side // 15)))
    _, _, width, height = cv2.boundingRect(framed)
    assert max(width, height) == 20
    assert is_glyph(framed)


def test_the_shape_is_kept():
    ink = np.zeros((300, 300), np.uint8)
    ink[100:200, 130:170] = 255
    _, _, width, height = cv2.boundingRect(glyph(ink))
    assert (width, height) == (8, 20)


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 3)])
def test_the_smallest_inks_are_framed_too(shape):
    framed = glyph(np.full(shape, 255, np.uint8))
    assert framed.shape == (28, 28)
    assert framed.max() == 255


def test_no_ink_gives_an_empty_glyph():
    assert not glyph(np.zeros((50, 60), np.uint8)).any()


def test_mass_far_from_the_middle_does_not_push_the_ink_out_of_the_frame():
    ink = np.zeros((200, 200), np.uint8)
    ink[:, :3] = 60
    ink[0:60] = 255
    framed = glyph(ink)
    _, _, width, height = cv2.boundingRect(framed)
    assert max(width, height) == 20


def test_every_picture_of_mnist_counts_as_framed(mnist):
    assert all(is_glyph(picture) for picture in mnist.train.glyphs)


def test_other_pictures_of_28_by_28_do_not():
    assert not is_glyph(draw(7, side=28, pen=2))
    assert not is_glyph(np.zeros((28, 28), np.uint8))
    assert not is_glyph(np.roll(glyph(255 - draw(1)), 4, axis=1))
    assert not is_glyph(np.zeros((28, 28, 3), np.uint8))
