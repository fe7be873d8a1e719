"""What a visitor brings in: files, a photo taken now, or what they copied elsewhere."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from digitpad.picture import picture_suffixes

# The photos of phones have 3 to 8 megabytes. It is Streamlit's own limit too, in .streamlit/config.toml: the server
# refuses what is larger before it has taken it in.
MOST_MEGABYTES = 10
MOST_FILES = 200  # a class's worth of sheets; all of them are in the server's memory while they are on the page
LIMITS = (
    f"Up to {MOST_FILES} at once, at most {MOST_MEGABYTES}\N{NO-BREAK SPACE}MB each. "
    "They are forgotten when you leave."
)
FILES, CAMERA, CLIPBOARD = "Files", "Camera", "Clipboard"
SOURCES = {
    FILES: ":material/upload: Files",
    CAMERA: ":material/photo_camera: Camera",
    CLIPBOARD: ":material/content_paste: Clipboard",
}
# Browsers know by themselves which files are pictures, except for these. What is in a file the core judges alone.
KINDS = ["image", *sorted(picture_suffixes() & {".heic", ".heif", ".jp2", ".ppm"})]


def bring() -> list[UploadedFile]:
    """Ask for pictures; those that are there now, however many and whatever is in them."""
    # One way at a time: the camera is to be asked for only by a person who wants it.
    source = st.segmented_control(
        "Where the pictures come from",
        list(SOURCES),
        format_func=SOURCES.__getitem__,
        default=FILES,
        required=True,
        key="source",
        label_visibility="collapsed",
    )
    if source != CLIPBOARD:
        st.session_state.pop("pasted", None)
    if source == CAMERA:
        photo = st.camera_input("A photo of one digit", key="photo", label_visibility="collapsed")
        return [photo] if photo else _nothing("Hold one digit, written on paper, before the camera.")
    if source == CLIPBOARD:
        return _pasted() or _nothing(
            "Copy a picture of a digit, click into the line above, and press Ctrl+V and Enter."
        )
    files = st.file_uploader(
        "Pictures of one handwritten digit each",
        KINDS,
        accept_multiple_files=True,
        key="files",
        max_upload_size=MOST_MEGABYTES,
        label_visibility="collapsed",
    )
    return files or _nothing(f"Choose pictures of one handwritten digit each, or drop them here. {LIMITS}")


def _pasted() -> list[UploadedFile]:
    """What was pasted last; Streamlit hands it over but once."""
    # In a container it stays where it is; else it would be at the foot of the window.
    with st.container():
        given = st.chat_input(
            "Paste a picture here",
            accept_file="multiple",
            file_type=KINDS,
            max_upload_size=MOST_MEGABYTES,
            key="clipboard",
        )
    if given and given.files:
        st.session_state.pasted = given.files
    pasted: list[UploadedFile] = st.session_state.get("pasted", [])
    return pasted


def _nothing(what_to_do: str) -> list[UploadedFile]:
    st.info(what_to_do, icon=":material/add_photo_alternate:")
    return []


def within_limits(files: Sequence[UploadedFile]) -> list[UploadedFile]:
    """The files that are read, with a sentence where there are more."""
    if len(files) > MOST_FILES:
        st.warning(
            f"These are {len(files)} pictures, and {MOST_FILES} are read at once: the first {MOST_FILES}. "
            "Remove those, and bring in the others."
        )
    return list(files[:MOST_FILES])


def too_large(file: UploadedFile) -> str:
    """Why a file is not read at all, a sentence; else nothing."""
    if file.size <= MOST_MEGABYTES * 2**20:
        return ""
    return f"The file {file.name} is larger than {MOST_MEGABYTES} MB. Make it smaller first."
