"""The two apps are two faces of one core: what one can do, the other can, or the contributor's guide says why not."""

import ast
import re
from pathlib import Path

import pytest
from conftest import draw, drawn
from PySide6.QtGui import QAction
from streamlit.testing.v1 import AppTest

from digitpad import Recognizer
from digitpad.glyphs.strokes import Stroke
from digitpad.models import catalogue
from digitpad.models.hand import Hand
from digitpad.pad.history import History
from digitpad.pad.inside_words import EVIDENCE, NEIGHBOURS, WHY
from digitpad.pad.offered_hands import FOLDER
from digitpad.pad.pad import Pad
from digitpad.pad.quiz import ROUNDS
from digitpad_desktop.settings import Settings
from digitpad_desktop.window import Window
from digitpad_web.images import png
from digitpad_web.strip import SHOWN
from digitpad_web.uploads import CAMERA, CLIPBOARD

from .numbers.conftest import written

ROOT = Path(__file__).parents[1]
CONTROLS = (
    "button",
    "button_group",
    "camera_input",
    "chat_input",
    "download_button",
    "file_uploader",
    "popover",
    "selectbox",
    "slider",
    "toggle",
)


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


@pytest.mark.usefixtures("own_settings")
def test_every_action_of_the_desktop_stands_in_the_table(table, qtbot, tmp_path):
    window = Window(Pad(Recognizer(), History(tmp_path / "history.sqlite")), Settings())
    qtbot.addWidget(window)
    actions = [value for value in vars(window.do).values() if isinstance(value, QAction)]
    assert len(actions) > 15
    said = {action.text().replace("&", "").rstrip("…") for action in actions}
    assert said - named(table, 1) == set()


def test_the_table_names_the_controls_of_the_web_app_all_of_them_and_no_others(table):
    said = on_the_page_to_draw_on() | on_the_page_for_pictures() | shown(page("models").run()) | in_the_quiz()
    said |= on_the_page_inside() | among_the_hands()
    assert said == named(table, 2)


def on_the_page_to_draw_on() -> set[str]:
    app = page("draw")
    app.session_state.pad = pad = Pad(Recognizer(), History(None))
    for _ in range(SHOWN + 1):
        pad.clear()
        pad.add(Stroke(((100.0, 20.0), (100.0, 240.0)), (18.0, 18.0)))
    pad.clear()
    pad.add(*drawn("42"))
    pad.teach(3)
    controls = shown(app.run())
    return controls.union(*(shown(app.button(key=key).click().run()) for key in ("older", "save")))


def on_the_page_for_pictures() -> set[str]:
    app = page("pictures").run()
    seven = png(draw(7))
    said = shown(app)
    several = png(written("42", "7"))
    for files in ([seven], [seven, seven], [several, seven]):
        app.file_uploader[0].set_value(
            [(f"{place}.png", file, "image/png") for place, file in enumerate(files)]
        ).run()
        said |= shown(app)
    for source in (CAMERA, CLIPBOARD):
        app.button_group[0].set_value(source).run()
        said |= shown(app)
    return said


def in_the_quiz() -> set[str]:
    app = page("quiz").run()
    said = shown(app)
    for _ in range(ROUNDS):
        said |= shown(app.button(key="skip").click().run())
        said |= shown(app.button(key="next").click().run())
    return said


def on_the_page_inside() -> set[str]:
    app = page("inside")
    app.session_state.pad = pad = Pad(Recognizer(), History(None))
    pad.add(*drawn("4"))
    said = shown(app.run())
    for tab in (EVIDENCE, WHY, NEIGHBOURS):
        app.session_state["story"] = tab
        said |= shown(app.run())
    return said


def among_the_hands() -> set[str]:
    (catalogue.user_data() / FOLDER).mkdir(parents=True)
    Hand("The class").save(catalogue.user_data() / FOLDER / "class.hand")
    app = page("hands")
    app.session_state.pad = pad = Pad(Recognizer(), History(None))
    pad.add(*drawn("4"))
    pad.teach(7)
    said = shown(app.run())
    app = page("practice")
    said |= shown(app.run())
    practice = app.session_state["practice so far"]
    practice.pad.add(*drawn("4"))
    said |= shown(app.button(key="practice Next").click().run())
    while practice.asked is not None:
        practice.skip()
    return said | shown(app.run())


def page(name: str) -> AppTest:
    return AppTest.from_function(_page, args=(name,), default_timeout=60)


def _page(name):
    import importlib

    importlib.import_module(f"digitpad_web.{name}").page()


def shown(app: AppTest) -> set[str]:
    """What the controls are called, but for drawings of the strip, keys of the quiz, maps inside, and what asks
    "Not a 4?".
    """
    assert not app.exception
    elements = [element for kind in CONTROLS for element in app.get(kind)]
    others = ("drawing", "answer ", "source ", "ask")
    return {called(element) for element in elements if not str(element.key).startswith(others)}


def called(element) -> str:
    match element.type:
        case "popover":
            return element.proto.popover.label
        case "chat_input":
            return element.placeholder
    return element.label


def test_no_sentence_stands_in_both_apps_for_the_core_has_what_they_share():
    desktop, web = (
        {part for file in (ROOT / app).glob("*.py") for part in sentences(file.read_text(encoding="utf-8"))}
        for app in ("desktop", "web")
    )
    assert len(desktop) > 50
    assert len(web) > 50
    assert desktop & web == set()


def sentences(source: str) -> set[str]:
    """What stands in a file for people to read, three words or more in a row, but for docstrings."""
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value.replace("&", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
    ]
    parts = {part.strip(" …*") for text in texts for part in re.split("[.:;?]", text)}
    return {part for part in parts if len(part.split()) > 2}


def test_what_one_app_lacks_has_a_reason(table):
    assert len(table) > 15
    for feature, *cells in table:
        assert feature
        assert len(cells) == 2
        for cell in cells:
            assert cell, f"{feature}: say how it is done, or 'none:' and why not"
            assert not cell.startswith("none") or re.match(r"none: \w+ \w+", cell), f"{feature}: say why not"
        assert any(not cell.startswith("none") for cell in cells)
