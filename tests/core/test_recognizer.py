"""From a drawing to a Reading, with the shipped model."""

import itertools
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import draw
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import digitpad
from digitpad import ModelError, PictureError, Reading, Recognizer, Verdict
from digitpad_web.measuring.hand import DIGITS

pad = Recognizer()
digits = st.integers(0, 9)


@pytest.mark.parametrize("digit", range(10))
def test_each_digit_drawn_as_people_draw_it_is_read(digit):
    reading = pad.read(draw(digit))
    assert reading.digit == digit
    assert reading.verdict == "digit"


@pytest.mark.parametrize("digit", range(10))
def test_each_digit_drawn_with_corners_is_read(digit):
    reading = pad.read(draw(digit, strokes=DIGITS))
    assert reading.digit == digit
    assert reading.verdict == "digit"


def test_a_reading_says_all_that_it_promises():
    reading = pad.read(draw(3))
    assert isinstance(reading, Reading)
    assert type(reading.digit) is int
    assert reading.probabilities.dtype == np.float32
    assert reading.probabilities.shape == (10,)
    assert reading.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert type(reading.confidence) is float
    assert reading.probabilities[3] == reading.probabilities.max()
    # The confidence also counts that it might be no digit at all.
    assert 0.9 < reading.confidence <= reading.probabilities[3]
    assert reading.glyph.dtype == np.uint8
    assert reading.glyph.shape == (28, 28)
    assert reading.glyph.max() == 255


@given(digits, st.integers(0, 255), st.integers(0, 255))
@settings(deadline=None, max_examples=60)
def test_any_grey_on_any_other_is_read_alike(digit, ink, paper):
    if abs(ink - paper) < 60:
        return
    assert pad.read(draw(digit, ink=ink, paper=paper)).digit == digit


@given(digits, st.tuples(*[st.integers(0, 255)] * 6))
@settings(deadline=None, max_examples=60)
def test_any_colour_on_any_other_is_read_alike(digit, colours):
    ink, paper = np.array(colours[:3], float), np.array(colours[3:], float)
    if np.abs(ink - paper).max() < 60:
        return
    strength = 1 - draw(digit)[..., np.newaxis] / 255
    assert pad.read(np.rint(paper + (ink - paper) * strength).astype(np.uint8)).digit == digit


@pytest.mark.parametrize("colour", [0, 255])
def test_a_canvas_with_nothing_but_alpha_is_read(colour):
    canvas = np.full((280, 280, 4), colour, np.uint8)
    canvas[..., 3] = 255 - draw(9)
    assert pad.read(canvas).digit == 9


def test_a_card_on_a_transparent_canvas_is_read():
    canvas = np.zeros((500, 500, 4), np.uint8)
    canvas[200:480, 30:310] = np.dstack([draw(9)] * 3 + [np.full((280, 280), 255, np.uint8)])
    assert pad.read(canvas).digit == 9


def test_a_picture_that_is_wholly_transparent_is_empty():
    assert pad.read(np.dstack([draw(9)] * 3 + [np.zeros((280, 280), np.uint8)])).verdict is Verdict.EMPTY


@pytest.mark.parametrize("alpha", [1, 127, 128, 254])
def test_a_picture_that_is_evenly_see_through_is_read_by_its_colours(alpha):
    assert pad.read(np.dstack([draw(9)] * 3 + [np.full((280, 280), alpha, np.uint8)])).digit == 9


def test_a_digit_cut_out_of_an_opaque_sheet_is_read():
    canvas = np.zeros((280, 280, 4), np.uint8)
    canvas[..., 3] = draw(9)
    assert pad.read(canvas).digit == 9


@pytest.mark.parametrize("pen", [18, 30, 50])
def test_a_thick_bar_on_a_transparent_canvas_is_a_1(pen):
    grey = draw(1, pen=pen)
    assert pad.read(np.dstack([grey, grey, grey, 255 - grey])).digit == 1


def test_strokes_of_several_colours_on_a_transparent_canvas_are_read():
    canvas = np.zeros((280, 280, 4), np.uint8)
    canvas[:140, :, 0] = canvas[140:, :, 2] = 255
    canvas[..., 3] = 255 - draw(3)
    assert pad.read(canvas).digit == 3


def test_an_opaque_card_with_transparent_corners_is_read():
    canvas = np.dstack([draw(9)] * 3 + [np.full((280, 280), 255, np.uint8)])
    canvas[:15, :15] = canvas[-15:, -15:] = 0
    assert pad.read(canvas).digit == 9


