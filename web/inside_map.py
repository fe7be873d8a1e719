"""One map, large: how each of its values came about, and to which maps it listens."""

import base64
import functools
import html
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitpad.models.inside import GLYPH, Inside
from digitpad.models.sums import Given, Sum
from digitpad.pad.formulas import formula, map_name, words_of_map
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_parts import largest_products, parts_of
from digitpad.pad.inside_words import (
    BIAS,
    GLYPH_NAME,
    LISTENS_TO,
    MAP_WORDS,
    SWITCH_OFF,
    SWITCH_ON,
    and_more,
    called,
    signed,
)
from digitpad.pad.mosaics import LOWEST, MAP_COLOURS, colours_of, one_map
from digitpad_web.answer import plain
from digitpad_web.glossary import show_words
from digitpad_web.images import coloured, larger
from digitpad_web.inside_sums import cells, parts_html, products_html
from digitpad_web.inside_view import do, query

KEY = "map"
SEEN = "cursor seen"  # in the session: the last place on the map that was taken up
ROWS = 2  # maps of what comes in whose products are shown number by number
BARS = 9  # units of what comes in that are shown one by one
SOURCES = 5  # maps that are listened to most
THUMBNAIL = 28  # pixels of the longer side of such a map's picture
SAID = "Row {row}, column {column}: {value}"
_folder = Path(__file__).parent
_component = st.components.v2.component(
    "digitpad.map",
    html='<div class="map" tabindex="0" role="application"><img alt=""><i></i></div><output></output>',
    css=(_folder / "inside_map.css").read_text(encoding="utf-8"),
    js="".join((_folder / f"inside_{part}.js").read_text(encoding="utf-8") for part in ("pixels", "map")),
)


def show_map(view: InsideView) -> None:
    """Show the map that is pointed at."""
    st.markdown(f"**{plain(view.said())}**")
    if view.can_switch:
        st.button(SWITCH_ON if view.is_off else SWITCH_OFF, key="switch", on_click=do(InsideView.switch))
    else:
        st.caption(plain(view.why_not))
    _value(view)
    given = view.listened_to[:SOURCES]
    with st.container(key="listens"):
        if given:
            st.markdown(f"**{LISTENS_TO}**")
        with st.container(horizontal=True, gap="xsmall", key="sources"):
            for place, each in enumerate(given):
                _source(view, each, place)
        show_words(MAP_WORDS)


@st.fragment
def _value(view: InsideView) -> None:
    """The value under the cursor, which moves more often than anything else: it runs this part alone."""
    _take_cursor(view)
    found = view.sum
    with st.container(horizontal=True, gap="small", key="before-and-map"):
        if found is not None and found.patch.ndim > 1:
            _before(view, found)
        if view.inside.layers[view.layer].has_maps:
            _large(view)
    if found is not None:
        st.html(_sum(view, found))
        st.html(f'<p class="formula">{html.escape(formula(found))}</p>')


def _take_cursor(view: InsideView) -> None:
    """Look at the place that was pointed at on the map, if it is still that map."""
    state = st.session_state.get(KEY)
    sent: Any = state.get("cursor") if state else None
    try:
        if sent["name"] == _name(view) and sent["count"] != st.session_state.get(SEEN):
            st.session_state[SEEN] = sent["count"]
            view.point_at(view.side, view.layer, view.channel, int(sent["row"]), int(sent["column"]))
    except (TypeError, KeyError, ValueError, OverflowError):
        return  # nothing was pointed at yet, or it does not come from our page


def _large(view: InsideView) -> None:
    made = view.inside.layers[view.layer]
    height, width = made.map(view.channel).shape
    _component(
        key=KEY,
        data={
            "name": _name(view),
            "picture": coloured(one_map(made, view.channel), colours_of(made)),
            "values": base64.b64encode(made.map(view.channel).astype("<f4").tobytes()).decode(),
            "height": height,
            "width": width,
            "row": view.row,
            "column": view.column,
            "said": words_of_map(made, view.channel, view.is_off),
            "words": SAID,
            "address": query(view),
        },
        on_cursor_change=_nothing,
    )


def _before(view: InsideView, found: Sum) -> None:
    """The map of the layer before that adds most, with the patch that is looked at."""
    best = view.channel if found.patch.ndim == 2 else largest_products(found, 1)[0][0].channel
    picture, colours = _picture(view.inside, view.layer - 1, best)
    (height, width), (high, wide) = picture.shape, found.patch.shape[:2]
    frame = (
        f"left: {100 * found.place[1] / width:.3f}%; top: {100 * found.place[0] / height:.3f}%; "
        f"width: {100 * wide / width:.3f}%; height: {100 * high / height:.3f}%"
    )
    name = html.escape(_named(view.inside, view.layer - 1, best))
    st.html(
        f'<figure class="before"><div><img src="{coloured(picture, colours)}" alt=""><i style="{frame}"></i></div>'
        f"<figcaption>{name}</figcaption></figure>"
    )


def _sum(view: InsideView, found: Sum) -> str:
    """What the value is the sum of, or the largest or the mean."""
    before = view.inside.comes_in(view.layer)
    if found.products is None:
        return (
            f'<div class="products">{cells(found.patch, float(before.max()))}</div>' if found.patch.ndim > 1 else ""
        )
    if found.patch.ndim == 1:
        bars: str = parts_html(parts_of(found, BARS, before.ndim > 1))
        return bars
    shown, rest = largest_products(found, ROWS)
    rows = [(GLYPH_NAME if view.layer == 0 else called(each.channel, has_maps=True), each) for each in shown]
    others = found.patch.shape[-1] - len(shown)
    told = [f"{and_more(others, has_maps=True)}: {signed(rest)}"] if others else []
    last = "<br>".join([*told, f"{BIAS}: {signed(found.bias)}"])
    return f'{products_html(rows, float(before.max()))}<p class="rest">{last}</p>'


def _source(view: InsideView, given: Given, place: int) -> None:
    """A map that it listens to, as a button that leads there."""
    picture, colours = _picture(view.inside, given.layer, given.channel)
    shown = coloured(larger(picture, max(1, THUMBNAIL // len(picture))), colours)
    amount = plain(signed(given.amount))
    whole = f"{plain(_named(view.inside, given.layer, given.channel))}: {amount}"
    st.button(
        f"![{whole}]({shown}) {GLYPH_NAME if given.layer == GLYPH else given.channel + 1} :small[{amount}]",
        key=f"source {place}",
        help=whole,
        disabled=given.layer == GLYPH,
        on_click=do(functools.partial(_go, side=view.side, to=given)),
    )


def _go(view: InsideView, side: int, to: Given) -> None:
    view.point_at(side, to.layer, to.channel)


def _picture(inside: Inside, layer: int, channel: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A map, or the glyph, and its colours."""
    if layer == GLYPH:
        return np.maximum(inside.glyph, LOWEST), MAP_COLOURS
    made = inside.layers[layer]
    return one_map(made, channel), colours_of(made)


def _named(inside: Inside, layer: int, channel: int) -> str:
    return GLYPH_NAME if layer == GLYPH else map_name(inside.layers[layer], channel, layer)


def _name(view: InsideView) -> str:
    """Tells a map from others."""
    return f"{view.side}/{view.layer}/{view.channel}"


def _nothing() -> None:
    """Streamlit keeps what a component says only for those who listen; what is new is taken up in the next run."""
