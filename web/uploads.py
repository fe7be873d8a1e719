"""What a visitor brings in: files, a photo taken now, or what they copied elsewhere."""

import io
from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from digitpad.pictures.decoding import picture_suffixes
from digitpad_web.holding import MOST_FILES, MOST_MEGABYTES, fitting, let_go, refused

LIMITS = (
    f"Up to {MOST_FILES} at once, at most {MOST_MEGABYTES}\N{NO-BREAK SPACE}MB each. "
    "They are forgotten when you leave."
)
WHAT_TO_CHOOSE = "Choose pictures of handwritten digits or numbers"
FILES, CAMERA, CLIPBOARD = "Files", "Camera", "Clipboard"
BROUGHT = "brought"  # in the session: the pictures that were brought in
LEFT_OUT = "left out"  # in the session: the names of those that came with them and were too many
EMPTIED = "emptied"  # in the session: how often all of them were forgotten; a new control is an empty one
FORGET = "Forget these pictures"
SOURCES = {
    FILES: ":material/upload: Files",
    CAMERA: ":material/photo_camera: Camera",
    CLIPBOARD: ":material/content_paste: Clipboard",
}
# Browsers know by themselves which files are pictures, except for these. What is in a file the core judges alone.
KINDS = ["image", *sorted(picture_suffixes() & {".heic", ".heif", ".hif", ".pdf", ".ppm"})]


def bring() -> list[UploadedFile]:
    """Ask for pictures; those that were brought last, however many and whatever is in them.

    They stay while another page is shown, where Streamlit forgets what was in a control.
    """
    # One way at a time: the camera is to be asked for only by a person who wants it.
    source = st.segmented_control(
        "Where the pictures come from",
        list(SOURCES),
        format_func=SOURCES.__getitem__,
        default=FILES,
        required=True,
        key="source",
        label_visibility="collapsed",
        persist_state="session",
    )
    ask = {FILES: _ask_for_files, CAMERA: _ask_for_a_photo, CLIPBOARD: _ask_for_a_copy}[source]
    is_there, what_to_do = ask()
    brought: list[UploadedFile] = st.session_state.get(BROUGHT, [])
    if not brought:
        st.info(what_to_do, icon=":material/add_photo_alternate:")
    elif len(brought) > 1 or not is_there:  # where the control has but one, it can be taken away there
        st.button(FORGET, icon=":material/close:", on_click=_forget)
    return brought


def _ask_for_files() -> tuple[bool, str]:
    """Show the control; whether there is anything in it, and what to do where there is not."""
    files = st.file_uploader(
        "Pictures of handwritten digits and numbers",
        KINDS,
        accept_multiple_files=True,
        key=_key(FILES),
        max_upload_size=MOST_MEGABYTES,
        label_visibility="collapsed",
        on_change=_take,
        args=(FILES,),
    )
    _say_what_is_missing()
    return bool(files), f"{WHAT_TO_CHOOSE}, or drop them here. {LIMITS}"


def _ask_for_a_photo() -> tuple[bool, str]:
    """The same for the camera."""
    photo = st.camera_input(
        "A photo of digits or numbers",
        key=_key(CAMERA),
        label_visibility="collapsed",
        on_change=_take,
        args=(CAMERA,),
    )
    address = urlsplit(st.context.url or "")
    if address.scheme == "http" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
        return bool(photo), (
            "Browsers lend the camera only to pages whose address begins with https, which this one's does not. "
            "On a phone, *Files* can take a photo too."
        )
    return bool(photo), (
        "Hold digits or numbers, written on paper, before the camera. A phone begins with the camera at its front: "
        "the sign at the top right of the picture switches to the one at its back."
    )


def _ask_for_a_copy() -> tuple[bool, str]:
    """The same for what was copied elsewhere; Streamlit hands it over but once."""
    # In a container it stays where it is; else it would be at the foot of the window.
    with st.container():
        given = st.chat_input(
            "Paste a picture here",
            accept_file="multiple",
            file_type=KINDS,
            max_upload_size=MOST_MEGABYTES,
            key=CLIPBOARD,
        )
    if given and given.files:
        _bring(given.files)
    elif given:
        st.warning("There is no picture in what you pasted, only text. Copy the picture itself.")
    _say_what_is_missing()
    return (
        False,
        "Copy a picture of digits or numbers, click into the line above, and press Ctrl+V or Cmd+V, and Enter.",
    )


def _take(control: str) -> None:
    """What is in a control now takes the place of what was brought before."""
    _bring([file for file in _given(control) if isinstance(file, UploadedFile)])


def _given(control: str) -> list[UploadedFile | DeletedFile]:
    """All that a control shows, also what the server no longer has: it was started again, say."""
    value = st.session_state.get(_key(control))
    return value if isinstance(value, list) else [value] if value else []


def _bring(files: Sequence[UploadedFile]) -> None:
    """These take the place of what was brought before; nothing else is held."""
    before: list[UploadedFile] = st.session_state.get(BROUGHT, [])
    brought, too_many = list(files[: fitting(files)]), files[fitting(files) :]
    let_go([*set(before).difference(brought), *too_many])
    st.session_state[BROUGHT] = brought
    st.session_state[LEFT_OUT] = [*(file.name for file in too_many), *refused()] if brought else []


def _forget() -> None:
    _bring([])
    st.session_state[EMPTIED] = st.session_state.get(EMPTIED, 0) + 1


def _key(control: str) -> str:
    return f"{control} {st.session_state.get(EMPTIED, 0)}"


def _say_what_is_missing() -> None:
    """The browser goes on showing the names of files that are not here."""
    left_out: list[str] = st.session_state.get(LEFT_OUT, [])
    gone = sum(isinstance(file, DeletedFile) for file in _given(FILES))
    if left_out:
        kept = len(st.session_state[BROUGHT])
        st.warning(
            f"These are {kept + len(left_out)} pictures, more than are taken at once. The first {kept} are here. "
            f"Bring in the other {len(left_out)} when you are done with these: press *{FORGET}* first."
        )
        name_all(f"The {len(left_out)} that are not here", left_out)
    elif gone:
        st.warning(f"The server no longer has {gone} of these pictures. Remove and bring in again what is not read.")


def name_all(heading: str, names: Sequence[str]) -> None:
    """A list of files, each by its name, behind a heading."""
    with st.expander(heading, icon=":material/list:"), st.container(height=min(40 + 25 * len(names), 200)):
        st.text("\n".join(names))  # never as Markdown


def copied(file: UploadedFile) -> io.BytesIO:
    """What is in a file, under its name: other runs of the page have the same object, and may be reading it."""
    copy = io.BytesIO(file.getvalue())
    copy.name = file.name
    return copy


def too_large(file: UploadedFile) -> str:
    """Why a file is not read at all, a sentence; else nothing."""
    if file.size <= MOST_MEGABYTES * 2**20:
        return ""
    return f"The file {file.name} is larger than {MOST_MEGABYTES} MB. Make it smaller first."
