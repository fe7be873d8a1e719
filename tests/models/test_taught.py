"""A model that reads by a hand: at once, near the lesson alone, and never without saying so."""

import gc
import pickle
import threading
import weakref

import numpy as np
import pytest
from conftest import draw

from digitpad import Hand, HandError, Recognizer, Verdict
from digitpad.glyphs.strokes import Stroke
from digitpad.models.embedding import Embedder
from digitpad.models.model import Model
from digitpad.pad.words import sentence
from digitpad.training.data.strokes import draw as drawn

# A 4 without a stem, as one stroke; a network takes it for a 9, a u with a tail or no digit.
STEMLESS = np.array([(0.9, 0.0), (0.1, 0.55), (0.75, 0.6), (0.95, 0.35)])


def stemless(seed: int) -> np.ndarray:
    """Such a 4 as a hand writes it, never twice the same: uint8 (280, 280), black on white."""
    rng = np.random.default_rng(seed)
    points = STEMLESS + rng.normal(0, 0.025, STEMLESS.shape)
    turn = rng.normal(0, 0.06)
    points = points @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return 255 - drawn([points * 200], rng.uniform(9, 15), 280)


@pytest.fixture(params=["hands", "classic"])
def pad(request) -> Recognizer:
    return Recognizer(request.param)


def test_one_correction_is_enough_at_once_and_says_so(pad: Recognizer) -> None:
    picture = stemless(1)
    before = pad.read(picture)
    assert (before.digit, before.verdict) != (4, Verdict.DIGIT)
    lesson = pad.teach(picture, 4)
    reading = pad.read(picture)
    assert (reading.digit, reading.verdict, reading.lessons) == (4, Verdict.DIGIT, (lesson,))
    assert 0.9 <= reading.confidence < 1
    assert sentence(reading) == "A 4, because you taught me this one"
    assert reading.to_dict()["taught"]
    pad.hand.forget(lesson)
    assert pad.read(picture) == before


def test_three_lessons_teach_a_4_without_a_stem_and_no_other_digit_is_lost(mnist) -> None:
    pad, plain = Recognizer(), Recognizer()
    for seed in range(3):
        pad.teach(stemless(seed), 4)
    later = list(pad.read_many(stemless(seed) for seed in range(10, 70)))
    assert np.mean([(each.digit, each.verdict) == (4, Verdict.DIGIT) for each in later]) >= 0.95
    others = mnist.test.glyphs[np.isin(mnist.test.labels, (5, 9))][:400]
    for with_hand, without in zip(pad.read_many(others), plain.read_many(others), strict=True):
        assert (with_hand.digit, with_hand.verdict) == (without.digit, without.verdict)


def test_the_same_shape_as_two_digits_ends_in_doubt(pad: Recognizer) -> None:
    pad.teach(stemless(1), 4)
    pad.teach(stemless(1), 9)
    reading = pad.read(stemless(1))
    assert reading.verdict is Verdict.UNSURE
    assert {lesson.digit for lesson in reading.lessons} == {4, 9}
    assert "You taught me both" in sentence(reading)


def test_what_is_taught_to_be_no_digit_is_turned_away(pad: Recognizer) -> None:
    seven = draw(7)
    assert pad.read(seven).verdict is Verdict.DIGIT
    pad.teach(seven, None)
    reading = pad.read(seven)
    assert (reading.verdict, reading.is_taught) == (Verdict.NOT_A_DIGIT, True)
    assert sentence(reading) == "No digit, because you taught me this one"


def test_a_hand_that_is_off_or_empty_changes_nothing(pad: Recognizer) -> None:
    before = pad.read(stemless(1))
    pad.teach(before, 4)
    pad.hand.is_on = False
    assert pad.read(stemless(1)) == before
    pad.hand.is_on = True
    assert pad.read(stemless(1)).digit == 4
    pad.hand = Hand()
    assert pad.read(stemless(1)) == before


