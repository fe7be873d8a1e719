"""What a Reading looks like on the page."""

import re
from typing import Any

import streamlit as st

from digitpad import Reading
from digitpad.words import headline, percent, sentence, sureness
from digitpad_web.images import glyph_address

ENLARGED = 5  # screen pixels for each of the glyph's
ROW_HEIGHT = 18
BAR_HEIGHT = 11
BLUE, GREY = "#2563eb", "#94a3b8"
TEXT = {"light": "#334155", "dark": "#e2e8f0"}  # the chart's own labels don't follow the page


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
    st.vega_lite_chart(bars(reading), height=10 * ROW_HEIGHT, width="stretch", alt=spoken(reading))
    if below:
        st.caption(below)


def bars(reading: Reading) -> dict[str, Any]:
    """Ten bars, one for each digit, as a Vega-Lite chart."""
    text = TEXT[st.context.theme.type or "light"]
    rows = [
        {"digit": str(digit), "probability": float(share), "share": percent(float(share))}
        for digit, share in enumerate(reading.shares)
    ]
    digits = {
        "ticks": False,
        "domain": False,
        "labelFontSize": 13,
        "labelColor": text,
        "labelOverlap": False,
        "labelFlush": False,
    }
    colour = {"condition": {"test": f"datum.digit == '{reading.digit}'", "value": BLUE}, "value": GREY}
    # The data stands in each layer: what stands above them Streamlit would take through pandas and Arrow, which takes
    # longer than all the rest of a run.
    data = {"values": rows}
    return {
        "encoding": {
            "y": {"field": "digit", "type": "nominal", "title": None, "sort": None, "axis": digits},
            # Room for the label behind a full bar.
            "x": {
                "field": "probability",
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [0, 1.25]},
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
                "encoding": {"color": colour},
            },
            {
                "data": data,
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12, "color": text},
                "encoding": {"text": {"field": "share", "type": "nominal"}},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def spoken(reading: Reading) -> str:
    """The bars, for those who hear the page."""
    return "; ".join(f"{digit}: {percent(float(share))}" for digit, share in enumerate(reading.shares))


def plain(text: str) -> str:
    """A text none of whose signs is taken for Markdown: "> 99.9 %" would be a quotation."""
    return re.sub(r"([\\`*_\[\]$~:<>])", r"\\\1", text)
