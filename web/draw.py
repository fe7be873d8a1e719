"""The page to draw on: the canvas with its tools, the reading beside it, and what was drawn before."""

import functools
from collections.abc import Callable

import streamlit as st

from digitpad import Verdict
from digitpad.pad.pad import THICKEST, THINNEST, Pad
from digitpad.pad.teaching import taught
from digitpad.pad.words import (
    NOT_READ,
    NOTHING_HERE,
    PRESS_PREDICT,
    TIP_CLEAR,
    TIP_REDO,
    TIP_UNDO,
    TO_DRAW,
    hint,
    read_by,
    sentence,
    sentence_of,
    sureness,
    sureness_of,
)
from digitpad_web.answer import POINTED, plain, show_number, show_reading
from digitpad_web.canvas import canvas, is_full, take_strokes
from digitpad_web.changes import change
from digitpad_web.keeping import keep_hands, take_hands
from digitpad_web.readers import choose, show_notices
from digitpad_web.strip import show_strip
from digitpad_web.teaching import show_teaching
from digitpad_web.visit import the_pad

TOOLS = {"Pen": ":material/edit: Pen", "Eraser": ":material/ink_eraser: Eraser"}


def entry() -> st.Page:
    """The page as the app lists it and others lead to it."""
    return st.Page(page, title="Draw", icon=":material/draw:", url_path="draw", default=True)


def page() -> None:
    """Draw the page."""
    # What may grow or shrink has a place of its own, here and below: else what follows would stand on the page twice
    # for a moment.
    with st.container():
        show_notices()
    _pad()


@st.fragment
def _pad() -> None:
    """All that a stroke changes: it runs this part of the page alone."""
    pad = the_pad()
    take_hands(pad.hands)
    take_strokes(pad)
    keep_hands(pad.hands)  # before what was learned is said: who then reloads the page has it
    with st.container(key="pad"):
        left, right = st.columns(2, gap="medium")
        with left:
            paper = st.container()
            _tools(pad)
        pad.follow()
        with paper:
            canvas(pad, said(pad), teaches=True)
        with right:
            with st.container():
                _answer(pad)
            choose()
        show_strip(pad)


def _tools(pad: Pad) -> None:
    """What the hand needs while it draws, in the order of the desktop pad.

    The pad follows what the controls say, not only their changes: a browser that comes back after its session was
    forgotten still shows those of the session before.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="tools"):
        choose_tool(pad)
        undoing(pad)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="options"):
        width = st.slider("Pen width", THINNEST, THICKEST, round(pad.width), key="width", width=110)
        pad.is_live = st.toggle("Live", pad.is_live, key="live")
        st.button("Predict", type="primary", on_click=change(Pad.predict), shortcut="Mod+Enter")
    pad.choose_pen(width)


def choose_tool(pad: Pad) -> None:
    """Pen or eraser."""
    tool = st.segmented_control(
        "Tool",
        list(TOOLS),
        format_func=TOOLS.__getitem__,
        default="Eraser" if pad.erases else "Pen",
        required=True,
        key="tool",
        label_visibility="collapsed",
    )
    pad.choose_pen(erases=tool == "Eraser")


def undoing(pad: Pad, change: Callable[[Callable[[Pad], None]], Callable[[], None]] = change) -> None:
    """The way back, and an empty canvas.

    Args:
        pad: what they are of.
        change: makes a callback of what is done to it.
    """
    drawing = pad.drawing
    _button("undo", f"Undo. {TIP_UNDO} (Ctrl or Cmd+Z)", "Mod+Z", drawing.can_undo, change(Pad.undo))
    _button("redo", f"Redo. {TIP_REDO} (Ctrl or Cmd+Shift+Z)", "Mod+Shift+Z", drawing.can_redo, change(Pad.redo))
    _button(
        "delete",
        f"Clear. {TIP_CLEAR} (Ctrl or Cmd+Backspace)",
        "Mod+Backspace",
        not drawing.content.is_empty,
        change(Pad.clear),
    )


def _button(icon: str, help: str, shortcut: str, enabled: bool, do: Callable[[], None]) -> None:
    name = {"undo": "Undo", "redo": "Redo", "delete": "Clear"}[icon]
    st.button(
        name,
        icon=f":material/{icon}:",
        key=name.lower(),
        help=help,
        shortcut=shortcut,
        disabled=not enabled,
        on_click=do,
    )


def said(pad: Pad) -> str:
    """The reading in the words that are shown, after what was just learned of it; or nothing."""
    if not pad.is_read or pad.reading.verdict is Verdict.EMPTY:
        return ""
    stated, sure = (
        (sentence_of(pad.page), sureness_of(pad.page)) if pad.page else (sentence(pad.reading), sureness(pad.reading))
    )
    learned = f"{taught(pad.lesson.digit)} " if pad.lesson else ""
    return f"{learned}{stated}{'' if stated.endswith('?') else '.'} {sure}"


def _point(pad: Pad) -> None:
    """Look at the digit whose button was pressed, unless the number has gone meanwhile."""
    place = st.session_state.get(POINTED)
    if place is not None:
        pad.point_at(place)


def _answer(pad: Pad) -> None:
    """The reading of what is on the canvas now, or what to do to get one."""
    if is_full(pad.drawing.content):
        st.warning("The drawing is full: no more strokes are taken. Undo some, or clear it.")
    if pad.drawing.content.is_empty:
        st.info(f"{TO_DRAW}.", icon=":material/gesture:")
    elif not pad.is_read:
        st.info(f"**{PRESS_PREDICT}.** {NOT_READ}", icon=":material/visibility:")
    elif pad.reading.verdict is Verdict.EMPTY:
        st.info(f"{NOTHING_HERE} {TO_DRAW}.", icon=":material/gesture:")
    else:
        model = pad.recognizer.model
        below = plain(read_by(model.name, pad.milliseconds))
        say_how_sure = functools.partial(show_teaching, pad)
        if pad.page:
            show_number(pad.page, pad.pointed, model.tells_no_digit, below, change(_point), say_how_sure)
        else:
            show_reading(pad.reading, model.tells_no_digit, below, say_how_sure=say_how_sure)
    if told := hint(pad.drawing, pad.erases):
        st.info(told, icon=":material/image:")
