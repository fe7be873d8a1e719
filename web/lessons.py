"""The lessons of a hand as a table, of which some or all can be forgotten."""

import streamlit as st

from digitpad.lesson import Lesson
from digitpad.pad.pad import Pad
from digitpad.pad.teaching import (
    FORGET_LESSON,
    FORGET_LESSONS,
    LESSON_HEADINGS,
    NO_LESSONS,
    ask_forget_lessons,
    counted_lessons,
)
from digitpad.pad.words import WHAT_WAS_SEEN, choice_name
from digitpad_web.answer import plain
from digitpad_web.changes import change
from digitpad_web.images import glyph_address
from digitpad_web.table import ENLARGED, HEIGHT, ROW_HEIGHT

SEEN, TAUGHT, WHEN = LESSON_HEADINGS


def show_lessons(pad: Pad) -> None:
    """The lessons of the hand that helps to read, the newest first, or how there will be some."""
    hand = pad.hands.current
    st.subheader(counted_lessons(hand), anchor=False)
    if not len(hand):
        st.info(NO_LESSONS, icon=":material/school:")
        return
    lessons = hand.lessons[::-1]
    st.caption("Tick the boxes of rows to forget their lessons.")
    chosen = [lessons[row] for row in _table(lessons) if row < len(lessons)]
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            FORGET_LESSON,
            icon=":material/delete:",
            disabled=not chosen,
            on_click=change(lambda pad: pad.hands.forget(*chosen)),
        )
        if st.button(FORGET_LESSONS, icon=":material/delete_sweep:"):
            _ask(pad)


def _table(lessons: tuple[Lesson, ...]) -> list[int]:
    """Show them; which rows are ticked."""
    columns = {
        SEEN: [glyph_address(lesson.glyph, ENLARGED) for lesson in lessons],
        TAUGHT: [choice_name(lesson.digit) for lesson in lessons],
        WHEN: [lesson.at for lesson in lessons],
    }
    table = st.dataframe(
        columns,
        height="content" if len(lessons) < 5 else HEIGHT,
        hide_index=True,
        row_height=ROW_HEIGHT,
        column_config={
            SEEN: st.column_config.ImageColumn(width=72, help=WHAT_WAS_SEEN),
            TAUGHT: st.column_config.TextColumn(width=90, alignment="center"),
            WHEN: st.column_config.DatetimeColumn(width="medium", format="localized"),
        },
        on_select="rerun",
        selection_mode="multi-row",
        key=f"lessons {hash(lessons)}",
    )
    rows: list[int] = table.selection.rows
    return rows


@st.dialog(FORGET_LESSONS)
def _ask(pad: Pad) -> None:
    """Nobody is to lose what was taught by a click."""
    st.write(plain(ask_forget_lessons(pad.hands.current)))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep them"):
            st.rerun()
        if st.button(
            "Forget them",
            icon=":material/delete:",
            on_click=change(lambda pad: pad.hands.forget_all()),
        ):
            st.rerun()
