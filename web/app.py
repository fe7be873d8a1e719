"""The page: its title, the models that can read, and the pad."""

import streamlit as st

from digitpad import Recognizer, catalogue
from digitpad.files import ICON
from digitpad_web.pad import pad

# What Streamlit has no option for: the digit is twice as large as its largest heading, and the whole page is to
# fit a laptop's window, so less is left free at the top. The buttons to enlarge or download a chart cover the glyph.
STYLE = """<style>
.st-key-digit h1 {font-size: 5.5rem; line-height: 1; padding: 0;}
.stMainBlockContainer {padding-top: 2rem; padding-bottom: 1rem;}
[data-testid=stElementToolbar] {display: none;}
</style>"""


@st.cache_resource(show_spinner=False, max_entries=1)
def load_models(state: catalogue.State) -> tuple[dict[str, Recognizer], int, list[str]]:
    """A recognizer for each model, which one is in use, and what is wrong with others; once for all visitors."""
    default = Recognizer()
    installed = catalogue.installed()
    recognizers = {name: Recognizer(model) for name, model in installed.models.items()}
    paths = [recognizer.model.path.resolve() for recognizer in recognizers.values()]
    # Of a chosen model that is broken, both speak; what it means for the reading is the better of the two.
    others = [notice for notice in installed.notices if notice.split(" It was")[0] not in default.notice]
    return recognizers, paths.index(default.model.path.resolve()), [*filter(None, [default.notice]), *others]


st.set_page_config("digitpad", page_icon=str(ICON), layout="centered")
st.html(STYLE)
st.title("digitpad", anchor=False)
st.markdown("Draw a digit the way you write it. A small neural network says which one it sees.")

recognizers, in_use, notices = load_models(catalogue.state())
for notice in notices:
    st.warning(notice)
pad(recognizers, in_use)
