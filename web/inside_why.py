"""Why a model answers as it does: the drawing in two colours, and the sentence that goes with it."""

import html
from typing import Any

import streamlit as st

from digitpad.errors import DigitpadError
from digitpad.models.why import METHODS, Explanation, explain
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_words import DRAW_FIRST, METHOD, NO_OTHER, RATHER_THAN, WHY, digit_name
from digitpad.pad.why import LIGHT, RGB, asked, legend, overlay, sentence
from digitpad_web.answer import plain
from digitpad_web.images import address

ASKED = "why asked"  # in the session: the digit that was asked for; none for the one that was read
MADE = "why made"  # likewise: what was asked last, and the answer
KEY, AGAINST, BY = "why", "rather than", "method"
SCALE = 12  # pixels for each of the glyph's


def show_why(view: InsideView) -> None:
    """Show what speaks for a digit, or for it rather than another."""
    if view.is_empty:
        st.info(DRAW_FIRST)
        return
    digits = [*range(11 if view.pointed.model.tells_no_digit else 10)]
    with st.container(horizontal=True, gap="small", key="why-asked"):
        digit = _digit(view, digits)
        others: list[int | None] = [None, *(other for other in digits if other != digit)]
        against = st.selectbox(
            RATHER_THAN,
            others,
            format_func=lambda other: NO_OTHER if other is None else digit_name(other),
            key=AGAINST,
        )
        method = st.selectbox(METHOD, list(METHODS), key=BY)
    try:
        why = _explained(view, digit, against, method)
    except (DigitpadError, ValueError) as error:
        st.info(plain(str(error)))
        return
    st.markdown(f"**{plain(asked(why))}**")
    with st.container(horizontal=True, gap="medium", key="why-pictures"):
        st.html(_picture(why))
    st.markdown(plain(sentence(why)))
    st.caption(plain(f"{why.method.capitalize()}: {why.source}"))


def show_neighbours(view: InsideView) -> None:
    """Show the digits that it learned from, or the like, whose embedding lies nearest."""
    if view.is_empty:
        st.info(DRAW_FIRST)
        return


def _digit(view: InsideView, digits: list[int]) -> int:
    """The digit that is asked for: the one that was read, until another is chosen."""
    chosen = st.session_state.get(ASKED)
    st.session_state[KEY] = chosen if chosen in digits else int(view.inside.layers[-1].maps.argmax())
    digit: int = st.selectbox(WHY, digits, format_func=digit_name, key=KEY, on_change=_choose)
    return digit


def _choose() -> None:
    st.session_state[ASKED] = st.session_state[KEY]


def _explained(view: InsideView, digit: int, against: int | None, method: str) -> Explanation:
    """The explanation; made but once, however often the page runs."""
    model, reading = view.pointed.model, view.inside.reading
    question = (model.path, reading.glyph.tobytes(), reading.is_murky, digit, against, method)
    made: tuple[Any, Explanation] | None = st.session_state.get(MADE)
    if made is None or made[0] != question:
        made = (question, explain(model, reading, digit, against, method))
        st.session_state[MADE] = made
    return made[1]


def _picture(why: Explanation) -> str:
    """The drawing on its paper, which is white in the dark too, and what its colours stand for."""
    supports, other = (html.escape(words) for words in legend(why))
    return (
        f'<figure class="why"><img src="{address(overlay(why, scale=SCALE))}" alt="{html.escape(sentence(why))}">'
        f"<figcaption>{_patch(LIGHT.speaks_for)}{supports}{_patch(LIGHT.against)}{other}</figcaption></figure>"
    )


def _patch(colour: RGB) -> str:
    red, green, blue = colour
    return f'<i style="background: rgb({red} {green} {blue})"></i>'
