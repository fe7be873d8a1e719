"""The page about the models: how each was made, how well it reads, and how all read the same drawing."""

import html
import io
import json
from pathlib import Path
from typing import Any

import streamlit as st
from PIL import Image

from digitpad import Page, Reading, Recognizer, Verdict
from digitpad.models.card import (
    CARD_WORDS,
    DIGITS_MEANING,
    DIGITS_TITLE,
    LONGEST_BAR,
    MISREAD,
    NO_CARD,
    count,
    facts,
    misread,
    pictures,
    told,
)
from digitpad.models.mistakes import mistakes_of
from digitpad.models.model import Model
from digitpad.pad.confusion import CONFUSION
from digitpad.pad.drawing import Content, picture_of
from digitpad.pad.looking import look
from digitpad.pad.words import (
    WHAT_WAS_SEEN,
    headline,
    headline_of,
    sentence,
    sentence_of,
    sureness,
    sureness_of,
)
from digitpad_web import draw
from digitpad_web.answer import ENLARGED, plain, show_bars
from digitpad_web.canvas import canvas_out_of_sight
from digitpad_web.confusion import show_confusion
from digitpad_web.glossary import show_glossary, show_words
from digitpad_web.images import glyph_address
from digitpad_web.readers import chosen_name, in_use, recognizers, show_notices
from digitpad_web.visit import the_pad

NO_TRAINING_PICTURES = "No pictures of its training lie beside this model."
MODEL = "model"  # in the session, and in the page's address: which one is looked at
BESIDE = 2  # readings side by side; more would be too narrow for their bars
CHART_HEIGHT = 170
BLUE = "#2563eb"
WIDE = 560  # screen pixels of a picture that is higher than wide; one that is wider takes what there is

# The pictures are drawn on white; in the dark they are shown as sheets of paper, not as torn holes.
STYLE = """<style>
.st-key-training img {background: #fff; border-radius: .5rem; padding: .6rem; box-sizing: border-box;}
.facts {max-width: 46rem; display: grid; grid-template-columns: minmax(8rem, 2fr) 3fr; gap: .3rem 1rem;}
dl.facts, dl.facts dt, dl.facts dd {margin: 0; padding: 0; overflow-wrap: anywhere;}
.facts dt {opacity: .75;}
.read {font-size: 4.5rem; font-weight: 700; line-height: 1; margin: 0;}
.read.number {font-size: 2rem; white-space: pre-line; overflow-wrap: anywhere;}
</style>"""


def page() -> None:
    """Draw the page."""
    st.html(STYLE)
    st.title("Models", anchor=False)
    st.markdown("A model is a network with what it has learned. Here is how each was made, and how well it reads.")
    show_notices()
    available = recognizers()
    _begin_with_the_visitors()
    # What is looked at stands in the page's address too: a teacher can show a class where to look.
    name = st.segmented_control(
        "Model",
        list(available),
        default=in_use(),
        required=True,
        format_func=plain,
        key=MODEL,
        bind="query-params",
    )
    _show_model(available[name].model)
    show_glossary()
    st.header("The same drawing, read by each", anchor=False)
    _compare()


def _begin_with_the_visitors() -> None:
    """Put the visitor's own reader into the address where that names no model.

    Streamlit leaves the default out of the address, so the default must be the same for everybody.
    """
    named = st.query_params.get(MODEL)
    if named is None and (MODEL in st.session_state or chosen_name() == in_use()):
        return
    listed = plain(named or chosen_name())  # as the control writes it into the address
    if listed != named and (not named or named in recognizers()):
        st.query_params[MODEL] = listed
        st.rerun()  # the control looks at the address as it was when the run began


def _show_model(model: Model) -> None:
    """The card, and the pictures that can be shown."""
    shown = [(what, picture) for path, what in pictures(model) if (picture := _read(path))]
    mistakes = mistakes_of(model)
    titles = [*([CONFUSION.title] if mistakes else []), *(what.title for what, _ in shown)]
    with st.container(key="training"):
        card, *tabs = st.tabs(["Card", *titles], key="tab", bind="query-params")
    if mistakes:
        with tabs.pop(0):
            show_confusion(mistakes)
    with card:
        _show_card(model)
        if not shown:
            st.info(NO_TRAINING_PICTURES, icon=":material/image_not_supported:")
    for tab, (what, picture) in zip(tabs, shown, strict=True):
        with tab:
            st.markdown(what.explanation)
            show_words(what.words)
            _show_picture(picture, what.meaning)


