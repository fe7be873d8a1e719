"""The page *Hands*: what was learned of how a visitor writes, for as long as they are here."""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from digitpad.errors import HandError
from digitpad.pad.hand_names import file_of
from digitpad.pad.hands import Hands
from digitpad.pad.pad import Pad
from digitpad.pad.teaching import (
    ADD_LESSONS,
    GONE_AFTER_VISIT,
    HANDS,
    HANDS_MEANING,
    NAME_OF_HAND,
    NEW_HAND,
    OPEN_HAND,
    PRACTICE,
    PRACTICE_MEANING,
    READS_WITH,
    REMOVE_HAND,
    RENAME_HAND,
    SAVE_HAND,
    TIP_ADD_LESSONS,
    TIP_OPEN_HAND,
    TIP_SAVE_HAND,
    TIP_USE_HAND,
    USE_HAND,
    added,
    ask_remove,
)
from digitpad_web import practice
from digitpad_web.answer import plain
from digitpad_web.canvas import canvas_out_of_sight
from digitpad_web.changes import change
from digitpad_web.holding import let_go
from digitpad_web.keeping import MOST_HANDS, keep_hands, take_hands
from digitpad_web.lessons import show_lessons
from digitpad_web.offered import offered
from digitpad_web.readers import show_notices
from digitpad_web.visit import the_pad

PAGE = "hands"  # in the app's address
CHOSEN, IS_ON, BEGIN = "hand", "hand is on", "begin with"  # in the session: the controls
TOLD, REFUSED = "hands told", "hands refused"  # in the session: what came of what was done last
DONE = "hands done"  # in the session: how often something was asked and done; a new control is an empty, closed one
MOST_OF_A_FILE = 1  # megabytes; thousands of lessons have less
SHIPPED_HERE = "Begin with a hand that is offered here"


def entry() -> st.Page:
    """The page as the app lists it and others lead to it."""
    return st.Page(page, title=HANDS, icon=":material/back_hand:", url_path=PAGE)


def page() -> None:
    """Draw the page."""
    st.title(HANDS, anchor=False)
    st.markdown(f"{HANDS_MEANING} {GONE_AFTER_VISIT}")
    show_notices()
    _hands()


@st.fragment
def _hands() -> None:
    """All that changes with the hands."""
    pad = the_pad()
    take_hands(pad.hands)
    canvas_out_of_sight(pad)
    with st.container(key="hands"):
        with st.container(key="notes"):
            _tell(pad.hands)
        _choose(pad.hands)
        _files(pad.hands)
        if st.button(PRACTICE, type="primary", icon=":material/edit_note:", help=PRACTICE_MEANING):
            st.switch_page(practice.entry())
        show_lessons(pad)
    keep_hands(pad.hands)


def _tell(hands: Hands) -> None:
    """What came of what was done last, and what is wrong."""
    if told := st.session_state.pop(TOLD, ""):
        st.success(plain(told))
    for refused in filter(None, (st.session_state.pop(REFUSED, ""), hands.notice)):
        st.warning(plain(refused))


def _choose(hands: Hands) -> None:
    """Which hand helps to read, whether it does, and its name."""
    # New controls once something was done elsewhere: what a browser sends just then still has the old ones' values,
    # and would undo it.
    chosen, is_on = _key(CHOSEN), _key(IS_ON)
    # What is in the session already needs no default beside it.
    st.session_state[chosen], st.session_state[is_on] = hands.current.name, hands.current.is_on
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        names: list[str] = hands.names
        st.selectbox(
            READS_WITH, names, key=chosen, on_change=_do(lambda hands: hands.choose(st.session_state[chosen]))
        )
        st.toggle(
            USE_HAND, key=is_on, help=TIP_USE_HAND, on_change=_do(lambda hands: hands.switch(st.session_state[is_on]))
        )
    with st.container(horizontal=True, gap="xsmall"):
        _ask_name(NEW_HAND, "", lambda hands, name: hands.add(name), disabled=len(hands.names) >= MOST_HANDS)
        _ask_name(RENAME_HAND, hands.current.name, lambda hands, name: hands.rename(hands.current.name, name))
        if st.button(REMOVE_HAND, key="remove hand"):
            _ask_remove(hands)


