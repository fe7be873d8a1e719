"""The words of the field where they stand, and all of them as a list; `app.css` says what they look like."""

import html
from collections.abc import Sequence

import streamlit as st

from digitpad.pad.glossary import GLOSSARY_MEANING, GLOSSARY_TITLE, WORDS, entries


def show_words(words: Sequence[str]) -> None:
    """A row of words, each of which shows what it means when it is chosen.

    Args:
        words: of the glossary.
    """
    opened = "".join(
        f"<details><summary>{html.escape(word)}</summary><p>{html.escape(text)}</p></details>"
        for word, text in entries(words)
    )
    st.html(f'<div class="words"><span>{WORDS}:</span>{opened}</div>')


def show_glossary() -> None:
    """A button that opens the list of all words."""
    with st.popover(GLOSSARY_TITLE, icon=":material/menu_book:"):
        rows = "".join(f"<dt>{html.escape(word)}</dt><dd>{html.escape(text)}</dd>" for word, text in entries())
        st.html(f'<p>{GLOSSARY_MEANING}</p><dl class="glossary">{rows}</dl>')
