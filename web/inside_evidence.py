"""What speaks for each digit in the last layer, unit by unit."""

import html

import numpy as np
import streamlit as st

from digitpad.errors import ModelError
from digitpad.models.inside import Inside
from digitpad.pad.evidence import evidence_of_all
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_parts import parts_of
from digitpad.pad.inside_words import EVIDENCE_FOR, EVIDENCE_WORDS, WHAT_EVIDENCE_IS, digit_name, signed
from digitpad.pad.mosaics import SIGNED_COLOURS
from digitpad_web.answer import plain
from digitpad_web.glossary import show_words
from digitpad_web.images import coloured
from digitpad_web.inside_sums import parts_html

CHOSEN = "evidence chosen"  # in the session: the digit that was chosen; none for the one that was read
KEY = "evidence"
UNITS = 16  # that are shown one by one


def show_evidence(view: InsideView) -> None:
    """Show what each unit adds to a digit's sum, which softmax makes a probability of."""
    inside = view.inside
    digits = range(inside.layers[-1].channels)
    chosen = st.session_state.get(CHOSEN)
    st.session_state[KEY] = chosen if chosen in digits else int(inside.layers[-1].maps.argmax())
    digit = st.selectbox(EVIDENCE_FOR, digits, format_func=digit_name, key=KEY, on_change=_choose)
    try:
        inside.evidence(digit)
    except ModelError as error:
        st.info(plain(str(error)))
        return
    st.caption(WHAT_EVIDENCE_IS)
    st.html(_of_all(view.inside, digit))
    st.html(parts_html(parts_of(inside.at(inside.last, digit), UNITS, has_maps=False)))
    show_words(EVIDENCE_WORDS)


def _of_all(inside: Inside, digit: int) -> str:
    """The evidence for all digits, a row for each, in the order of what speaks for one of them."""
    picture, sums = evidence_of_all(inside, digit)
    rows = "".join(
        f"<div{' class=is-read' if output == digit else ''}><span>{html.escape(digit_name(output))}</span>"
        f'<img src="{coloured(row[np.newaxis], SIGNED_COLOURS)}" alt=""><span>{signed(told)}</span></div>'
        for output, (row, told) in enumerate(zip(picture, sums, strict=True))
    )
    return f'<div class="evidence">{rows}</div>'


def _choose() -> None:
    st.session_state[CHOSEN] = st.session_state[KEY]
