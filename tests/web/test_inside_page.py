"""The page *Inside* without a browser: what is open while it is shown, and what a browser could send to it."""

import gc
import json
import weakref
from pathlib import Path

import pytest
import streamlit as st
from conftest import drawn
from streamlit.testing.v1 import AppTest

from digitpad import Recognizer
from digitpad.models import catalogue
from digitpad.pad.addresses import address
from digitpad.pad.history import History
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_words import EVIDENCE, NEIGHBOURS, ONE_MAP, SWITCH_OFF, WHY, WITHOUT_LESSONS
from digitpad.pad.pad import Pad
from digitpad.pad.words import sentence
from digitpad_web import canvas, inside, inside_maps, inside_view
from digitpad_web.readers import READER

APP = Path(__file__).parents[2] / "web" / "app.py"


def the_page() -> None:
    """What the app shows under *Inside*."""
    from digitpad_web import inside

    inside.page()


@pytest.fixture
def app() -> AppTest:
    """The page as a visitor first sees it who has drawn a 4."""
    app = AppTest.from_function(the_page, default_timeout=60)
    app.session_state["pad"] = pad = Pad(Recognizer(), History(None))
    pad.add(*drawn("4"))
    return app


def maps(app: AppTest) -> dict:
    """What the browser is sent of the maps."""
    [found] = [part.proto for part in app.get("bidi_component") if '"layers"' in part.proto.json]
    return json.loads(found.json)


@pytest.mark.parametrize("name", ["hands", "mine"])
def test_every_layer_of_a_model_is_sent_as_one_picture_a_models_of_the_operators_own_too(app, mine, name):
    app.session_state[READER] = name
    assert not app.run().exception
    sent = maps(app)
    layers = json.loads(sent["layers"])
    look = Recognizer(catalogue.find(name)).look_inside
    found = look(app.session_state["pad"].shown_picture)
    assert [layer["count"] for layer in layers] == [1, *(layer.channels for layer in found.layers)]
    assert all(("picture" in layer) != ("bars" in layer) for layer in layers)
    [side] = json.loads(sent["sides"])
    assert side["name"] == name
    assert side["lines"]["sentence"] == sentence(found.reading)


def test_pictures_that_the_browser_says_it_has_are_not_sent_again(app):
    sent = maps(app.run())
    assert len(sent["layers"]) < 60_000  # a stroke's maps are on the screen soon, also far from the server
    app.session_state["maps"] = {"done": {"version": sent["version"]}}
    assert maps(app.run())["layers"] == ""


def test_each_part_of_the_story_can_be_seen_on_empty_paper_too(app):
    for content in ("4", ""):
        app.session_state["pad"] = pad = Pad(Recognizer(), History(None))
        pad.add(*drawn(content)) if content else None
        for tab in (ONE_MAP, EVIDENCE, WHY, NEIGHBOURS):
            app.session_state["story"] = tab
            assert not app.run().exception


def test_what_looks_into_a_model_is_let_go_of_on_another_page_and_opened_again(mine):
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.run()
    assert inside.VIEW not in app.session_state
    app.session_state[inside.VIEW] = view = InsideView(Recognizer().model, inside_view.shared_lens)
    view.point_at(0, 1, 5)
    app.run()
    assert not app.exception
    assert inside.VIEW not in app.session_state
    assert app.session_state[inside.LEFT]["map"] == "6"
    assert not view.sides


@pytest.mark.parametrize("chosen", ["hands", "mine"])
def test_the_model_that_was_chosen_last_on_another_page_is_looked_into(app, mine, chosen):
    app.session_state[inside.LEFT] = {"model": "mine", "beside": "classic", "layer": "2", "map": "6"}
    app.session_state[READER] = chosen
    assert not app.run().exception
    view = app.session_state[inside.VIEW]
    assert [side.model.name for side in view.sides] == [chosen, "classic"]
    assert app.session_state[READER] == chosen
    assert (view.channel == 5) == (chosen == "mine")  # in another model there are other maps


def test_it_is_said_that_what_was_taught_is_left_out(app):
    app.run()
    pad = app.session_state["pad"]
    assert WITHOUT_LESSONS not in [element.value for element in app.info]
    pad.teach(7)
    app.run()
    assert WITHOUT_LESSONS in [element.value for element in app.info]
    assert app.session_state[inside.VIEW].inside.reading.digit == 4


