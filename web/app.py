"""The app: its pages, and what is the same on all of them."""

from pathlib import Path

import streamlit as st

from digitpad.files import ICON
from digitpad_web import draw, hands, inside, models, pictures, practice, quiz
from digitpad_web.gone import sign
from digitpad_web.holding import limit_what_is_held

limit_what_is_held()
st.set_page_config("digitpad", page_icon=str(ICON), layout="centered")
st.html(Path(__file__).with_name("app.css"))
st.logo(str(ICON), size="large")
pages = [
    draw.entry(),
    inside.entry(),
    st.Page(pictures.page, title="Pictures", icon=":material/photo_library:", url_path="pictures"),
    st.Page(models.page, title="Models", icon=":material/school:", url_path="models"),
    quiz.entry(),
    hands.entry(),
]
# On a phone Streamlit's own list of pages hides behind a sign, and then covers the page that was chosen.
page = st.navigation([*pages, practice.entry()], position="hidden")
if page.url_path != inside.PAGE:
    inside.let_go()
with st.container(horizontal=True, gap="xxsmall", key="pages"):
    for entry in pages:
        st.page_link(entry)
    sign()
page.run()
