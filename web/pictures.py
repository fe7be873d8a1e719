"""The page for pictures that are brought in."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageOps
from streamlit.runtime.uploaded_file_manager import UploadedFile

from digitpad import Verdict
from digitpad.errors import PictureError
from digitpad.pad.drawing import Content
from digitpad.pad.results import CSV_FILE, EMPTY, Result, tally, to_csv
from digitpad.pictures.picture import to_array
from digitpad_web import draw
from digitpad_web.answer import show_reading
from digitpad_web.batch import AT_ONCE, first, read_all, read_more
from digitpad_web.holding import in_turn
from digitpad_web.readers import chosen, show_notices
from digitpad_web.table import show_table
from digitpad_web.uploads import bring, copied, name_all
from digitpad_web.visit import the_pad

SHOWN = 480  # pixels that a picture is wide or high at most; how large it is on the page says app.css
SMALL = 120  # the same in the table's reading, where nothing was read
FRAME = "#94a3b8"


def page() -> None:
    """Draw the page."""
    # Each part in a place of its own. Else, where one grows or shrinks, what follows would stand on the page twice
    # for a moment: where it was, and where it is now.
    with st.container():
        show_notices()
        files = bring()
    _forget_what_is_gone(files)
    some = first(files)
    results = read_all(some, chosen())
    if len(files) == 1:
        with st.container(key="one"):
            _show_one(files[0], results[0])
    elif files:
        with st.container(key="many"):
            _show_all(files, some, results)


def _show_all(files: Sequence[UploadedFile], some: Sequence[UploadedFile], results: Sequence[Result]) -> None:
    """The table of those that were read, and what to do to read the others."""
    waiting = files[len(some) :]
    if waiting:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**These are {len(files)} pictures. The first {len(some)} are read.**", width="content")
            st.button(
                f"Read the next {min(AT_ONCE, len(waiting))}",
                type="primary",
                icon=":material/visibility:",
                on_click=read_more,
            )
        name_all(f"The {len(waiting)} that wait", [file.name for file in waiting])
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{tally(results)}**", width="content")
        st.download_button(
            "Download CSV",
            to_csv(results),
            CSV_FILE,
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    show_table(results, tuple(file.file_id for file in some), lambda place: _show_chosen(some[place], results[place]))
    # A cell has no room for a whole sentence.
    broken = [result for result in results if result.reading is None]
    if broken:
        with st.expander("What could not be read", expanded=len(broken) <= 3, icon=":material/broken_image:"):
            for result in broken:
                st.text(result.words)


def _show_one(file: UploadedFile, result: Result) -> None:
    """A picture, and beside it what was read in it."""
    if (picture := _picture_or_why_not(file, result)) is None:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        with st.container(key="picture"):
            st.image(_framed(picture), alt=result.name)
        st.text(result.name)
        if result.reading and result.reading.note:
            st.text(result.reading.note)
        _offer_the_pad(picture)
    with right:
        if result.reading is None or result.reading.verdict is Verdict.EMPTY:
            st.info(f"{EMPTY}.", icon=":material/visibility_off:")
        else:
            show_reading(result.reading, chosen().model.tells_no_digit)


def _show_chosen(file: UploadedFile, result: Result) -> None:
    """The same in little room."""
    st.text(result.name)
    if (picture := _picture_or_why_not(file, result)) is None:
        return
    if result.reading and result.reading.note:
        st.text(result.reading.note)
    if result.reading is None or result.reading.verdict is Verdict.EMPTY:
        st.image(_framed(picture), alt=result.name, caption=f"{EMPTY}.", width=SMALL)
    else:
        show_reading(result.reading, chosen().model.tells_no_digit, picture=_framed(picture))
    _offer_the_pad(picture)


def _picture_or_why_not(file: UploadedFile, result: Result) -> NDArray[np.uint8] | None:
    """The picture in a file; none, and it is said why, where it can't be read."""
    if result.reading is None:
        st.error("This can't be read.", icon=":material/broken_image:")
        st.text(result.words)  # never as Markdown: there are names of files in it
        return None
    try:
        return _picture(file)
    except PictureError as error:  # it was forgotten in this moment, say
        st.text(str(error))
        return None


def _offer_the_pad(picture: NDArray[np.uint8]) -> None:
    if st.button("Put on the pad", icon=":material/draw:"):
        the_pad().show(Content(picture=picture))
        st.switch_page(draw.entry())


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
