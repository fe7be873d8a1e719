"""Teaching a hand: from the canvas, the history, tables and pages, and by practice; and the way back from each."""

import numpy as np
import pytest
from conftest import draw, drawn, fence

from digitpad import PictureError, Recognizer, Verdict
from digitpad.lesson import Lesson
from digitpad.pad.drawing import Content
from digitpad.pad.hands import Hands
from digitpad.pad.history import History
from digitpad.pad.pad import Change, Pad
from digitpad.pad.pages import CheckedPage
from digitpad.pad.practice import DIGITS, Practice, doubt, told
from digitpad.pad.results import Result, as_read, correct, read_again, tally
from digitpad.pad.teaching import CHOICES, IS_OFF, KEYS, key_of, question, taught, why_not
from digitpad.pad.words import label, said, sentence

recognizer = Recognizer(model="hands")
SEVEN = draw(0, strokes={0: [((15, 15), (85, 15), (85, 95))]})  # a 7 as in an L that stands on its head


@pytest.fixture
def file(tmp_path):
    return tmp_path / "history.sqlite"


@pytest.fixture
def pad(file):
    return Pad(recognizer, History(file), Hands(file))


@pytest.fixture
def changes(pad):
    """All that observers of the pad are told."""
    found = []
    pad.subscribe(found.append)
    return found


def show(pad, picture):
    pad.show(Content(picture=picture))


def test_one_correction_is_enough_and_one_call_undoes_it(pad, changes, file):
    assert not pad.can_teach
    show(pad, SEVEN)
    before = pad.reading
    assert (before.verdict, pad.can_teach, question(before)) == (Verdict.UNSURE, True, "What is it?")
    changes.clear()
    pad.teach(7)
    assert (pad.reading.digit, pad.reading.verdict, pad.reading.is_taught) == (7, Verdict.DIGIT, True)
    assert sentence(pad.reading) == "A 7, because you taught me this one"
    assert (pad.lesson.digit, taught(pad.lesson.digit)) == (7, "Learned: this is a 7.")
    assert {Change.HAND, Change.READING, Change.HISTORY} <= set(changes)
    [entry] = pad.remembered()
    assert (entry.is_corrected, entry.correction, label(entry)) == (True, 7, "7? → 7")
    assert said(entry) == "A 7, as you taught me. It was read as 7?"
    assert Hands(file).current.lessons == (pad.lesson,)
    pad.unteach()
    assert (pad.reading, pad.lesson, len(pad.hands.current)) == (before, None, 0)
    assert not pad.remembered()[0].is_corrected
    assert len(Hands(file).current) == 0


def test_a_word_of_a_moment_ago_is_replaced_and_comes_again_when_the_second_is_undone(pad):
    show(pad, fence())
    pad.teach(7)
    pad.teach(4)
    assert ([lesson.digit for lesson in pad.hands.current], pad.reading.digit) == ([4], 4)
    assert label(pad.remembered()[0]) == "? → 4"
    pad.unteach()
    assert ([lesson.digit for lesson in pad.hands.current], pad.lesson.digit) == ([7], 7)
    assert label(pad.remembered()[0]) == "? → 7"
    pad.unteach()
    assert (pad.lesson, label(pad.remembered()[0])) == (None, "?")
    pad.unteach()


def test_what_is_on_the_canvas_counts_and_undo_of_strokes_undoes_no_lesson(pad):
    pad.add(*drawn("7"))
    assert question(pad.reading) == "Not a 7?"
    pad.teach(None)
    assert (pad.reading.verdict, pad.lesson.digit) == (Verdict.NOT_A_DIGIT, None)
    assert label(pad.remembered()[0]) == "7 → –"
    pad.clear()
    pad.follow()
    assert (pad.lesson, pad.can_teach) == (None, False)
    pad.teach(3)
    pad.undo()
    pad.follow()
    assert (pad.reading.verdict, len(pad.hands.current)) == (Verdict.NOT_A_DIGIT, 1)
    assert label(pad.remembered()[0]) == "7 → –"  # still the same drawing
    pad.press(10, 10)
    pad.move(10, 90)
    assert not pad.can_teach
    pad.release()
    assert not pad.remembered()[0].is_corrected


