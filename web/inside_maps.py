"""The maps of every layer, as pictures on which a person points at one."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from digitpad.models.inside import GLYPH
from digitpad.models.layers import Layer
from digitpad.pad.formulas import layer_heading, map_name, words_of
from digitpad.pad.inside import InsideView, Side
from digitpad.pad.inside_words import GLYPH_HEADING, GLYPH_NAME, counted_off, digit_name, value_of_answer
from digitpad.pad.mosaics import (
    LOWEST,
    MAP_COLOURS,
    SIGNED_COLOURS,
    colours_of,
    columns_of,
    is_signed,
    mosaic,
    scale_of,
)
from digitpad.pad.words import headline, sentence, sureness
from digitpad_web.images import coloured
from digitpad_web.inside_view import do, query

KEY = "maps"
SEEN = "maps seen"  # in the session: how much of what was done on the maps was taken up
MOST_DONE = 100  # of one message; a person does one or two
SOURCES = 5  # maps of the layer before from which lines lead to the one that is pointed at
COLOURS = {"maps": MAP_COLOURS.tobytes().hex(), "signed": SIGNED_COLOURS.tobytes().hex()}
WORDS = {"place": ", row {row}, column {column}", "most": "at most {value}", "off": "switched off"}
_folder = Path(__file__).parent
SCRIPT = "".join((_folder / f"inside_{part}.js").read_text(encoding="utf-8") for part in ("pixels", "band", "maps"))
_component = st.components.v2.component(
    "digitpad.maps",
    html='<div class="networks"></div>',
    css=(_folder / "inside_maps.css").read_text(encoding="utf-8"),
    js=SCRIPT,
)


def show_maps(view: InsideView) -> None:
    """Show them; what is done on them is done to the view."""
    layers = [
        _shown(side, number, layer)
        for number, side in enumerate(view.sides)
        for layer in range(GLYPH, len(side.inside.layers))
    ]
    text = json.dumps(layers)
    version = hashlib.sha256(text.encode()).hexdigest()[:16]
    off = [
        sorted(channel for at, channel in side.off if at == layer)
        for side in view.sides
        for layer in range(GLYPH, len(side.inside.layers))
    ]
    _component(
        key=KEY,
        data={
            "version": version,
            "layers": "" if _sent().get("version") == version else text,
            "sides": json.dumps([_answer(side) for side in view.sides]),
            "pointed": json.dumps([_place(view, view.layer), view.channel]),
            "sources": json.dumps(_sources(view)),
            "off": json.dumps(off),
            "words": json.dumps(WORDS),
            "colours": json.dumps(COLOURS),
            "address": query(view),
            "seen": st.session_state.get(SEEN, 0),
        },
        on_done_change=do(_take_done),
    )


def _take_done(view: InsideView) -> None:
    """Do what was done on the maps since the last time."""
    seen = st.session_state.get(SEEN, 0)
    try:
        new = [entry for entry in _sent()["entries"][:MOST_DONE] if int(entry["count"]) > seen]
        for entry in new:
            st.session_state[SEEN] = int(entry["count"])
            place, channel = int(entry["place"]), int(entry["channel"])
            first = len(view.sides[0].inside.layers) + 1
            side, layer = (0, place + GLYPH) if place < first else (1, place - first + GLYPH)
            row, column = (None if entry[name] is None else int(entry[name]) for name in ("row", "column"))
            if layer == GLYPH:
                continue
            view.point_at(side, layer, channel, row, column)
            if entry["does"] == "switch":
                view.switch()
    except (TypeError, AttributeError, KeyError, ValueError, OverflowError):
        return


def _shown(side: Side, number: int, layer: int) -> dict[str, Any]:
    """A layer, or the glyph, as the page's script draws it."""
    inside = side.inside
    if layer == GLYPH:
        picture = coloured(np.maximum(inside.glyph, LOWEST), MAP_COLOURS)
        return {
            "side": number,
            "heading": GLYPH_HEADING,
            "called": GLYPH_NAME,
            **_sizes(1, inside.glyph.shape, 1, (0, 1)),
            "picture": picture,
        }
    made = inside.layers[layer]
    shown = {
        "side": number,
        "heading": layer_heading(made),
        "said": words_of(made),
        # The script names the one that is pointed at, of hundreds.
        "called": map_name(made, 0, layer).replace(" 1 of ", " {map} of ", 1),
        "count": made.channels,
    }
    if layer >= inside.last:
        return {**shown, "bars": _bars(made, is_last=layer == len(inside.layers) - 1)}
    columns = columns_of(made)
    return {
        **shown,
        **_sizes(made.channels, made.map(0).shape, columns, scale_of(made)),
        "colours": "signed" if is_signed(made) else "maps",
        "picture": coloured(mosaic(made, columns), colours_of(made)),
    }


def _sizes(count: int, shape: tuple[int, ...], columns: int, scale: tuple[float, float]) -> dict[str, Any]:
    sizes = {"count": count, "height": shape[0], "width": shape[1], "columns": columns}
    return {**sizes, "gap": 1, "least": scale[0], "most": scale[1]}


def _bars(made: Layer, is_last: bool) -> list[dict[str, Any]]:
    """The last layers, whose numbers are worth to be read: the logits, and the probabilities."""
    most = float(np.abs(made.maps).max()) or 1.0
    return [
        {
            "name": digit_name(unit),
            "text": value_of_answer(value, is_last),
            "share": round(value if is_last else value / most, 4),
        }
        for unit, value in enumerate(made.maps.tolist())
    ]


def _answer(side: Side) -> dict[str, Any]:
    reading = side.inside.reading
    lines = {
        "digit": headline(reading),
        "sentence": sentence(reading),
        "sureness": sureness(reading),
        "off": counted_off(len(side.off)),
    }
    return {"name": side.model.name, "lines": {kind: text for kind, text in lines.items() if text}}


def _sources(view: InsideView) -> list[tuple[int, int, float]]:
    """The maps that the one that is pointed at listens to most."""
    given = view.listened_to[:SOURCES]
    most = max((abs(each.amount) for each in given), default=0.0)
    return [
        (_place(view, each.layer), each.channel, round(each.amount / most, 3))
        for each in given
        if most and each.amount
    ]


def _place(view: InsideView, layer: int) -> int:
    """Which of the bands of all sides a layer of the one that is looked at has."""
    before = sum(len(side.inside.layers) - GLYPH for side in view.sides[: view.side])
    return before + layer - GLYPH


def _sent() -> dict[str, Any]:
    state = st.session_state.get(KEY)
    sent: Any = state.get("done") if state else None
    return sent if isinstance(sent, dict) else {}
