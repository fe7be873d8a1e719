"""The state of the pad, without a screen."""

import numpy as np
import pytest
from conftest import STROKES, draw, drawn

from digitpad import Recognizer, Verdict
from digitpad.glyphs.strokes import Stroke
from digitpad.pad.drawing import Content, picture_of
from digitpad.pad.history import History
from digitpad.pad.pad import Change, Pad
from digitpad.pad.words import headline, label, said

recognizer = Recognizer(model="hands")


@pytest.fixture
def pad(tmp_path):
    return Pad(recognizer, History(tmp_path / "history.sqlite"))


@pytest.fixture
def told(pad):
    """All that observers of the pad are told."""
    changes = []
    pad.subscribe(changes.append)
    return changes


def write(pad, digit, scale=3.0):
    for points in STROKES[digit]:
        pad.press(points[0][0] * scale, points[0][1] * scale)
        for x, y in points[1:]:
            pad.move(x * scale, y * scale)
        pad.release()


def test_nothing_is_read_before_anything_is_drawn(pad):
    assert pad.reading.verdict is Verdict.EMPTY
    assert pad.is_read
    assert pad.remembered() == []


@pytest.mark.parametrize("digit", range(10))
def test_the_reading_follows_what_is_written(pad, told, digit):
    (x, y), *_ = STROKES[digit][0]
    pad.press(3 * x, 3 * y)
    assert not pad.is_read
    pad.undo()
    write(pad, digit)
    assert pad.reading.digit == digit
    assert pad.is_read
    assert pad.milliseconds > 0
    assert Change.READING in told


def test_without_live_reading_nothing_is_read_until_it_is_asked_for(pad):
    pad.is_live = False
    write(pad, 3)
    pad.follow()
    assert pad.reading.verdict is Verdict.EMPTY
    [entry] = pad.remembered()
    assert entry.digit is None
    assert entry.glyph.any()  # so that it is to be seen which drawing it is
    pad.predict()
    assert pad.reading.digit == 3
    assert [entry.digit for entry in pad.remembered()] == [3]


def test_undo_redo_and_clear_are_followed(pad):
    write(pad, 4)
    for change, reads_4 in ((pad.undo, False), (pad.redo, True), (pad.clear, False), (pad.undo, True)):
        change()
        pad.follow()
        assert (headline(pad.reading) == "4") == reads_4


def test_each_drawing_is_kept_once_however_many_strokes_it_has(pad, told):
    write(pad, 4)
    pad.clear()
    write(pad, 7)
    assert [entry.digit for entry in pad.remembered()] == [7, 4]
    assert Change.HISTORY in told


def test_many_strokes_at_once_are_one_drawing_that_is_read_twice_at_most(pad, told):
    strokes = [Stroke(((10.0 + x, 10.0), (10.0 + x, 200.0)), (9.0, 9.0)) for x in range(0, 200, 2)]
    pad.add(*strokes)
    assert told.count(Change.READING) == 2
    assert pad.is_read
    pad.undo()
    assert len(pad.drawing.content.strokes) == 99
    [entry] = pad.remembered()
    assert pad.history.content(entry.number).strokes == pad.drawing.content.strokes


def test_a_drawing_of_the_past_comes_back_and_goes_on(pad):
    write(pad, 4)
    pad.clear()
    write(pad, 7)
    pad.bring_back(pad.remembered()[1])
    pad.follow()
    assert pad.reading.digit == 4
    pad.press(400, 400)
    pad.release()
    assert len(pad.remembered()) == 2
    pad.undo()
    pad.undo()
    pad.follow()
    assert pad.reading.digit == 7


def test_a_drawing_that_was_forgotten_elsewhere_is_said_and_changes_nothing(pad, told):
    write(pad, 4)
    [entry] = pad.remembered()
    pad.history.clear()
    pad.bring_back(entry)
    assert "no longer in the history" in pad.history.notice
    assert told[-1] is Change.HISTORY
    pad.follow()
    assert pad.reading.digit == 4


