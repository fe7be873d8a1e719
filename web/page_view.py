"""Pages of numbers: the picture of one with its boxes, its table beside it, and what can be taken home of all."""

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from digitpad.pad.pad import Pad
from digitpad.pad.page_results import (
    FAILED,
    NUMBERS_CSV,
    NUMBERS_JSON,
    PageResult,
    counted,
    numbers_csv,
    numbers_json,
)
from digitpad.pad.pages import CheckedPage
from digitpad.pad.results import Result
from digitpad.pad.words import NO_NUMBERS, TIP_REDO_PAGE, TIP_UNDO_PAGE
from digitpad_web.answer import plain
from digitpad_web.box_canvas import show_box_canvas
from digitpad_web.boxes import show_boxes, take_typed
from digitpad_web.keeping import keep_hands, take_hands
from digitpad_web.page_table import show_all, show_editor
from digitpad_web.teaching import learns

HOW_TO_CORRECT = (
    "Tap a number and type what it is, or type it in the table. Enter says that it is right, and goes to the next in "
    "doubt."
)
HOW_TO_CHANGE = (
    "Draw a box around a number that was missed. To move a box, or take it away, point at the picture and choose the "
    "pencil at its upper right. What is read then stands in the table."
)

NEEDS_A_MOUSE = "To add a box around a number that was missed, or move one, open this page with a mouse."
LONG = 24  # letters of a page's name, of which more may not be seen whole where it is chosen


@st.fragment
def show_pages(pages: Sequence[CheckedPage], names: Sequence[str], broken: Sequence[Result], pad: Pad) -> None:
    """One of the pages, to be looked over, and what there is on all of them.

    Args:
        pages: one or more.
        names: tell them apart, in the same order.
        broken: what could not be read, which is told elsewhere, and in the files that are taken home.
        pad: the visitor's, whose hand learns.
    """
    take_hands(pad.hands)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        which = _choose(pages, names)
        page, name = pages[which], names[which]
        told = st.container(key="told", width="stretch", gap="xxsmall")
        with st.container(key="change-boxes", width="content"):  # no finger can draw on that canvas; see app.css
            changes = st.toggle("Move, draw and remove boxes", key="changes boxes", persist_state="session")
        learns(pad.hands)
        tools = st.container(horizontal=True, gap="xsmall", width="content", key="page-tools")
    notes = st.container()
    refused = [take_typed(page, name)]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.caption(HOW_TO_CHANGE if changes else HOW_TO_CORRECT)
        with st.container(key="needs-a-mouse"):  # where there is none; see app.css
            st.caption(NEEDS_A_MOUSE)
        with st.container():
            refused.append(_show_box_canvas(page) if changes else show_boxes(page, name))
    with right:
        if page.numbers:
            refused.append(show_editor(page))
        else:
            st.info(f"{NO_NUMBERS}.", icon=":material/visibility_off:")
    with told:
        _tell(page, pages, len(broken))
    with tools:
        _show_tools(page, pages, broken)
    with notes:
        for sentence in filter(None, refused):
            st.warning(plain(sentence))
    if len(pages) > 1:
        with st.expander("The numbers of all pages", icon=":material/table_rows:"):
            show_all(pages)
    keep_hands(pad.hands)


def _choose(pages: Sequence[CheckedPage], names: Sequence[str]) -> int:
    """Which page is shown, by its place among them."""
    if len(pages) == 1:
        return 0
    which: int = st.selectbox(
        "Page",
        range(len(pages)),
        format_func=lambda place: pages[place].name,
        key=f"page of {hash(tuple(names))}",
        label_visibility="collapsed",
        width=240,
    )
    return which


def _tell(page: CheckedPage, pages: Sequence[CheckedPage], broken: int) -> None:
    """What there is on the page, and on all of them."""
    st.markdown(f"**{page.told}**")
    if len(pages) == 1 or len(page.name) > LONG:
        st.text(page.name)
    if len(pages) > 1 or broken:
        st.caption(counted(sum((each.result.count for each in pages), Counter({FAILED: broken}))))
    if page.page.note:
        st.text(page.page.note)


def _show_tools(page: CheckedPage, pages: Sequence[CheckedPage], broken: Sequence[Result]) -> None:
    """What can be done with a page as a whole, and with all of them."""
    _button("Undo", TIP_UNDO_PAGE, "Z", page.can_undo, page.undo)
    _button("Redo", TIP_REDO_PAGE, "Shift+Z", page.can_redo, page.redo)

    def results() -> list[PageResult]:
        return [each.result for each in pages] + [PageResult(each.file, None, error=each.error) for each in broken]

    _offer("CSV", NUMBERS_CSV, "text/csv", lambda: numbers_csv(results()))
    _offer("JSON", NUMBERS_JSON, "application/json", lambda: numbers_json(results()))


def _button(name: str, tip: str, keys: str, enabled: bool, work: Callable[[], None]) -> None:
    st.button(
        name,
        icon=f":material/{name.lower()}:",
        key=f"{name.lower()}-page",
        help=f"{name}. {tip} (Ctrl or Cmd+{keys})",
        shortcut=f"Mod+{keys}",
        disabled=not enabled,
        on_click=work,
    )


def _offer(kind: str, file: str, mime: str, make: Callable[[], bytes]) -> None:
    """A button for a file, which is made when it is asked for, not with every change."""
    st.download_button(f"Export {kind}", make, file, mime, on_click="ignore", icon=":material/download:")


def _show_box_canvas(page: CheckedPage) -> str:
    with st.container(key="box-canvas"):
        refused: str = show_box_canvas(page)
    return refused
