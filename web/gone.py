"""The sign that the server is gone, in the app's own words; it needs no server, so the browser has it beforehand."""

from pathlib import Path

import streamlit as st

HTML = """<p class="gone" role="alert"
data-says="The server does not answer. What is on this page stays, and goes on as soon as it does."></p>"""
_folder = Path(__file__).parent
_component = st.components.v2.component(
    "digitpad.gone",
    html=HTML,
    css=(_folder / "gone.css").read_text(encoding="utf-8"),
    js=(_folder / "gone.js").read_text(encoding="utf-8"),
)


def sign() -> None:
    """Put the sign onto the page, unseen while the server is there."""
    _component(key="gone")
