"""What a Reading looks like on the page."""

import altair as alt
import streamlit as st

from digitpad import Reading, Verdict

ENLARGED = 5  # screen pixels for each of the glyph's
ROW_HEIGHT = 19
BAR_HEIGHT = 12
BLUE, GREY = "#2563eb", "#94a3b8"
TEXT = {"light": "#334155", "dark": "#e2e8f0"}  # the chart's own labels don't follow the page


def show_reading(reading: Reading) -> None:
    """The digit large, how sure the network is, what it saw, and all ten probabilities."""
    left, right = st.columns([2, 3], vertical_alignment="center")
    with left, st.container(key="digit"):
        st.title("?" if reading.verdict is Verdict.NOT_A_DIGIT else str(reading.digit), anchor=False)
        st.markdown(_in_words(reading))
    with right:
        # Enlarged here, not by the browser, which would blur the pixels that are to be seen.
        crisp = reading.glyph.repeat(ENLARGED, axis=0).repeat(ENLARGED, axis=1)
        st.image(crisp, caption="What the network saw", width=28 * ENLARGED)
    st.altair_chart(_bars(reading, TEXT[st.context.theme.type or "light"]), height=10 * ROW_HEIGHT)


def _in_words(reading: Reading) -> str:
    if reading.verdict is Verdict.NOT_A_DIGIT:
        return "**This is not a digit**"
    if reading.verdict is Verdict.UNSURE:
        return f"**a {reading.digit} or a {reading.second}?**"
    return f"**{_percent(reading.confidence)}** sure"


def _bars(reading: Reading, text: str) -> alt.LayerChart | alt.FacetChart:
    rows = [
        {"digit": str(digit), "probability": float(probability), "share": _percent(float(probability))}
        for digit, probability in enumerate(reading.probabilities)
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


def _percent(share: float) -> str:
    """A share as people read it: never a rounded 0 % or 100 %, which would claim certainty."""
    if share > 0.999:
        return "> 99.9 %"
    if share < 0.001:
        return "< 0.1 %"
    return f"{share * 100:.1f} %"
