"""The frame that MNIST gives its digits."""

import cv2
import numpy as np
import pytest
from conftest import draw
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.glyphs.glyph import enlarged_glyph, glyph, is_glyph
from digitpad.glyphs.ink import ink
from digitpad.glyphs.median import median
from digitpad.seeing import glyph_in


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("side", [20, 100, 280, 2000])
def test_a_glyph_fits_its_box_and_is_centred_by_mass(digit, side):
    framed = glyph(255 - draw(digit, side=side, pen=max(1, side // 15)))
    _, _, width, height = cv2.boundingRect(framed)
    # The box lies where the centre of mass puts it, so it may begin and end within a pixel.
    assert max(width, height) in (20, 21)
    assert is_glyph(framed)


@given(st.integers(0, 9), st.sampled_from([100, 280, 700, 2000]), st.floats(0.012, 0.14))
@settings(deadline=None, max_examples=60)
def test_any_pen_at_any_size_gives_nearly_the_same_glyph(digit, side, share):
    expected = glyph(255 - draw(digit, side=280, pen=18)).astype(float)
    framed = glyph(255 - draw(digit, side=side, pen=max(1, round(share * side))))
    assert np.abs(framed - expected).mean() < 10  # of 255; to move a glyph by one pixel makes about 25


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("side", [165, 180, 185, 190, 195, 200])
def test_a_hair_line_gives_nearly_the_same_glyph_at_any_size(digit, side):
    # Three quarters of a pixel wide, and seldom along a row of pixels: OpenCV's own lines are darker.
    hair = cv2.resize(turned(draw(digit, side=4 * side, pen=3)), (side, side), interpolation=cv2.INTER_AREA)
    expected = glyph(turned(draw(digit, side=280, pen=18))).astype(float)
    assert np.abs(glyph(np.asarray(hair, np.uint8)) - expected).mean() < 8


def turned(drawing):
    """The ink of a drawing, turned by three degrees."""
    middle = len(drawing) / 2
    return cv2.warpAffine(255 - drawing, cv2.getRotationMatrix2D((middle, middle), 3, 1), drawing.shape)


@given(st.integers(0, 9), st.integers(0, 300), st.integers(0, 300))
@settings(deadline=None, max_examples=40)
def test_a_place_on_the_paper_changes_nothing(digit, right, down):
    ink = 255 - draw(digit)
    np.testing.assert_array_equal(glyph(np.pad(ink, ((down, 7), (right, 0)))), glyph(ink))


def test_thin_parts_of_an_uneven_stroke_are_kept():
    ink = np.zeros((280, 280), np.uint8)
    cv2.line(ink, (60, 40), (60, 240), 255, 40)
    cv2.line(ink, (60, 60), (220, 60), 255, 16)
    framed = glyph(ink)
    assert framed[:, 18:].max() > 128


def test_the_shape_is_kept():
    ink = np.zeros((300, 300), np.uint8)
    cv2.rectangle(ink, (100, 50), (180, 250), 255, 10)
    _, _, width, height = cv2.boundingRect(np.asarray(glyph(ink) > 128, np.uint8))
    assert height == pytest.approx(20, abs=1)
    assert width / height == pytest.approx(90 / 210, abs=0.06)  # the outer edges of the rectangle


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
    assert max(width, height) in (20, 21)


def test_every_picture_of_mnist_counts_as_framed(mnist):
    assert all(is_glyph(picture) for picture in mnist.train.glyphs)


def test_a_small_digit_in_the_middle_of_28_pixels_is_not_framed_yet(mnist):
    for picture in mnist.train.glyphs[:50]:
        small = cv2.resize(picture, (18, 18), interpolation=cv2.INTER_AREA)
        assert not is_glyph(np.pad(small, 5))
        assert max(cv2.boundingRect(glyph_in(np.pad(small, 5)))[2:]) >= 19


@pytest.mark.parametrize(
    ("side", "interpolation"),
    [
        (84, cv2.INTER_CUBIC),
        (100, cv2.INTER_NEAREST),
        (100, cv2.INTER_CUBIC),
        (280, cv2.INTER_NEAREST),
        (280, cv2.INTER_LINEAR),
        (280, cv2.INTER_CUBIC),
        (500, cv2.INTER_LANCZOS4),
        (2000, cv2.INTER_CUBIC),
    ],
)
def test_enlarged_pictures_of_mnist_are_their_glyphs(mnist, side, interpolation):
    pictures = mnist.train.glyphs[:150]
    found = [enlarged_glyph(ink(cv2.resize(each, (side, side), interpolation=interpolation))) for each in pictures]
    back = [(small, picture) for small, picture in zip(found, pictures, strict=True) if small is not None]
    assert len(back) > 0.97 * len(pictures)
    assert max(np.abs(small.astype(int) - picture).mean() for small, picture in back) < 4  # of 255


@given(st.integers(0, 9), st.sampled_from([100, 280, 1000]), st.floats(0.02, 0.14))
@settings(deadline=None, max_examples=60)
def test_a_drawing_that_is_framed_like_mnists_pictures_is_not_one_of_them(digit, side, share):
    digit_alone = 255 - draw(digit, side=side, pen=max(2, round(share * side)))
    left, top, width, height = cv2.boundingRect(digit_alone)
    digit_alone = digit_alone[top : top + height, left : left + width]
    scale = side * 20 / 28 / max(width, height)
    digit_alone = cv2.resize(digit_alone, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    mass = cv2.moments(digit_alone)
    middle = side * 14.5 / 28
    move = np.float32([[1, 0, middle - mass["m10"] / mass["m00"]], [0, 1, middle - mass["m01"] / mass["m00"]]])
    framed = cv2.warpAffine(digit_alone, move, (side, side), flags=cv2.INTER_NEAREST)
    if share > 0.05:  # a thin pen's would be too faint
        assert is_glyph(cv2.resize(framed, (28, 28), interpolation=cv2.INTER_AREA))
    assert enlarged_glyph(framed) is None


def test_other_pictures_of_28_by_28_do_not():
    assert not is_glyph(draw(7, side=28, pen=2))
    assert not is_glyph(np.zeros((28, 28), np.uint8))
    assert not is_glyph(np.roll(glyph(255 - draw(1)), 4, axis=1))
    assert not is_glyph(np.zeros((28, 28, 3), np.uint8))


@given(st.lists(st.integers(0, 255), min_size=1, max_size=60), st.sampled_from([np.uint8, np.float32]))
@settings(deadline=None)
def test_the_median_is_numpys(values, dtype):
    array = np.array(values, dtype)
    assert median(array) == np.median(array)
    assert median(array).dtype == np.median(array).dtype
    pairs = np.stack([array, array[::-1] // 2], axis=1)
    np.testing.assert_array_equal(median(pairs), np.median(pairs, axis=0))
