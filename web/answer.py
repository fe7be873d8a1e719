"""What a Reading looks like on the page; `app.css` says how large."""

import html
import re

import streamlit as st
from PIL import Image

from digitpad import Reading
from digitpad.pad.words import WHAT_WAS_SEEN, bars, headline, percent, sentence, sureness, told
from digitpad_web.images import glyph_address

ENLARGED = 5  # screen pixels for each of the glyph's


def show_reading(reading: Reading, tells_no_digit: bool, below: str = "", picture: Image.Image | None = None) -> None:
    """The digit large, how sure the network is, what it saw, and all probabilities.

    Args:
        reading: of something, not of an empty picture.
        tells_no_digit: as of the `Model` that read.
        below: a line under it, who read and how fast, say.
        picture: what was read, where it is to be seen beside what the network saw.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer"):
        with st.container(key="digit", width="stretch"):
            st.title(headline(reading), anchor=False)
            st.markdown(f"**{sentence(reading)}**")
            st.caption(plain(sureness(reading)))
        if picture:
            st.image(picture, caption="The picture", alt="What was read")
        seen = glyph_address(reading.glyph, ENLARGED)
        st.image(seen, caption=WHAT_WAS_SEEN, alt="The glyph, 28 by 28 pixels", width=28 * ENLARGED)
    show_bars(reading, tells_no_digit)
    if below:
        st.caption(below)


def show_bars(reading: Reading, tells_no_digit: bool, reader: str = "") -> None:
    """All probabilities as bars, and in words for those who can't see them.

    Args:
        reading: of something.
        tells_no_digit: as of the `Model` that read.
        reader: whose they are, where there are several.
    """
    shown = bars(reading, tells_no_digit)
    said = f"{reader} reads {told(shown)}" if reader else told(shown)
    rows = "".join(
        f'<div{" class=is-read" if bar.is_read else ""} style="--share: {bar.share:.4f}">'
        f"<span>{bar.name}</span><i></i><span>{html.escape(percent(bar.share))}</span></div>"
        for bar in shown
    )
    st.html(f'<div class="bars" role="img" aria-label="{html.escape(said)}">{rows}</div>')


def plain(text: str) -> str:
    """A text none of whose signs is taken for Markdown: "> 99.9 %" would be a quotation."""
    return re.sub(r"([\\`*_\[\]$~:<>])", r"\\\1", text)
