"""The numbers of pages as tables: those of one page, to be corrected, and those of all."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from digitpad.errors import DigitpadError
from digitpad.pad.checked import NUMBER as A_NUMBER
from digitpad.pad.checked import CheckedNumber
from digitpad.pad.page_results import PAGE_HEADINGS
from digitpad.pad.pages import CheckedPage
from digitpad_web.mounting import TABLE, Mounted, mounted
from digitpad_web.table import percents

PAGE, ROW, NUMBER, CONFIDENCE, CORRECTED = PAGE_HEADINGS
REFUSED = "refused in the table"  # in the session: why something that was done there can't be
ROW_HEIGHT, MOST_ROWS = 35, 15  # pixels; rows that are seen at once
NARROWEST, DIGIT_WIDTH = 75, 9  # pixels of the numbers' column, and of a digit in it
LONGEST = 20  # digits of a number that is shown whole


def show_editor(page: CheckedPage) -> str:
    """The numbers of a page, the most doubtful first: what they are can be typed, and rows can be deleted.

    Returns:
        why something that was done can't be, or nothing.
    """
    table = mounted(TABLE, page, lambda page: page.by_doubt)
    key = f"{TABLE} {table.generation}"
    st.data_editor(
        _columns(table.given),
        height=_height(len(table.given)),
        hide_index=True,
        num_rows="delete",
        disabled=[ROW, NUMBER, CONFIDENCE],
        column_config={
            ROW: st.column_config.NumberColumn(width=40),
            NUMBER: st.column_config.TextColumn(width=_wide_enough(table.given)),
            CONFIDENCE: st.column_config.NumberColumn(width=88, format="%.1f %%"),
            CORRECTED: st.column_config.TextColumn(
                width=90, validate=f"^{A_NUMBER.pattern}$", help="What the number is, where that was not read"
            ),
        },
        placeholder="",
        key=key,
        on_change=_take,
        args=(page, table, key),
    )
    refused: str = st.session_state.pop(REFUSED, "")
    return refused


def show_all(pages: Sequence[CheckedPage]) -> None:
    """The numbers of all pages, each with its page's name."""
    numbers = [number for page in pages for number in page.numbers]
    names = [page.name for page in pages for _ in page.numbers]
    columns = {PAGE: names, **_columns(numbers)}
    st.dataframe(
        columns,
        height=_height(len(numbers)),
        hide_index=True,
        column_config={CONFIDENCE: st.column_config.NumberColumn(format="%.1f %%")},
        placeholder="",
    )


def _columns(numbers: Sequence[CheckedNumber]) -> dict[str, list[Any]]:
    return {
        ROW: [number.row for number in numbers],
        NUMBER: [f"{number.read_as}?" if number.needs_a_look else number.read_as for number in numbers],
        CONFIDENCE: [percents(number.confidence) if number.number else None for number in numbers],
        CORRECTED: [number.corrected for number in numbers],
    }


def _wide_enough(numbers: Sequence[CheckedNumber]) -> int:
    """Pixels of a column in which numbers stand whole, but for very long ones."""
    longest = max((len(number.read_as) for number in numbers), default=0)
    return max(NARROWEST, DIGIT_WIDTH * min(longest + 1, LONGEST) + 20)


def _height(rows: int) -> int:
    return (min(rows, MOST_ROWS) + 1) * ROW_HEIGHT + 3


def _take(page: CheckedPage, table: Mounted, key: str) -> None:
    """Do to the page what was done in the table; it tells all that was done since it was opened."""
    numbers: list[CheckedNumber] = table.given
    done = st.session_state[key]
    gone = {numbers[place].id for place in done["deleted_rows"]}
    for number in page.numbers:
        if number.id in gone:
            page.remove(number.id)
    for place, cells in done["edited_rows"].items():
        if CORRECTED in cells and any(number.id == numbers[place].id for number in page.numbers):
            _correct(page, numbers[place], cells[CORRECTED])
    table.knows()


def _correct(page: CheckedPage, number: CheckedNumber, text: str | None) -> None:
    """Say what a number is; what was emptied is what was read."""
    if (text or None) == page.number(number.id).corrected:
        return
    try:
        page.correct(number.id, text or number.read_as)
    except DigitpadError as error:
        st.session_state[REFUSED] = str(error)
