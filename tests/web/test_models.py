"""The page about the models, without a browser."""

import html
import json
import shutil

import pytest
from conftest import STROKES, drawn
from streamlit.testing.v1 import AppTest

from digitpad import Recognizer
from digitpad.glyphs.strokes import Stroke
from digitpad.models import catalogue
from digitpad.models.card import NO_CARD, PICTURES, facts, misread, told
from digitpad.models.mistakes import MISTAKES_FILE
from digitpad.pad.confusion import CONFUSION
from digitpad.pad.drawing import picture_of
from digitpad.pad.history import History
from digitpad.pad.pad import Pad
from digitpad.pad.words import bars, headline, sentence, sureness
from digitpad.pad.words import told as told_of_bars
from digitpad_web.readers import READER


def the_page() -> None:
    """What the app shows under "Models"."""
    from digitpad_web import models

    models.page()


@pytest.fixture
def app() -> AppTest:
    """The page as a visitor first sees it."""
    return AppTest.from_function(the_page, default_timeout=60)


def pad_with(digit: int) -> Pad:
    """A visitor's pad with a digit on it."""
    pad = Pad(Recognizer(), History(None))
    for points in STROKES[digit]:
        pad.add(Stroke(tuple((x * 2.8, y * 2.8) for x, y in points), (18.0,) * len(points)))
    return pad


def choose(app: AppTest, name: str) -> AppTest:
    [control] = app.segmented_control
    return control.set_value(name).run()


def tabs(app: AppTest) -> list[str]:
    return [tab.label for tab in app.tabs]


def images(part) -> list:
    return [image for element in part.get("image") for image in element.proto.imgs]


def facts_shown(app: AppTest) -> str:
    return " ".join(element.body for element in app.html)


def sentences(app: AppTest) -> list[str]:
    return [element.value for element in app.markdown]


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_the_figures_of_each_shipped_models_card_are_on_the_page(app, name):
    choose(app.run(), name)
    assert not app.exception
    shown = facts_shown(app)
    model = catalogue.find(name)
    for heading, rows in facts(model).items():
        assert f"**{heading}**" in sentences(app)
        for fact, value in rows:
            assert f">{fact}<".replace("'", "&#x27;") in shown
            assert f">{value}<" in shown
    chart = app.get("vega_lite_chart")[0]
    assert chart.proto.alt == told(misread(model.card))
    bars = json.loads(chart.proto.spec)["encoding"]["y"]
    assert bars["scale"]["domain"][0] == 0  # or their lengths would not be what they say


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_each_shipped_model_shows_all_pictures_of_its_training_and_explains_them(app, name):
    choose(app.run(), name)
    assert tabs(app) == ["Card", CONFUSION.title, *(what.title for what in PICTURES)]
    assert app.tabs[1].markdown[0].value == CONFUSION.explanation
    for tab, what in zip(app.tabs[2:], PICTURES, strict=True):
        [image] = images(tab)
        assert image.alt == image.caption == what.meaning
        assert tab.markdown[0].value == what.explanation


def test_the_model_that_reads_for_the_visitor_is_shown_first_and_its_address_says_so(app):
    app.session_state[READER] = "classic"
    assert app.run().segmented_control[0].value == "classic"
    assert app.query_params["model"] == "classic"


def test_what_was_chosen_here_stays_also_where_the_visitor_reads_with_another(app):
    app.session_state[READER] = "classic"
    choose(app.run(), "hands")
    assert app.run().segmented_control[0].value == "hands"


@pytest.mark.parametrize("name", ["", "nonsense"])
def test_an_address_with_no_models_name_shows_the_one_that_reads(app, name):
    app.query_params["model"] = name
    assert not app.run().exception
    assert app.segmented_control[0].value == "hands"


@pytest.mark.parametrize("address", ["", "my_model", "my\\_model"])
def test_a_model_whose_name_is_no_plain_markdown_is_shown_first_and_by_its_address(app, mine, address):
    mine.rename(mine.with_name("my_model"))
    if address:
        app.query_params["model"] = address
    else:
        app.session_state[READER] = "my_model"
    assert app.run().segmented_control[0].value == "my_model"


def test_models_of_the_operators_can_be_looked_at_too(app, mine):
    choose(app.run(), "mine")
    assert not app.exception
    assert ">classic<" in facts_shown(app)


