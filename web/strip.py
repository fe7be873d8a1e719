"""The visitor's last drawings, and what can be taken home of them."""

import base64
import csv
import functools
import io
import zipfile

import streamlit as st
from PIL import Image

from digitpad.drawing import Content, picture_of
from digitpad.errors import HistoryError
from digitpad.history import Entry
from digitpad.pad import REMEMBERED, Pad
from digitpad.words import label, said
from digitpad_web.changes import change

SHOWN = 9  # drawings in the strip, one row of a laptop; all are in the ZIP
THUMBNAIL = 48  # pixels


def show_strip(pad: Pad) -> None:
    """The last drawings with what was read in them; one that is clicked comes back onto the canvas."""
    entries = pad.history.latest(SHOWN)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="history"):
        if not entries:
            st.caption("What you draw is kept here, until you leave.")
        for entry in entries:
            st.button(
                f"![{said(entry)}]({_thumbnail(entry.glyph.tobytes())}) {label(entry)}",
                key=f"drawing {entry.number}",
                help=f"{said(entry)}. Read by {entry.model}. Click to bring it back.",
                on_click=change(functools.partial(_bring_back, entry=entry)),
            )
        if entries:
            with st.popover("Save", icon=":material/download:", help="Take drawings home"):
                _offers(pad)
    if pad.history.notice:
        st.warning(pad.history.notice)


def _offers(pad: Pad) -> None:
    """What can be saved, each made when it is asked for."""
    content = pad.drawing.content
    st.download_button(
        "This drawing",
        functools.partial(_png, content),
        "drawing.png",
        "image/png",
        icon=":material/draw:",
        on_click="ignore",
        disabled=content.is_empty,
        width="stretch",
    )
    st.download_button(
        "What the network saw",
        lambda: _as_png(pad.reading.glyph),
        "glyph.png",
        "image/png",
        icon=":material/grid_on:",
        on_click="ignore",
        disabled=content.is_empty or not pad.is_read,
        width="stretch",
    )
    st.download_button(
        "All drawings",
        functools.partial(zipped, pad),
        "drawings.zip",
        "application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        help=f"The last {REMEMBERED} as pictures, and a CSV of what was read in them",
        width="stretch",
    )
    st.button("Clear history", icon=":material/delete_forever:", on_click=change(Pad.forget_all), width="stretch")


def zipped(pad: Pad) -> bytes:
    """All remembered drawings as PNG files, and `drawings.csv` with what was read in each."""
    file, table = io.BytesIO(), io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["file", "time", "digit", "verdict", "confidence", "model"])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in reversed(pad.remembered()):
            name = f"drawing-{entry.number:03d}.png"
            try:
                archive.writestr(name, _png(pad.history.content(entry.number)))
            except HistoryError:
                continue  # it can't be drawn any more
            digit = "" if entry.digit is None else entry.digit
            rows.writerow([name, entry.at.isoformat(), digit, entry.verdict, f"{entry.confidence:.4f}", entry.model])
        archive.writestr("drawings.csv", table.getvalue())
    return file.getvalue()


def _bring_back(pad: Pad, entry: Entry) -> None:
    pad.bring_back(entry)
    pad.follow()


def _png(content: Content) -> bytes:
    return _as_png(picture_of(content))


def _as_png(picture: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png")  # type: ignore[arg-type]
    return file.getvalue()


@functools.lru_cache(maxsize=256)
def _thumbnail(glyph: bytes) -> str:
    """A glyph as a data address."""
    image = Image.frombytes("L", (28, 28), glyph).resize((THUMBNAIL, THUMBNAIL), Image.Resampling.NEAREST)
    file = io.BytesIO()
    image.save(file, "png")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
