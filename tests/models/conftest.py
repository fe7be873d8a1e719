"""Networks to look into: the shipped ones as Keras has them, and a small one of many kinds of layers."""

from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import pytest
from conftest import draw
from keras import layers

from digitpad import Recognizer
from digitpad.glyphs.glyph import network_input
from digitpad.models.catalogue import SHIPPED
from digitpad.models.model import Model
from digitpad.training import networks
from digitpad.training.export import export_litert


@dataclass(frozen=True)
class Pair:
    """A model, and the same network in Keras; the outputs of its layers by the names that digitpad gives them."""

    model: Model
    network: keras.Model
    outputs: dict[str, keras.KerasTensor]

    def maps(self, glyph: np.ndarray) -> dict[str, np.ndarray]:
        """What Keras says that each layer makes of a glyph."""
        found = keras.Model(self.network.inputs[0], self.outputs)(network_input(glyph[np.newaxis]))
        return {name: np.asarray(value)[0] for name, value in found.items()}


@pytest.fixture(scope="session")
def glyphs() -> np.ndarray:
    """All ten digits, as the network sees them, and nothing: uint8 (11, 28, 28)."""
    seen = [Recognizer().read_one(draw(digit)).glyph for digit in range(10)]
    return np.stack([*seen, np.zeros_like(seen[0])])


@pytest.fixture(scope="session")
def pairs(tmp_path_factory, glyphs) -> dict[str, Pair]:
    """`classic` and `hands` as they ship, built anew in Keras with their weights; and one that was just trained."""
    return {name: _shipped(name) for name in ("classic", "hands")} | {
        "own": _own(tmp_path_factory.mktemp("own"), glyphs)
    }


def _shipped(name: str) -> Pair:
    model = Model(SHIPPED / name)
    network = networks.build(name, steps=100)
    inside = {each.name: each for each in model.lens().network.operations}
    for layer in network.layers:
        if isinstance(layer, layers.BatchNormalization):  # it is part of the convolution's weights
            bias = inside[layer.name.replace("normalization", "convolution")].bias
            layer.set_weights([np.ones_like(bias), bias, np.zeros_like(bias), np.full_like(bias, 1 - layer.epsilon)])
        elif layer.weights:
            found = inside[layer.name]
            layer.set_weights([found.kernels, found.bias] if layer.use_bias else [found.kernels])
    return Pair(model, network, _outputs(network))


def _own(folder: Path, glyphs: np.ndarray) -> Pair:
    keras.utils.set_random_seed(1)
    glyph = keras.Input((28, 28, 1), name="glyph")
    x = layers.Conv2D(4, 5, strides=2, padding="same", use_bias=False, name="edges")(glyph)
    x = layers.BatchNormalization(name="normalization")(x)
    x = layers.ReLU(name="relu")(x)
    x = layers.AveragePooling2D(2, padding="same", strides=1, name="mean_pool")(x)
    x = layers.Conv2D(6, 3, activation="tanh", padding="same", name="bows")(x)
    x = layers.MaxPooling2D(3, 2, padding="same", name="max_pool")(x)
    x = layers.BatchNormalization(name="evened")(x)  # no convolution that it could be a part of
    x = layers.Flatten(name="row")(x)
    x = layers.Dropout(0.1, name="dropout")(x)
    x = layers.Dense(12, activation="sigmoid", name="hidden")(x)
    network = keras.Model(glyph, layers.Dense(10, activation="softmax", name="answer")(x), name="own")
    network.compile("adam", "sparse_categorical_crossentropy")
    network.fit(network_input(glyphs[:10]), np.arange(10), epochs=5, verbose=0)
    export_litert(network, folder / "own.tflite", glyphs)
    return Pair(Model(folder / "own.tflite"), network, _outputs(network))


def _outputs(network: keras.Model) -> dict[str, keras.KerasTensor]:
    """What a layer gives: of one with a normalization and a ReLU after it, what comes out of those."""
    found: dict[str, keras.KerasTensor] = {}
    last = ""
    for layer in network.layers:
        if isinstance(layer, layers.ReLU) or layer.name.startswith("normalization"):
            found[last] = layer.output
        elif not isinstance(layer, layers.InputLayer | layers.Dropout):
            last = layer.name
            found[last] = layer.output
    found["softmax"] = found.pop(last)  # of the last layer digitpad shows the logits too
    return found
