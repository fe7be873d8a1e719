"""The steps from a picture to its glyph."""

import cv2
import numpy as np
import pytest
from conftest import draw

from digitpad.glyphs.steps import steps_of
from digitpad.seeing import glyph_in

NAMES = ["Picture", "Ink", "One stroke width", "Box", "Centre of mass"]


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("pen", [4, 18, 40])
def test_the_last_step_is_the_glyph_that_is_read(digit, pen):
    picture = draw(digit, pen=pen)
    steps = steps_of(picture)
    assert [step.name for step in steps] == NAMES
    np.testing.assert_array_equal(steps[-1].picture, glyph_in(picture))
    assert all(step.picture.dtype == np.uint8 for step in steps)
    assert all(step.sentence.endswith(".") for step in steps)


def test_each_step_does_what_its_sentence_says():
    picture = np.full((300, 200, 3), (250, 240, 230), np.uint8)
    cv2.line(picture, (60, 50), (60, 250), (20, 20, 120), 31, cv2.LINE_AA)
    came, ink, stroke, box, glyph = (step.picture for step in steps_of(picture))
    assert came is picture
    assert ink.shape == (300, 200)
    assert ink[150, 60] == 255
    assert ink[150, 150] == 0
    width = (stroke[46] > 127).sum() / 80
    assert width == pytest.approx(0.11, abs=0.02)  # of the digit's longer side; the pen's was 31 of 231
    assert box.shape[0] == 80
    assert box[0].any()
    assert box[:, 0].any()
    rows, columns = np.mgrid[:28, :28]
    assert (rows * glyph.astype(float)).sum() / glyph.sum() == pytest.approx(14, abs=0.3)
    assert (columns * glyph.astype(float)).sum() / glyph.sum() == pytest.approx(14, abs=0.3)


def test_what_is_framed_already_stays_as_it_is_also_enlarged():
    glyph = glyph_in(draw(3))
    names = [step.name for step in steps_of(glyph)]
    assert names == ["Picture", "As it came"]
    large = cv2.resize(glyph, (280, 280), interpolation=cv2.INTER_NEAREST)
    *_, ink, last = steps_of(large)
    assert ink.name == "Ink"
    np.testing.assert_array_equal(last.picture, glyph_in(large))


def test_of_an_empty_picture_there_is_no_ink():
    steps = steps_of(np.full((50, 60), 200, np.uint8))
    assert [step.name for step in steps] == ["Picture", "Ink"]
    assert not steps[-1].picture.any()
    assert "no ink" in steps[-1].sentence
