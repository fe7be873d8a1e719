"""The digits that a network finds most alike to a glyph, of a few hundred that ship: what it thinks of.

Alike is what lies near in what comes into the last layer, the embedding, in which a network that has learned to tell
digits apart has those of a kind together (Koch, Zemel and Salakhutdinov, "Siamese Neural Networks for One-shot Image
Recognition", 2015, compare so; Papernot and McDaniel, "Deep k-Nearest Neighbors", 2018, explain so).
"""

import threading
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import ModelError
from digitpad.glyphs.glyph import network_input
from digitpad.models.arithmetic import Network
from digitpad.models.layers import Maps
from digitpad.models.model import Model
from digitpad.models.network_file import layers_of

# Chosen by `scripts/neighbours.py`; whose they are, and the licences, are told beside them.
EXAMPLES = Path(__file__).parent / "shipped" / "neighbours" / "examples.npz"


class Neighbour(NamedTuple):
    """A digit that somebody wrote, and how alike a network finds it to a glyph.

    Attributes:
        glyph: uint8 (28, 28), ink 255 on 0.
        label: what it is, 0 to 9.
        source: where it is from, for people to read.
        likeness: the cosine of the angle between the two embeddings, -1 to 1.
    """

    glyph: NDArray[np.uint8]
    label: int
    source: str
    likeness: float


class _Known(NamedTuple):
    """The digits that ship, as a network has them."""

    glyphs: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    sources: NDArray[np.str_]
    network: Network
    last: int
    embeddings: Maps


_known: WeakKeyDictionary[Model, _Known] = WeakKeyDictionary()
_turn = threading.Lock()


def neighbours(model: Model, glyph: NDArray[np.uint8], count: int = 6) -> list[Neighbour]:
    """The digits that a network finds most alike to a glyph, the most alike first; none for empty paper.

    Args:
        model: whose network is asked; at the first time for a model it takes a tenth of a second.
        glyph: uint8 (28, 28), ink 255 on 0.
        count: how many.

    Raises:
        ModelError: a layer of the network can't be computed here, or none has an embedding.
    """
    if not glyph.any():
        return []
    with _turn:
        known = _known.get(model)
        if known is None:
            known = _known[model] = _looked_at(model)
    [own] = _embedded(known.network, known.last, glyph[np.newaxis])
    likeness = known.embeddings @ own
    return [
        Neighbour(known.glyphs[place], int(known.labels[place]), str(known.sources[place]), float(likeness[place]))
        for place in np.argsort(-likeness, kind="stable")[:count]
    ]


def _looked_at(model: Model) -> _Known:
    network = Network(layers_of(model.content()))
    dense = [number for number, each in enumerate(network.operations) if each.kind == "dense" and number]
    lacking = network.lacking() or ("" if dense else "It has no dense layer.")
    if lacking:
        raise ModelError(f"{model.name} can't be asked what it thinks of. {lacking}")
    with np.load(EXAMPLES) as file:
        glyphs, labels, sources = file["glyphs"], file["labels"], file["sources"]
    return _Known(glyphs, labels, sources, network, dense[-1], _embedded(network, dense[-1], glyphs))


def _embedded(network: Network, last: int, glyphs: NDArray[np.uint8]) -> Maps:
    """What comes into the last dense layer, each of length 1: float32 (n, units)."""
    found = network.forward(network_input(glyphs), rounds=False)[last - 1].reshape(len(glyphs), -1)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)
