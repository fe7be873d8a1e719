"""The networks: one file each, named as the network is, with the whole of it in a function `build`.

A network takes float32 (n, 28, 28, 1) in 0 to 1, ink 1 on 0, and gives float32 (n, 10), the probabilities of the
digits, or (n, 11), where the last is that it is no digit; each row sums to 1. It comes compiled: how a network is
trained is as much a part of it as its layers.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


def build(name: str, steps: int) -> "keras.Model":
    """The network of that name, compiled to be trained for that many steps, with fresh random weights."""
    network: keras.Model = importlib.import_module(f"{__name__}.{name}").build(steps)
    return network
