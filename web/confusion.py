"""The confusion matrix: a table of numbers, and the digits behind the one that is chosen."""

import json
from pathlib import Path
from typing import Any

import streamlit as st

from digitpad.models.mistakes import Mistakes
from digitpad.pad.confusion import (
    CONFUSION,
    ORANGE,
    READ_AS,
    REALLY,
    begin_with,
    behind_cell,
    measured,
    said_below,
    said_of_cell,
    shade,
    shown_cells,
)
from digitpad_web.glossary import show_words
from digitpad_web.images import glyph_address

KEY = "confusion"
ENLARGED = 3  # screen pixels for each of a glyph's
HTML = """<div class="confusion"><div class="both">
<div><p class="columns" aria-hidden="true"></p><table role="grid"></table><p class="measured"></p></div>
<div><p class="said" role="status"></p><ul></ul></div>
</div></div>"""
_folder = Path(__file__).parent
_component = st.components.v2.component(
    "digitpad.confusion",
    html=HTML,
    css=(_folder / "confusion.css").read_text(encoding="utf-8"),
    js=(_folder / "confusion.js").read_text(encoding="utf-8"),
)


@st.fragment
def show_confusion(mistakes: Mistakes) -> None:
    """Show which digits a model takes for which; the cell that is chosen is the same for every model."""
    st.markdown(CONFUSION.explanation)
    show_words(CONFUSION.words)
    digit, read = _chosen() or begin_with(mistakes)
    rows = [
        [
            {"text": text, "said": said_of_cell(mistakes, row, column), "shade": shade(mistakes, row, column)}
            for column, text in enumerate(texts)
        ]
        for row, texts in enumerate(shown_cells(mistakes))
    ]
    behind = [
        {"picture": glyph_address(each.glyph, ENLARGED), "caption": each.caption, "told": each.told}
        for each in behind_cell(mistakes, digit, read)
    ]
    _component(
        key=KEY,
        data={
            "meaning": CONFUSION.meaning,
            "really": REALLY,
            "readAs": READ_AS,
            "orange": ORANGE,
            "rows": json.dumps(rows),  # as text: for a list Streamlit would load pandas
            "chosen": json.dumps([digit, read]),
            "said": said_below(mistakes, digit, read),
            "behind": json.dumps(behind),
            "measured": measured(mistakes),
        },
        on_cell_change=_nothing,
    )


def _chosen() -> tuple[int, int] | None:
    """The cell that was chosen in the browser; None where none was, or it does not come from our page."""
    state = st.session_state.get(KEY)
    sent: Any = state.get("cell") if state else None
    try:
        digit, read = int(sent["digit"]), int(sent["read"])
    except (TypeError, KeyError, ValueError, OverflowError):
        return None
    return (digit, read) if 0 <= digit <= 9 and 0 <= read <= 9 else None


def _nothing() -> None:
    """Streamlit keeps what a component says only for those who listen; what is new is taken up in the next run."""
