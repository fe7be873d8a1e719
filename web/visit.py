"""One visit: the visitor's pad, in the server's memory until they leave, and seen by nobody else."""

import streamlit as st

from digitpad.pad.history import History
from digitpad.pad.pad import REMEMBERED, Pad
from digitpad_web.readers import chosen


def the_pad() -> Pad:
    """The visitor's pad, on whichever page; a reload begins a new one."""
    if "pad" not in st.session_state:
        st.session_state.pad = Pad(chosen(), History(None, most=REMEMBERED))
    pad: Pad = st.session_state.pad
    reader = chosen()
    if pad.recognizer.model is not reader.model:
        pad.use(reader)
    return pad
