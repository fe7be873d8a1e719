"""What a Reading looks like on the page; `app.css` says how large."""

import html
import re
from collections.abc import Callable

import streamlit as st
from PIL import Image

from digitpad import Page, Reading
from digitpad.pad.teaching import TAUGHT_BOTH, TAUGHT_THIS, said_of_lesson
from digitpad.pad.words import (
    DIGITS_READ,
    WHAT_WAS_SEEN,
    bars,
    digit_of,
    headline,
    headline_of,
    percent,
    sentence,
    sentence_of,
    sureness,
    sureness_of,
    told,
)
from digitpad_web.images import glyph_address

ENLARGED, SMALL = 5, 2  # screen pixels for each of the glyph's: of what the network saw, of a lesson
POINTED = "pointed"  # in the session: which of several digits is looked at


def show_reading(
    reading: Reading,
    tells_no_digit: bool,
    below: str = "",
    picture: Image.Image | None = None,
    say_how_sure: Callable[[str], object] = st.caption,
) -> None:
    """The digit large, how sure the network is, what it saw, and all probabilities.

    Args:
        reading: of something, not of an empty picture.
        tells_no_digit: as of the `Model` that read.
        below: a line under it, who read and how fast, say.
        picture: what was read, where it is to be seen beside what the network saw.
        say_how_sure: shows a text, in Markdown, of how sure that is, and beside it how one says what it is.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer"):
        with st.container(key="digit", width="stretch"):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="sign"):
                st.title(headline(reading), anchor=False)
                show_lessons(reading)
            st.markdown(f"**{sentence(reading)}**")
            say_how_sure(plain(sureness(reading)))
        if picture:
            st.image(picture, caption="The picture", alt="What was read")
        _show_glyph(reading)
    show_bars(reading, tells_no_digit)
    if below:
        st.caption(below)


def show_number(
    page: Page,
    pointed: int,
    tells_no_digit: bool,
    below: str,
    point: Callable[[], None],
    say_how_sure: Callable[[str], object],
) -> None:
    """Several digits: all of them large, each with how sure the network is, and of one what it saw and its bars.

    Args:
        page: two digits or more.
        pointed: the one that is looked at.
        tells_no_digit: as of the `Model` that read.
        below: a line under it.
        point: called when another one is to be looked at, which is in the session by POINTED.
        say_how_sure: as for `show_reading`; what one says is of the digit that is looked at.
    """
    shown = page.digits[pointed].reading
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer"):
        with st.container(key="digit", width="stretch"):
            lines = headline_of(page).split("\n")
            room = f"--signs: {max(map(len, lines))}; --lines: {len(lines)}"
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="sign"):
                st.html(f'<h1 class="number" style="{room}">{"<br>".join(map(html.escape, lines))}</h1>')
                show_lessons(shown)
            st.markdown(f"**{sentence_of(page)}**")
            say_how_sure(plain(sureness_of(page)))
        _show_glyph(shown)
    st.session_state[POINTED] = pointed  # Streamlit forgets it where there are more digits than before, or fewer
    st.segmented_control(
        DIGITS_READ,
        range(len(page.digits)),
        format_func=lambda place: _cell(page, place),
        required=True,
        key=POINTED,
        on_change=point,
        label_visibility="collapsed",
    )
    show_bars(shown, tells_no_digit)
    st.caption(below)


def _cell(page: Page, place: int) -> str:
    """One of several digits as its button shows it; `app.css` puts one above the other."""
    return f"**{digit_of(page, place)}** :small[{plain(percent(page.digits[place].reading.confidence))}]"


def show_lessons(reading: Reading) -> None:
    """The lesson that made a reading what it is, or both where two contradict each other."""
    if not reading.lessons:
        return
    said = TAUGHT_BOTH if reading.is_contradictory else TAUGHT_THIS
    pictures = "".join(
        f'<img src="{glyph_address(lesson.glyph, SMALL)}" alt="{told}" title="{told}">'
        for lesson in reading.lessons[: 2 if reading.is_contradictory else 1]
        for told in [html.escape(f"{said}. {said_of_lesson(lesson)}")]
    )
    st.html(f'<div class="lessons">{pictures}</div>', width="content")


def _show_glyph(reading: Reading) -> None:
    seen = glyph_address(reading.glyph, ENLARGED)
    st.image(seen, caption=WHAT_WAS_SEEN, alt="The glyph, 28 by 28 pixels", width=28 * ENLARGED)


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
