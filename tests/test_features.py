"""The two apps are two faces of one core: what one can do, the other can, or the contributor's guide says why not."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from streamlit.testing.v1 import AppTest

from digitpad import Recognizer
from digitpad.history import History
from digitpad.pad import Pad
from digitpad_desktop.settings import Settings
from digitpad_desktop.window import Window

ROOT = Path(__file__).parents[1]
PAGES = ("draw", "pictures", "models")


@pytest.fixture(scope="module")
def table() -> list[list[str]]:
    """The cells of each row of the guide's table: the feature, and how it is done in either app."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = guide.split("## What the apps can do")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in row] for row in rows]


def named(table, column):
    """The controls that a column names."""
    return {name for row in table for name in re.findall(r"`([^`]+)`", row[column])}


def test_every_action_of_the_desktop_stands_in_the_table(table, qtbot, tmp_path):
    window = Window(Pad(Recognizer(), History(tmp_path / "history.sqlite")), Settings())
    qtbot.addWidget(window)
    actions = [value for value in vars(window.do).values() if isinstance(value, QAction)]
    assert len(actions) > 15
    said = {action.text().replace("&", "").rstrip("…") for action in actions}
    assert said - named(table, 1) == set()


def test_every_control_of_the_web_app_stands_in_the_table(table):
    said = set()
    for page in PAGES:
        app = AppTest.from_function(_page, args=(page,), default_timeout=60).run()
        assert not app.exception
        for kind in ("button", "toggle", "selectbox", "slider", "download_button", "file_uploader", "camera_input"):
            said |= {element.label for element in app.get(kind) if element.label}
    assert {"Undo", "Live", "Predict"} <= said
    assert said - named(table, 2) == set()


def _page(name):
    import importlib

    importlib.import_module(f"digitpad_web.{name}").page()


def test_what_one_app_lacks_has_a_reason(table):
    assert len(table) > 15
    for feature, *cells in table:
        assert feature
        assert len(cells) == 2
        for cell in cells:
            assert cell, f"{feature}: say how it is done, or 'none:' and why not"
            assert not cell.startswith("none") or re.match(r"none: \w+ \w+", cell), f"{feature}: say why not"
        assert any(not cell.startswith("none") for cell in cells)
