"""A drawing: strokes, the way back, and the picture that is read."""

import numpy as np
import pytest
from conftest import STROKES

from digitpad import Recognizer, Verdict
from digitpad.glyphs.strokes import Stroke
from digitpad.pad.drawing import SIDE, Content, Drawing, from_json, picture_of, to_json
from digitpad.pad.undoing import UNDONE

pad = Recognizer()


def stroke(points, width=18.0, erases=False):
    return Stroke(tuple((float(x), float(y)) for x, y in points), (width,) * len(points), erases)


def drawn(digit, scale=3.0, right=0.0, width=18.0):
    return Content(tuple(stroke([(x * scale + right, y * scale) for x, y in line], width) for line in STROKES[digit]))


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize(("scale", "right", "width"), [(3, 0, 18), (0.5, 700, 5), (20, -90, 60), (3, 0, 1)])
def test_what_is_drawn_is_read_wherever_and_however_large(digit, scale, right, width):
    assert pad.read(picture_of(drawn(digit, scale, right, width))).digit == digit


def test_the_picture_is_never_large():
    assert picture_of(drawn(3, scale=500)).shape == (SIDE, SIDE)
    assert picture_of(Content()).min() == 255


def test_a_pen_that_is_pressed_draws_wider_lines():
    points = tuple((float(x), 50.0) for x in range(0, 101, 5))
    swelling = Stroke(points, tuple(np.linspace(4, 30, len(points))))
    ink = picture_of(Content((swelling,))) < 128
    columns = ink.sum(axis=0)
    inked = np.flatnonzero(columns)
    assert columns[inked[-25]] > 2 * columns[inked[10]]


def test_the_eraser_takes_ink_away():
    line = stroke([(0, 0), (100, 0)])
    wiped = Content((line, stroke([(50, -30), (50, 30)], 40, erases=True)))
    assert (picture_of(wiped) < 128).sum() < 0.8 * (picture_of(Content((line,))) < 128).sum()
    assert pad.read(picture_of(Content((stroke([(5, 5)], erases=True),)))).verdict is Verdict.EMPTY


def test_every_change_can_be_taken_back_and_brought_again():
    drawing = Drawing()
    states = [drawing.content]
    for number in range(3):
        drawing.begin(number, number, 5)
        drawing.extend(number + 9, number, 5)
        drawing.end()
        states.append(drawing.content)
    drawing.clear()
    states.append(drawing.content)
    drawing.show(Content(picture=np.zeros((9, 9), np.uint8)))
    states.append(drawing.content)
    for state in reversed(states[:-1]):
        drawing.undo()
        assert drawing.content is state
    assert not drawing.can_undo
    drawing.undo()
    assert drawing.content is states[0]
    for state in states[1:]:
        drawing.redo()
        assert drawing.content is state
    assert not drawing.can_redo


@pytest.mark.parametrize("shape", [(900, 1200), (1200, 900, 3), (3000, 2, 4)])
def test_of_a_large_picture_no_more_is_kept_than_is_shown(shape):
    drawing = Drawing()
    drawing.show(Content(picture=np.full(shape, 200, np.uint8)))
    picture = drawing.content.picture
    assert max(picture.shape[:2]) == 560
    assert picture.shape[2:] == shape[2:]
    assert (picture == 200).all()


def test_the_oldest_changes_cannot_be_taken_back_for_ever():
    drawing = Drawing()
    for _ in range(UNDONE + 10):
        drawing.add(stroke([(1, 1), (2, 2)]))
    while drawing.can_undo:
        drawing.undo()
    assert len(drawing.content.strokes) == 10


def test_a_new_stroke_ends_what_could_be_brought_again():
    drawing = Drawing()
    drawing.begin(0, 0, 5)
    drawing.undo()
    assert drawing.can_redo
    drawing.begin(1, 1, 5)
    assert not drawing.can_redo
    assert drawing.content.strokes[0].points == ((1, 1),)


def test_a_pen_that_is_up_draws_nothing():
    drawing = Drawing()
    drawing.extend(5, 5, 5)
    assert not drawing.content.strokes
    drawing.begin(0, 0, 5)
    drawing.end()
    drawing.extend(5, 5, 5)
    assert len(drawing.content.strokes[0].points) == 1


def test_clearing_an_empty_canvas_is_no_change():
    drawing = Drawing()
    drawing.clear()
    assert not drawing.can_undo


def test_strokes_survive_as_text():
    strokes = (*drawn(4).strokes, stroke([(1.25, 2)], 7.5, erases=True))
    assert from_json(to_json(strokes)) == (*drawn(4).strokes, stroke([(1.2, 2)], 7.5, erases=True))


@pytest.mark.parametrize(
    "text", ["", "3", "{", '[{"points": []}]', '[{"points": [[1, 2]], "widths": [], "erases": false}]', '[{"x": 1}]']
)
def test_other_text_is_no_strokes(text):
    with pytest.raises(ValueError, match=r"."):
        from_json(text)


def test_of_many_pictures_the_last_ones_can_be_taken_back():
    drawing = Drawing()
    for grey in range(40):
        drawing.show(Content(picture=np.full((20, 20), grey, np.uint8)))
        drawing.clear()
    back = []
    while drawing.can_undo:
        drawing.undo()
        back += [] if drawing.content.picture is None else [int(drawing.content.picture[0, 0])]
    assert back == list(range(39, 29, -1))
