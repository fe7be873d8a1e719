"""The networks are what they are said to be."""

import numpy as np
import pytest

from digitpad.training import networks
from digitpad.training.recipes import RECIPES


@pytest.mark.parametrize("name", RECIPES)
def test_every_network_goes_from_glyphs_to_probabilities(name):
    network = networks.build(name, steps=1000)
    assert network.name == name
    probabilities = network.predict(np.random.default_rng(1).random((3, 28, 28, 1), np.float32), verbose=0)
    assert probabilities.shape in ((3, 10), (3, 11))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


def test_classic_is_exactly_the_textbooks():
    network = networks.build("classic", steps=1000)
    assert network.count_params() == 225_034
    assert [type(layer).__name__ for layer in network.layers] == [
        *("Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Dense")
    ]
    assert [layer.output.shape[1:] for layer in network.layers] == [
        *((26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64), (1600,), (128,), (10,))
    ]
    activations = [layer.activation.__name__ for layer in network.layers if hasattr(layer, "activation")]
    assert activations == ["relu", "relu", "relu", "softmax"]
    assert network.loss == "sparse_categorical_crossentropy"
    assert type(network.optimizer).__name__ == "Adam"
    assert float(network.optimizer.learning_rate) == pytest.approx(0.001)
