"""The page *Inside*: what each layer of a network makes of the drawing, live, and why it answers as it does."""

import html
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitpad.glyphs.steps import steps_of
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_words import (
    ALL_ON,
    BESIDE,
    DRAW_FIRST,
    EVIDENCE,
    INSIDE,
    LEAVE,
    NEIGHBOURS,
    NOTHING_BESIDE,
    ONE_MAP,
    PRESENTATION,
    STEPS,
    TIP_ALL_ON,
    TIP_PRESENTATION,
    WHAT_IT_IS,
    WHY,
    WITHOUT_LESSONS,
)
from digitpad.pad.pad import Pad
from digitpad_web.answer import plain
from digitpad_web.canvas import canvas, take_strokes
from digitpad_web.draw import choose_tool, said, undoing
from digitpad_web.images import address
from digitpad_web.inside import VIEW
from digitpad_web.inside_evidence import show_evidence
from digitpad_web.inside_map import show_map
from digitpad_web.inside_maps import show_maps
from digitpad_web.inside_view import do, enter, the_view, usable
from digitpad_web.inside_why import show_neighbours, show_why
from digitpad_web.readers import cannot_be_used, choose, recognizers, show_notices
from digitpad_web.visit import the_pad

BESIDE_KEY = "beside"
STEP = 112  # pixels of a step's picture
STYLE = Path(__file__).with_name("inside.css")


def show() -> None:
    """Draw the page."""
    st.html(STYLE)
    with st.container(key="inside-title"):
        st.title(INSIDE, anchor=False)
        st.caption(WHAT_IT_IS)
        show_notices()
        if told := enter():
            st.warning(plain(told))
    if VIEW in st.session_state:
        _inside()


@st.fragment
def _inside() -> None:
    """All that a stroke changes: it runs this part of the page alone."""
    pad = the_pad()
    take_strokes(pad)
    if not usable(pad.recognizer.model):
        st.warning(plain(cannot_be_used(pad.recognizer.model.name)))
        choose()
        return
    view = the_view()
    with st.container(key="inside-wall" if view.is_presentation else "inside-desk"):
        with st.container(key="inside-controls", horizontal=True, vertical_alignment="bottom"):
            _controls(view)
        with st.container(key="inside-pad"):
            paper = st.container()
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="tools"):
                choose_tool(pad)
                undoing(pad)
            with paper:
                canvas(pad, said(pad))
            _steps(pad)
        with st.container(key="inside-layers"):
            without = WITHOUT_LESSONS if pad.shown.is_taught else ""
            for notice in filter(None, [*dict.fromkeys(side.inside.notice for side in view.sides), without]):
                st.info(plain(notice))
            show_maps(view)
        with st.container(key="inside-story"):
            _story(view)


def _controls(view: InsideView) -> None:
    """Who reads, who stands beside it, and what is done to all of it."""
    choose()
    name = view.sides[0].model.name
    others = [other for other in recognizers() if other != name]
    st.session_state[BESIDE_KEY] = view.sides[1].model.name if len(view.sides) > 1 else NOTHING_BESIDE
    st.selectbox(BESIDE, [NOTHING_BESIDE, *others], key=BESIDE_KEY, on_change=do(_put_beside))
    some_off = any(side.off for side in view.sides)
    st.button(ALL_ON, help=TIP_ALL_ON, key="all-on", disabled=not some_off, on_click=do(InsideView.all_on))
    st.button(
        LEAVE if view.is_presentation else PRESENTATION,
        help=None if view.is_presentation else TIP_PRESENTATION,
        key="present",
        shortcut="Escape" if view.is_presentation else None,
        on_click=do(lambda view: view.present(not view.is_presentation)),
    )


def _put_beside(view: InsideView) -> None:
    reader = recognizers().get(st.session_state[BESIDE_KEY])
    if reader is None or usable(reader.model):
        view.put_beside(reader.model if reader else None)


def _steps(pad: Pad) -> None:
    """How the drawing became what the network gets."""
    st.subheader(STEPS, anchor=False)
    if pad.drawing.content.is_empty:
        st.caption(DRAW_FIRST)
        return
    rows = "".join(
        f'<li><img src="{address(_seen_small(step.picture))}" alt=""><p><b>{html.escape(step.name)}</b> '
        f"{html.escape(step.sentence)}</p></li>"
        for step in steps_of(pad.shown_picture)
    )
    st.html(f'<ol class="steps">{rows}</ol>')


def _seen_small(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture no larger than it is seen; with fewer pixels than that it stays as it is."""
    return picture[:: max(1, len(picture) // STEP), :: max(1, len(picture) // STEP)]


def _story(view: InsideView) -> None:
    """What can be told of it; of the parts that can be chosen only the one that is seen is made."""
    parts = {ONE_MAP: show_map, EVIDENCE: show_evidence, WHY: show_why, NEIGHBOURS: show_neighbours}
    for part, show in zip(st.tabs(list(parts), key="story", on_change="rerun"), parts.values(), strict=True):
        if part.open:
            with part:
                show(view)