def test_what_is_far_from_a_lesson_is_read_to_the_bit_as_before(pad: Recognizer) -> None:
    plain = [pad.read(draw(digit)) for digit in range(10)]
    pad.teach(stemless(1), 4)
    for before, digit in zip(plain, range(10), strict=True):
        if digit not in (4, 9):
            assert pad.read(draw(digit)) == before


def test_a_newer_network_learns_the_same_lessons_anew() -> None:
    old = Recognizer("classic")
    old.teach(stemless(1), 4)
    assert Recognizer("hands", old.hand).read(stemless(2)).digit == 4


def test_a_number_teaches_each_digit_that_was_wrong() -> None:
    pad = Recognizer()
    row = np.hstack([draw(7), stemless(1), draw(3)])
    page = pad.read_numbers(row)
    assert len(page.digits) == 3
    lessons = pad.teach(page, "743")
    assert [lesson.digit for lesson in lessons] == [4]
    again = pad.read_numbers(row)
    assert again.text == "743"
    assert [digit.reading.is_taught for digit in again.digits] == [False, True, False]
    assert pad.teach(row, "743") == []
    with pytest.raises(HandError, match="'74' has 2 digits, and 3 were read"):
        pad.teach(page, "74")


def test_what_is_taught_wrongly_gets_a_sentence() -> None:
    pad = Recognizer()
    with pytest.raises(HandError, match="Draw something first"):
        pad.teach(np.full((100, 100), 255, np.uint8), 4)
    with pytest.raises(HandError, match="expected is a digit from 0 to 9"):
        pad.teach(draw(4), 12)
    with pytest.raises(HandError, match="digits as text"):
        pad.teach(pad.read_numbers(draw(4)), 4)
    with pytest.raises(HandError, match="by its digit"):
        pad.teach(pad.read(draw(4)), "4")


def test_strokes_are_read_by_the_hand_too() -> None:
    pad = Recognizer()
    points = [(float(x), float(y)) for x, y in STEMLESS * 200 + 20]
    stroke = Stroke(tuple(points), (14.0,) * len(points))
    [digit] = pad.read_strokes([stroke]).digits or [None]
    if digit is None or digit.reading.digit != 4:
        pad.teach(stemless(1), 4)
        [digit] = pad.read_strokes([stroke]).digits
    assert digit.reading.digit == 4


def test_the_embedding_costs_the_network_nothing_of_its_answer(pairs, glyphs) -> None:
    for pair in pairs.values():
        seen = Embedder(pair.model).look(glyphs)
        np.testing.assert_array_equal(seen.probabilities, pair.model.at_first_sight(glyphs))
        np.testing.assert_allclose(np.linalg.norm(seen.embeddings[:10], axis=1), 1, atol=1e-5)


def test_a_recognizer_with_a_hand_can_be_pickled_and_shared_by_threads() -> None:
    pad = Recognizer()
    pad.teach(stemless(1), 4)
    assert pickle.loads(pickle.dumps(pad)).read(stemless(1)) == pad.read(stemless(1))
    found: list[int | None] = []

    def read_and_teach(seed: int) -> None:
        pad.teach(stemless(seed), 4)
        found.append(pad.read(stemless(seed)).digit)

    threads = [threading.Thread(target=read_and_teach, args=(seed,)) for seed in range(20, 28)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [4] * 8
    assert len(pad.hand) == 9


def test_a_model_without_an_embedding_says_that_it_can_not_learn(monkeypatch) -> None:
    monkeypatch.setattr("digitpad.models.embedding._with_embedding", lambda _: None)
    pad = Recognizer(Model(Recognizer().model.path))
    assert not pad.can_learn
    with pytest.raises(HandError, match="can't learn a hand"):
        pad.teach(draw(4), 4)
    pad.hand = Hand(lessons=Recognizer().hand)
    assert pad.read(draw(4)).digit == 4


def test_a_model_that_is_let_go_is_not_kept_by_what_it_was_taught() -> None:
    pad = Recognizer(Model(Recognizer().model.path))
    pad.teach(stemless(1), 4)
    assert pad.read(stemless(1)).digit == 4
    model = weakref.ref(pad.model)
    del pad
    gc.collect()
    assert model() is None
