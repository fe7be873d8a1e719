"""Why a digit is read."""

import numpy as np
import pytest
from conftest import draw, fence

from digitpad import NO_DIGIT, Explanation, ModelError, Recognizer, Verdict


@pytest.fixture(scope="module", params=["classic", "hands"])
def pad(request) -> Recognizer:
    return Recognizer(request.param)


def test_what_speaks_for_a_digit_is_ink_and_without_it_another_digit_would_be_read(pad):
    why = pad.explain(draw(7))
    assert (why.digit, why.against, why.method) == (7, None, "occlusion")
    assert "Zeiler and Fergus" in why.source
    assert (why.map.shape, why.map.dtype) == ((28, 28), np.float32)
    assert not why.map[why.reading.glyph == 0].any()
    assert why.map.max() > 0.5
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
        ({"method": "tea leaves"}, "no method 'tea leaves'. There are: occlusion"),
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
