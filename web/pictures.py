"""The page for pictures that are brought in."""

import functools
from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageOps
from streamlit.runtime.uploaded_file_manager import UploadedFile

from digitpad import Verdict
from digitpad.errors import PictureError
from digitpad.pad.drawing import Content
from digitpad.pad.pages import CheckedPage
from digitpad.pad.results import CSV_FILE, EMPTY, Result, as_read, correct, tally, to_csv
from digitpad.pad.teaching import Choice
from digitpad.pictures.pages import pages
from digitpad.pictures.picture import opened
from digitpad_web import draw
from digitpad_web.answer import show_reading
from digitpad_web.batch import AT_ONCE, MOST_PAGES, Batch, keep_correction, read_all, read_more
from digitpad_web.holding import in_turn
from digitpad_web.images import on_white
from digitpad_web.keeping import keep_hands, take_hands
from digitpad_web.mounting import forget_mounted
from digitpad_web.page_view import show_pages
from digitpad_web.readers import show_notices
from digitpad_web.table import show_table
from digitpad_web.teaching import learns, show_correcting
from digitpad_web.uploads import bring, copied, name_all
from digitpad_web.visit import the_pad

SHOWN = 480  # pixels that a picture is wide or high at most; how large it is on the page says app.css
SMALL = 120  # the same in the table's reading, where nothing was read
FRAME = "#94a3b8"

Source = tuple[UploadedFile, int]  # a file, and which of its pages, from 1


def page() -> None:
    """Draw the page."""
    # Each part in a place of its own. Else, where one grows or shrinks, what follows would stand on the page twice
    # for a moment: where it was, and where it is now.
    with st.container():
        show_notices()
        files = bring()
    pad = the_pad()
    take_hands(pad.hands)
    batch = read_all(files, pad)
    _forget_what_is_gone(batch)
    numbers = {
        f"{file.file_id} {number}": outcome
        for (file, number), outcome in zip(batch.sources, batch.outcomes, strict=True)
        if isinstance(outcome, CheckedPage)
    }
    results = [outcome for outcome in batch.outcomes if isinstance(outcome, Result)]
    if numbers:
        with st.container(key="numbers"):
            _offer_the_others(batch, len(files))
            show_pages(
                list(numbers.values()), list(numbers), [result for result in results if result.reading is None], pad
            )
            _name_broken(results)
    elif len(results) == 1 and not batch.waiting:
        with st.container(key="one"):
            _show_one(batch.sources[0], results[0])
    elif results:
        with st.container(key="many"):
            _offer_the_others(batch, len(files))
            _show_all(batch.sources, results)
            _name_broken(results)
    if not numbers:
        keep_hands(pad.hands)


def _offer_the_others(batch: Batch, count: int) -> None:
    """What to do to read those that were not."""
    if not batch.waiting:
        return
    read = len(batch.outcomes)
    told, step = f"The first {read} pages are read.", AT_ONCE
    if read == count - len(batch.waiting):  # none of the files has several pages
        told, step = f"These are {count} pictures. The first {read} are read.", min(AT_ONCE, len(batch.waiting))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{told}**", width="content")
        if read < MOST_PAGES:
            st.button(f"Read the next {step}", type="primary", icon=":material/visibility:", on_click=read_more)
    name_all(f"The {len(batch.waiting)} that wait", [file.name for file in batch.waiting])


def _show_all(sources: Sequence[Source], results: Sequence[Result]) -> None:
    """The table of those that were read."""
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
    learns(the_pad().hands)
    ids = tuple(file.file_id for file, _ in sources)
    show_table(results, ids, lambda place: _show_chosen(sources[place], results[place]))


def _name_broken(results: Sequence[Result]) -> None:
    """What could not be read, and why: a cell has no room for a whole sentence."""
    broken = [result for result in results if result.reading is None]
    if broken:
        with st.expander("What could not be read", expanded=len(broken) <= 3, icon=":material/broken_image:"):
            for result in broken:
                st.text(result.words)


def _show_one(source: Source, result: Result) -> None:
    """A picture, and beside it what was read in it."""
    if (picture := _picture_or_why_not(source, result)) is None:
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
            show_reading(result.reading, _tells_no_digit(), say_how_sure=_teaching(source, result))


def _show_chosen(source: Source, result: Result) -> None:
    """The same in little room."""
    st.text(result.name)
    if (picture := _picture_or_why_not(source, result)) is None:
        return
    if result.reading and result.reading.note:
        st.text(result.reading.note)
    if result.reading is None or result.reading.verdict is Verdict.EMPTY:
        st.image(_framed(picture), alt=result.name, caption=f"{EMPTY}.", width=SMALL)
    else:
        show_reading(
            result.reading, _tells_no_digit(), picture=_framed(picture), say_how_sure=_teaching(source, result)
        )
    _offer_the_pad(picture)


def _tells_no_digit() -> bool:
    tells: bool = the_pad().recognizer.model.tells_no_digit
    return tells


def _teaching(source: Source, result: Result) -> Callable[[str], None]:
    """What shows how sure a reading is, and how one says what it is, and takes that back."""
    pad = the_pad()

    def take_back() -> None:
        keep_correction(source, as_read(result, pad.hands), pad.recognizer)

    def say(choice: Choice) -> None:
        keep_correction(source, correct(result, choice, pad.hands, pad.recognizer), pad.recognizer)

    return functools.partial(show_correcting, result, say, take_back)


def _picture_or_why_not(source: Source, result: Result) -> NDArray[np.uint8] | None:
    """The picture that was read; none, and it is said why, where it can't be."""
    if result.reading is None:
        st.error("This can't be read.", icon=":material/broken_image:")
        st.text(result.words)  # never as Markdown: there are names of files in it
        return None
    try:
        return _picture(source)
    except PictureError as error:  # it was forgotten in this moment, say
        st.text(str(error))
        return None


def _offer_the_pad(picture: NDArray[np.uint8]) -> None:
    if st.button("Put on the pad", icon=":material/draw:"):
        the_pad().show(Content(picture=picture))
        st.switch_page(draw.entry())


def _picture(source: Source) -> NDArray[np.uint8]:
    """A picture that was read; the last one is kept, for a large one takes a while."""
    of, picture = st.session_state.get("shown", (None, None))
    if of != source:
        file, number = source
        with in_turn():
            picture = opened(pages(copied(file))[number - 1]).array
        st.session_state.shown = source, picture
    shown: NDArray[np.uint8] = picture
    return shown


def _forget_what_is_gone(batch: Batch) -> None:
    """The last picture may have many megabytes, and so may what the controls of a page of numbers were given."""
    if "shown" in st.session_state and st.session_state.shown[0] not in batch.sources:
        del st.session_state["shown"]
    forget_mounted(but=batch.outcomes)


def _framed(picture: NDArray[np.uint8]) -> Image.Image:
    """The picture as large as it is shown, in a frame, since its paper may be as white as the page."""
    image = ImageOps.contain(Image.fromarray(picture), (SHOWN, SHOWN))
    return ImageOps.expand(on_white(image), border=1, fill=FRAME)