def test_no_drawing_takes_the_place_of_another_in_the_history(pad):
    write(pad, 7)
    pad.clear()
    write(pad, 1)
    pad.undo()
    pad.undo()
    pad.press(10, 280)  # goes on with the 7
    pad.release()
    seven, one = sorted(pad.remembered(), key=lambda entry: entry.number)
    assert (seven.number, one.digit) == (1, 1)
    pad.bring_back(one)
    pad.undo()
    pad.press(200, 280)
    pad.release()
    assert [entry.digit for entry in pad.remembered() if entry.number == one.number] == [1]
    pad.undo()
    pad.undo()
    pad.undo()
    pad.undo()
    pad.undo()
    assert pad.drawing.content.is_empty
    write(pad, 3)
    assert sorted(entry.digit for entry in pad.remembered())[:2] == [1, 3]


@pytest.mark.parametrize("width", [4, 18, 60])
def test_a_pen_that_is_only_put_down_writes_no_digit(pad, width):
    pad.choose_pen(width=width)
    pad.press(200, 150)
    pad.release()
    assert pad.reading.verdict is Verdict.EMPTY
    assert pad.remembered() == []


def test_a_dot_that_a_drawing_begins_with_is_kept_with_it(pad):
    pad.press(60, 24)
    pad.release()
    write(pad, 5)
    [entry] = pad.remembered()
    assert len(pad.history.content(entry.number).strokes) == 1 + len(STROKES[5])


def test_a_blank_picture_is_not_kept(pad):
    pad.show(Content(picture=np.full((100, 100), 255, np.uint8)))
    assert pad.reading.verdict is Verdict.EMPTY
    assert pad.remembered() == []


def test_what_is_undone_and_brought_again_is_kept_as_it_is_then(pad):
    write(pad, 4)
    pad.undo()
    [entry] = pad.remembered()
    assert len(pad.history.content(entry.number).strokes) == 1
    assert label(entry) == headline(pad.reading) != "4"
    pad.redo()
    [entry] = pad.remembered()
    assert entry.digit == 4
    pad.clear()
    pad.undo()
    assert [(again.number, again.digit) for again in pad.remembered()] == [(entry.number, 4)]


def test_a_drawing_that_is_undone_to_nothing_stays_in_the_history(pad):
    write(pad, 1)
    pad.undo()
    assert pad.drawing.content.is_empty
    assert [entry.digit for entry in pad.remembered()] == [1]


def test_what_was_forgotten_cannot_be_brought_again_by_undoing(pad):
    write(pad, 4)
    pad.clear()
    write(pad, 7)
    pad.forget_all()
    assert not pad.drawing.can_undo
    pad.undo()
    assert pad.remembered() == []
    assert pad.reading.digit == 7  # what is on the canvas stays there


def test_the_history_says_what_was_read_last_and_by_whom(pad):
    write(pad, 4)
    pad.use(Recognizer(model="classic"))
    assert [(entry.digit, entry.model) for entry in pad.remembered()] == [(4, "classic")]


def test_a_reading_in_the_middle_of_a_stroke_is_not_written_down(pad):
    pad.press(100, 20)
    pad.move(100, 250)
    pad.follow()
    assert pad.is_read
    assert pad.remembered() == []


def test_drawings_can_be_forgotten(pad):
    write(pad, 4)
    pad.clear()
    write(pad, 7)
    pad.forget(pad.remembered()[0])
    assert [entry.digit for entry in pad.remembered()] == [4]
    pad.forget_all()
    assert pad.remembered() == []
    pad.press(1, 1)
    pad.release()
    assert len(pad.remembered()) == 1