def test_a_digit_of_a_number_is_taught_and_stays_the_one_that_is_looked_at(pad):
    pad.add(*drawn("4071"))
    pad.point_at(3)
    pad.teach(7)
    assert (pad.page.text, pad.pointed, pad.shown.is_taught) == ("4077", 3, True)
    [entry] = pad.remembered()
    assert (label(entry), entry.correction) == ("4071 → 4077", 7)
    assert not pad.can_teach_entry(entry)
    pad.unteach()
    assert (pad.page.text, pad.pointed) == ("4071", 3)
    assert label(pad.remembered()[0]) == "4071"


def test_a_drawing_of_the_past_is_taught_where_it_stands(pad, changes):
    show(pad, fence())
    pad.add(*drawn("3"))
    three, old = pad.remembered()
    pad.teach_entry(old, 4)
    assert [label(entry) for entry in pad.remembered()] == ["3", "? → 4"]
    assert (pad.lesson, changes[-1]) == (None, Change.HISTORY)
    pad.bring_back(old)
    pad.follow()
    assert (pad.reading.digit, pad.reading.is_taught) == (4, True)
    pad.unteach_entry(pad.remembered()[1])
    assert (pad.reading.verdict, [label(entry) for entry in pad.remembered()]) == (Verdict.NOT_A_DIGIT, ["3", "?"])
    pad.teach_entry(old, 4)  # which is on the canvas
    assert pad.lesson.digit == 4
    pad.unteach_entry(pad.remembered()[1])
    assert len(pad.hands.current) == 0
    pad.teach_entry(three, 3)  # it was read so
    assert [label(entry) for entry in pad.remembered()] == ["3", "?"]


def test_another_model_and_another_hand_read_what_is_on_the_canvas(pad):
    show(pad, SEVEN)
    pad.teach(1)
    pad.use(Recognizer(model="classic"))
    assert (pad.reading.digit, pad.reading.is_taught, pad.recognizer.hand) == (1, True, pad.hands.current)
    pad.use(recognizer)
    pad.hands.switch(False)
    assert (pad.reading.digit, pad.can_teach, why_not(pad)) == (7, False, IS_OFF)
    pad.hands.switch(True)
    assert (pad.reading.digit, pad.lesson.digit, why_not(pad)) == (1, 1, "")
    pad.hands.add("Ada")
    assert (pad.reading.digit, pad.lesson) == (7, None)
    pad.teach(9)
    pad.hands.choose("My hand")
    assert pad.reading.digit == 1
    pad.hands.forget_all()
    assert pad.reading.digit == 7


def test_visitors_who_share_a_model_share_no_lessons(pad):
    other = Pad(recognizer, History(None), Hands(None))
    for each in (pad, other):
        show(each, SEVEN)
    pad.teach(1)
    other.predict()
    assert (pad.reading.digit, other.reading.digit, len(other.hands.current)) == (1, 7, 0)
    assert recognizer.read_one(SEVEN).digit == 7


def test_what_another_desktop_taught_counts_with_the_next_drawing(pad, file):
    Hands(file).teach(Lesson(recognizer.read_one(fence()).glyph, 4))
    show(pad, fence())
    assert (pad.reading.digit, pad.reading.is_taught) == (4, True)


