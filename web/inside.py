"""The page *Inside* as the app knows it; what it needs is loaded when it is first shown."""

import streamlit as st

from digitpad.pad.inside_words import INSIDE

PAGE = "inside"  # in the app's address
VIEW = "inside"  # in the session: what is looked at, while the page is shown
LEFT = "inside left"  # likewise: what was looked at when the page was left, as the parts of an address


def entry() -> st.Page:
    """The page as the app lists it and others lead to it."""
    return st.Page(page, title=INSIDE, icon=":material/visibility:", url_path=PAGE)


def page() -> None:
    """Draw the page."""
    from digitpad_web.inside_page import show

    show()


def let_go() -> None:
    """Look no more, until the page is shown again: what looks into a model takes memory."""
    view = st.session_state.pop(VIEW, None)
    if view is not None:
        from digitpad.pad.addresses import address

        view.present(False)
        st.session_state[LEFT] = address(view)
        view.close()
