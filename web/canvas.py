"""The canvas in the browser, and the way of its strokes to the visitor's pad.

Neither Streamlit nor a library has a canvas that does what the pad needs: no stroke that is lost when the drawing
changes from here, a pen's pressure, a keyboard's pen, a name for those who can't see it, and a width that fits every
window.
"""

import base64
import io
import itertools
import json
import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from digitpad.glyphs.strokes import Stroke
from digitpad.pad.drawing import Content, to_json
from digitpad.pad.pad import ERASER, LIGHTEST, THICKEST, Pad
from digitpad.pad.teaching import KEYS
from digitpad.pad.words import HOW_TO_DRAW, invitation
from digitpad.pictures.picture import to_array
from digitpad_web.holding import in_turn
from digitpad_web.images import PICTURE, address

PAD, PRACTICE = "canvas", "canvas of practice"  # the canvases: the visitor's own, and the one to practice on
SIDE = 360  # units of the canvas, which is as many pixels wide where there is room
# What one visitor can make the server remember and draw; a person needs a hundredth of it.
MOST_STROKES, MOST_POINTS = 500, 1500  # of a drawing; of a stroke
MOST_POINTS_IN_ALL = 50_000  # of a drawing
MOST_OF_A_PICTURE = 2**21  # characters of its address; the pad's pictures have a tenth of it

HTML = f"""<div class="paper">
<canvas tabindex="0" role="application" aria-roledescription="canvas" aria-label="Canvas. {HOW_TO_DRAW}"></canvas>
<p class="hint"></p>
<p class="lost" role="alert" hidden>The server does not answer. Your drawing is kept, and read as soon as it
does.</p>
<p class="said" aria-live="polite"></p>
</div>"""
_folder = Path(__file__).parent
_component = st.components.v2.component(
    "digitpad.canvas",
    html=HTML,
    css=(_folder / "canvas.css").read_text(encoding="utf-8"),
    js=(_folder / "canvas.js").read_text(encoding="utf-8"),
)


@dataclass
class Seen:
    """Which of the browser's strokes are on the pad.

    Attributes:
        visit: its name; a browser still sends strokes of the one before, which the server has forgotten.
        number: the last stroke's.
    """

    visit: str = field(default_factory=lambda: secrets.token_hex(8))
    number: int = 0


def canvas(pad: Pad, said: str, name: str = PAD, teaches: bool = False, invited: str = "") -> None:
    """Show the canvas with what is on the pad.

    Args:
        pad: the visitor's, or what they practice on.
        said: the reading, for those who hear the page.
        name: which canvas; only what is on the visitor's own outlives a reload.
        teaches: whether a key says what is drawn.
        invited: what stands on it while it is empty, if not that one may draw.
    """
    seen = _seen(name)
    _component(
        key=name,
        data={
            "name": name,
            "isKept": name == PAD,
            "teaches": teaches,
            "strokes": to_json(pad.drawing.content.strokes),
            "picture": _shown(pad.drawing.content),
            "said": said,
            "boxes": json.dumps(_boxes(pad)),  # as text: for a list Streamlit would load pandas
            "pointed": pad.pointed,
            "invitation": invited or invitation(pad.erases),
            "visit": seen.visit,
            "seen": seen.number,
            "fresh": name == PAD and _is_fresh(pad),
            "side": SIDE,
            "width": pad.width,
            "erases": pad.erases,
            "eraser": ERASER,
            "lightest": LIGHTEST,
            "longest": MOST_POINTS,
        },
        on_strokes_change=_nothing,
    )


def _boxes(pad: Pad) -> list[list[float]]:
    """Where on the canvas the digits of a number are: left, top, right and bottom of each, in the canvas' units."""
    if pad.page is None or not pad.is_read:
        return []
    scale, left, top = 1.0, 0.0, 0.0
    if pad.drawing.content.picture is not None:  # which is shown as large as fits, in the middle
        width, height = pad.page.size
        scale = SIDE / max(width, height)
        left, top = (SIDE - width * scale) / 2, (SIDE - height * scale) / 2
    corner = (left, top, left, top)
    boxes = [digit.box for digit in pad.page.digits]
    return [[round(place * scale + at, 1) for place, at in zip(box, corner, strict=True)] for box in boxes]


def canvas_out_of_sight(pad: Pad) -> None:
    """Where a page shows no canvas: take up what the browser kept of a drawing over a reload, if there is any."""
    take_strokes(pad)
    if _is_fresh(pad):
        with st.container(key="out-of-sight"):
            canvas(pad, "")


