"""What a Reading looks like on the page."""

import altair as alt
import streamlit as st

from digitpad import Reading, Verdict
from digitpad.words import headline, percent, sentence

ENLARGED = 5  # screen pixels for each of the glyph's
ROW_HEIGHT = 19
BAR_HEIGHT = 12
BLUE, GREY = "#2563eb", "#94a3b8"
TEXT = {"light": "#334155", "dark": "#e2e8f0"}  # the chart's own labels don't follow the page


def show_reading(reading: Reading) -> None:
    """The digit large, how sure the network is, what it saw, and all ten probabilities."""
    left, right = st.columns([2, 3], vertical_alignment="center")
    with left, st.container(key="digit"):
        st.title(headline(reading), anchor=False)
        st.markdown(f"**{sentence(reading)}**")
        if reading.verdict is not Verdict.NOT_A_DIGIT:
            st.caption(f"{percent(reading.confidence)} sure")
    with right:
        # Enlarged here, not by the browser, which would blur the pixels that are to be seen.
        crisp = reading.glyph.repeat(ENLARGED, axis=0).repeat(ENLARGED, axis=1)
        st.image(crisp, caption="What the network saw", width=28 * ENLARGED)
    st.altair_chart(_bars(reading, TEXT[st.context.theme.type or "light"]), height=10 * ROW_HEIGHT)


def _bars(reading: Reading, text: str) -> alt.LayerChart | alt.FacetChart:
    rows = [
        {"digit": str(digit), "probability": float(probability), "share": percent(float(probability))}
        for digit, probability in enumerate(reading.shares)
    ]
    digits = alt.Axis(
        ticks=False, domain=False, labelFontSize=13, labelColor=text, labelOverlap=False, labelFlush=False
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("digit:N", title=None, sort=None, axis=digits),
        # Room for the label behind a full bar.
        x=alt.X("probability:Q", title=None, scale=alt.Scale(domain=[0, 1.25]), axis=None),
        tooltip=[alt.Tooltip("digit:N", title="Digit"), alt.Tooltip("share:N", title="Probability")],
    )
    is_read = alt.datum.digit == str(reading.digit)
    bars = base.mark_bar(cornerRadius=3, height=BAR_HEIGHT).encode(
        color=alt.condition(is_read, alt.value(BLUE), alt.value(GREY))
    )
    labels = base.mark_text(align="left", dx=5, fontSize=12, color=text).encode(text="share:N")
    return alt.layer(bars, labels)