def test_all_visitors_share_one_lens_a_model_which_goes_with_the_last_of_them():
    model = catalogue.find("classic")
    visits = [InsideView(model, inside_view.shared_lens) for _ in range(30)]
    lens = weakref.ref(visits[0].sides[0].lens)
    assert {id(view.sides[0].lens) for view in visits} == {id(lens())}
    for view in visits:
        view.close()
    gc.collect()
    assert lens() is None


def test_a_model_whose_file_was_changed_is_named_and_the_server_path_is_not(app, mine, caplog):
    app.session_state[READER] = "mine"
    app.run()
    (mine / "model.tflite").write_bytes(b"another")
    app.session_state[inside.VIEW].close()
    del app.session_state[inside.VIEW]
    gc.collect()
    assert not app.run().exception
    assert "The model mine can't be used" in " ".join(element.value for element in app.warning)
    assert str(mine) in caplog.text


@pytest.mark.parametrize(
    "done",
    [
        None,
        "x",
        [],
        {"entries": None},
        {"entries": ["x"]},
        {"entries": [{"count": 1}]},
        {"entries": [{"count": 1, "does": "point", "place": "one", "channel": 1, "row": 0, "column": 0}]},
        {"entries": [{"count": 1, "does": "point", "place": 1, "channel": 1, "row": "x", "column": []}]},
        {"entries": [{"count": 1e999, "does": "switch", "place": 1, "channel": 1, "row": 0, "column": 0}]},
    ],
)
def test_what_does_not_come_from_the_page_changes_nothing(monkeypatch, done):
    view = InsideView(catalogue.find("classic"))
    before = address(view)
    monkeypatch.setattr(st, "session_state", {inside_maps.KEY: {"done": done}})
    inside_maps._take_done(view)
    assert address(view) == before


def test_what_lies_beyond_the_last_map_becomes_that_and_what_was_done_is_done_once(monkeypatch):
    view = InsideView(catalogue.find("classic"))
    entry = {"count": 1, "does": "point", "place": 10**6, "channel": 10**6, "row": 10**6, "column": -1}
    state = {inside_maps.KEY: {"done": {"entries": [entry]}}}
    monkeypatch.setattr(st, "session_state", state)
    inside_maps._take_done(view)
    assert (view.layer, view.channel) == (7, 9)
    switch = {"count": 2, "does": "switch", "place": 1, "channel": 3, "row": None, "column": None}
    state[inside_maps.KEY] = {"done": {"entries": [entry, switch]}}
    for _ in range(2):
        inside_maps._take_done(view)
    assert view.sides[0].off == {(0, 3)}


def test_a_drawing_from_elsewhere_is_moved_onto_the_canvas(app):
    strokes = drawn("4")
    far = [
        type(stroke)(tuple((10 * x - 500, 10 * y + 900) for x, y in stroke.points), stroke.widths)
        for stroke in strokes
    ]
    moved = canvas.fitting(far)
    assert len(moved) == len(strokes)
    assert all(0 <= value <= canvas.SIDE for stroke in moved for point in stroke.points for value in point)
    assert canvas.fitting(strokes)[0].points == strokes[0].points


def test_a_map_can_be_switched_off_by_its_button(app):
    app.run().button(key="switch").click().run()
    assert not app.exception
    assert app.session_state[inside.VIEW].sides[0].off == {(0, 0)}
    assert app.button(key="switch").label != SWITCH_OFF
    app.button(key="all-on").click().run()
    assert not app.session_state[inside.VIEW].sides[0].off


def test_the_map_of_shuffled_weights_and_the_nearest_digits_stand_beside_the_explanation(app):
    app.session_state["story"] = WHY
    app.session_state["lie"] = True
    assert not app.run().exception
    shown = " ".join(element.body for element in app.html)
    assert shown.count('class="why"') == 2
    assert any("whose weights were shuffled" in element.value for element in app.markdown)
    app.session_state["story"] = NEIGHBOURS
    assert not app.run().exception
    shown = " ".join(element.body for element in app.html)
    assert shown.count("alike; ") == 9
    assert "A 4, " in shown
