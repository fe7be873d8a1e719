"""The layers of a network: what each is, and what it made of a glyph."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Maps = NDArray[np.float32]

POOLINGS = ("max pooling", "average pooling")
WITH_WEIGHTS = ("convolution", "dense")
SCALINGS = ("multiplication", "addition")  # of each value with a constant, as a normalization that follows a pooling
IN_A_ROW = ("flatten", "reshape")  # bring values into another order, and change none


@dataclass(frozen=True, eq=False)
class Operation:
    """One layer of a network as its file describes it; an activation or a normalization that is part of it included.

    Attributes:
        name: Keras' name of the layer; what it does where it has none.
        kind: what it does, in the field's words: "convolution", "max pooling", "dense", "flatten", "softmax" ...
        shape: of what it gives for one glyph: (height, width, channels) or (units,).
        kernels: float32 (h, w, in, out) or (in, out); weights of 8 bits as what they stand for; None where it has
            none.
        bias: float32 (out,); None where it has none.
        activation: "ReLU", "tanh", "sigmoid", or empty: what is done to each sum.
        stride: rows and columns from one place to the next.
        padding: "valid", or "same" where there are zeros around what comes in.
        window: rows and columns of what each value is made of, of a convolution and of pooling.
        constant: float32, that each value is multiplied with, or that is added to it; None of other kinds.
        rounds: whether it computes with 8 bits: what comes in is then rounded to 256 steps for each glyph.
        lacks: why its values can't be computed anew, a part of a sentence; empty where they can.
        tensor: where LiteRT keeps what it gives.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    kernels: Maps | None = field(default=None, repr=False)
    bias: Maps | None = field(default=None, repr=False)
    activation: str = ""
    stride: tuple[int, int] = (1, 1)
    padding: str = "valid"
    window: tuple[int, int] = (1, 1)
    constant: Maps | None = field(default=None, repr=False)
    rounds: bool = False
    lacks: str = ""
    tensor: int = -1

    @property
    def has_maps(self) -> bool:
        """Whether what it gives is pictures, not single units."""
        return len(self.shape) > 1

    @property
    def weights(self) -> Maps:
        """The kernels of a convolution or a dense layer.

        Raises:
            ValueError: it is of another kind.
        """
        if self.kernels is None:
            raise ValueError(f"The layer {self.name}, of the kind {self.kind}, has no kernels.")
        return self.kernels


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer of a network, and what it made of a glyph.

    Attributes:
        operation: what the model's file says of it.
        maps: float32 (height, width, channels), or (units,).
        scale: the least and the largest of what it gives for usual digits, whatever was drawn: what it gives for one
            that was may lie a little outside. 0 is always within.
    """

    operation: Operation = field(repr=False)
    maps: Maps = field(repr=False)
    scale: tuple[float, float] = (0.0, 1.0)

    @property
    def name(self) -> str:
        """Keras' name of it."""
        return self.operation.name

    @property
    def kind(self) -> str:
        """What it does, in the field's words: "convolution", "max pooling", "dense", "flatten", "softmax" ..."""
        return self.operation.kind

    @property
    def kernels(self) -> Maps | None:
        """float32 (h, w, in, out) or (in, out); None where it has none."""
        return self.operation.kernels

    @property
    def bias(self) -> Maps | None:
        """float32 (out,); None where it has none."""
        return self.operation.bias

    @property
    def activation(self) -> str:
        """What is done to each sum: "ReLU", "tanh", "sigmoid", or empty."""
        return self.operation.activation

    @property
    def stride(self) -> tuple[int, int]:
        """Rows and columns from one place to the next."""
        return self.operation.stride

    @property
    def padding(self) -> str:
        """Whether there are zeros around what comes in: "valid", or "same" where there are."""
        return self.operation.padding

    @property
    def window(self) -> tuple[int, int]:
        """Rows and columns of what each value is made of."""
        return self.operation.window

    @property
    def channels(self) -> int:
        """How many maps, or units, it has."""
        return int(self.maps.shape[-1])

    @property
    def has_maps(self) -> bool:
        """Whether what it gives is pictures, not single units."""
        return self.maps.ndim > 1

    def map(self, channel: int) -> Maps:
        """One of its maps, float32 (height, width); (1, 1) of a unit."""
        return self.maps[..., channel] if self.has_maps else self.maps[channel].reshape(1, 1)