def _ask_name(what: str, name: str, work: Callable[[Hands, str], object], disabled: bool = False) -> None:
    """A button that asks for the name of a hand, and does something with it."""
    key = _key(what)
    with st.popover(what, key=key, disabled=disabled), st.form(f"{key} form", border=False):
        st.text_input(NAME_OF_HAND, name, key=f"{key} name")
        st.form_submit_button(what, on_click=_named, args=(f"{key} name", work))


def _named(key: str, work: Callable[[Hands, str], object]) -> None:
    name = str(st.session_state[key])
    _renew()
    _do(lambda hands: work(hands, name))()


def _key(what: str) -> str:
    """A control's key, until the controls are renewed."""
    return f"{what} {st.session_state.get(DONE, 0)}"


@st.dialog(REMOVE_HAND)
def _ask_remove(hands: Hands) -> None:
    """Nobody is to lose what a class taught by a click."""
    st.write(plain(ask_remove(hands.current.name)))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep it"):
            st.rerun()
        if st.button("Remove it", icon=":material/delete:", on_click=_do(_remove)):
            st.rerun()


def _remove(hands: Hands) -> None:
    _renew()
    hands.remove(hands.current.name)


def _renew() -> None:
    """Have new controls in the next run."""
    st.session_state[DONE] = st.session_state.get(DONE, 0) + 1


def _files(hands: Hands) -> None:
    """What can be taken home and brought again, and what the operator offers."""
    is_full = len(hands.names) >= MOST_HANDS
    with st.container(horizontal=True, gap="xsmall"):
        st.download_button(
            SAVE_HAND,
            hands.current.to_bytes,
            file_of(hands.current.name),
            "application/octet-stream",
            icon=":material/download:",
            help=f"{TIP_SAVE_HAND}.",
            on_click="ignore",
            disabled=not len(hands.current),
        )
        _ask_file(OPEN_HAND, TIP_OPEN_HAND, lambda hands, content: hands.bring(content), disabled=is_full)
        _ask_file(ADD_LESSONS, TIP_ADD_LESSONS, lambda hands, content: _say(added(hands.merge(content))))
    files, broken = offered()
    if broken:
        st.warning(broken)
    if files and not is_full:
        st.selectbox(SHIPPED_HERE, list(files), index=None, key=BEGIN, on_change=_begin, args=(files,))


def _ask_file(what: str, tip: str, work: Callable[[Hands, bytes], object], disabled: bool = False) -> None:
    """A button that asks for the file of a hand, and does something with what is in it."""
    key = _key(what)
    with st.popover(what, key=key, help=f"{tip}.", disabled=disabled):
        # Phones know no such files: they would let nobody choose one. What is in a file the core judges alone.
        st.file_uploader(
            what,
            key=f"{key} file",
            max_upload_size=MOST_OF_A_FILE,
            label_visibility="collapsed",
            on_change=_brought,
            args=(f"{key} file", work),
        )


def _brought(key: str, work: Callable[[Hands, bytes], object]) -> None:
    file = st.session_state.get(key)
    if isinstance(file, UploadedFile):
        content = file.getvalue()
        let_go([file])
        _renew()
        _do(lambda hands: work(hands, content))()


def _begin(files: dict[str, bytes]) -> None:
    """A copy of an offered hand, which is the visitor's own from then on."""
    name = st.session_state[BEGIN]
    st.session_state[BEGIN] = None
    if name in files:
        _renew()
        _do(lambda hands: hands.bring(files[name], name))()


def _do(work: Callable[[Hands], object]) -> Callable[[], None]:
    """A callback that does something to the visitor's hands; where it can't be done, the page says why."""

    def done(pad: Pad) -> None:
        try:
            work(pad.hands)
        except HandError as error:
            st.session_state[REFUSED] = str(error)

    callback: Callable[[], None] = change(done)
    return callback


def _say(told: str) -> None:
    st.session_state[TOLD] = told
