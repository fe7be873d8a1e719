"""What a browser sends, and what could be sent instead of it."""

import base64
import io

import cv2
import numpy as np
import pytest
import streamlit as st
from conftest import draw
from PIL import Image

from digitpad import Recognizer
from digitpad.pad.drawing import Content
from digitpad.pad.history import History
from digitpad.pad.pad import Change, Pad
from digitpad_web import canvas
from digitpad_web.images import address

LINE = {"id": 1, "points": [[10, 10], [20, 200]], "widths": [18, 18], "erases": False}


@pytest.fixture
def pad():
    return Pad(Recognizer(), History(None))


@pytest.fixture
def send(pad, monkeypatch):
    """Have the browser say something, and the pad take it over."""
    session = _Session({f"seen on {canvas.PAD}": canvas.Seen("a")})
    monkeypatch.setattr(st, "session_state", session)

    def sent(value):
        session[canvas.PAD] = {"strokes": value}
        canvas.take_strokes(pad)
        return pad.drawing.content.strokes

    return sent


class _Session(dict):
    """As Streamlit's: what is in it can be set as an attribute too."""

    __getattr__ = dict.__getitem__

    def __setattr__(self, name, value):
        self[name] = value


def test_a_stroke_is_taken_over_once(send):
    assert len(send({"visit": "a", "strokes": [LINE]})) == 1
    assert len(send({"visit": "a", "strokes": [LINE]})) == 1
    assert len(send({"visit": "a", "strokes": [LINE, {**LINE, "id": 2}]})) == 2


def test_strokes_of_a_visit_that_was_forgotten_are_not_drawn_until_the_browser_sends_them_for_this_one(send):
    assert send({"visit": "b", "strokes": [LINE]}) == ()
    assert len(send({"visit": "a", "strokes": [LINE]})) == 1


def test_a_key_says_what_the_strokes_before_it_are_and_no_others(send, pad):
    more = {**LINE, "id": 3, "points": [[200, 10], [220, 200]]}
    assert len(send({"visit": "a", "strokes": [LINE, {"id": 2, "key": "n"}, more]})) == 2
    [lesson] = pad.hands.current
    assert lesson.digit is None
    assert np.flatnonzero(lesson.glyph.any(axis=0)).max() < 20  # one stroke, in the middle
    assert pad.lesson is None
    for key in ("x", "", "12", {}, None):
        send({"visit": "a", "strokes": [{"id": 4, "key": key}]})
    assert list(pad.hands.current) == [lesson]


def test_every_visit_has_another_name():
    assert canvas.Seen().visit != canvas.Seen().visit


@pytest.mark.parametrize(
    "value",
    [
        None,
        "strokes",
        [],
        {},
        {"visit": "a"},
        {"visit": "a", "strokes": None},
        {"visit": "a", "strokes": ["x"]},
        {"visit": "a", "strokes": [{**LINE, "id": "one"}]},
        {"visit": "a", "strokes": [{**LINE, "points": []}]},
        {"visit": "a", "strokes": [{**LINE, "points": "abc"}]},
        {"visit": "a", "strokes": [{**LINE, "widths": [18]}]},
        {"visit": "a", "strokes": [{**LINE, "points": [[float("nan"), 1], [2, 2]]}]},
        {"visit": "a", "strokes": [{**LINE, "widths": [float("inf"), 1]}]},
    ],
)
def test_what_is_no_stroke_changes_nothing(send, value):
    assert send(value) == ()


def test_places_off_the_canvas_are_brought_to_its_edge_and_widths_to_a_pens(send):
    far = {**LINE, "points": [[-1e9, 5], [1e9, 5]], "widths": [-3, 1e9]}
    [stroke] = send({"visit": "a", "strokes": [far]})
    assert stroke.points == ((0.0, 5.0), (canvas.SIDE, 5.0))
    assert all(0 < width < 200 for width in stroke.widths)


def test_a_picture_that_was_on_the_pad_comes_back_as_it_was(send, pad):
    shown = address(draw(7))
    sent = {"visit": "a", "strokes": [{"id": 1, "picture": shown}]}
    send(sent)
    assert pad.reading.digit == 7
    assert canvas._shown(pad.drawing.content) == shown
    before = pad.drawing.content
    send(sent)
    assert pad.drawing.content is before


@pytest.mark.parametrize(
    "picture", [None, 5, "", "data:image/webp;base64,AAAA", "data:image/webp;base64,\u00e9", "A" * 2**22, ["x"]]
)
def test_what_is_no_picture_is_passed_over_and_the_strokes_after_it_are_drawn(send, pad, picture):
    assert len(send({"visit": "a", "strokes": [{"id": 1, "picture": picture}, {**LINE, "id": 2}]})) == 1
    assert pad.drawing.content.picture is None


def test_there_is_a_limit_to_the_points_of_a_drawing(send):
    long = {"points": [[10, 10]] * canvas.MOST_POINTS, "widths": [18] * canvas.MOST_POINTS, "erases": False}
    enough = -(-canvas.MOST_POINTS_IN_ALL // canvas.MOST_POINTS)
    strokes = [{"id": number, **long} for number in range(1, enough + 10)]
    assert len(send({"visit": "a", "strokes": strokes})) == enough


def test_many_strokes_of_one_message_are_read_as_one_drawing(send, pad):
    readings = []
    pad.subscribe(lambda change: readings.append(change) if change is Change.READING else None)
    assert len(send({"visit": "a", "strokes": [{**LINE, "id": number} for number in range(1, 201)]})) == 200
    assert len(readings) <= 2


def test_there_is_a_limit_to_what_one_visitor_can_draw(send):
    many = [{**LINE, "id": number} for number in range(1, canvas.MOST_STROKES + 200)]
    assert len(send({"visit": "a", "strokes": many})) == canvas.MOST_STROKES
    assert len(send({"visit": "a", "strokes": [{**LINE, "id": 10_000}]})) == canvas.MOST_STROKES


def test_a_photo_on_the_pad_is_sent_small_enough_for_every_click(pad, monkeypatch):
    shown = {}
    monkeypatch.setattr(canvas, "_component", lambda **said: shown.update(said["data"]))
    monkeypatch.setattr(st, "session_state", _Session())
    photo = np.random.default_rng(1).integers(90, 230, (600, 800, 3), np.uint8)
    pad.show(Content(picture=cv2.GaussianBlur(photo, (5, 5), 0)))
    canvas.canvas(pad, "")
    assert len(shown["picture"]) < 150_000


@pytest.mark.parametrize("picture", [np.zeros((40, 60), np.uint8), np.full((40, 60, 4), (0, 0, 0, 99), np.uint8)])
def test_a_grey_picture_and_a_transparent_one_can_be_shown(picture):
    data = base64.b64decode(address(picture).partition(",")[2])
    shown = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert shown.shape == (40, 60, 4)
    assert abs(int(shown[20, 30, 3]) - (255 if picture.ndim == 2 else 99)) <= 1