def _show_card(model: Model) -> None:
    """In the words of the desktop's."""
    if not model.card:
        st.info(NO_CARD, icon=":material/help:")
    for heading, rows in facts(model).items():
        st.markdown(f"**{heading}**")
        entries = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in rows)
        st.html(f'<dl class="facts">{entries}</dl>')
    show_words(CARD_WORDS)
    wrong = misread(model.card)
    if wrong:
        st.markdown(f"**{DIGITS_TITLE}**")
        st.vega_lite_chart(_misread(wrong), width="stretch", height=CHART_HEIGHT, theme=None, alt=told(wrong))
        st.caption(DIGITS_MEANING)


def _misread(wrong: list[float]) -> dict[str, Any]:
    """Ten bars that begin at 0, as a Vega-Lite chart."""
    counts = [count(some) for some in wrong]
    rows = [
        {"digit": str(digit), "misread": some, "count": counted}
        for digit, (some, counted) in enumerate(zip(wrong, counts, strict=True))
    ]
    digits = {"title": None, "ticks": False, "domain": False, "labelAngle": 0, "grid": False}
    # A second axis names each by its count: the text of an axis follows the page's theme, that of a mark does not.
    beside = {"labelExpr": f"{json.dumps(counts)}[toNumber(datum.value)]", "labelFontSize": 12}
    place = {"field": "digit", "type": "nominal", "sort": None}
    return {
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "misread",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [0, max(LONGEST_BAR, *wrong)], "nice": False},
            },
            "tooltip": [
                {"field": "digit", "type": "nominal", "title": "Digit"},
                {"field": "count", "type": "nominal", "title": MISREAD},
            ],
        },
        "layer": [
            {
                "mark": {"type": "bar", "color": BLUE, "width": {"band": 0.6}},
                "encoding": {"x": place | {"axis": digits | {"labelFontSize": 13}}},
            },
            {
                "mark": {"type": "bar", "opacity": 0},
                "encoding": {"x": place | {"axis": digits | beside | {"orient": "top"}}},
            },
        ],
        "resolve": {"axis": {"x": "independent"}},
        "config": {"view": {"stroke": None}},
    }


def _read(path: Path) -> bytes:
    """A picture's file; nothing where it is damaged or gone."""
    try:
        content = path.read_bytes()
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # what Pillow says of damaged ones
        return b""
    return content


def _show_picture(content: bytes, meaning: str) -> None:
    with Image.open(io.BytesIO(content)) as picture:
        wide = picture.width > picture.height * 1.2
    with st.container(width="stretch" if wide else WIDE):
        st.image(content, caption=meaning, alt=meaning, width="stretch")


def _compare() -> None:
    """The visitor's drawing as each model reads it, or what to do to see that."""
    st.markdown(
        "The models differ because they learned from different things: **classic** knows MNIST's scanned digits "
        "alone and takes whatever it sees for a digit; **hands** has also learned from pen strokes by some 190 "
        "people, and from drawings that are no digits, which it turns away."
    )
    pad = the_pad()
    canvas_out_of_sight(pad)
    content = pad.drawing.content
    readers = recognizers()
    seen: dict[str, tuple[Reading, Page | None]] = {}
    if not content.is_empty:
        seen = {name: look(recognizer, content, is_drawing=False) for name, recognizer in readers.items()}
    if all(reading.verdict is Verdict.EMPTY for reading, _ in seen.values()):  # or all of it was erased
        st.info("The pad is empty. Draw a digit, then come back to see what each model makes of it.")
        st.page_link(draw.entry())
        return
    if any(page for _, page in seen.values()):  # a number for one is a number for all: else nothing could be compared
        seen = {name: (reading, page or _numbers(readers[name], content)) for name, (reading, page) in seen.items()}
    names = list(seen)
    for start in range(0, len(names), BESIDE):
        for column, name in zip(st.columns(BESIDE, gap="medium"), names[start : start + BESIDE], strict=False):
            with column:
                _show_reading(readers[name].model, *seen[name])


def _numbers(recognizer: Recognizer, content: Content) -> Page | None:
    """What a model reads where it saw one digit, and another several; None where it finds no number."""
    drawn = content.picture is None
    page = recognizer.read_strokes(content.strokes) if drawn else recognizer.read_numbers(picture_of(content))
    return page if page.numbers else None


def _show_reading(model: Model, reading: Reading, page: Page | None) -> None:
    st.subheader(plain(model.name), anchor=False)
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        kind, large = ("read number", headline_of(page)) if page else ("read", headline(reading))
        st.html(f'<p class="{kind}">{large}</p>')
        st.markdown(f"**{sentence_of(page) if page else sentence(reading)}**")
        st.caption(plain(sureness_of(page) if page else sureness(reading)))
    seen = glyph_address(reading.glyph, ENLARGED)
    right.image(seen, caption=WHAT_WAS_SEEN, alt=f"The glyph that {model.name} saw", width=28 * ENLARGED)
    if page is None:
        show_bars(reading, model.tells_no_digit, model.name)
