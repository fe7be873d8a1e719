"""What the apps say of a layer, of one of its maps and of one value in it: headings, sentences and formulas."""

from collections.abc import Sequence

import numpy as np

from digitpad.models.layers import POOLINGS, Layer
from digitpad.models.sums import Sum
from digitpad.pad.words import NO_DIGIT

ALL_TERMS = 16  # products that a formula shows one by one: those of a kernel of 4 × 4
TERMS = 5  # else so many, the largest ones
STRONGEST = 3  # maps that are named
DARK = 0.02  # of the largest value of a layer's scale: what is less cannot be told from black
MINUS = "\N{MINUS SIGN}"
ROWS, COLUMNS = ("upper", "", "lower"), ("left", "", "right")


def layer_heading(layer: Layer) -> str:
    """What stands beside a layer's picture: "strokes · convolution 3 × 3, ReLU · 32 maps of 26 × 26"."""
    parts = [layer.name, what_it_does(layer), size_of(layer)]
    return " · ".join(parts[1:] if layer.name == layer.kind else parts)


def what_it_does(layer: Layer) -> str:
    """A layer's kind with what belongs to it: "convolution 4 × 4, stride 2, ReLU"."""
    said = layer.kind
    if layer.window != (1, 1):
        said += f" {layer.window[0]} × {layer.window[1]}"
    if layer.stride != (1, 1) and layer.stride != layer.window:
        said += f", stride {layer.stride[0]}"
    return f"{said}, {layer.activation}" if layer.activation else said


def size_of(layer: Layer) -> str:
    """How much a layer gives: "32 maps of 26 × 26", "128 units"."""
    if not layer.has_maps:
        return f"{layer.channels} unit{'' if layer.channels == 1 else 's'}"
    high, wide, count = layer.maps.shape
    return f"{count} map{'' if count == 1 else 's'} of {high} × {wide}"


def map_name(layer: Layer, channel: int, number: int | None = None) -> str:
    """What a map is called, counted from 1: "Map 6 of 32"; of units "Unit 6 of 128", of the last ones the digit.

    Args:
        layer: it is in.
        channel: its number, from 0.
        number: the layer's, from 0, where that is to be told too.
    """
    what = "Map" if layer.has_maps else "Unit"
    said = f"{what} {channel + 1} of {layer.channels}"
    if is_answer(layer):
        said = f"Digit {channel}" if channel < 10 else NO_DIGIT.capitalize()
    return said if number is None else f"{said}, layer {number + 1}: {layer.name}"


def is_answer(layer: Layer) -> bool:
    """Whether its units are the digits, and perhaps that it is none: of the logits and the probabilities."""
    return not layer.has_maps and layer.channels in (10, 11) and not layer.activation


def words_of(layer: Layer) -> str:
    """A layer's picture for those who can't see it."""
    strength = np.abs(layer.maps).max(axis=(0, 1)) if layer.has_maps else np.abs(layer.maps)
    what = "map" if layer.has_maps else "unit"
    dark = int(np.count_nonzero(strength < DARK * max(map(abs, layer.scale))))
    said = f"{layer_heading(layer).replace(' · ', ': ', 1).replace(' · ', ', ')}."
    if dark == layer.channels:
        return f"{said} All are dark."
    order = -layer.maps if is_answer(layer) else -strength
    strongest = np.argsort(order, kind="stable")[: min(STRONGEST, layer.channels - dark)]
    if is_answer(layer):
        named = ", ".join(f"{map_name(layer, int(each))}: {number(float(layer.maps[each]))}" for each in strongest)
        return f"{said} Strongest: {named}."
    named = ", ".join(f"{each + 1}" for each in strongest)
    said += f" Strongest: {what}{'' if len(strongest) == 1 else 's'} {named}."
    return f"{said} {dark} {'is' if dark == 1 else 'are'} dark." if dark else said


