"""Why a digit is read."""

import numpy as np
import pytest
from conftest import draw, fence

from digitpad import NO_DIGIT, Explanation, ModelError, Recognizer, Verdict
from digitpad.glyphs.glyph import network_input
from digitpad.models.gradients import integrated_gradients, log_odds, network_of
from digitpad.models.occlusion import occlusion


@pytest.fixture(scope="module", params=["classic", "hands"])
def pad(request) -> Recognizer:
    return Recognizer(request.param)


def test_what_speaks_for_a_digit_is_ink_and_without_it_another_digit_would_be_read(pad):
    why = pad.explain(draw(7))
    assert (why.digit, why.against, why.method) == (7, None, "occlusion")
    assert "Zeiler and Fergus" in why.source
    assert (why.map.shape, why.map.dtype) == ((28, 28), np.float32)
    assert not why.map[why.reading.glyph == 0].any()
    assert why.map.max() > 0
    top, _, bottom, _ = why.strongest.place
    assert bottom < 14  # the roof
    assert top < bottom
    assert why.strongest.reading.digit == 1
    assert why.strongest.reading == pad.model.reading(
        np.where(why.strongest.part, np.uint8(0), why.reading.glyph),
        pad.model.probabilities(np.where(why.strongest.part, np.uint8(0), why.reading.glyph)[np.newaxis])[0],
    )


def test_the_reading_is_the_one_that_everybody_gets(pad):
    assert pad.explain(draw(4)).reading == pad.read_one(draw(4))


def test_nothing_speaks_for_anything_on_empty_paper(pad):
    why = pad.explain(np.full((280, 280), 255, np.uint8))
    assert (why.digit, why.strongest) == (None, None)
    assert not why.map.any()
    assert pad.explain(np.full((280, 280), 255, np.uint8), digit=7).strongest is None


def test_why_one_digit_rather_than_another_is_the_opposite_of_the_other_way_round(pad):
    four, nine = pad.explain(draw(4), 4, against=9), pad.explain(draw(4), 9, against=4)
    np.testing.assert_allclose(four.map, -nine.map, atol=1e-5)
    assert (four.map > 0).any()


def test_why_no_digit():
    pad = Recognizer("hands")
    why = pad.explain(fence())
    assert why.reading.verdict is Verdict.NOT_A_DIGIT
    assert why.digit == NO_DIGIT
    assert why.map.max() > 0
    assert pad.explain(draw(4), NO_DIGIT).map.min() < 0


def test_a_model_that_knows_no_such_thing_says_so():
    with pytest.raises(ModelError, match="classic has not learned what is no digit"):
        Recognizer("classic").explain(draw(4), digit=NO_DIGIT)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"digit": 11}, "11 is no digit"),
        ({"digit": -1}, "-1 is no digit"),
        ({"digit": True}, "True is no digit"),
        ({"against": "9"}, "'9' is no digit"),
        ({"digit": 4, "against": 4}, "Why 4 rather than 4"),
        ({"against": 4}, "Why 4 rather than 4"),
        ({"method": "tea leaves"}, "no method 'tea leaves'. There are: occlusion, integrated gradients"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence(asked, said):
    with pytest.raises(ValueError, match=said):
        Recognizer().explain(draw(4), **asked)


def test_several_digits_are_taken_for_one():
    picture = np.hstack([draw(4), draw(2)])
    pad = Recognizer()
    assert pad.read(picture).verdict is Verdict.SEVERAL
    why = pad.explain(picture)
    assert isinstance(why, Explanation)
    assert why.strongest is not None


def test_what_integrated_gradients_give_to_the_pixels_is_what_the_answer_has_grown_by(pad):
    for asked in ({}, {"against": 9}):
        why = pad.explain(draw(4), 4, **asked, method="integrated gradients")
        assert "Sundararajan" in why.source
        glyph = why.reading.glyph
        of_ink, of_paper = log_odds(network_of(pad.model), np.stack([glyph, np.zeros_like(glyph)]), 4, why.against)
        assert of_ink - of_paper > 5
        assert why.map.sum() == pytest.approx(of_ink - of_paper, abs=1)
        assert not why.map[glyph == 0].any()


@pytest.mark.parametrize("name", ["classic", "hands", "own"])
def test_integrated_gradients_are_those_of_keras_own_slopes(name, pairs, glyphs):
    import keras
    import tensorflow as tf

    pair, glyph = pairs[name], glyphs[4]
    before = keras.Model(pair.network.inputs[0], pair.network.layers[-1].input)
    weights, bias = pair.network.layers[-1].get_weights()
    shares = (np.arange(256, dtype=np.float32) + 0.5) / 256  # in even steps, and many of them
    with tf.GradientTape() as tape:
        inked = tf.constant(network_input(glyph[np.newaxis]) * shares[:, np.newaxis, np.newaxis, np.newaxis])
        tape.watch(inked)
        logits = before(inked, training=False) @ weights + bias
        others = tf.concat([logits[:, :4], logits[:, 5:]], 1)
        odds = logits[:, 4] - tf.reduce_logsumexp(others, axis=1)
    expected = np.asarray(tape.gradient(odds, inked))[..., 0].mean(axis=0) * glyph / 255
    found = integrated_gradients(network_of(pair.model), glyph, 4)
    assert np.abs(found - expected).max() < 0.1 * np.abs(expected).max()
    assert np.corrcoef(found.ravel(), expected.ravel())[0, 1] > 0.99


@pytest.mark.parametrize("name", ["classic", "own"])
def test_occlusion_is_what_keras_says_of_each_square_of_paper_in_turn(name, pairs, glyphs):
    pair, glyph = pairs[name], glyphs[7]
    squares, cut = [], []
    for top in range(-4, 28):
        for left in range(-4, 28):
            square = np.zeros((28, 28), bool)
            square[max(top, 0) : top + 5, max(left, 0) : left + 5] = True
            squares.append(square)
            cut.append(np.where(square, 0, glyph).astype(np.uint8))
    said = np.log(np.asarray(pair.network(network_input(np.stack([glyph, *cut]))))[:, 7].astype(np.float64))
    squares = np.stack(squares)
    costs = np.tensordot(said[0] - said[1:], squares, 1)
    inks = np.tensordot((squares * (glyph / 255)).sum(axis=(1, 2)), squares, 1)
    expected = np.where(glyph > 0, costs / np.maximum(inks, 1), 0)
    np.testing.assert_allclose(occlusion(pair.model.at_first_sight, glyph, 7), expected, atol=2e-5)
