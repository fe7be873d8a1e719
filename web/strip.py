"""The visitor's last drawings, and what can be taken home of them."""

import csv
import functools
import io
import zipfile
from collections.abc import Sequence

import streamlit as st

from digitpad.drawing import picture_of
from digitpad.errors import HistoryError
from digitpad.history import Entry
from digitpad.pad import REMEMBERED, Pad
from digitpad.words import label, said
from digitpad_web.answer import plain
from digitpad_web.changes import change
from digitpad_web.images import glyph_address, png

SHOWN = 6  # drawings in the strip, one row of a laptop; the others are behind a button
# In the session: whether the offers are open, whether the older drawings are, and whether there is a question.
OFFERS, OLDER, ASKS = "offers", "older", "asks"
SLOTS = "slots"  # in the session: which button each remembered drawing has, by their numbers
ZIP = "zip"  # in the session, while the offers are open: all drawings as a file, and what they were then
ENLARGED = 2  # pixels for each of the glyph's


def show_strip(pad: Pad) -> None:
    """The last drawings with what was read in them; one that is clicked comes back onto the canvas."""
    entries = pad.remembered()
    slots = _slots(entries)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="history"):
        if not entries:
            st.caption("What you draw is kept here, until you leave or reload the page.")
        for entry in entries[:SHOWN]:
            _show(entry, slots[entry.number])
        if len(entries) > SHOWN:
            with st.popover("Older", icon=":material/history:", key=OLDER, on_change="rerun") as older:
                if older.open:
                    with st.container(horizontal=True, gap="xsmall"):
                        for entry in entries[SHOWN:]:
                            _show(entry, slots[entry.number])
        if entries:
            with st.popover("Save", icon=":material/download:", key=OFFERS, on_change="rerun") as offers:
                if offers.open:
                    _offers(pad, entries)
                else:
                    st.session_state.pop(ZIP, None)
    if st.session_state.pop(ASKS, False):
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


def _show(entry: Entry, slot: int) -> None:
    """A drawing as a button that brings it back."""
    st.button(
        f"![{said(entry)}]({glyph_address(entry.glyph, ENLARGED)}) {label(entry)}",
        key=f"drawing {slot}",
        help=f"{said(entry)}. Read by {plain(entry.model)}. Click to bring it back.",
        on_click=change(functools.partial(_bring_back, entry=entry)),
    )


def _offers(pad: Pad, entries: Sequence[Entry]) -> None:
    """What can be saved.

    It is made before it is asked for: what Streamlit makes at the click it also deletes when others click, maybe
    before the browser has fetched it.
    """
    content = pad.drawing.content
    st.download_button(
        "This drawing",
        png(picture_of(content)),
        "drawing.png",
        "image/png",
        icon=":material/draw:",
        on_click="ignore",
        disabled=content.is_empty,
        width="stretch",
    )
    st.download_button(
        "What the network saw",
        png(pad.reading.glyph),
        "glyph.png",
        "image/png",
        icon=":material/grid_on:",
        on_click="ignore",
        disabled=content.is_empty or not pad.is_read,
        width="stretch",
    )
    st.download_button(
        "All drawings",
        _zipped_once(pad, entries),
        "drawings.zip",
        "application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        help=f"The last {REMEMBERED} as pictures, and a CSV of what was read in them",
        width="stretch",
    )
    st.button("Clear history", icon=":material/delete_forever:", width="stretch", on_click=_begin_to_ask)


def _begin_to_ask() -> None:
    st.session_state[OFFERS] = False  # or they would cover the question
    st.session_state[ASKS] = True


@st.dialog("Clear history")
def _ask(pad: Pad) -> None:
    """Nobody is to lose an hour's drawings by a click."""
    st.write("Forget all drawings of the history? This can't be undone.")
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep them"):
            st.rerun()
        if st.button("Forget them", icon=":material/delete:", on_click=change(Pad.forget_all)):
            st.rerun()


def _zipped_once(pad: Pad, entries: Sequence[Entry]) -> bytes:
    """All remembered drawings, zipped again only when there are others: sixty take a tenth of a second."""
    state = (pad.drawing.content, [(entry.number, entry.digit, entry.confidence, entry.model) for entry in entries])
    if ZIP not in st.session_state or st.session_state[ZIP][0] != state:
        st.session_state[ZIP] = state, zipped(pad)
    file: bytes = st.session_state[ZIP][1]
    return file


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
            digit = "" if entry.digit is None else entry.digit
            rows.writerow([name, entry.at.isoformat(), digit, entry.verdict, f"{entry.confidence:.4f}", entry.model])
        archive.writestr("drawings.csv", table.getvalue())
    return file.getvalue()


def _bring_back(pad: Pad, entry: Entry) -> None:
    st.session_state[OLDER] = False  # it would cover what comes back
    pad.bring_back(entry)
