"""The numbers behind one value of a map: what it is made of, and which maps of the layer before it comes from."""

from typing import NamedTuple

import numpy as np

from digitpad.errors import ModelError
from digitpad.models import arithmetic
from digitpad.models.layers import IN_A_ROW, POOLINGS, Layer, Maps, Operation


class Sum(NamedTuple):
    """How one value of a map came about.

    Attributes:
        kind: of the layer; see `Operation`.
        patch: what the value is made of: of a convolution float32 (h, w, in), of pooling (h, w), else (in,); over the
            edge of what comes in a convolution finds zeros, pooling NaN, which it passes over.
        kernel: by what it is multiplied, of the patch's shape; None where the layer has no kernels.
        products: patch times kernel; None likewise.
        bias: what is added to them; 0 where there is none.
        total: the sum of products and bias; of pooling the largest value or the mean of the patch; of softmax the
            logit.
        activation: what is done to the total: "ReLU", "tanh", "sigmoid", "softmax", or empty.
        value: what the network made of it.
        place: row and column of the patch's first value in what comes in; below 0 where that lies over the edge.
    """

    kind: str
    patch: Maps
    kernel: Maps | None
    products: Maps | None
    bias: float
    total: float
    activation: str
    value: float
    place: tuple[int, int] = (0, 0)


class Given(NamedTuple):
    """What one map gave to another.

    Attributes:
        layer: the number of the layer it is in; -1 is the glyph.
        channel: its number in it.
        amount: what its products add to a value of the other map, in the mean over all its places; where there are
            no products, the mean of what is taken over.
    """

    layer: int
    channel: int
    amount: float


class Evidence(NamedTuple):
    """What speaks for a digit in the last layer.

    Attributes:
        products: float32 (units,): each unit's value times its weight for the digit; below 0 it speaks against it.
        bias: what is added to them.
        logit: the sum of all, which softmax makes a probability of.
    """

    products: Maps
    bias: float
    logit: float


def sum_of(made: Layer, before: Maps, channel: int, row: int, column: int) -> Sum:
    """How one value of a layer came about.

    Args:
        made: the layer.
        before: float32 (height, width, channels) or (units,), what comes into it.
        channel: the map's number, or the unit's.
        row: of the value in the map, from 0; of units 0.
        column: likewise.

    Raises:
        ModelError: the layer is of a kind that can't be computed here.
    """
    _check(made)
    operation, kind = made.operation, made.kind
    value = float(made.map(channel)[row, column])
    if kind in POOLINGS:
        patch, place = _patch(operation, before[..., channel : channel + 1], row, column, np.nan)
        return Sum(kind, patch[..., 0], None, None, 0.0, value, "", value, place)
    if kind == "mean":
        return Sum(kind, before[..., channel], None, None, 0.0, value, "", value)
    if kind == "softmax":
        return Sum(kind, before, None, None, 0.0, float(before[channel]), "softmax", value)
    if operation.constant is not None:
        came = before[row, column, channel] if made.has_maps else before[channel]
        constant = np.broadcast_to(operation.constant, (1, *made.maps.shape))[0][..., channel]
        each = float(constant[row, column] if made.has_maps else constant)
        factor, bias = (each, 0.0) if kind == "multiplication" else (1.0, each)
        products = np.array([came * factor], np.float32)
        total = float(came) * factor + bias
        return Sum(
            kind, came.reshape(1), np.array([factor], np.float32), products, bias, total, operation.activation, value
        )
    if operation.kernels is None:  # an activation by itself, or nothing but another order
        came = before.reshape(made.maps.shape)[..., channel].reshape(made.map(channel).shape)[row, column]
        return Sum(kind, came.reshape(1), None, None, 0.0, float(came), "" if kind in IN_A_ROW else kind, value)
    kernel = operation.kernels[..., channel]
    before = _taken(operation, before)
    patch, place = _patch(operation, before, row, column, 0) if made.has_maps else (before.ravel(), (0, 0))
    products, bias = patch * kernel, 0.0 if operation.bias is None else float(operation.bias[channel])
    total = float(products.sum(dtype=np.float64)) + bias
    return Sum(kind, patch, kernel, products, bias, total, operation.activation, value, place)


def given_to(made: Layer, before: Maps, channel: int, whole: Maps) -> Maps:
    """What each map that a layer is made of gave to one of its maps; see `Given`.

    Args:
        made: the layer.
        before: float32 (height, width, channels) or (units,), what comes into it.
        channel: the number of its map, or unit.
        whole: the same before it was brought into a row: float32 (height, width, channels) or (units,).

    Returns:
        float32, one number for each channel of `whole`.

    Raises:
        ModelError: the layer is of a kind that can't be computed here.
    """
    _check(made)
    operation = made.operation
    axes = tuple(range(whole.ndim - 1))
    if operation.kernels is not None:
        before, kernel = _taken(operation, before), operation.kernels[..., channel]
        if made.kind == "dense":
            return np.asarray((before.ravel() * kernel).reshape(whole.shape).sum(axis=axes))
        seen = arithmetic.windows_of(operation, before[np.newaxis], 0)
        return np.asarray(np.einsum("nhwcij,ijc->c", seen, kernel) / np.prod(operation.shape[:2]), np.float32)
    if made.kind == "softmax":
        return whole
    amounts = np.zeros(whole.shape[-1], np.float32)
    amounts[channel % len(amounts)] = (
        made.map(channel).mean() if made.kind in IN_A_ROW else whole[..., channel].mean()
    )
    return amounts


def _check(made: Layer) -> None:
    if made.operation.lacks:
        raise ModelError(f"What the layer {made.name} does can't be shown in numbers: {made.operation.lacks}.")


def _taken(operation: Operation, before: Maps) -> Maps:
    """What comes in as the layer takes it, rounded where it computes with 8 bits."""
    return arithmetic.rounded(before[np.newaxis])[0] if operation.rounds else before


def _patch(operation: Operation, before: Maps, row: int, column: int, outside: float) -> tuple[Maps, tuple[int, int]]:
    """What one value is made of, float32 (h, w, channels), and the place of its first value in what came in."""
    (above, below), (left, right) = arithmetic.padding_of(operation, *before.shape[:2])
    whole = np.pad(before, ((above, below), (left, right), (0, 0)), constant_values=outside)
    top, start = row * operation.stride[0], column * operation.stride[1]
    high, wide = operation.window
    return whole[top : top + high, start : start + wide], (top - above, start - left)
