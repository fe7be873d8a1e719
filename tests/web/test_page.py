"""The page without a browser: what it says before anything is drawn, and about models."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st
from conftest import draw
from streamlit.testing.v1 import AppTest

import digitpad
from digitpad import Recognizer
from digitpad.glyphs.strokes import Stroke
from digitpad.models import catalogue
from digitpad.pad.drawing import Content
from digitpad.pad.history import History
from digitpad.pad.pad import Pad

APP = Path(__file__).parents[2] / "web" / "app.py"


@pytest.fixture
def app() -> AppTest:
    """The page as a visitor first sees it."""
    return AppTest.from_file(str(APP), default_timeout=60)


def test_the_first_page_says_what_to_do(app):
    app.run()
    assert not app.exception
    assert "Predict" in [button.label for button in app.button]
    assert "Draw a digit or a number" in app.info[0].value
    assert "What you draw is kept here" in app.caption[0].value
    assert not app.warning
    assert not app.error


def test_a_drawing_on_a_picture_says_that_it_took_its_place(app):
    app.session_state.pad = pad = Pad(Recognizer(), History(None))
    pad.show(Content(picture=draw(6)))
    app.run()
    assert not app.info
    pad.add(Stroke(((100.0, 20.0), (100.0, 240.0)), (18.0, 18.0)))
    app.run()
    assert app.info[0].value.endswith("Undo it to bring the picture back.")
    app.button(key="undo").click().run()
    assert not app.info
    assert pad.drawing.content.picture is not None


def test_the_shipped_models_can_be_chosen_and_the_best_one_reads_at_first(app):
    [box] = app.run().selectbox
    assert box.options == ["classic", "hands"]
    assert box.value == "hands"
    box.select("classic").run()
    assert not app.exception
    assert app.selectbox[0].value == "classic"


def test_a_model_of_the_users_can_be_chosen_beside_the_shipped_ones(app, mine):
    [box] = app.run().selectbox
    assert box.options == ["classic", "hands", "mine"]
    box.select("mine").run()
    assert not app.exception
    assert app.selectbox[0].value == "mine"


def test_the_model_in_use_reads_at_first(app, mine):
    digitpad.use("mine")
    assert app.run().selectbox[0].value == "mine"


def test_a_model_that_is_finished_while_the_server_runs_shows_up(app, home):
    assert "fresh" not in app.run().selectbox[0].options
    shutil.copytree(catalogue.SHIPPED / "classic", home / "models" / "fresh")
    assert app.run().selectbox[0].options == ["classic", "hands", "fresh"]


def test_visitors_hear_which_model_is_broken_and_the_log_where_and_why(app, mine, caplog):
    digitpad.use("mine")
    (mine / "model.tflite").write_bytes(b"broken")
    for _ in range(2):
        app.run()
    assert not app.exception
    [warning] = app.warning
    assert warning.value == "The model mine can't be used, and hands reads instead; the server's log says why."
    assert app.selectbox[0].options == ["classic", "hands"]
    assert app.selectbox[0].value == "hands"
    [entry] = caplog.messages
    assert f"The model {mine / 'model.tflite'} is damaged" in entry


def test_a_broken_model_that_is_not_in_use_is_named_too(app, mine, caplog):
    (mine / "card.json").write_text("broken")
    [warning] = app.run().warning
    assert warning.value == "The model mine can't be used; the server's log says why."
    assert str(mine / "card.json") in caplog.text


def test_the_model_is_opened_once_and_not_with_every_click(app, monkeypatch):
    opened = []
    real = catalogue.Model

    def counting(path):
        opened.append(path)
        return real(path)

    monkeypatch.setattr(catalogue, "Model", counting)
    st.cache_resource.clear()
    app.run()
    at_start = len(opened)
    assert at_start > 0
    for _ in range(3):
        app.run()
    other = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not other.exception
    assert len(opened) == at_start


def test_the_first_page_does_without_pandas_which_takes_as_long_to_load_as_all_the_rest():
    program = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        f"page = AppTest.from_file({str(APP)!r}, default_timeout=60).run(); "
        "print(len(page.exception), 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False"]
