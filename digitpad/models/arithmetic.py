"""A network's arithmetic in NumPy: forward from any layer, with channels switched off, and back to the glyph.

LiteRT computes a network as a whole. What would come of it with a channel less, and how its answer depends on each
pixel, is computed here, from the same weights and in the same way, weights of 8 bits included. A convolution is a
product of matrices over the patches of what comes in (Chellapilla, Puri and Simard, "High Performance Convolutional
Neural Networks for Document Processing", 2006); the way back is Rumelhart, Hinton and Williams' ("Learning
representations by back-propagating errors", 1986).
"""

from collections.abc import Sequence, Set

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from digitpad.errors import ModelError
from digitpad.models.layers import Maps, Operation

Channel = tuple[int, int]  # the layer's number, and the channel's in it
NOTHING_OFF: frozenset[Channel] = frozenset()

# So many multiplications OpenBLAS leaves to one thread. Where other programs keep the cores busy, to wait for a
# second one takes a hundred times as long as the whole product.
ALONE = 262_144
STEPS = 255  # between the least and the largest number of 8 bits
LOWEST, HIGHEST = -128, 127


class Network:
    """The layers of a network, as `layers_of` gives them, to be computed for many glyphs at once.

    Attributes:
        operations: the layers, from the glyph to the probabilities.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = tuple(operations)

    def lacking(self, after: int = -1) -> str:
        """Why what comes after a layer can't be computed, a sentence; empty where it can.

        Args:
            after: the layer's number; -1 is the glyph.
        """
        for number, operation in enumerate(self.operations[after + 1 :], after + 2):
            if operation.lacks:
                return f"Layer {number}, {operation.name}, can't be computed anew: {operation.lacks}."
        return ""

    def forward(self, inputs: Maps, off: Set[Channel] = NOTHING_OFF, rounds: bool = True) -> list[Maps]:
        """The maps of all layers.

        Args:
            inputs: float32 (n, 28, 28, 1) in 0 to 1, as `network_input` gives them.
            off: channels whose values are taken for 0, each with its layer's number.
            rounds: whether a layer that computes with 8 bits does so here too; without, it is a smooth function.

        Returns:
            for each layer float32 (n, height, width, channels) or (n, units).

        Raises:
            ModelError: a layer can't be computed; the sentence says which, and why.
        """
        return self.forward_from(-1, inputs, off, rounds)

    def forward_from(
        self, layer: int, maps: Maps, off: Set[Channel] = NOTHING_OFF, rounds: bool = True
    ) -> list[Maps]:
        """The maps of the layers after one, from what that one gives; see `forward`.

        Args:
            layer: its number; -1 is the glyph.
            maps: float32 (n, ...), what it gives.
            off: see `forward`; of that layer too.
            rounds: see `forward`.
        """
        if lacking := self.lacking(layer):
            raise ModelError(lacking)
        maps = _without(maps, layer, off)
        found = []
        for number, operation in enumerate(self.operations[layer + 1 :], layer + 1):
            maps = _without(_computed(operation, maps, rounds), number, off)
            found.append(maps)
        return found

    def gradient(self, inputs: Maps, target: NDArray[np.floating], layer: int | None = None) -> Maps:
        """How much a sum of what a layer gives would grow with each pixel of the glyph.

        Rounding to 8 bits is left away: it has no slope.

        Args:
            inputs: float32 (n, 28, 28, 1) in 0 to 1.
            target: what each of the layer's values counts in the sum, of its shape for one glyph, or for each of n:
                for a digit's probability 1 at the digit, else 0.
            layer: its number; without, the last one, which gives the probabilities.

        Returns:
            float32 (n, 28, 28).

        Raises:
            ModelError: see `forward`.
        """
        last = len(self.operations) - 1 if layer is None else layer
        maps = [inputs, *self.forward(inputs, rounds=False)[: last + 1]]
        slope: Maps = np.broadcast_to(np.asarray(target, np.float32), maps[-1].shape)
        for number in range(last, -1, -1):
            slope = _back(self.operations[number], maps[number], maps[number + 1], slope)
        return slope[..., 0]


def _without(maps: Maps, layer: int, off: Set[Channel]) -> Maps:
    channels = [channel for each, channel in off if each == layer]
    if channels:
        maps = maps.copy()
        maps[..., channels] = 0
    return maps


def _computed(operation: Operation, maps: Maps, rounds: bool) -> Maps:
    """What a layer gives."""
    if rounds and operation.rounds:
        maps = rounded(maps)
    match operation.kind:
        case "convolution" | "dense":
            return _activated(operation.activation, sums(operation, maps))
        case "multiplication":
            return _activated(operation.activation, maps * np.asarray(operation.constant))
        case "addition":
            return _activated(operation.activation, maps + np.asarray(operation.constant))
        case "max pooling":
            return np.asarray(windows_of(operation, maps, -np.inf).max(axis=(-2, -1)))
        case "average pooling":
            counts = windows_of(operation, np.ones_like(maps[:1]), 0).sum(axis=(-2, -1))
            return np.asarray(windows_of(operation, maps, 0).sum(axis=(-2, -1)) / counts)
        case "mean":
            return np.asarray(maps.mean(axis=(1, 2)))
        case "softmax":
            grown = np.exp(maps - maps.max(axis=-1, keepdims=True))
            return np.asarray(grown / grown.sum(axis=-1, keepdims=True))
        case "flatten" | "reshape":
            return maps.reshape(len(maps), *operation.shape)
        case _:
            return _activated(operation.kind, maps)


def sums(operation: Operation, maps: Maps) -> Maps:
    """The sums of a convolution or a dense layer, with the bias, before the activation.

    Args:
        operation: the layer.
        maps: float32 (n, ...), what comes in.
    """
    bias = 0 if operation.bias is None else operation.bias
    if operation.kind == "dense":
        return np.asarray(product(maps.reshape(len(maps), -1), operation.weights) + bias)
    windows = windows_of(operation, maps, 0)
    count, high, wide = windows.shape[:3]
    # As a kernel lies: rows, columns, what comes in.
    patches = windows.transpose(0, 1, 2, 4, 5, 3).reshape(count * high * wide, -1)
    kernels = operation.weights.reshape(-1, operation.weights.shape[-1])
    return np.asarray((product(patches, kernels) + bias).reshape(count, high, wide, -1))


def product(first: Maps, second: Maps) -> Maps:
    """The product of two matrices, float32 (m, k) and (k, n), by one thread: piece by piece, each small enough."""
    high, deep = first.shape
    wide = second.shape[1]
    if high * deep * wide <= ALONE:
        return np.asarray(first @ second)
    whole = np.empty((high, wide), np.float32)
    if high >= wide:
        step = max(1, ALONE // (deep * wide))
        for start in range(0, high, step):
            np.matmul(first[start : start + step], second, out=whole[start : start + step])
    else:
        step = max(1, ALONE // (deep * high))
        for start in range(0, wide, step):
            whole[:, start : start + step] = first @ second[:, start : start + step]
    return whole


def rounded(maps: Maps) -> Maps:
    """Values as a layer with 8-bit weights takes them: each glyph's in 256 steps from its least to its largest one.

    That is the dynamic range quantization of Jacob et al. ("Quantization and Training of Neural Networks for
    Efficient Integer-Arithmetic-Only Inference", CVPR, 2018), as LiteRT computes it.
    """
    axes = tuple(range(1, maps.ndim))
    least = np.minimum(maps.min(axis=axes, keepdims=True), 0)
    largest = np.maximum(maps.max(axis=axes, keepdims=True), 0)
    span = largest - least
    scale = np.where(span > 0, np.float32(STEPS) / np.where(span > 0, span, 1), 1).astype(np.float32)
    # Zero stays zero; the end of the range that rounding moves less decides where it lies.
    is_nearer_low = LOWEST + least * scale + HIGHEST + largest * scale > 0
    zero = np.rint(np.where(is_nearer_low, LOWEST - least * scale, HIGHEST - largest * scale).clip(LOWEST, HIGHEST))
    steps = (np.rint(maps * scale) + zero).clip(LOWEST, HIGHEST) - zero
    return np.asarray(steps / scale, np.float32)


def padding_of(operation: Operation, high: int, wide: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """How many zeros there are above and below, left and right of what comes into a layer, of that size."""
    if operation.padding == "valid":
        return (0, 0), (0, 0)
    around = []
    for length, window, stride in zip((high, wide), operation.window, operation.stride, strict=True):
        lacking = max((-(-length // stride) - 1) * stride + window - length, 0)
        around.append((lacking // 2, lacking - lacking // 2))
    return around[0], around[1]


def windows_of(operation: Operation, maps: Maps, outside: float) -> Maps:
    """What each value is made of: (n, height, width, channels, rows, columns), a view where there is no padding."""
    around = padding_of(operation, *maps.shape[1:3])
    if any(map(any, around)):
        maps = np.pad(maps, ((0, 0), *around, (0, 0)), constant_values=outside)
    down, right = operation.stride
    return sliding_window_view(maps, operation.window, (1, 2))[:, ::down, ::right]


def _activated(activation: str, values: Maps) -> Maps:
    match activation:
        case "ReLU":
            return np.maximum(values, 0)
        case "tanh":
            return np.tanh(values)
        case "sigmoid":
            return np.asarray(1 / (1 + np.exp(-values)))
        case _:
            return values


def _back(operation: Operation, before: Maps, after: Maps, slope: Maps) -> Maps:
    """The slope by what comes into a layer, from the slope by what it gives."""
    match operation.kind:
        case "convolution":
            slope = _deactivated(operation.activation, after, slope)
            kernels = operation.weights.reshape(-1, slope.shape[-1])
            patches = product(slope.reshape(-1, slope.shape[-1]), kernels.T)
            return _put_back(operation, before.shape, patches.reshape(*slope.shape[:3], *operation.weights.shape[:3]))
        case "dense":
            slope = _deactivated(operation.activation, after, slope)
            return product(slope, operation.weights.T).reshape(before.shape)
        case "multiplication":
            return np.asarray(_deactivated(operation.activation, after, slope) * np.asarray(operation.constant))
        case "addition":
            return _deactivated(operation.activation, after, slope)
        case "max pooling":
            windows = windows_of(operation, before, -np.inf)
            flat = windows.reshape(*windows.shape[:4], -1)
            is_largest = np.arange(flat.shape[-1]) == flat.argmax(axis=-1)[..., np.newaxis]
            shares = (is_largest * slope[..., np.newaxis]).reshape(windows.shape)
            return _put_back(operation, before.shape, shares.transpose(0, 1, 2, 4, 5, 3))
        case "average pooling":
            counts = windows_of(operation, np.ones_like(before[:1]), 0).sum(axis=(-2, -1))
            shares = np.broadcast_to(
                (slope / counts)[:, :, :, np.newaxis, np.newaxis],
                (*slope.shape[:3], *operation.window, slope.shape[3]),
            )
            return _put_back(operation, before.shape, shares)
        case "mean":
            return np.broadcast_to((slope / np.prod(before.shape[1:3]))[:, np.newaxis, np.newaxis], before.shape)
        case "softmax":
            return np.asarray(after * (slope - (slope * after).sum(axis=-1, keepdims=True)))
        case "flatten" | "reshape":
            return slope.reshape(before.shape)
        case _:
            return _deactivated(operation.kind, after, slope)


def _deactivated(activation: str, after: Maps, slope: Maps) -> Maps:
    match activation:
        case "ReLU":
            return np.asarray(slope * (after > 0))
        case "tanh":
            return np.asarray(slope * (1 - after**2))
        case "sigmoid":
            return np.asarray(slope * after * (1 - after))
        case _:
            return slope


def _put_back(operation: Operation, shape: tuple[int, ...], patches: Maps) -> Maps:
    """Add up what patches (n, height, width, rows, columns, channels) say of the values that they were cut from."""
    count, high, wide, channels = shape
    (above, below), (left, right) = padding_of(operation, high, wide)
    whole = np.zeros((count, above + high + below, left + wide + right, channels), np.float32)
    down, across = operation.stride
    for row in range(operation.window[0]):
        for column in range(operation.window[1]):
            rows = slice(row, row + down * patches.shape[1], down)
            columns = slice(column, column + across * patches.shape[2], across)
            whole[:, rows, columns] += patches[:, :, :, row, column]
    return whole[:, above : above + high, left : left + wide]
