"""The address of a look inside: sent and opened again, and what nobody should have written into it."""

import numpy as np
import pytest
from conftest import drawn
from hypothesis import given, settings
from hypothesis import strategies as some

from digitpad import Recognizer
from digitpad.glyphs.strokes import Stroke
from digitpad.models.catalogue import SHIPPED
from digitpad.models.model import Model
from digitpad.pad.addresses import LONGEST, address, from_address, go_to
from digitpad.pad.drawing import Content, picture_of
from digitpad.pad.inside import InsideView

MODELS = {name: Model(SHIPPED / name) for name in ("classic", "hands")}
NAMES = ("model", "beside", "side", "layer", "map", "row", "column", "off", "beside-off", "present", "drawing")


def test_what_is_sent_is_seen_again():
    sent = InsideView(MODELS["classic"])
    sent.put_beside(MODELS["hands"])
    sent.switch(0, 2, 5)
    sent.switch(1, 0, 3)
    sent.switch(1, 4, 17)
    sent.point_at(1, 2, 40, 3, 7)
    sent.present(True)
    strokes = drawn("5")
    parts = address(sent, strokes)
    assert parts["model"] == "classic"
    assert (parts["layer"], parts["map"]) == ("3", "41")  # as a person counts
    assert all(isinstance(part, str) for part in parts.values())
    found = from_address(parts)
    assert not found.told
    seen = InsideView(MODELS["hands"])
    assert not go_to(seen, found, MODELS)
    assert [side.model.name for side in seen.sides] == ["classic", "hands"]
    assert [side.off for side in seen.sides] == [{(2, 5)}, {(0, 3), (4, 17)}]
    assert (seen.side, seen.layer, seen.channel, seen.row, seen.column) == (1, 2, 40, 3, 7)
    assert seen.is_presentation
    assert address(seen, found.strokes) == parts


def test_the_drawing_that_was_sent_is_read_as_it_was():
    view = InsideView(MODELS["hands"])
    for digit in "0123456789":
        strokes = drawn(digit)
        again = from_address(address(view, strokes)).strokes
        pictures = [picture_of(Content(tuple(each))) for each in (strokes, again)]
        first, second = (Recognizer(MODELS["hands"]).read(picture) for picture in pictures)
        assert (second.digit, second.verdict) == (first.digit, first.verdict)
        np.testing.assert_allclose(second.probabilities, first.probabilities, atol=0.02)


def test_pressure_and_the_eraser_are_sent_too_to_a_tenth():
    strokes = (
        Stroke(((1.04, 2.0), (30.96, -4.5)), (3.0, 5.04)),
        Stroke(((7.0, 7.0),), (20.0,), erases=True),
    )
    assert from_address(address(InsideView(MODELS["hands"]), strokes)).strokes == (
        Stroke(((1.0, 2.0), (31.0, -4.5)), (3.0, 5.0)),
        Stroke(((7.0, 7.0),), (20.0,), erases=True),
    )


def test_a_long_drawing_is_left_out_and_the_address_stays_short():
    rng = np.random.default_rng(1)
    places = tuple((float(x), float(y)) for x, y in rng.uniform(0, 280, (3000, 2)))
    parts = address(InsideView(MODELS["hands"]), [Stroke(places, (6.0,) * 3000)])
    assert "drawing" not in parts
    assert len(address(InsideView(MODELS["hands"]), drawn("8"))["drawing"]) < LONGEST / 2


def test_of_a_model_that_is_not_there_it_is_said_so_and_the_rest_is_shown():
    view = InsideView(MODELS["hands"])
    told = go_to(view, from_address({"model": "mine", "layer": "2", "map": "4"}), MODELS)
    assert told == "There is no model 'mine' here."
    assert (view.inside.model.name, view.layer, view.channel) == ("hands", 1, 3)


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"layer": "-1"}, "layer"),
        ({"layer": "2", "map": "x"}, "map"),
        ({"row": "9" * 5000}, "row"),
        ({"off": "3.6 4"}, "off"),
        ({"beside-off": "0.1"}, "beside-off"),
        ({"off": "1.1 " * 500}, "off"),
        ({"drawing": "x"}, "drawing"),
        ({"drawing": "é"}, "drawing"),
        ({"drawing": "A" * 9999}, "drawing"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_left_out_and_said(parts, named):
    found = from_address(parts)
    assert found.told == f"A part of the address makes no sense and was left out: {named}."
    assert not found.strokes
    assert go_to(InsideView(MODELS["classic"]), found, MODELS) == found.told


def test_a_drawing_that_would_fill_the_memory_is_left_out():
    import base64
    import json
    import zlib

    def packed(plain: bytes) -> str:
        return base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")

    bomb = packed(b" " * 900_000)
    assert len(bomb) < LONGEST
    hostile = [b"[" * 1000, b"7", b"{}", b'"abc"', b"[null]", b"[[0,[1],[]]]", b"[[0,[1],[1]]]", b"[[2,[1],[1,2]]]"]
    hostile += [
        b"[[0,[0],[1,2]]]",
        b"[[0,[-1],[1,2]]]",
        b"[[0,[1,2,3],[1,2]]]",
        b"[[0,[1],[1e999,2]]]",
        b"[[0,[NaN],[1,2]]]",
    ]
    hostile += [
        b"[[0,[1],[1e9,2]]]",
        b"[[0,[1e9],[1,2]]]",
        b'[[0,"1",[1,2]]]',
        b'[[0,[1],{"a":1}]]',
        b"[{}]",
        b"[[0,{},{}]]",
    ]
    hostile += [b"[[0,[1],[" + b"9" * 400 + b",2]]]", json.dumps([[0, [1], [1, 1] * 5000]]).encode()]
    for drawing in (bomb, *map(packed, hostile)):
        assert from_address({"drawing": drawing}).strokes == ()


@settings(max_examples=300, deadline=None)
@given(some.dictionaries(some.sampled_from(NAMES), some.text(max_size=30)))
def test_no_address_at_all_is_an_error(parts):
    view = InsideView(MODELS["classic"], lambda model: LENSES[model.name])
    go_to(view, from_address(parts), MODELS)
    assert view.sum is not None


LENSES = {name: model.lens() for name, model in MODELS.items()}
