"""A page of numbers: its picture, with what was read on every number's box; a tap on one, and it is corrected."""

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image

from digitpad.errors import CorrectionError
from digitpad.pad.checked import NUMBER as A_NUMBER
from digitpad.pad.checked import CheckedNumber
from digitpad.pad.pages import CheckedPage
from digitpad.pad.words import NEXT_IN_DOUBT
from digitpad_web.images import address, on_white

KEY = "boxes"
JPEG = b"\xff\xd8\xff"  # how such a file begins
SEEN = "typed and seen"  # in the session: how much of what was typed on the picture was taken up, and of which
MOST_TYPED = 100  # signs; a person needs a tenth of it
HTML = """<div class="sheet">
<button type="button" class="next" hidden></button>
<div class="paper"><img><div class="layer"></div></div>
</div>"""
_folder = Path(__file__).parent
_component = st.components.v2.component(
    "digitpad.boxes",
    html=HTML,
    css=(_folder / "boxes.css").read_text(encoding="utf-8"),
    js=(_folder / "boxes.js").read_text(encoding="utf-8"),
)


def show_boxes(page: CheckedPage, name: str) -> str:
    """Show them.

    Args:
        page: what is shown.
        name: tells it from other pages.
    """
    doubtful = [number.id for number in page.by_doubt if number.needs_a_look]
    _component(
        key=KEY,
        data={
            "page": name,
            "picture": "" if _sent().get("page") == name else picture_address(page),
            "told": page.told,
            "size": page.size,
            "numbers": [_shown(number) for number in page.numbers],
            "doubtful": doubtful,
            "next": f"{NEXT_IN_DOUBT} ({len(doubtful)})",
            "seen": _seen(name),
            "pattern": A_NUMBER.pattern,
        },
        on_typed_change=_nothing,
    )
    return ""


def take_typed(page: CheckedPage, name: str) -> str:
    """Take up what was typed on the picture since the last time; why something of it can't be, or nothing.

    Args:
        page: what is shown.
        name: as for `show_boxes`.
    """
    sent = _sent()
    try:
        if sent["page"] != name:
            return ""
        seen = _seen(name)
        new = [
            (int(entry["count"]), int(entry["id"]), entry.get("text"), min(int(entry["undone"]), MOST_TYPED))
            for entry in sent["numbers"]
            if int(entry["count"]) > seen
        ]
    except (TypeError, AttributeError, KeyError, ValueError, OverflowError):
        return ""  # nothing was typed yet, or it does not come from our page
    refused = ""
    for count, id, text, undone in new:
        st.session_state[SEEN] = name, count
        for _ in range(undone):
            page.undo()
        if undone:
            continue
        try:
            page.remove(id) if text is None else page.correct(id, str(text)[:MOST_TYPED])
        except CorrectionError as error:
            refused = str(error)
    return refused


def picture_address(page: CheckedPage) -> str:
    """Its picture as a data address."""
    if page.image.startswith(JPEG):
        return f"data:image/jpeg;base64,{base64.b64encode(page.image).decode()}"
    with Image.open(io.BytesIO(page.image)) as image:
        whole: str = address(np.asarray(on_white(image)))
    return whole


def kind_of(number: CheckedNumber) -> str:
    """What a number is shown as."""
    return "corrected" if number.corrected is not None else "unsure" if number.needs_a_look else "sure"


def _shown(number: CheckedNumber) -> dict[str, Any]:
    return {
        "id": number.id,
        "box": number.box,
        "digits": [digit.box for digit in number.digits],
        "least": number.least_sure,
        "text": number.text,
        "label": f"✓ {number.text}" if number.corrected is not None else number.shown,
        "told": _told(number),
        "kind": kind_of(number),
    }


def _told(number: CheckedNumber) -> str:
    """A number, for those who hear the page or point at it."""
    sureness = f", {number.sureness} sure" if number.number and number.corrected is None else ""
    return f"Row {number.row}, number {number.place}: {number.shown}{sureness}"


def _sent() -> dict[str, Any]:
    """What came from the browser: the page that it shows, and what was typed on it."""
    state = st.session_state.get(KEY)
    sent: Any = state.get("typed") if state else None
    return sent if isinstance(sent, dict) else {}


def _seen(name: str) -> int:
    of, count = st.session_state.get(SEEN, (None, 0))
    return count if of == name else 0


def _nothing() -> None:
    """Streamlit keeps what a component says only for those who listen; what is new is taken up in the next run."""