@given(digits, st.integers(0, 200), st.integers(0, 200), st.integers(60, 400))
@settings(deadline=None, max_examples=40)
def test_place_and_size_do_not_change_what_is_read(digit, right, down, side):
    drawing = draw(digit, side=side, pen=max(4, side // 15))
    assert pad.read(np.pad(drawing, ((down, 5), (right, 5)), constant_values=255)).digit == digit


@pytest.mark.parametrize(
    "blank",
    [
        np.full((280, 280), 255, np.uint8),
        np.zeros((280, 280, 3), np.uint8),
        np.zeros((280, 280, 4), np.uint8),
        np.full((28, 28), 0.5),
        np.zeros((1, 1)),
        Image.new("RGB", (300, 200), "lightblue"),
    ],
)
def test_blank_paper_reads_empty(blank):
    reading = pad.read(blank)
    assert reading.verdict is Verdict.EMPTY
    assert reading.verdict == "empty"
    assert reading.digit is None
    assert reading.confidence == 0
    assert not reading.glyph.any()
    assert reading.probabilities.sum() == pytest.approx(1)


def test_grain_on_blank_paper_reads_empty():
    grain = np.random.default_rng(1).normal(200, 4, (280, 280)).clip(0, 255).astype(np.uint8)
    assert pad.read(grain).verdict == "empty"


def test_mnists_own_pictures_are_read_as_they_are(mnist):
    for glyph in mnist.train.glyphs[:3000]:
        np.testing.assert_array_equal(pad.read(glyph).glyph, glyph)


@pytest.mark.parametrize("turned", [lambda picture: picture, lambda picture: 255 - picture], ids=["white", "black"])
def test_mnists_pictures_are_read_alike_when_they_are_enlarged(mnist, turned):
    glyphs = mnist.train.glyphs[:1000]
    enlarged = [turned(cv2.resize(each, (280, 280), interpolation=cv2.INTER_CUBIC)) for each in glyphs]
    readings = zip(pad.read_many(glyphs), pad.read_many(enlarged), strict=True)
    assert sum(small.digit != large.digit for small, large in readings) <= 1


def test_a_28_by_28_picture_in_another_form_is_framed():
    reading = pad.read(draw(7, side=28, pen=2))
    assert reading.digit == 7
    assert reading.glyph[0, 0] == 0


@pytest.mark.parametrize(("name", "least"), [("classic", 0.99), ("hands", 0.996)])
def test_the_shipped_models_read_mnists_test_set_as_their_cards_say(mnist, name, least):
    model = Recognizer(model=name).model
    right = model.probabilities(mnist.test.glyphs)[:, :10].argmax(axis=1) == mnist.test.labels
    assert right.mean() >= least
    # The card tells the truth about the file beside it.
    assert right.mean() == pytest.approx(model.card["test"]["accuracy"], abs=2e-4)


def test_many_pictures_give_their_readings_in_order_and_a_broken_one_its_error_in_its_place(tmp_path):
    pictures = [draw(digit) for digit in range(10)] * 30
    pictures[7], pictures[100], pictures[299] = tmp_path / "missing.png", np.zeros((3, 3, 9)), None
    pictures[200] = np.full((50, 50), 255, np.uint8)
    answers = list(pad.read_many(pictures))
    assert len(answers) == 300
    for place in (7, 100, 299):
        assert isinstance(answers[place], PictureError)
    assert "missing.png does not exist" in str(answers[7])
    assert answers[200].verdict is Verdict.EMPTY
    others = [place for place in range(300) if place not in (7, 100, 200, 299)]
    assert [answers[place].digit for place in others] == [place % 10 for place in others]
    for place in (0, 150, 298):
        alone = pad.read(pictures[place])
        np.testing.assert_allclose(answers[place].probabilities, alone.probabilities, atol=1e-6)
        np.testing.assert_array_equal(answers[place].glyph, alone.glyph)


def test_many_pictures_are_taken_only_as_they_are_needed():
    endless = pad.read_many(itertools.repeat(draw(5)))
    assert [next(endless).digit for _ in range(3)] == [5, 5, 5]
    assert list(pad.read_many([])) == []
    assert all(isinstance(answer, PictureError) for answer in pad.read_many([None] * 300))


def test_many_threads_may_share_one_recognizer():
    answers = {}

    def read(digit):
        answers[digit] = [pad.read(draw(digit)).digit for _ in range(30)]

    threads = [threading.Thread(target=read, args=(digit,)) for digit in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {digit: [digit] * 30 for digit in range(10)}


def test_a_model_is_chosen_by_name_by_folder_or_by_file():
    folder = Path(digitpad.__file__).parent / "models" / "shipped" / "classic"
    for model in ("classic", folder, folder / "model.tflite"):
        assert Recognizer(model=model).read(draw(7)).digit == 7


def test_a_model_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ModelError, match=r"no model 'nonesuch'.*classic"):
        Recognizer(model="nonesuch")


@pytest.mark.parametrize("pen", [6, 18, 30])
@pytest.mark.parametrize("tilt", [-40, -10, 0, 10, 40])
def test_a_plain_bar_is_a_one(pen, tilt):
    bar = np.full((280, 280), 255, np.uint8)
    cv2.line(bar, (140 - tilt, 230), (140 + tilt, 50), 0, pen, cv2.LINE_AA)
    reading = pad.read(bar)
    assert (reading.digit, reading.verdict) == (1, Verdict.DIGIT)


@pytest.mark.parametrize("pen", [6, 18, 30])
@pytest.mark.parametrize("width", [45, 70, 95])
def test_an_oval_and_a_circle_are_a_nought(pen, width):
    oval = np.full((280, 280), 255, np.uint8)
    cv2.ellipse(oval, (140, 140), (width, 95), 0, 0, 360, 0, pen, cv2.LINE_AA)
    reading = pad.read(oval)
    assert (reading.digit, reading.verdict) == (0, Verdict.DIGIT)