def words_of_map(layer: Layer, channel: int, is_off: bool = False) -> str:
    """One map for those who can't see it: how strong it is, where, and how much of it is dark."""
    said, values = map_name(layer, channel), layer.map(channel)
    if is_off:
        return f"{said} is switched off."
    if not layer.has_maps:
        return f"{said}: {number(float(values[0, 0]))}."
    most = max(map(abs, layer.scale))
    dark = float(np.mean(np.abs(values) < DARK * most))
    if dark == 1:
        return f"{said} is dark: it found nothing of what it looks for."
    row, column = strongest_place(layer, channel)
    said += f": up to {number(float(values[row, column]))}, strongest {_where(row, column, values.shape)}"
    return f"{said}; {dark * 100:.0f} % of it is dark." if dark >= DARK else f"{said}."


def strongest_place(layer: Layer, channel: int) -> tuple[int, int]:
    """Row and column where a map has its largest value, above or below 0."""
    values = layer.map(channel)
    row, column = np.unravel_index(int(np.abs(values).argmax()), values.shape)
    return int(row), int(column)


def formula(found: Sum) -> str:
    """How one value came about, with its numbers, in lines of plain text; of many products the largest ones.

    What is not shown one by one stands as the rest, so that the numbers that are shown give the sum.
    """
    if found.kind in POOLINGS:
        values = [float(value) for value in found.patch.ravel() if not np.isnan(value)]
        listed = ", ".join(map(number, values))
        if found.kind == "max pooling":
            return f"the largest of {listed} = {number(found.value)}"
        return f"the mean of {listed} = {number(found.value)}"
    if found.kind == "mean":
        return f"the mean of all {found.patch.size} values of the map = {number(found.value)}"
    if found.kind == "softmax":
        powers = " + ".join(f"e^{number(float(logit))}" for logit in found.patch)
        return f"e^{number(found.total)} / ({powers}) = {number(found.value)}"
    if found.products is None:
        return f"{number(found.total)}, as it came in" if not found.activation else _activated(found)
    few = found.products.size <= ALL_TERMS
    lines = [_every_product(found) if few else _largest_products(found)]
    return "\n".join([*lines, _activated(found)] if found.activation else lines)


def number(value: float) -> str:
    """A number with three digits after the point, with a true minus and never as -0."""
    return f"{round(value, 3) + 0.0:.3f}".replace("-", MINUS)


def _every_product(found: Sum) -> str:
    pairs = np.stack([found.patch.ravel(), np.asarray(found.kernel).ravel()], axis=1)
    terms = [f"{number(float(value))} × {number(float(weight))}" for value, weight in pairs]
    return f"{_added(*terms, f'{number(found.bias)} (bias)')} = {number(found.total)}"


def _largest_products(found: Sum) -> str:
    """The sum by maps, or by units of a dense layer; what each gave, the largest first."""
    products = np.asarray(found.products)
    what, gave = ("unit", products) if products.ndim == 1 else ("map", products.sum(axis=(0, 1)))
    order = np.argsort(-np.abs(gave), kind="stable")[:TERMS]
    terms = [f"{number(float(gave[each]))} ({what} {each + 1})" for each in order]
    shown = sum(round(float(gave[each]), 3) for each in order) + round(found.bias, 3)
    rest = len(gave) - len(order)
    if rest:
        terms.append(f"{number(round(found.total, 3) - shown)} (the other {rest})")
    return f"{_added(*terms, f'{number(found.bias)} (bias)')} = {number(found.total)}"


def _added(*terms: str) -> str:
    """Terms one after another; of those below 0 the minus stands between them."""
    return " + ".join(terms).replace(f"+ {MINUS}", f"{MINUS} ")


def _activated(found: Sum) -> str:
    before, after = number(found.total), number(found.value)
    if found.activation == "ReLU":
        return f"ReLU: the larger of 0 and {before} = {after}"
    if found.activation == "sigmoid":
        return f"sigmoid: 1 / (1 + e^{MINUS}({before})) = {after}"
    return f"{found.activation}({before}) = {after}"


def _where(row: int, column: int, shape: Sequence[int]) -> str:
    """A place in words: "in the upper left", "in the middle"."""
    high, wide = (min(3 * each // length, 2) for each, length in zip((row, column), shape, strict=True))
    said = " ".join(filter(None, (ROWS[high], COLUMNS[wide])))
    return {"upper": "at the top", "lower": "at the bottom", "left": "on the left", "right": "on the right"}.get(
        said, f"in the {said or 'middle'}"
    )
