"""What a control in the browser has been given of a page of numbers, and goes on with while a person works in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from digitpad.pad.pages import CheckedPage

BOXES, TABLE = "canvas of boxes", "table of numbers"  # in the session: the controls


@dataclass
class Mounted:
    """A control that changes a page, and would begin anew, without what it is scrolled to, with other arguments.

    Attributes:
        page: what it is for.
        numbers: those of the page as the control knows them.
        given: its arguments.
        generation: how often it began.
    """

    page: CheckedPage
    numbers: object
    given: Any
    generation: int

    def knows(self) -> None:
        """What the page is now came of the control itself."""
        self.numbers = self.page.numbers


def mounted(name: str, page: CheckedPage, give: Callable[[CheckedPage], Any]) -> Mounted:
    """The control as it stands; anew where the page is another, or was changed by something else.

    Args:
        name: the control's, in the session.
        page: what it is for.
        give: makes its arguments.
    """
    before: Mounted | None = st.session_state.get(name)
    if before is None or before.page is not page or before.numbers is not page.numbers:
        generation = before.generation + 1 if before else 0
        before = st.session_state[name] = Mounted(page, page.numbers, give(page), generation)
    return before


def forget_mounted(but: Sequence[object]) -> None:
    """Keep nothing of a page that is none of these."""
    for name in (BOXES, TABLE):
        if name in st.session_state and st.session_state[name].page not in but:
            del st.session_state[name]
