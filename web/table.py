"""The table of many pictures, and the whole reading of the row that is chosen."""

from collections.abc import Callable, Sequence

import streamlit as st

from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.pad.results import ALL, DOUBTFUL, HEADINGS, WHAT_IS_DOUBTFUL, WHICH_ARE_SHOWN, Result, belongs, offered
from digitpad.pad.words import WHAT_WAS_SEEN
from digitpad_web.images import glyph_address

ENLARGED = 2  # pixels for each of the glyph's
ROW_HEIGHT = ENLARGED * GLYPH_SIDE + 8
HEIGHT = 356  # pixels: five rows and the head
SEEN, FILE, DIGIT, WORDS, CONFIDENCE = HEADINGS
CERTAIN = 0.999  # no confidence is shown as more: a rounded 100 % would claim certainty


def show_table(results: Sequence[Result], of: object, show_one: Callable[[int], None]) -> None:
    """The results, a row each, and over the page all of what came of the row that is ticked.

    Args:
        results: in the order of the rows.
        of: what they are results of; of something else another row may be ticked.
        show_one: shows one of the results, by its place among them.
    """
    doubtful = sum(result.needs_a_look for result in results)
    names = offered({ALL: len(results), DOUBTFUL: doubtful})
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        which = st.segmented_control(
            WHICH_ARE_SHOWN,
            list(names),
            format_func=names.__getitem__,
            default=ALL,
            required=True,
            key="which",
            help=WHAT_IS_DOUBTFUL,
            label_visibility="collapsed",
        )
        st.caption("Tick the box of a row to see its picture and the whole reading.", width="content")
    shown = [place for place, result in enumerate(results) if belongs(result, which)]
    if not shown:
        st.info("All of them were read, and none is in doubt.", icon=":material/done_all:")
        return
    key = f"table {hash((of, which, len(shown)))}"
    rows = _table([results[place] for place in shown], key)
    if rows and rows[0] < len(shown):
        with st.container(key="chosen", gap="xsmall"):
            st.button("Close", icon=":material/close:", type="tertiary", key="close", on_click=_untick, args=(key,))
            show_one(shown[rows[0]])


def _table(results: Sequence[Result], key: str) -> list[int]:
    """Show them; which row is ticked, if any."""
    columns = {
        SEEN: [glyph_address(result.reading.glyph, ENLARGED) if result.reading else "" for result in results],
        FILE: [result.name for result in results],
        DIGIT: [result.digit for result in results],
        WORDS: [result.words for result in results],
        CONFIDENCE: [_percents(result) for result in results],
    }
    table = st.dataframe(
        columns,
        height="content" if len(results) < 5 else HEIGHT,
        hide_index=True,
        row_height=ROW_HEIGHT,
        column_config={
            SEEN: st.column_config.ImageColumn(width=72, help=WHAT_WAS_SEEN),
            FILE: st.column_config.TextColumn(width=160),
            DIGIT: st.column_config.TextColumn(width=60, alignment="center"),
            WORDS: st.column_config.TextColumn(width="medium"),
            # A number, so that a click on its head sorts the rows by it.
            CONFIDENCE: st.column_config.NumberColumn(width=90, alignment="center", format="%.1f %%"),
        },
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
        key=key,
    )
    rows: list[int] = table.selection.rows
    return rows


def _percents(result: Result) -> float | None:
    """How sure the network is of the digit; none where no digit is shown."""
    return percents(result.reading.confidence) if result.confidence and result.reading else None


def percents(confidence: float) -> float:
    """A confidence, 0 to 1, as a number of percents for a column that can be sorted: never a rounded 0 or 100."""
    return min(max(confidence, 1 - CERTAIN), CERTAIN) * 100


def _untick(key: str) -> None:
    st.session_state[key] = {"selection": {"rows": [], "columns": []}}
