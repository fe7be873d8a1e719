"""Sums in numbers and colours: a patch times a kernel, and the parts of a unit's sum as bars."""

import html
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.models.layers import Maps
from digitpad.pad.inside_parts import Part, Products
from digitpad.pad.inside_words import number, signed
from digitpad.pad.mosaics import MAP_COLOURS, SIGNED_COLOURS

LIGHT = 140  # of 255: on what is lighter, black is read more easily


def products_html(rows: Iterable[tuple[str, Products]], most: float) -> str:
    """What some maps add to a value: of each the patch, the kernel, their products and the sum of these.

    Args:
        rows: each with the map's name.
        most: the largest value that a patch can have, whose colour is the lightest.
    """
    rows = list(rows)
    kernels = max((float(np.abs(row.kernel).max()) for _, row in rows), default=0.0)
    products = max((float(np.abs(row.products).max()) for _, row in rows), default=0.0)
    return "".join(
        f'<div class="products"><p>{html.escape(name)}</p>{cells(row.patch, most)}<b>×</b>'
        f"{cells(row.kernel, kernels, is_signed=True)}<b>=</b>{cells(row.products, products, is_signed=True)}"
        f"<strong>{signed(row.amount)}</strong></div>"
        for name, row in rows
    )


def cells(values: Maps, most: float, is_signed: bool = False) -> str:
    """Values, float32 (h, w), each a number in its colour; NaN is left free."""
    shares = np.nan_to_num(values) / (most or 1.0)
    places = np.rint(shares * 127 + 128 if is_signed else shares * 255).clip(1, 255).astype(np.uint8)
    table = SIGNED_COLOURS if is_signed else MAP_COLOURS
    shown = "".join(
        "<i></i>" if np.isnan(value) else _cell(table[place], float(value))
        for value, place in zip(values.ravel(), places.ravel(), strict=True)
    )
    return f'<div class="cells" style="--columns: {values.shape[1]}">{shown}</div>'


def parts_html(parts: Sequence[Part]) -> str:
    """The parts of a sum as bars to the right and to the left, as long as the largest single one lets them be."""
    most = max((abs(part.amount) for part in parts if part.channel is not None), default=0.0) or 1.0
    rows = "".join(
        f'<div class="{_kind(part, most)}" style="--share: {min(abs(part.amount) / most, 1.0):.4f}">'
        f"<span>{html.escape(part.name)}</span><i></i><span>{signed(part.amount)}</span></div>"
        for part in parts
    )
    return f'<div class="parts">{rows}</div>'


def _kind(part: Part, most: float) -> str:
    kinds = {"sum": part.is_sum, "against": part.amount < 0, "is-longer": abs(part.amount) > most}
    return " ".join(kind for kind, is_so in kinds.items() if is_so)


def _cell(colour: NDArray[np.uint8], value: float) -> str:
    red, green, blue = colour.tolist()
    ink = "#000" if 0.3 * red + 0.59 * green + 0.11 * blue > LIGHT else "#fff"
    return f'<span style="background: rgb({red} {green} {blue}); color: {ink}">{number(value)}</span>'
