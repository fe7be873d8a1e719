"""Why a model answers as it does: the drawing in two colours, with a sentence; and the digits that it finds alike."""

import html
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitpad import Reading
from digitpad.errors import DigitpadError, ModelError
from digitpad.glyphs.ink import drawn_in
from digitpad.models.model import Model
from digitpad.models.neighbours import neighbours
from digitpad.models.sanity import shuffled
from digitpad.models.why import METHODS, Explanation, explain, taken_for
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_words import (
    CAN_IT_LIE,
    DRAW_FIRST,
    METHOD,
    NO_OTHER,
    RATHER_THAN,
    WHY,
    WHY_WORDS,
    digit_name,
)
from digitpad.pad.why import LIGHT, RGB, asked, can_it_lie, legend, on_drawing, said_of_neighbour, sentence
from digitpad_web.answer import plain
from digitpad_web.glossary import show_words
from digitpad_web.images import address, glyph_address
from digitpad_web.visit import the_pad

ASKED = "why asked"  # in the session: the digit that was asked for; none for the one that was read
MADE = "why made"  # likewise: what was asked last, and the answer
NOTHING = -1  # stands where a digit does for none in particular
NEAREST = 9  # digits that are shown
ENLARGED = 3  # pixels for each of the glyph's
KEY, AGAINST, BY, LIE = "why", "rather than", "method", "lie"


def show_why(view: InsideView) -> None:
    """Show what speaks for a digit, or for it rather than another."""
    if view.is_empty:
        st.info(DRAW_FIRST)
        return
    side = view.pointed
    glyph, is_murky = side.inside.reading.glyph, side.inside.reading.is_murky
    reading = side.lens.look(glyph, is_murky=is_murky).reading  # whatever is switched off
    digits = [*range(11 if side.model.tells_no_digit else 10)]
    with st.container(horizontal=True, gap="small", key="why-asked"):
        digit = _digit(taken_for(reading), digits)
        others = [NOTHING, *(other for other in digits if other != digit)]
        other = st.selectbox(
            RATHER_THAN,
            others,
            format_func=lambda other: NO_OTHER if other == NOTHING else digit_name(other),
            key=AGAINST,
        )
        against = None if other == NOTHING else other
        method = st.selectbox(METHOD, list(METHODS), key=BY)
    try:
        why = _explained(side.model, reading, digit, against, method)
    except (DigitpadError, ValueError) as error:
        st.info(plain(str(error)))
        return
    st.markdown(f"**{plain(asked(why))}**")
    ink = drawn_in(the_pad().shown_picture).ink
    told = ""
    pictures = [_picture(on_drawing(why, ink), sentence(why), legend(why))]
    if st.session_state.get(LIE):
        other, told = _shuffled(side.model, why)
        pictures += [_picture(on_drawing(other, ink), told, legend(other))] if other else []
    st.html(f'<div class="whys">{"".join(pictures)}</div>')
    st.markdown(plain(sentence(why)))
    st.caption(plain(f"{why.method.capitalize()}: {why.source}"))
    st.toggle(CAN_IT_LIE, key=LIE)
    if told:
        st.markdown(plain(told))
    show_words(WHY_WORDS)


def show_neighbours(view: InsideView) -> None:
    """Show the digits that the network finds most alike."""
    if view.is_empty:
        st.info(DRAW_FIRST)
        return
    try:
        found = neighbours(view.pointed.model, view.inside.glyph, NEAREST)
    except ModelError as error:
        st.info(plain(str(error)))
        return
    shown = "".join(
        f'<figure><img src="{glyph_address(each.glyph, ENLARGED)}" alt=""><figcaption>'
        f"{html.escape(said_of_neighbour(each))}</figcaption></figure>"
        for each in found
    )
    st.html(f'<div class="neighbours">{shown}</div>')


def _digit(read: int | None, digits: list[int]) -> int:
    """The digit that is asked for: the one that was read, until another is chosen."""
    chosen = st.session_state.get(ASKED)
    st.session_state[KEY] = chosen if chosen in digits else read if read in digits else 0
    digit: int = st.selectbox(WHY, digits, format_func=digit_name, key=KEY, on_change=_choose)
    return digit


def _choose() -> None:
    st.session_state[ASKED] = st.session_state[KEY]


def _explained(model: Model, reading: Reading, digit: int, against: int | None, method: str) -> Explanation:
    """The explanation; made but once, however often the page runs."""
    question = (model.path, reading.glyph.tobytes(), reading.is_murky, digit, against, method)
    made: tuple[Any, Explanation] | None = st.session_state.get(MADE)
    if made is None or made[0] != question:
        made = (question, explain(model, reading, digit, against, method))
        st.session_state[MADE] = made
    return made[1]


def _shuffled(model: Model, why: Explanation) -> tuple[Explanation | None, str]:
    """The map of a network that knows nothing, and how alike it is to the true one; or why there is none."""
    try:
        other = shuffled(model, why)
    except ModelError as error:
        return None, str(error)
    return other, can_it_lie(why, other)


def _picture(picture: NDArray[np.uint8], told: str, colours: tuple[str, str]) -> str:
    """A drawing on its paper, which is white in the dark too, and what its colours stand for."""
    supports, other = map(html.escape, colours)
    return (
        f'<figure class="why"><img src="{address(picture)}" alt="{html.escape(told)}">'
        f"<figcaption>{_patch(LIGHT.speaks_for)}{supports}{_patch(LIGHT.against)}{other}</figcaption></figure>"
    )


def _patch(colour: RGB) -> str:
    red, green, blue = colour
    return f'<i style="background: rgb({red} {green} {blue})"></i>'
