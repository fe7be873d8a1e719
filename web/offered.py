"""The hands that the operator offers, opened once for all visitors."""

import logging

import streamlit as st

from digitpad.models import catalogue
from digitpad.models.hand import SUFFIX
from digitpad.pad import offered_hands

State = tuple[tuple[str, int], ...]


def offered() -> tuple[dict[str, bytes], str]:
    """What is in each hand's file, by the hands' names; and a sentence where some can't be used."""
    return _opened(_state())


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(state: State) -> tuple[dict[str, bytes], str]:
    hands, notices = offered_hands.offered()
    for notice in notices:
        logging.getLogger(__name__).warning(notice)
    told = "Not all hands that are offered here can be used; the server's log says why." if notices else ""
    return {name: hand.to_bytes() for name, hand in hands.items()}, told


def _state() -> State:
    """Which files there are, and when each was changed last: what was opened is as old as that."""
    folder = catalogue.user_data() / offered_hands.FOLDER
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob(f"*{SUFFIX}")) if path.is_file())
