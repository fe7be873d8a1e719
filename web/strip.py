"""The visitor's last drawings, and what can be taken home of them."""

import csv
import functools
import io
import zipfile
from collections.abc import Sequence

import streamlit as st

from digitpad.errors import HistoryError
from digitpad.pad.drawing import picture_of
from digitpad.pad.history import Entry
from digitpad.pad.pad import REMEMBERED, Pad
from digitpad.pad.words import (
    CLEAR_HISTORY,
    DRAWING_FILE,
    FORGET_ALL,
    GLYPH_FILE,
    KEPT_HERE,
    WHAT_WAS_SEEN,
    label,
    read_by,
    said,
)
from digitpad_web.answer import plain
from digitpad_web.changes import change
from digitpad_web.images import glyph_address, png

SHOWN = 5  # drawings in the strip, one row of a laptop; the others are behind a button
SLOTS = "slots"  # in the session: which button each remembered drawing has, by their numbers
ENLARGED = 2  # pixels for each of the glyph's


def show_strip(pad: Pad) -> None:
    """The last drawings with what was read in them; one that is clicked comes back onto the canvas."""
    entries = pad.remembered()
    slots = _slots(entries)
    shows_older = saves = clears = False
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="history"):
        if not entries:
            st.caption(f"{KEPT_HERE} until you leave. After a reload, only what is on the canvas is.")
        for entry in entries[:SHOWN]:
            _show(entry, slots[entry.number])
        if len(entries) > SHOWN:
            shows_older = st.button("Older", icon=":material/history:", key="older")
        if entries:
            saves = st.button("Save", icon=":material/download:", key="save")
            clears = st.button(CLEAR_HISTORY, icon=":material/delete_sweep:", key="forget")
    # The strip lies at the foot of the page, where a list that opens beside its button would have no room.
    if shows_older:
        _show_older(pad)
    elif saves:
        _offer(pad)
    elif clears:
        _ask(pad)
    if pad.history.notice:
        st.warning(plain(pad.history.notice))
        pad.history.notice = ""  # once said, it is known


def _slots(entries: Sequence[Entry]) -> dict[int, int]:
    """Which button each drawing has, by their numbers: the same as long as it is remembered.

    Streamlit keeps a part of every button that a visit ever had, so there are no more of them than need be.
    """
    before: dict[int, int] = st.session_state.get(SLOTS, {})
    slots = {entry.number: before[entry.number] for entry in entries if entry.number in before}
    free = [slot for slot in range(REMEMBERED + 1) if slot not in slots.values()]
    # One that has just become free comes last: a click on the drawing that it had may be on its way.
    free.sort(key=lambda slot: slot in before.values())
    new = [entry.number for entry in entries if entry.number not in slots]
    slots.update(zip(new, free, strict=False))
    st.session_state[SLOTS] = slots
    return slots


def _show(entry: Entry, slot: int) -> bool:
    """A drawing as a button that brings it back; whether it was clicked just now."""
    return st.button(
        f"![{said(entry)}]({glyph_address(entry.glyph, ENLARGED)}) {label(entry)}",
        key=f"drawing {slot}",
        help=f"{said(entry)}. {plain(read_by(entry.model))}. Click to bring it back.",
        on_click=change(functools.partial(Pad.bring_back, entry=entry)),
    )


@st.dialog("Older drawings")
def _show_older(pad: Pad) -> None:
    """Those for which the strip has no room."""
    slots = st.session_state[SLOTS]
    with st.container(horizontal=True, gap="xsmall"):
        clicked = [_show(entry, slots[entry.number]) for entry in pad.remembered()[SHOWN:]]
    if any(clicked):
        st.rerun()  # which closes it


@st.dialog("Save")
def _offer(pad: Pad) -> None:
    """What can be taken home.

    It is made before it is asked for: what Streamlit makes at the click it also deletes when others click, maybe
    before the browser has fetched it.
    """
    content = pad.drawing.content
    st.download_button(
        "This drawing",
        png(picture_of(content)),
        DRAWING_FILE,
        "image/png",
        icon=":material/draw:",
        on_click="ignore",
        disabled=content.is_empty,
        width="stretch",
    )
    st.download_button(
        WHAT_WAS_SEEN,
        png(pad.shown.glyph),
        GLYPH_FILE,
        "image/png",
        icon=":material/grid_on:",
        on_click="ignore",
        disabled=content.is_empty or not pad.is_read,
        width="stretch",
    )
    st.download_button(
        "All drawings",
        zipped(pad),
        "drawings.zip",
        "application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        help=f"The last {REMEMBERED} as pictures, and a CSV of what was read in them",
        width="stretch",
    )


@st.dialog(CLEAR_HISTORY)
def _ask(pad: Pad) -> None:
    """Nobody is to lose an hour's drawings by a click."""
    st.write(FORGET_ALL)
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep them"):
            st.rerun()
        if st.button("Forget them", icon=":material/delete:", on_click=change(Pad.forget_all)):
            st.rerun()


def zipped(pad: Pad) -> bytes:
    """All remembered drawings as PNG files, and `drawings.csv` with what was read in each."""
    file, table = io.BytesIO(), io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["file", "time", "digit", "verdict", "confidence", "model"])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in reversed(pad.remembered()):
            name = f"drawing-{entry.number:03d}.png"
            try:
                archive.writestr(name, png(picture_of(pad.history.content(entry.number))))
            except HistoryError:
                continue  # it can't be drawn any more
            digit = entry.text or ("" if entry.digit is None else entry.digit)
            rows.writerow([name, entry.at.isoformat(), digit, entry.verdict, f"{entry.confidence:.4f}", entry.model])
        archive.writestr("drawings.csv", table.getvalue())
    return file.getvalue()
