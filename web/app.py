"""The app: its pages, and what is the same on all of them."""

import streamlit as st

from digitpad.files import ICON
from digitpad_web import draw, models, pictures

# What Streamlit has no option for. The digit is twice as large as its largest heading, and the whole page is to fit a
# laptop's window, so less is left free at the top. The tools beside the pen show their icon alone, or they would not
# fit a phone; their names are for those who hear the page, and with their shortcuts in their tooltips. The buttons to
# enlarge or download a chart cover the glyph.
STYLE = """<style>
.st-key-digit h1 {font-size: 5.5rem; line-height: 1; padding: 0;}
.stMainBlockContainer {padding-top: 4rem; padding-bottom: 1rem;}
.stApp .st-key-tools kbd, .stApp .st-key-options kbd {display: none;}
.st-key-tools .stButton p, .st-key-history .stPopover p {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
.st-key-history img {height: 2.5rem; max-height: none; border-radius: 0.2rem; vertical-align: middle;}
.st-key-tools .stButton button {padding: 0; width: 2.5rem;}
.st-key-tools .stButton button span {margin: 0; gap: 0;}
.st-key-history .stButton button {padding: 0.25rem 0.4rem;}
[data-testid=stElementToolbar] {display: none;}
@media (max-width: 350px) {
  .st-key-tools [data-testid=stButtonGroup] p {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  }
}
</style>"""
# The dark theme's lighter blue stands out from the page; white would not stand out from it.
DARK = "<style>.stApp [data-testid=stBaseButton-primary] {color: #0f172a;}</style>"

st.set_page_config("digitpad", page_icon=str(ICON), layout="centered")
st.html(STYLE + DARK if st.context.theme.type == "dark" else STYLE)
st.logo(str(ICON), size="large")
st.navigation(
    [
        st.Page(draw.page, title="Draw", icon=":material/draw:", url_path="draw", default=True),
        st.Page(pictures.page, title="Pictures", icon=":material/photo_library:", url_path="pictures"),
        st.Page(models.page, title="Models", icon=":material/school:", url_path="models"),
    ],
    position="top",
).run()