def test_a_model_without_pictures_says_so_kindly(app, mine):
    for file in (*mine.glob("*.png"), mine / MISTAKES_FILE):
        file.unlink()
    choose(app.run(), "mine")
    assert not app.exception
    assert tabs(app) == ["Card"]
    assert "No pictures of its training" in app.info[0].value


def test_a_damaged_picture_is_passed_over(app, mine):
    (mine / "worst.png").write_bytes(b"damaged")
    content = (mine / "curves.png").read_bytes()
    (mine / "curves.png").write_bytes(content[: len(content) // 2])
    choose(app.run(), "mine")
    assert not app.exception
    assert tabs(app) == ["Card", "Confusion", "Architecture", "Calibration"]


def test_a_model_without_a_card_says_so_kindly(app, tmp_path):
    lone = tmp_path / "lone.tflite"
    shutil.copy(catalogue.SHIPPED / "classic" / "model.tflite", lone)
    catalogue.use(lone)
    app.run()
    assert not app.exception
    assert NO_CARD in [info.value for info in app.info]
    assert tabs(app) == ["Card"]
    assert ">0.90 MB<" in facts_shown(app)


def test_a_model_without_its_misread_digits_has_no_confusion_matrix(app, mine):
    (mine / MISTAKES_FILE).unlink()
    choose(app.run(), "mine")
    assert not app.exception
    assert tabs(app) == ["Card", *(what.title for what in PICTURES)]


def test_what_a_card_says_is_shown_as_text_and_not_as_html(app, mine):
    card = json.loads((mine / "card.json").read_text())
    (mine / "card.json").write_text(json.dumps({**card, "network": "<b>bold</b>"}))
    choose(app.run(), "mine")
    assert "&lt;b&gt;bold" in facts_shown(app)
    assert "<b>" not in facts_shown(app)


@pytest.mark.parametrize("digit", [3, 7])
def test_the_visitors_drawing_is_read_by_every_model_side_by_side(app, digit):
    pad = pad_with(digit)
    app.session_state["pad"] = pad
    app.run()
    assert not app.exception
    for name in ("classic", "hands"):
        model = catalogue.find(name)
        reading = Recognizer(model).read(picture_of(pad.drawing.content))
        assert name in [element.value for element in app.subheader]
        assert f">{headline(reading)}<" in facts_shown(app)
        assert f"**{sentence(reading)}**" in sentences(app)
        assert sureness(reading) in [element.value.replace("\\", "") for element in app.caption]
        said = html.escape(told_of_bars(bars(reading, model.tells_no_digit)))
        assert f'aria-label="{name} reads {said}"' in facts_shown(app)
        assert f"The glyph that {name} saw" in [image.alt for image in images(app)]
    assert "classic reads 0: " in facts_shown(app)
    assert facts_shown(app).count("<span>no digit</span>") == 1  # classic can't tell
    assert not app.page_link
    assert not [
        element.value for element in app.caption if element.value.startswith(">")
    ]  # "> 99.9 %" is no quotation


def test_a_number_is_read_as_a_number_by_every_model(app):
    app.session_state["pad"] = pad = Pad(Recognizer(), History(None))
    for stroke in drawn("42"):
        pad.add(stroke)
    app.run()
    assert not app.exception
    assert facts_shown(app).count(">42<") == 2
    assert sentences(app).count("**Looks like 42**") >= 1
    assert "…" not in facts_shown(app)


def test_it_says_why_the_models_differ(app):
    assert any("knows MNIST's scanned digits alone" in text for text in sentences(app.run()))


def test_an_empty_pad_says_what_to_do_and_leads_there(app):
    app.run()
    assert not app.exception
    assert "Draw a digit" in app.info[-1].value
    [link] = app.page_link
    assert link.label == "Draw"
    assert not app.subheader


def test_a_pad_whose_ink_was_all_erased_counts_as_empty(app):
    pad = Pad(Recognizer(), History(None))
    pad.add(Stroke(((100, 100), (120, 120)), (10, 10)))
    pad.add(Stroke(((90, 90), (130, 130)), (100, 100), erases=True))
    app.session_state["pad"] = pad
    app.run()
    assert not app.exception
    assert "Draw a digit" in app.info[-1].value
