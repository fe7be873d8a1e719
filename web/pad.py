"""The pad: a canvas to draw on, its two buttons, and the reading beside it."""

import logging

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit_drawable_canvas import st_canvas

from digitpad import PictureError, Recognizer, Verdict
from digitpad_web.reading import show_reading

SIDE = 320  # pixels: large enough to write as on paper, and it fits beside the reading on a laptop
PEN = 20  # pixels: a digit two thirds as high as the pad then has MNIST's strokes, a tenth of its height

# The canvas hides its toolbar, still there, over its own top right corner until a mouse comes near: a finger that
# begins a stroke there hits "Reset" instead. So the toolbar is shown above the canvas at all times, without the
# buttons that the pad has no use for. A component takes styles only from its own HTML, and Streamlit uses the
# HTML of the latest registration by a name; it warns of the second one, which is meant here.
logging.getLogger("streamlit.components.v2.component_registry").addFilter(
    lambda record: "is already registered" not in record.getMessage()
)
st.components.v2.component(
    "streamlit-drawable-canvas.streamlit_drawable_canvas",
    js="index-*.js",
    css="index-*.css",
    html="""<style>
.dc-toolbar {opacity: 1 !important; top: -2.65rem !important; transition: none !important;}
.dc-icon-button:not([aria-label="Undo"], [aria-label="Redo"]), .dc-toolbar-separator {display: none;}
</style><div class="canvas-root"></div>""",
)


@st.fragment
def pad(recognizers: dict[str, Recognizer], in_use: int) -> None:
    """Draw the pad; a stroke or a button runs this part of the page alone.

    Args:
        recognizers: those that can be chosen, by their models' names.
        in_use: which of them reads at first.
    """
    left, right = st.columns([SIDE, SIDE], gap="medium")
    with left:
        st.markdown("**Your digit**")
        drawing = _canvas()
        with st.container(horizontal=True):
            predict = st.button("Predict", type="primary", icon=":material/visibility:")
            st.button("Clear", icon=":material/delete:", on_click=_clear)
    # From the first Predict until Clear the reading follows the pen: a stroke can reach the server after the
    # press that was meant for it, and a reading must never stand beside a drawing that it is not of.
    if predict:
        st.session_state.reads = True
    with right:
        _show(recognizers[_chosen(list(recognizers), in_use)], drawing)


def _chosen(names: list[str], in_use: int) -> str:
    """The name of the model that reads, from a choice."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Read by**", width="content")
        return st.selectbox("Model", names, index=in_use, label_visibility="collapsed")


def _canvas() -> NDArray[np.uint8] | None:
    """The canvas, and what is drawn on it: uint8 (SIDE, SIDE, 4), or None before the first stroke."""
    # The arguments must stay the same from run to run: the canvas forgets its drawing when they change.
    # Another key makes it a new canvas, which is the only way to empty it from here.
    result = st_canvas(
        stroke_width=PEN,
        stroke_color="#111827",
        background_color="#ffffff",
        width=SIDE,
        height=SIDE,
        return_image_data=True,
        key=f"canvas-{st.session_state.get('canvases', 0)}",
    )
    return result.image_data  # type: ignore[no-any-return]  # the canvas has no types


def _clear() -> None:
    st.session_state.canvases = st.session_state.get("canvases", 0) + 1
    st.session_state.reads = False


def _show(recognizer: Recognizer, drawing: NDArray[np.uint8] | None) -> None:
    """The reading of what is on the canvas now, or what to do to get one."""
    if not st.session_state.get("reads"):
        st.info("Draw a digit from 0 to 9, then press **Predict**.", icon=":material/gesture:")
        return
    empty = "The pad is empty. Draw a digit on it, and it will be read here."
    if drawing is None:
        st.warning(empty, icon=":material/gesture:")
        return
    try:
        reading = recognizer.read(drawing)
    except PictureError as error:
        st.error(str(error))
        return
    if reading.verdict is Verdict.EMPTY:
        st.warning(empty, icon=":material/gesture:")
    else:
        show_reading(reading)
