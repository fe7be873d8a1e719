"""The page about the models: how each was made, how well it reads, and how all read the same drawing."""

import html
import io
from pathlib import Path
from typing import Any

import streamlit as st
from PIL import Image

from digitpad import Reading, Verdict
from digitpad.models.card import NO_CARD, axis, digit_shares, facts, pictures
from digitpad.models.model import Model
from digitpad.pad.drawing import picture_of
from digitpad.pad.words import headline, sentence, sureness
from digitpad_web import draw
from digitpad_web.answer import BLUE, ENLARGED, beside, plain, show_bars, spoken
from digitpad_web.images import glyph_address
from digitpad_web.readers import chosen_name, in_use, recognizers, show_notices
from digitpad_web.visit import the_pad

NO_PICTURES = "No pictures of its training lie beside this model."
MODEL = "model"  # in the session, and in the page's address: which one is looked at
BESIDE = 2  # readings side by side; more would be too narrow for their bars
CHART_HEIGHT = 170
WIDE = 560  # screen pixels of a picture that is higher than wide; one that is wider takes what there is

# What there is to be learned from each picture, for one who sees such a thing for the first time.
EXPLANATIONS = {
    "curves.png": "In each epoch the network goes once through all that it learns from. The loss, which measures how "
    "wrong it is, falls, and the share read right grows; where the two lines part, and validation stops getting "
    "better, it begins to know its examples by heart.",
    "confusion.png": "Each row is a digit as it was meant, each column what was read. The grey diagonal is read "
    "right; the deeper the orange beside it, the more often these two are confused: look which digits resemble each "
    "other.",
    "worst.png": "The test digits that were read wrong with the most confidence. Judge them yourself: some would "
    "puzzle a person too, and others show what the network has not learned yet.",
    "architecture.png": "From the glyph at the top to the probabilities at the bottom. Convolutions look for small "
    "shapes such as edges and bends; the pictures become smaller and more numerous from layer to layer, and the last "
    "layer decides. The weights are the numbers that were learned.",
    "calibration.png": "Of the readings that are, say, 80 % sure, about 80 % should be right: then the points lie on "
    "the dashed line. Above it the network is too modest, below it too sure of itself; where the lower chart shows "
    "few readings, the points jump about by chance.",
}

# The pictures are drawn on white; in the dark they are shown as sheets of paper, not as torn holes.
STYLE = """<style>
.st-key-training img {background: #fff; border-radius: .5rem; padding: .6rem; box-sizing: border-box;}
.facts {display: grid; grid-template-columns: minmax(8rem, 2fr) 3fr; gap: .3rem 1rem;}
dl.facts, dl.facts dt, dl.facts dd {margin: 0; padding: 0; overflow-wrap: anywhere;}
.facts dt {opacity: .75;}
.read {font-size: 4.5rem; font-weight: 700; line-height: 1; margin: 0;}
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
    shown = [(path, title, meaning, picture) for path, title, meaning in pictures(model) if (picture := _read(path))]
    with st.container(key="training"):
        card, *tabs = st.tabs(["Card", *(title for _, title, _, _ in shown)], key="tab", bind="query-params")
    with card:
        _show_card(model)
        if not shown:
            st.info(NO_PICTURES, icon=":material/image_not_supported:")
    for tab, (path, _, meaning, picture) in zip(tabs, shown, strict=True):
        with tab:
            st.markdown(EXPLANATIONS[path.name])
            _show_picture(picture, meaning)


def _show_card(model: Model) -> None:
    """In the words of the desktop's."""
    if not model.card:
        st.info(NO_CARD, icon=":material/help:")
    for heading, rows in facts(model).items():
        st.markdown(f"**{heading}**")
        entries = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in rows)
        st.html(f'<dl class="facts">{entries}</dl>')
    shares = digit_shares(model.card)
    if shares:
        floor = axis(min(shares))[0]  # where all digits are read well, bars from zero would look alike
        st.markdown("**MNIST's test digits, one by one**")
        spoken = ", ".join(f"{digit}: {share * 100:.1f} %" for digit, share in enumerate(shares))
        st.vega_lite_chart(_accuracy(shares, floor), width="stretch", height=CHART_HEIGHT, theme=None, alt=spoken)
        st.caption(f"Read right, in percent; the bars begin at {floor * 100:g} %.")


def _accuracy(shares: list[float], floor: float) -> dict[str, Any]:
    """Ten bars that stand on `floor`, as a Vega-Lite chart."""
    percents = [f"{share * 100:.1f}" for share in shares]
    rows = [
        {"digit": str(digit), "share": max(share, floor), "percent": percent}
        for digit, (share, percent) in enumerate(zip(shares, percents, strict=True))
    ]
    digits = {"title": None, "ticks": False, "domain": False, "labelAngle": 0, "grid": False}
    place = {"field": "digit", "type": "nominal", "sort": None}
    return {
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "share",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [floor, 1], "zero": False, "nice": False},
            },
            "y2": {"datum": floor},
            "tooltip": [
                {"field": "digit", "type": "nominal", "title": "Digit"},
                {"field": "percent", "type": "nominal", "title": "Read right, in percent"},
            ],
        },
        "layer": [
            {
                "mark": {"type": "bar", "color": BLUE, "width": {"band": 0.6}},
                "encoding": {"x": place | {"axis": digits | {"labelFontSize": 13}}},
            },
            {
                "mark": {"type": "bar", "opacity": 0},
                "encoding": {"x": place | {"axis": digits | beside(percents) | {"orient": "top"}}},
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
        "alone and takes whatever it sees for a digit; **pen** has also learned from strokes of a pen, and from "
        "drawings that are no digits, which it turns away."
    )
    content = the_pad().drawing.content
    readings: dict[str, Reading] = {}
    if not content.is_empty:
        picture = picture_of(content)
        readings = {name: recognizer.read(picture) for name, recognizer in recognizers().items()}
    if all(reading.verdict is Verdict.EMPTY for reading in readings.values()):  # or all of it was erased
        st.info("The pad is empty. Draw a digit, then come back to see what each model makes of it.")
        st.page_link(draw.entry())
        return
    names = list(readings)
    for start in range(0, len(names), BESIDE):
        for column, name in zip(st.columns(BESIDE, gap="medium"), names[start : start + BESIDE], strict=False):
            with column:
                _show_reading(name, readings[name])


def _show_reading(name: str, reading: Reading) -> None:
    st.subheader(plain(name), anchor=False)
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        st.html(f'<p class="read">{headline(reading)}</p>')
        st.markdown(f"**{sentence(reading)}**")
        st.caption(plain(sureness(reading)))
    seen = glyph_address(reading.glyph, ENLARGED)
    right.image(seen, caption="What the network saw", alt=f"The glyph that {name} saw", width=28 * ENLARGED)
    show_bars(reading, f"{name} reads {spoken(reading)}")
