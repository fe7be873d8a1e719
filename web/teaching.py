"""How a visitor says what something is, and what was learned of it; `app.css` says what it looks like."""

import functools
from collections.abc import Callable

import streamlit as st

from digitpad.pad.hands import Hands
from digitpad.pad.pad import Pad
from digitpad.pad.results import Result
from digitpad.pad.teaching import (
    CHOICES,
    CHOOSE,
    HOW_BY_KEY,
    LEARN,
    TIP_LEARN,
    TIP_UNTEACH,
    UNTEACH,
    Choice,
    key_of,
    question,
    taught,
)
from digitpad.pad.words import choice_name
from digitpad_web.answer import plain
from digitpad_web.changes import change

ROOM = 185  # pixels that the keys are high


def show_teaching(pad: Pad, sure: str) -> None:
    """How sure a reading is, and *Not a 4?*, to say what it is; after that what was learned, and the way back.

    Args:
        pad: what is taught.
        sure: how sure it is, in Markdown.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="teach"):
        if pad.lesson:
            show_learned(taught(pad.lesson.digit), change(Pad.unteach))
        else:
            st.caption(sure, width="content")
            if pad.can_teach:
                ask(question(pad.shown), lambda choice: change(functools.partial(Pad.teach, digit=choice))())


def show_correcting(result: Result, say: Callable[[Choice], None], take_back: Callable[[], None], sure: str) -> None:
    """The same of a picture that was brought in.

    Args:
        result: what came of it.
        say: called with what it is.
        take_back: undoes that.
        sure: as for `show_teaching`.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="teach"):
        if result.lesson:
            show_learned(taught(result.correction), take_back)
        elif result.is_corrected:
            show_learned(plain(f"{result.words}."), take_back, "Undo", "Read it as before")
        else:
            st.caption(sure, width="content")
            if result.reading and result.can_be_corrected:
                ask(question(result.reading), say)


def learns(hands: Hands) -> None:
    """Let the visitor say whether what they correct is learned."""
    hands.learns = st.toggle(LEARN, hands.learns, key="learns", help=f"{TIP_LEARN}.", persist_state="session")


def show_learned(
    told: str, take_back: Callable[[], None], undo: str = UNTEACH, tip: str | None = TIP_UNTEACH
) -> None:
    """What was learned, or only noted, and the button that undoes it.

    Args:
        told: a sentence, in Markdown.
        take_back: undoes it.
        undo: what the button is called.
        tip: what it does.
    """
    st.markdown(f"**{told}**", width="content")
    st.button(undo, key="unteach", icon=":material/undo:", help=tip, on_click=take_back, wrap=True)


def ask(what: str, chosen: Callable[[Choice], None], key: str = "ask") -> None:
    """A button that asks what something is; it opens eleven keys that say it, for which the keyboard has keys too.

    Args:
        what: the question.
        chosen: called with the answer.
        key: the button's, in the session.
    """
    # The keys are made only while they are seen: they would take as long with every stroke as the reading does.
    with st.popover(what, key=key, on_change="rerun", help=f"{CHOOSE}.") as keys:
        if keys.open:
            with st.container(key="choices"):
                for choice in CHOICES:
                    st.button(
                        choice_name(choice),
                        key=f"{key} {choice}",
                        shortcut=key_of(choice),
                        on_click=_answer,
                        args=(key, chosen, choice),
                        width="stretch",
                    )
            st.caption(f"{HOW_BY_KEY}.")
        else:
            st.space(ROOM)  # so that it opens where there is room for them


def _answer(key: str, chosen: Callable[[Choice], None], choice: Choice) -> None:
    st.session_state[key] = False  # it is closed
    chosen(choice)
