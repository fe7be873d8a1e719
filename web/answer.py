"""What a Reading looks like on the page."""

import json
import re
from collections.abc import Sequence
from typing import Any

import streamlit as st

from digitpad import Reading
from digitpad.pad.words import headline, percent, sentence, sureness
from digitpad_web.images import glyph_address

ENLARGED = 5  # screen pixels for each of the glyph's
ROW_HEIGHT = 18
BAR_HEIGHT = 11
BLUE, GREY = "#2563eb", "#94a3b8"


def show_reading(reading: Reading, below: str = "") -> None:
    """The digit large, how sure the network is, what it saw, and all ten probabilities.

    Args:
        reading: of something, not of an empty picture.
        below: a line under it, who read and how fast, say.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(key="digit", width="stretch"):
            st.title(headline(reading), anchor=False)
            st.markdown(f"**{sentence(reading)}**")
            st.caption(plain(sureness(reading)))
        seen = glyph_address(reading.glyph, ENLARGED)
        st.image(seen, caption="What the network saw", alt="The glyph, 28 by 28 pixels", width=28 * ENLARGED)
    show_bars(reading, spoken(reading))
    if below:
        st.caption(below)


def show_bars(reading: Reading, alt: str) -> None:
    """All ten probabilities; the text in place of the picture for those who can't see it."""
    # Streamlit's own theme for charts has paler labels.
    st.vega_lite_chart(_bars(reading), height=10 * ROW_HEIGHT, width="stretch", theme=None, alt=alt)


def _bars(reading: Reading) -> dict[str, Any]:
    """Ten bars, one for each digit, as a Vega-Lite chart."""
    shares = [percent(float(share)) for share in reading.shares]
    rows = [
        {"digit": str(digit), "probability": float(probability), "share": share}
        for digit, (probability, share) in enumerate(zip(reading.shares, shares, strict=True))
    ]
    digits = {"title": None, "ticks": False, "domain": False, "labelOverlap": False, "labelPadding": 6}
    colour = {"condition": {"test": f"datum.digit == '{reading.digit}'", "value": BLUE}, "value": GREY}
    place = {"field": "digit", "type": "nominal", "sort": None}
    # The data stands in each layer: what stands above them Streamlit would take through pandas and Arrow, which takes
    # longer than all the rest of a run.
    data = {"values": rows}
    return {
        "encoding": {
            "x": {
                "field": "probability",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [0, 1]},
                "axis": None,
            },
            "tooltip": [
                {"field": "digit", "type": "nominal", "title": "Digit"},
                {"field": "share", "type": "nominal", "title": "Probability"},
            ],
        },
        "layer": [
            {
                "data": data,
                "mark": {"type": "bar", "cornerRadius": 3, "height": BAR_HEIGHT},
                "encoding": {"color": colour, "y": place | {"axis": digits | {"labelFontSize": 13}}},
            },
            {
                "data": data,
                "mark": {"type": "bar", "opacity": 0},
                "encoding": {"y": place | {"axis": digits | beside(shares) | {"orient": "right"}}},
            },
        ],
        "resolve": {"axis": {"y": "independent"}},
        "config": {"view": {"stroke": None}},
    }


def beside(labels: Sequence[str]) -> dict[str, Any]:
    """What an axis of digits has that names each by another label.

    The text of an axis follows the page's theme, also when it changes; that of a mark does not.
    """
    return {"labelExpr": f"{json.dumps(labels)}[toNumber(datum.value)]", "labelFontSize": 12}


def spoken(reading: Reading) -> str:
    """The bars, for those who hear the page."""
    return "; ".join(f"{digit}: {percent(float(share))}" for digit, share in enumerate(reading.shares))


def plain(text: str) -> str:
    """A text none of whose signs is taken for Markdown: "> 99.9 %" would be a quotation."""
    return re.sub(r"([\\`*_\[\]$~:<>])", r"\\\1", text)