def test_a_picture_is_read_and_kept_and_makes_room_for_a_stroke(pad):
    pad.show(Content(picture=draw(5)))
    pad.follow()
    assert pad.reading.digit == 5
    assert pad.remembered()[0].digit == 5
    write(pad, 1)
    pad.follow()
    assert pad.reading.digit == 1
    assert [entry.digit for entry in pad.remembered()] == [1, 5]
    pad.undo()
    pad.follow()
    assert pad.reading.digit == 5


def test_the_eraser_is_wider_and_leaves_no_ink(pad):
    pad.press(10, 10)
    pad.move(10, 200)
    pad.release()
    pad.choose_pen(erases=True)
    pad.press(10, 10)
    pad.move(10, 200)
    pad.release()
    _, stroke = pad.drawing.content.strokes
    assert stroke.erases
    assert stroke.widths[0] > pad.width
    assert pad.reading.verdict is Verdict.EMPTY


def test_the_eraser_changes_nothing_where_nothing_was_drawn(pad):
    pad.choose_pen(erases=True)
    pad.press(10, 10)
    pad.move(100, 100)
    pad.release()
    assert not pad.drawing.can_undo
    picture = draw(5)
    pad.show(Content(picture=picture))
    pad.press(10, 10)
    pad.move(100, 100)
    pad.release()
    assert pad.drawing.content.picture is picture
    assert [entry.digit for entry in pad.remembered()] == [5]


def test_a_light_hand_draws_thinner_and_no_pressure_is_senseless(pad):
    pad.press(0, 0, pressure=0.0)
    for pressure in (0.5, 1.0, 3.0, -1.0):
        pad.move(pressure, 0, pressure)
    widths = pad.drawing.content.strokes[0].widths
    assert widths[0] == widths[4] < widths[1] < widths[2] == widths[3] == pad.width


@pytest.mark.parametrize(("asked", "given"), [(5, 5), (0, 2), (-4, 2), (1000, 60)])
def test_a_pen_has_a_sensible_width(pad, asked, given):
    pad.choose_pen(width=asked)
    assert pad.width == given


def test_another_model_reads_what_is_there_at_once(pad, told):
    write(pad, 2)
    pad.use(Recognizer(model="classic"))
    assert pad.reading.digit == 2
    assert pad.recognizer.model.name == "classic"
    assert Change.MODEL in told


def test_a_thousand_strokes_are_drawn_and_read(pad):
    rng = np.random.default_rng(1)
    for _ in range(1000):
        x, y = rng.uniform(0, 500, 2)
        pad.press(x, y)
        pad.move(x + 20, y)
        pad.drawing.end()
    pad.follow()
    assert pad.is_read
    assert pad.reading.glyph.any()
    assert len(pad.drawing.content.strokes) == 1000


def test_a_number_is_read_by_itself_as_it_is_drawn(pad, told):
    readings = []
    for stroke in drawn("4071"):
        (x, y), *others = stroke.points
        pad.press(x, y)
        for place in others:
            pad.move(*place)
        pad.release()
        readings.append(pad.page.text if pad.page else headline(pad.reading))
    assert readings[1:] == ["4", "40", "407", "4071"]
    assert pad.reading.verdict is Verdict.SEVERAL
    assert Change.READING in told
    pad.undo()
    assert pad.page.text == "407"
    pad.clear()
    pad.follow()
    assert pad.page is None


@pytest.mark.parametrize("text", ["10", "11", "00", "14", "77"])
def test_two_digits_are_never_one(pad, text):
    pad.add(*drawn(text))
    assert pad.page.text == text


@pytest.mark.parametrize("digit", range(10))
def test_one_digit_is_read_as_its_picture_is(pad, digit):
    write(pad, digit)
    assert pad.page is None
    assert pad.reading == recognizer.read(picture_of(pad.drawing.content))
    assert pad.shown is pad.reading


