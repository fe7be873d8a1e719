"""The page for pictures that are brought in."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageOps
from streamlit.runtime.uploaded_file_manager import UploadedFile

from digitpad import Verdict
from digitpad.errors import PictureError
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.pad.drawing import Content
from digitpad.pad.results import EMPTY, HEADINGS, Result, tally, to_csv
from digitpad.pictures.picture import to_array
from digitpad_web import draw
from digitpad_web.answer import show_reading
from digitpad_web.batch import read_all
from digitpad_web.holding import in_turn
from digitpad_web.images import glyph_address
from digitpad_web.readers import chosen, show_notices
from digitpad_web.uploads import bring, copied
from digitpad_web.visit import the_pad

ENLARGED = 2  # pixels for each of the glyph's, in the table
ROW_HEIGHT = ENLARGED * GLYPH_SIDE + 8
SHOWN = 240  # pixels that a picture is wide or high on the page: with its reading it fits a laptop's window
FRAME = "#94a3b8"
SEEN, FILE, DIGIT, WORDS, CONFIDENCE = HEADINGS


def page() -> None:
    """Draw the page."""
    show_notices()
    files = bring()
    _forget_what_is_gone(files)
    results = read_all(files, chosen())
    if len(files) == 1:
        _show_one(files[0], results[0])
    elif files:
        _show_all(files, results)


def _show_all(files: Sequence[UploadedFile], results: Sequence[Result]) -> None:
    """The table, and under it the picture of the row that is chosen."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{tally(results)}**", width="content")
        st.download_button(
            "Download CSV",
            to_csv(results),
            "digits.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    columns = {
        SEEN: [glyph_address(result.reading.glyph, ENLARGED) if result.reading else "" for result in results],
        FILE: [result.name for result in results],
        DIGIT: [result.digit for result in results],
        WORDS: [result.words for result in results],
        CONFIDENCE: [result.confidence for result in results],
    }
    table = st.dataframe(
        columns,
        hide_index=True,
        row_height=ROW_HEIGHT,
        column_config={
            SEEN: st.column_config.ImageColumn(width=72, help="What the network saw"),
            FILE: st.column_config.TextColumn(width=160),
            DIGIT: st.column_config.TextColumn(width=60, alignment="center"),
            WORDS: st.column_config.TextColumn(width="medium"),
            CONFIDENCE: st.column_config.TextColumn(width=90, alignment="center"),
        },
        on_select="rerun",
        selection_mode="single-row",
        key=f"table {hash(tuple(file.file_id for file in files))}",  # of other pictures another row may be chosen
    )
    # A cell has no room for a whole sentence.
    broken = [result for result in results if result.reading is None]
    if broken:
        with st.expander("What could not be read", expanded=len(broken) <= 3, icon=":material/broken_image:"):
            for result in broken:
                st.text(result.words)
    rows = table.selection.rows
    if rows and rows[0] < len(files):
        _show_one(files[rows[0]], results[rows[0]])
    else:
        st.caption("Tick the box at the left of a row to see its picture and the whole reading.")


def _show_one(file: UploadedFile, result: Result) -> None:
    """A picture, and beside it what was read in it."""
    if result.reading is None:
        st.error("This can't be read.", icon=":material/broken_image:")
        st.text(result.words)  # never as Markdown: there are names of files in it
        return
    try:
        picture = _picture(file)
    except PictureError as error:  # it was forgotten in this moment, say
        st.text(str(error))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        st.image(_framed(picture), alt=result.name)
        st.text(result.name)
        if st.button("Put on the pad", icon=":material/draw:"):
            the_pad().show(Content(picture=picture))
            st.switch_page(draw.entry())
    with right:
        if result.reading.verdict is Verdict.EMPTY:
            st.info(f"{EMPTY}.", icon=":material/visibility_off:")
        else:
            show_reading(result.reading, chosen().model.tells_no_digit)


def _picture(file: UploadedFile) -> NDArray[np.uint8]:
    """The picture in a file that was read; the last one is kept, for a large one takes a while."""
    number, picture = st.session_state.get("shown", (None, None))
    if number != file.file_id:
        with in_turn():
            picture = to_array(copied(file))
        st.session_state.shown = file.file_id, picture
    shown: NDArray[np.uint8] = picture
    return shown


def _forget_what_is_gone(files: Sequence[UploadedFile]) -> None:
    """The last picture may have many megabytes."""
    if "shown" in st.session_state and st.session_state.shown[0] not in [file.file_id for file in files]:
        del st.session_state["shown"]


def _framed(picture: NDArray[np.uint8]) -> Image.Image:
    """The picture as large as it is shown, in a frame, since its paper may be as white as the page."""
    image = ImageOps.contain(Image.fromarray(picture), (SHOWN, SHOWN))
    if image.mode == "RGBA":  # what is transparent would be as dark as its ink on a dark page
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return ImageOps.expand(image.convert("RGB"), border=1, fill=FRAME)
