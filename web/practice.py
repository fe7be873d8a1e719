"""The page *Practice*: a visitor writes each digit once, and their hand is learned."""

import html
from collections.abc import Callable

import streamlit as st

from digitpad.pad.practice import DIGITS, Practice, doubt, told
from digitpad.pad.teaching import (
    AGAIN,
    BACK,
    DONE,
    DRAW_AGAIN,
    NEXT,
    PRACTICE,
    PRACTICE_MEANING,
    SKIP,
    YES_IT_IS,
    why_not,
)
from digitpad_web import draw
from digitpad_web.canvas import PRACTICE as CANVAS
from digitpad_web.canvas import canvas, take_strokes
from digitpad_web.keeping import keep_hands, take_hands
from digitpad_web.readers import show_notices
from digitpad_web.visit import the_pad

PAGE = "practice"  # in the app's address
KEY = "practice so far"  # in the session


def entry() -> st.Page:
    """The page as others lead to it."""
    return st.Page(page, title=PRACTICE, icon=":material/edit_note:", url_path=PAGE)


def page() -> None:
    """Draw the page."""
    st.title(PRACTICE, anchor=False)
    st.caption(PRACTICE_MEANING)
    show_notices()
    _practice()


def the_practice() -> Practice:
    """What the visitor has practiced so far, for the hand that helps to read."""
    pad = the_pad()
    if KEY not in st.session_state:
        st.session_state[KEY] = Practice(pad.recognizer, pad.hands)
    practice: Practice = st.session_state[KEY]
    if practice.pad.recognizer.model is not pad.recognizer.model:
        practice.pad.use(pad.recognizer)
    return practice


@st.fragment
def _practice() -> None:
    """All that a stroke changes."""
    hands = the_pad().hands
    take_hands(hands)
    practice = the_practice()
    take_strokes(practice.pad, CANVAS)
    with st.container(key="practice"):
        st.html(f'<p class="said" role="status">{html.escape(told(practice))}</p>')
        st.progress((DIGITS if practice.asked is None else practice.asked) / DIGITS)
        if practice.asked is None:
            with st.container(horizontal=True, gap="xsmall"):
                st.page_link(draw.entry(), label=DONE, icon=":material/done_all:")
                _button(BACK, Practice.back)
                _button(AGAIN, Practice.again)
        elif refused := why_not(practice.pad):
            st.warning(refused)
        else:
            _ask(practice)
    keep_hands(hands)


def _ask(practice: Practice) -> None:
    """What the next digit is written on, and what is done with it."""
    left, right = st.columns(2, gap="medium")
    with left:
        canvas(practice.pad, doubt(practice), CANVAS, invited=told(practice))
        with st.container(horizontal=True, gap="xsmall", key="tools"):
            draw.undoing(practice.pad, lambda work: _do(lambda practice: work(practice.pad)))
    with right:
        if asked := doubt(practice):
            st.warning(asked)
        with st.container(horizontal=True, gap="xsmall"):
            if asked:
                _button(YES_IT_IS, Practice.take, "Enter", is_first=True)
                _button(DRAW_AGAIN, lambda practice: practice.pad.clear())
            else:
                _button(NEXT, Practice.take, "Enter", is_first=True)
                _button(SKIP, Practice.skip, "S")
            _button(BACK, Practice.back, enabled=practice.asked != 0)


def _button(
    name: str,
    work: Callable[[Practice], None],
    shortcut: str | None = None,
    is_first: bool = False,
    enabled: bool = True,
) -> None:
    st.button(
        name,
        key=f"practice {name}",
        type="primary" if is_first else "secondary",
        shortcut=shortcut,
        disabled=not enabled,
        on_click=_do(work),
    )


def _do(work: Callable[[Practice], None]) -> Callable[[], None]:
    """A callback that does something to the practice, after the strokes that were made before the click."""

    def callback() -> None:
        practice = the_practice()
        take_strokes(practice.pad, CANVAS)
        work(practice)

    return callback