def test_of_several_digits_the_least_sure_is_looked_at_until_another_one_is_pointed_at(pad, told):
    pad.add(*drawn("4071"))
    sure = [digit.reading.confidence for digit in pad.page.digits]
    assert sure[pad.pointed] == min(sure)
    other = (pad.pointed + 1) % 4
    told.clear()
    pad.point_at(other)
    assert told == [Change.POINTED]
    assert pad.shown is pad.page.digits[other].reading
    pad.point_at(9)
    assert pad.pointed == other
    pad.add(*drawn("5", at=(280, 0)))
    assert pad.page.text == "40715"


def test_numbers_apart_and_rows_are_told_as_such(pad):
    pad.add(*drawn("40"), *drawn("17", at=(320, 0)), *drawn("8", at=(0, 160)))
    assert pad.page.text == "40 17\n8"


def test_a_picture_of_a_number_is_read_as_one(pad):
    pad.show(Content(picture=np.hstack([draw(4), draw(2)])))
    assert pad.page.text == "42"
    pad.show(Content(picture=draw(7)))
    assert (pad.page, pad.reading.digit) == (None, 7)


def test_a_number_of_the_past_comes_back(pad):
    pad.add(*drawn("42"))
    pad.clear()
    write(pad, 7)
    entries = pad.remembered()
    assert [label(entry) for entry in entries] == ["7", "42"]
    assert said(entries[1]).startswith("42, ")
    pad.bring_back(entries[1])
    pad.follow()
    assert pad.page.text == "42"


def test_no_letter_or_scribble_is_a_number(pad):
    for strokes in (
        [((10, 10), (60, 90)), ((60, 10), (10, 90))],  # an X
        [((10, 90), (10, 10), (60, 90), (60, 10))],  # an N
        [((10, 10), (10, 90), (60, 90))],  # an L
        [tuple((x, 60 + 40 * (-1) ** x) for x in range(10, 110, 5))],  # a zigzag
        [((x, 10), (x, 300)) for x in range(20, 300, 40)]
        + [((10, x), (300, x)) for x in range(20, 300, 40)],  # a grid
    ):
        pad.clear()
        pad.add(*(Stroke(points, (6.0,) * len(points)) for points in strokes))
        assert pad.page is None


def test_where_reading_takes_longer_than_a_frame_it_waits_until_the_pen_is_lifted(pad):
    pad.add(*drawn("42"))
    pad.milliseconds = 400.0  # as on a slow machine
    pad.press(150, 10)
    pad.move(150, 90)
    pad.follow()
    assert not pad.is_read
    assert pad.page.text == "42"
    pad.release()
    assert pad.is_read
    assert pad.page.text == "421"


def test_a_number_that_was_erased_is_nothing(pad):
    pad.add(*drawn("42"))
    pad.add(Stroke(((0.0, 50.0), (200.0, 50.0)), (140.0, 140.0), erases=True))
    assert pad.page is None
    assert pad.reading.verdict is Verdict.EMPTY


def test_of_several_digits_the_picture_of_the_one_that_is_looked_at_is_shown(pad):
    pad.add(*drawn("42", pen=18, at=(20, 20)))
    assert len(pad.page.digits) == 2
    for place, digit in enumerate((4, 2)):
        pad.point_at(place)
        assert recognizer.read_one(pad.shown_picture).digit == digit
    pad.show(Content(picture=np.hstack([draw(4), draw(2)])))
    for place, digit in enumerate((4, 2)):
        pad.point_at(place)
        assert recognizer.read_one(pad.shown_picture).digit == digit
    pad.clear()
    write(pad, 7)
    assert np.array_equal(pad.shown_picture, picture_of(pad.drawing.content))


def test_who_leaves_is_told_nothing_more_even_while_all_are_told(pad, told):
    def leave(_):
        pad.unsubscribe(leave)

    pad.subscribe(leave)
    pad.choose_pen(width=9)
    pad.unsubscribe(told.append)
    assert told == [Change.PEN]
    pad.choose_pen(width=11)
    assert told == [Change.PEN]
