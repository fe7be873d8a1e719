"""Reading what a visitor brought in: each picture once, however often the page is drawn again."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from digitpad import Recognizer
from digitpad.pad.results import Result, for_a_moment
from digitpad_web.holding import in_turn
from digitpad_web.uploads import copied, too_large

AT_ONCE = 200  # pictures, a class's worth of sheets: so many are read at a click
PATIENCE = 1.0  # seconds until a bar says how far it is
TURNS = "turns"  # in the session: how often the next pictures were asked for


@dataclass
class Kept:
    """The results of the pictures that are on the page, by the ids of their uploads.

    Attributes:
        recognizer: who read them; with another they are read again.
        results: those so far.
    """

    recognizer: Recognizer
    results: dict[str, Result] = field(default_factory=dict)


def first(files: Sequence[UploadedFile]) -> Sequence[UploadedFile]:
    """Those that are read: the first ones, and as many more as were asked for since they were brought in."""
    of, turns = st.session_state.get(TURNS, (None, 1))
    if not files or of != files[0].file_id:
        of, turns = st.session_state[TURNS] = files[0].file_id if files else None, 1
    return files[: turns * AT_ONCE]


def read_more() -> None:
    """Let the next ones be read too."""
    of, turns = st.session_state[TURNS]
    st.session_state[TURNS] = of, turns + 1


def read_all(files: Sequence[UploadedFile], recognizer: Recognizer) -> list[Result]:
    """What came of each file, in their order; what was read before is not read again."""
    kept: Kept | None = st.session_state.get("kept")
    if kept is None or kept.recognizer is not recognizer:
        kept = st.session_state.kept = Kept(recognizer)
    ids = [file.file_id for file in files]
    kept.results = {id: kept.results[id] for id in ids if id in kept.results}
    _read([file for file in files if file.file_id not in kept.results], kept)
    return [kept.results[id] for id in ids]


def _read(files: Sequence[UploadedFile], kept: Kept) -> None:
    """Read files, and keep each result at once: the visitor may do something else meanwhile, which begins anew."""
    fine = []
    for file in files:
        if error := too_large(file):
            kept.results[file.file_id] = Result(file.name, None, error)
        else:
            fine.append(file)
    place, began, done = st.empty(), time.monotonic(), 0
    while done < len(fine):
        rest = fine[done:]
        with in_turn():
            place.empty()  # where the page has begun anew while this run waited, it ends here
            outcomes = kept.recognizer.read_many(for_a_moment(copied(file) for file in rest))
            for file, outcome in zip(rest, outcomes, strict=False):
                kept.results[file.file_id] = Result.of(file.name, outcome)
                done += 1
        if time.monotonic() - began > PATIENCE:
            place.progress(done / len(fine), f"{done} of {len(fine)} read")
    place.empty()
