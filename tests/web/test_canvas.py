"""What a browser sends, and what could be sent instead of it."""

import pytest
import streamlit as st

from digitpad import Recognizer
from digitpad.history import History
from digitpad.pad import Change, Pad
from digitpad_web import canvas

LINE = {"id": 1, "points": [[10, 10], [20, 200]], "widths": [18, 18], "erases": False}


@pytest.fixture
def pad():
    return Pad(Recognizer(), History(None))


@pytest.fixture
def send(pad, monkeypatch):
    """Have the browser say something, and the pad take it over."""
    session = _Session()
    monkeypatch.setattr(st, "session_state", session)

    def sent(value):
        session[canvas.KEY] = {"strokes": value}
        canvas.take_strokes(pad)
        return pad.drawing.content.strokes

    return sent


class _Session(dict):
    """As Streamlit's: what is in it can be set as an attribute too."""

    def __setattr__(self, name, value):
        self[name] = value


def test_a_stroke_is_taken_over_once(send):
    assert len(send({"mount": "a", "strokes": [LINE]})) == 1
    assert len(send({"mount": "a", "strokes": [LINE]})) == 1
    assert len(send({"mount": "a", "strokes": [LINE, {**LINE, "id": 2}]})) == 2


def test_the_first_stroke_of_a_new_page_is_no_old_one(send):
    send({"mount": "a", "strokes": [LINE]})
    assert len(send({"mount": "b", "strokes": [LINE]})) == 2


def test_the_rest_of_a_drawing_that_the_server_has_forgotten_waits_for_the_whole(send):
    assert send({"mount": "a", "strokes": [{**LINE, "id": 2}]}) == ()
    assert len(send({"mount": "b", "strokes": [LINE, {**LINE, "id": 2}]})) == 2


@pytest.mark.parametrize(
    "value",
    [
        None,
        "strokes",
        [],
        {},
        {"mount": "a"},
        {"mount": "a", "strokes": None},
        {"mount": "a", "strokes": ["x"]},
        {"mount": "a", "strokes": [{**LINE, "id": "one"}]},
        {"mount": "a", "strokes": [{**LINE, "points": []}]},
        {"mount": "a", "strokes": [{**LINE, "points": "abc"}]},
        {"mount": "a", "strokes": [{**LINE, "widths": [18]}]},
        {"mount": "a", "strokes": [{**LINE, "points": [[float("nan"), 1], [2, 2]]}]},
        {"mount": "a", "strokes": [{**LINE, "widths": [float("inf"), 1]}]},
    ],
)
def test_what_is_no_stroke_changes_nothing(send, value):
    assert send(value) == ()


def test_places_off_the_canvas_are_brought_to_its_edge_and_widths_to_a_pens(send):
    far = {**LINE, "points": [[-1e9, 5], [1e9, 5]], "widths": [-3, 1e9]}
    [stroke] = send({"mount": "a", "strokes": [far]})
    assert stroke.points == ((0.0, 5.0), (canvas.SIDE, 5.0))
    assert all(0 < width < 200 for width in stroke.widths)


def test_there_is_a_limit_to_the_points_of_a_drawing(send):
    long = {"points": [[10, 10]] * canvas.MOST_POINTS, "widths": [18] * canvas.MOST_POINTS, "erases": False}
    enough = -(-canvas.MOST_POINTS_IN_ALL // canvas.MOST_POINTS)
    strokes = [{"id": number, **long} for number in range(1, enough + 10)]
    assert len(send({"mount": "a", "strokes": strokes})) == enough


def test_many_strokes_of_one_message_are_read_as_one_drawing(send, pad):
    readings = []
    pad.subscribe(lambda change: readings.append(change) if change is Change.READING else None)
    assert len(send({"mount": "a", "strokes": [{**LINE, "id": number} for number in range(1, 201)]})) == 200
    assert len(readings) <= 2


def test_there_is_a_limit_to_what_one_visitor_can_draw(send):
    many = [{**LINE, "id": number} for number in range(1, canvas.MOST_STROKES + 200)]
    assert len(send({"mount": "a", "strokes": many})) == canvas.MOST_STROKES
    assert len(send({"mount": "a", "strokes": [{**LINE, "id": 10_000}]})) == canvas.MOST_STROKES
