"""What is left of a cell's border at the edges of a picture that was cut out of a form."""

import cv2
import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer, Verdict
from digitpad.glyphs.border import without_border
from digitpad.training.data.strokes import draw as draw_strokes

pad = Recognizer("hands")


def cell(digit, rng, tilt=0.0, line=(0.012, 0.05), light=False, grain=0.0, touching=False, bordered=True):
    """A digit in a cell of a form, cut out so that some of its border is left at one to four sides."""
    room, width = 30, int(rng.integers(60, 160))
    height = int(width * rng.uniform(0.9, 1.4))
    thick = max(1, round(rng.uniform(*line) * width))
    size = int(rng.uniform(0.5, 0.75) * min(width, height))
    drawn = draw_strokes(list(digit.strokes), max(1.5, rng.uniform(0.04, 0.12) * size), size)
    left, top, wide, high = cv2.boundingRect(drawn)
    spare = np.array([width - wide, height - high]) / 2
    away = rng.uniform(-0.6, 0.6, 2) * (spare - 2 * thick)
    if touching:
        away = rng.choice([-1, 1], 2) * [spare[0] - thick / 2, 0]
    column, row = (room + spare + away).astype(int)
    strength = np.zeros((height + 2 * room, width + 2 * room), np.float32)
    strength[row : row + high, column : column + wide] = drawn[top : top + high, left : left + wide] / 255

    border = np.zeros_like(strength)
    lean, far = tilt * rng.choice([-1, 1]), 200
    for x in (room, room + width):
        ends = [(x - lean * far, room - far), (x + lean * (far + height), room + height + far)]
        cv2.line(border, *(np.array(end).round().astype(int).tolist() for end in ends), 1.0, thick, cv2.LINE_AA)
    for y in (room, room + height):
        ends = [(room - far, y + lean * far), (room + width + far, y - lean * (width + far))]
        cv2.line(border, *(np.array(end).round().astype(int).tolist() for end in ends), 1.0, thick, cv2.LINE_AA)
    if bordered:
        strength = np.maximum(strength, border * rng.uniform(0.35, 1))
    picture = 255 * (strength if light else 1 - strength) * 0.8 + 25 + rng.normal(0, 1, strength.shape) * grain

    rest = rng.permutation(4)[: rng.integers(1, 5)]
    inwards = [rng.uniform(-0.9, 0.4) * thick if side in rest else 2 * thick + tilt * width for side in range(4)]
    first_row, first_column = round(room + inwards[0]), round(room + inwards[1])
    last_row, last_column = round(room + height - inwards[2]), round(room + width - inwards[3])
    return picture.round().clip(0, 255).astype(np.uint8)[first_row:last_row, first_column:last_column]


@pytest.mark.parametrize(
    ("cells", "least"),
    [
        ({}, 0.97),
        ({"tilt": 0.04}, 0.97),
        ({"line": (0.05, 0.08)}, 0.95),
        ({"light": True}, 0.97),
        ({"grain": 4.0}, 0.97),
        ({"touching": True}, 0.93),
    ],
    ids=str,
)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_rest_of_a_cells_border_changes_nothing(hands, cells, least, seed):
    def read(bordered):
        chances = (np.random.default_rng([seed, number]) for number in range(len(hands)))
        pictures = (cell(digit, rng, bordered=bordered, **cells) for digit, rng in zip(hands, chances, strict=False))
        return list(pad.read_many(pictures))

    readings, bare = read(True), read(False)
    same = [one.digit == other.digit for one, other in zip(readings, bare, strict=True)]
    accepted = [reading.verdict in (Verdict.DIGIT, Verdict.UNSURE) for reading in readings]
    assert np.mean(same) >= least
    assert np.mean(accepted) >= least


@pytest.mark.parametrize("digit", range(10))
def test_a_frame_all_around_is_no_ink(digit):
    framed = cv2.copyMakeBorder(draw(digit, side=90, pen=7), 4, 5, 4, 3, cv2.BORDER_CONSTANT, value=120)
    assert pad.read(framed).digit == digit


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("pen", [4, 12, 24])
@pytest.mark.parametrize("end", [0, 20])
def test_a_1_at_the_edge_stays_a_1(side, pen, end):
    picture = np.full((200, 140), 255, np.uint8)
    picture[end : 200 - end, :pen] = 0
    assert pad.read(picture if side == "left" else picture[:, ::-1].copy()).digit == 1


@pytest.mark.parametrize("pen", [5, 12, 34])
@pytest.mark.parametrize("scale", [0.2, 0.5])
def test_of_a_digit_that_fills_its_picture_nothing_is_taken_for_a_border(hands, pen, scale):
    changed = 0
    for digit in hands:
        drawn = draw_strokes(list(digit.strokes), pen, 224)
        left, top, width, height = cv2.boundingRect(drawn)
        alone = 255 - drawn[top : top + height, left : left + width]
        small = np.asarray(cv2.resize(alone, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        changed += without_border(small) is not small
    assert changed <= 4  # of 200


def test_a_drawing_that_touches_no_edge_is_the_same_array():
    for drawing in (draw(5), np.dstack([draw(5)] * 3), np.full((280, 280), 255, np.uint8)):
        assert without_border(drawing) is drawing
