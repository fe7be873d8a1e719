"""The networks: one file each, named as the network is, with the whole of it in a function `build`.

A network takes float32 (n, 28, 28, 1) in 0 to 1, ink 1 on 0, and gives float32 (n, 10), each row summing to 1.
It comes compiled: how a network is trained is as much a part of it as its layers.
"""

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


def names() -> list[str]:
    """The networks there are, by name; TensorFlow is not needed to ask."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def build(name: str) -> "keras.Model":
    """The network of that name, compiled and with fresh random weights."""
    network: keras.Model = importlib.import_module(f"{__name__}.{name}").build()
    return network
