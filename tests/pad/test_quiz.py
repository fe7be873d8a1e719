"""The quiz without a screen: whoever reads more digits right wins."""

import numpy as np
import pytest

from digitpad import Recognizer, Verdict
from digitpad.glyphs.glyph import is_glyph
from digitpad.pad.quiz import (
    DIGITS,
    ROUNDS,
    Quiz,
    asked,
    ending,
    networks_answer,
    said_of,
    score,
    told_of,
    truth,
)


@pytest.fixture(scope="module")
def hands():
    return Recognizer("hands")


@pytest.fixture
def quiz(hands):
    return Quiz(hands, seed=1)


def truth_of(glyph):
    with np.load(DIGITS) as kept:
        [place] = np.flatnonzero((kept["glyphs"] == glyph).all(axis=(1, 2)))
        return int(kept["digits"][place])


def play(quiz, answer=truth_of):
    """A whole game, each digit answered by that function of its glyph."""
    for _ in range(ROUNDS):
        quiz.answer(answer(quiz.glyph))
        quiz.go_on()


def test_the_digits_are_a_few_dozen_of_all_kinds_and_small_as_a_file():
    with np.load(DIGITS) as kept:
        assert 48 <= len(kept["digits"]) == len(kept["glyphs"]) <= 120
        assert set(kept["digits"].tolist()) == set(range(10))
        assert all(is_glyph(glyph) for glyph in kept["glyphs"])  # else the network would see another picture
    assert DIGITS.stat().st_size < 40_000


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_each_shipped_model_reads_some_right_and_some_wrong(name):
    recognizer = Recognizer(name)
    with np.load(DIGITS) as kept:
        readings = [recognizer.read_one(glyph) for glyph in kept["glyphs"]]
        right = np.mean([reading.digit == digit for reading, digit in zip(readings, kept["digits"], strict=True)])
    assert 0.4 < right < 0.9


def test_a_game_has_ten_rounds_and_a_score_of_both(quiz):
    assert asked(quiz) == "1 of 10. Which digit is this?"
    assert score(quiz) == "You 0, hands 0"
    play(quiz)
    assert quiz.is_over
    assert quiz.mine == 10
    assert quiz.networks == sum(each.is_networks for each in quiz.rounds) < 10
    assert score(quiz) == f"You 10, hands {quiz.networks}"
    assert ending(quiz) == f"You win: you read 10 of 10 right, hands {quiz.networks}."


def test_the_network_reads_what_is_shown(quiz, hands):
    quiz.answer(None)
    [only] = quiz.rounds
    assert only.reading == hands.read_one(quiz.glyph)
    assert networks_answer(only, "hands").startswith("hands ")


def test_a_digit_is_answered_once_and_the_game_waits_until_one_goes_on(quiz):
    glyph, right = quiz.glyph, truth_of(quiz.glyph)
    quiz.go_on()
    assert quiz.glyph is glyph
    quiz.answer(right)
    quiz.answer((right + 1) % 10)
    assert quiz.is_answered
    assert quiz.number == len(quiz.rounds) == quiz.mine == 1
    assert quiz.glyph is glyph
    quiz.go_on()
    assert quiz.number == 2
    assert quiz.glyph is not glyph


def test_who_skips_or_errs_is_told_the_truth(quiz):
    right = truth_of(quiz.glyph)
    article = "an" if right == 8 else "a"
    quiz.answer(None)
    assert truth(quiz.rounds[-1]) == f"It is {article} {right}. You skipped it."
    quiz.go_on()
    right = truth_of(quiz.glyph)
    wrong = (right + 1) % 10
    quiz.answer(wrong)
    assert truth(quiz.rounds[-1]).endswith(f"You said {wrong}.")
    assert f"you: {wrong} ✗" in said_of(quiz.rounds[-1], "hands")
    assert told_of(quiz.rounds[-1], "hands").startswith(truth(quiz.rounds[-1]))
    assert quiz.mine == 0


def test_what_the_network_calls_no_digit_it_has_not_read(hands):
    quiz, seen = Quiz(hands, seed=1), 0
    for _ in range(3):
        play(quiz)
        turned_away = [each for each in quiz.rounds if each.reading.verdict is Verdict.NOT_A_DIGIT]
        seen += len(turned_away)
        for each in turned_away:
            assert not each.is_networks
            assert networks_answer(each, "hands") == "hands calls it no digit."
            assert "hands: no digit ✗" in said_of(each, "hands")
        quiz.again()
    assert seen


def test_the_next_game_has_other_digits_until_all_were_shown(quiz):
    shown = []
    for _ in range(4):
        play(quiz)
        shown += [each.glyph.tobytes() for each in quiz.rounds]
        quiz.again()
        assert not quiz.is_over
        assert quiz.number == 1
    assert len(set(shown)) == 4 * ROUNDS
    for _ in range(20):
        play(quiz)
        quiz.again()


def test_the_same_seed_asks_the_same_digits(hands):
    games = [Quiz(hands, seed=seed) for seed in (7, 7, 8)]
    for quiz in games:
        play(quiz)
    one, same, other = ([each.digit for each in quiz.rounds] for quiz in games)
    assert one == same != other


def test_another_network_answers_for_the_whole_game(quiz):
    play(quiz)
    quiz.use(Recognizer("classic"))
    assert quiz.mine == 10
    assert quiz.networks == sum(quiz.recognizer.read_one(each.glyph).digit == each.digit for each in quiz.rounds)
    assert "classic" in ending(quiz)


def test_who_reads_less_loses_and_as_many_is_a_draw(quiz):
    play(quiz, lambda _: None)
    assert ending(quiz) == f"hands wins: you read 0 of 10 right, hands {quiz.networks}."
    networks = iter([each.is_networks for each in quiz.rounds])
    again = Quiz(quiz.recognizer, seed=1)
    play(again, lambda glyph: truth_of(glyph) if next(networks) else None)
    assert ending(again).startswith("A draw: ")