def take_strokes(pad: Pad, name: str = PAD) -> None:
    """Put onto the pad what came from the browser since the last time.

    That is strokes, keys that say what they are, or a picture that a reload took off. Whoever changes the pad calls
    it first: a click may come together with the stroke that was made before it.
    """
    state = st.session_state.get(name)
    sent: Any = state.get("strokes") if state else None
    seen = _seen(name)
    try:
        if sent["visit"] != seen.visit:
            return  # the canvas will send again what of it is still drawn
        entries = {int(entry["id"]): entry for entry in sent["strokes"][:MOST_STROKES]}
        new = {number: entry for number, entry in entries.items() if number > seen.number}
        address = next((entry["picture"] for entry in new.values() if "picture" in entry), None)
        done = [_done(entry) for entry in new.values() if "picture" not in entry]
    except (AttributeError, TypeError, KeyError, ValueError, OverflowError):
        return  # nothing was drawn yet, or it does not come from our page
    if new:
        # Noted first, and without asking Streamlit, which may end the run there: no stroke is taken twice.
        seen.number = max(new)
        if address is not None:
            _show_again(address, pad)
        for are_strokes, some in itertools.groupby(done, lambda each: isinstance(each, Stroke)):
            if are_strokes:
                _add(pad, [each for each in some if isinstance(each, Stroke)])
            else:
                _teach(pad, [each for each in some if isinstance(each, str)])


def _add(pad: Pad, strokes: Sequence[Stroke]) -> None:
    """Make strokes, as many as there is room for."""
    before = pad.drawing.content.strokes
    drawn = list(before)
    for stroke in strokes:
        if _room_for(drawn):
            drawn.append(stroke)
    pad.add(*drawn[len(before) :])


def _teach(pad: Pad, keys: Sequence[str]) -> None:
    """What is drawn is what the last of some keys says."""
    pad.follow()
    if keys[-1] in KEYS:
        pad.teach(KEYS[keys[-1]])


def _show_again(shown: Any, pad: Pad) -> None:
    """Put a picture onto the pad that was there before; one that is none is passed over."""
    try:
        if len(shown) > MOST_OF_A_PICTURE:
            return
        with in_turn():
            picture = to_array(io.BytesIO(base64.b64decode(shown.removeprefix(PICTURE), validate=True)))
    except (TypeError, AttributeError, ValueError):
        return
    pad.show(Content(picture=picture))
    st.session_state.address = (pad.drawing.content.picture, shown)  # or it would lose a little with every reload


def _is_fresh(pad: Pad) -> bool:
    """Whether nothing was done to the pad yet."""
    drawing = pad.drawing
    return not (_seen().number or drawing.content.strokes or drawing.can_undo or drawing.can_redo)


def is_full(content: Content) -> bool:
    """Whether no more strokes are taken."""
    return not _room_for(content.strokes)


def _room_for(strokes: Sequence[Stroke]) -> bool:
    """Whether one more stroke may follow these."""
    return len(strokes) < MOST_STROKES and sum(len(stroke.points) for stroke in strokes) < MOST_POINTS_IN_ALL


def fitting(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Strokes that were made elsewhere, moved and made smaller so far that all of them are on the canvas."""
    strokes = strokes[:MOST_STROKES]
    points = np.concatenate([stroke.places for stroke in strokes])
    low, high = np.minimum(points.min(axis=0), 0), np.maximum(points.max(axis=0), SIDE)
    scale = SIDE / float((high - low).max())
    return [
        Stroke(
            tuple((x, y) for x, y in ((stroke.places - low) * scale).tolist()),
            tuple(min(width * scale, THICKEST * ERASER) for width in stroke.widths),
            stroke.erases,
        )
        for stroke in strokes
    ]


def _seen(name: str = PAD) -> Seen:
    seen: Seen = st.session_state.setdefault(f"seen on {name}", Seen())
    return seen


def _done(entry: dict[str, Any]) -> Stroke | str:
    """What a browser says that was done: a stroke, or a key that says what is drawn.

    Raises:
        AttributeError, TypeError, KeyError, ValueError: it is neither.
    """
    if "key" not in entry:
        return _stroke(entry)
    key: str = entry["key"].upper()
    return key


def _stroke(entry: dict[str, Any]) -> Stroke:
    """A stroke that a browser sent.

    Raises:
        TypeError, KeyError, ValueError: it is none.
    """
    points = tuple((_within(x, 0, SIDE), _within(y, 0, SIDE)) for x, y in entry["points"][:MOST_POINTS])
    widths = tuple(_within(width, 0.1, THICKEST * ERASER) for width in entry["widths"][:MOST_POINTS])
    if not points or len(points) != len(widths):
        raise ValueError("points and widths don't match")
    return Stroke(points, widths, bool(entry["erases"]))


def _within(value: float, least: float, most: float) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value} is no place on a canvas")
    return min(max(number, least), most)


def _shown(content: Content) -> str | None:
    """A picture that was brought in, as the browser can show it: a data address."""
    if content.picture is None:
        return None
    # Made once for each picture, since the canvas is shown anew with every click.
    if "address" not in st.session_state or st.session_state.address[0] is not content.picture:
        st.session_state.address = (content.picture, address(content.picture))
    shown: str = st.session_state.address[1]
    return shown


def _nothing() -> None:
    """Streamlit keeps what a component says only for those who listen; what is new is taken up in the next run."""