def test_a_row_of_the_table_is_corrected_and_learned_and_both_are_undone():
    hands = Hands(None)
    read = Result.of("a.png", recognizer.read(fence()))
    row = correct(read, 4, hands, recognizer)
    assert (row.digit, row.read_as, row.needs_a_look, row.confidence) == ("4", 4, False, "")
    assert row.words == "You said: a 4. It was read as ?"
    assert (row.row["digit"], row.row["corrected"], row.row["verdict"]) == (4, "4", "not a digit")
    assert (tally([row]), len(hands.current)) == ("1 digit", 1)
    again = correct(row, None, hands, recognizer)
    assert (again.digit, again.read_as, again.row["corrected"], len(hands.current)) == ("–", None, "no digit", 0)
    assert as_read(correct(row, 7, hands, recognizer), hands).row == read.row
    assert len(hands.current) == 0
    hands.learns = False
    assert correct(read, 4, hands, recognizer).read_as == 4
    assert len(hands.current) == 0
    failed = Result.of("b.png", PictureError("It is broken."))
    assert correct(failed, 4, hands, recognizer).row == failed.row


def test_rows_that_are_alike_are_read_by_the_lesson_at_once_and_as_before_when_it_is_undone():
    hands = Hands(None)
    reader = Recognizer(recognizer.model, hands.current)
    like = draw(0, strokes={0: [((15, 20), (85, 15), (82, 95))]})
    read = [
        Result.of(f"{place}.png", reader.read(each)) for place, each in enumerate((SEVEN, like, draw(3), fence()))
    ]
    assert [row.digit for row in read] == ["7?", "7?", "3", "?"]
    rows = [correct(read[0], 7, hands, reader), *read[1:]]
    again = read_again(rows, reader)
    assert [row.digit for row in again] == ["7", "7", "3", "?"]
    assert (again[0], again[2], again[3]) == (rows[0], rows[2], rows[3])
    undone = read_again([as_read(again[0], hands), *again[1:]], reader)
    assert [row.row for row in undone] == [row.row for row in read]


def test_a_corrected_number_teaches_the_digits_that_were_wrong_and_undo_undoes_that_too():
    hands = Hands(None)
    page = CheckedPage.read(np.hstack([draw(4), draw(2), draw(7)]), recognizer)
    assert page.numbers[0].text == "427"
    page.hands = hands
    page.correct(0, "421")
    assert [lesson.digit for lesson in hands.current] == [1]
    page.change_digit(0, 2, "9")
    assert [lesson.digit for lesson in hands.current] == [9]
    page.undo()
    assert [lesson.digit for lesson in hands.current] == [1]
    page.undo()
    assert len(hands.current) == 0
    page.redo()
    assert [lesson.digit for lesson in hands.current] == [1]
    page.correct(0, "4211")  # nobody knows which is which
    assert len(hands.current) == 0
    page.correct(0, "427")
    assert len(hands.current) == 0
    hands.learns = False
    page.correct(0, "421")
    assert len(hands.current) == 0


def test_practice_learns_each_digit_once_and_asks_back_before_it_learns_another():
    hands = Hands(None)
    practice = Practice(recognizer, hands)
    assert (practice.asked, practice.can_take, told(practice)) == (0, False, "1 of 10. Write a 0")
    practice.take()
    assert practice.asked == 0
    for digit in range(DIGITS):
        practice.pad.add(*drawn(str(digit)))
        practice.take()
    assert (practice.asked, told(practice)) == (None, "Done: I learned 10 of your digits.")
    assert [lesson.digit for lesson in hands.current] == list(range(10))
    practice.back()
    assert (practice.asked, len(hands.current)) == (9, 9)
    practice.pad.add(*drawn("7"))
    practice.take()
    assert (practice.asked, doubt(practice)) == (9, "This looks like a 7. Is it your 9?")
    practice.pad.clear()
    assert doubt(practice) == ""
    practice.pad.add(*drawn("12"))
    practice.take()
    assert doubt(practice) == "This looks like 12. Is it your 9?"
    practice.take()
    assert [lesson.digit for lesson in hands.current] == list(range(10))
    practice.again()
    practice.skip()
    practice.back()
    assert (practice.asked, len(hands.current), practice.pad.drawing.can_undo) == (0, 10, False)
    practice.end()


def test_each_choice_has_a_key():
    assert [key_of(choice) for choice in CHOICES] == [*"0123456789", "N"]
    assert tuple(KEYS.values()) == CHOICES
