"""Who reads: the models that the operator installed, opened once for all visitors."""

import logging
from pathlib import Path

import streamlit as st

from digitpad import Recognizer
from digitpad.models import catalogue
from digitpad.models.model import name_of
from digitpad_web.answer import plain

WHY = "the server's log says why."
READER = "reader"  # in the session: the name of the model that the visitor chose


@st.cache_resource(show_spinner=False, max_entries=4)
def _opened(state: catalogue.State) -> tuple[dict[str, Recognizer], str, list[str]]:
    """A recognizer for each model, the name of the one in use, and what visitors are told of others."""
    default = Recognizer()
    installed = catalogue.installed()
    recognizers = {name: Recognizer(model) for name, model in installed.models.items()}
    path = default.model.path.resolve()
    used = next(name for name, recognizer in recognizers.items() if recognizer.model.path.resolve() == path)
    # Of a chosen model that is broken, both speak; what it means for the reading is the better of the two.
    others = [notice for notice in installed.notices if notice.split(" It was")[0] not in default.notice]
    for notice in filter(None, [default.notice, *others]):
        logging.getLogger(__name__).warning(notice)
    return recognizers, used, _told(state, recognizers, used if default.notice else "")


def _told(state: catalogue.State, recognizers: dict[str, Recognizer], instead: str) -> list[str]:
    """Which models can't be used; where they lie on the server is nothing for a visitor.

    Args:
        state: where all models lie, and which one the operator chose.
        recognizers: of those that could be opened.
        instead: which one reads instead of the chosen one, if that can't be used.
    """
    opened = [recognizer.model.path.resolve() for recognizer in recognizers.values()]
    usable = {*opened, *(path.parent for path in opened)}  # a model is a file, or a folder
    places = [Path(entry[0]).parent for entry in state if isinstance(entry, tuple)]
    told = {name_of(place): f"can't be used; {WHY}" for place in places if place.resolve() not in usable}
    if instead:
        told[name_of(Path(str(state[0])))] = f"can't be used, and {instead} reads instead; {WHY}"
    return [f"The model {name} {text}" for name, text in told.items()]


def cannot_be_used(name: str) -> str:
    """What visitors are told of a model that is broken now."""
    return f"The model {name} can't be used; {WHY}"


def _installed() -> tuple[dict[str, Recognizer], str, list[str]]:
    """The same, as of when the page was opened: a stroke need not look through the folders of models."""
    if "models" not in st.session_state:
        st.session_state.models = catalogue.state()
    return _opened(st.session_state.models)


def recognizers() -> dict[str, Recognizer]:
    """Those that can be chosen, by their models' names."""
    return _installed()[0]


def in_use() -> str:
    """The name of the model that reads for everybody who has chosen none."""
    return _installed()[1]


def chosen_name() -> str:
    """Its model's name, of the one that reads for this visitor."""
    name: str = st.session_state.get(READER, in_use())
    return name if name in recognizers() else in_use()


def chosen() -> Recognizer:
    """The one that reads for this visitor."""
    return recognizers()[chosen_name()]


def choose() -> None:
    """Let the visitor choose the one that reads; the choice holds on every page."""
    names, now = list(recognizers()), chosen_name()
    # What is in the session already, as a page's address may put it there, needs no default beside it.
    index = 0 if st.session_state.get(READER) == now else names.index(now)
    reader = st.selectbox("Read by", names, index=index, key=READER, persist_state="session")
    if reader != now:  # a browser that comes back after its session was forgotten still shows the choice from before
        st.rerun()


def show_notices() -> None:
    """Look which models there are now, and say which can't be used."""
    st.session_state.models = catalogue.state()
    for notice in _installed()[2]:
        st.warning(plain(notice))
