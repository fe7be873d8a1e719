"""A visit's look inside: open while its page is shown, by a lens that all visits share; its address."""

import logging
import threading
from collections.abc import Callable
from urllib.parse import urlencode
from weakref import WeakValueDictionary

import streamlit as st

from digitpad.errors import ModelError
from digitpad.models.inside import Lens
from digitpad.models.model import Model
from digitpad.pad.addresses import Address, address, from_address, go_to
from digitpad.pad.inside import InsideView
from digitpad_web.canvas import fitting
from digitpad_web.changes import change
from digitpad_web.inside import LEFT, VIEW
from digitpad_web.readers import READER, cannot_be_used, chosen_name, recognizers
from digitpad_web.visit import the_pad

TOLD = "inside told"  # in the session: what is wrong with the address that the page was opened with

# A lens takes megabytes, and nothing in it is one visitor's: all who look into a model share one, which is closed
# when the last of them has gone.
_lenses: WeakValueDictionary[Model, Lens] = WeakValueDictionary()
_opening = threading.Lock()


def shared_lens(model: Model) -> Lens:
    """What looks into a model, the same for all visits."""
    with _opening:
        lens = _lenses.get(model)
        if lens is None:
            lens = _lenses[model] = model.lens()
        return lens


def enter() -> str:
    """Begin to look, at what the page's address says, or at what was seen here before; why that can't be, or nothing.

    Streamlit would put every address that is set from here into the browser's history, one for each stroke; so it is
    read here, and written by the page's script, in place of the one before.
    """
    if VIEW not in st.session_state:
        is_back = LEFT in st.session_state
        wanted = from_address(st.session_state[LEFT] if is_back else st.query_params.to_dict())
        if is_back and wanted.model != chosen_name():  # another was chosen elsewhere, in which other maps are
            wanted = Address(beside=wanted.beside)
        model = the_pad().recognizer.model
        if not usable(model):
            broken: str = cannot_be_used(model.name)
            return broken
        st.session_state[TOLD] = _open(wanted)
    told: str = st.session_state[TOLD]
    return told


def the_view() -> InsideView:
    """What is looked at; the visitor's drawing, as whoever reads for them now sees it."""
    pad = the_pad()
    view: InsideView = st.session_state[VIEW]
    view.use(pad.recognizer.model)
    if len(view.sides) > 1 and view.sides[1].model is view.sides[0].model:
        view.put_beside(None)
    if not pad.is_read:
        pad.predict()
    view.look(pad.shown.glyph, pad.shown.is_murky)
    return view


def do(work: Callable[[InsideView], None]) -> Callable[[], None]:
    """A callback that does something to what is looked at, after the strokes that were made before the click."""
    callback: Callable[[], None] = change(lambda _: work(the_view()))
    return callback


def query(view: InsideView) -> str:
    """The part of the page's address that says what is seen, the drawing included where that is short."""
    return urlencode(address(view, the_pad().drawing.content.strokes))


def usable(model: Model) -> bool:
    """Whether one can look into a model; if not, the log says why."""
    try:
        shared_lens(model)
    except ModelError as error:
        logging.getLogger(__name__).warning(error)
        return False
    return True


def _open(wanted: Address) -> str:
    readers = recognizers()
    if wanted.model in readers:
        st.session_state[READER] = wanted.model
    pad = the_pad()
    if wanted.strokes and pad.drawing.content.is_empty:
        pad.add(*fitting(wanted.strokes))
    models = {name: reader.model for name, reader in readers.items() if name != wanted.beside or usable(reader.model)}
    view = InsideView(pad.recognizer.model, shared_lens)
    told = go_to(view, wanted, models)
    st.session_state[VIEW] = view
    return told
