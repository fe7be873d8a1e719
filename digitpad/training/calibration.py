"""Confidence that means what it says, and where to draw the line for what is no digit."""

import keras
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import network_input
from digitpad.training.data.datasets import Examples

TEMPERATURES = np.exp(np.linspace(np.log(0.5), np.log(3), 120))
# Share of held-out writers' digits that must not be turned away. A stricter line turns plain digits away, with a
# laxer one more than one letter in twenty passes: see docs/training-notes.md.
ACCEPTED = 0.992


def calibrate(network: keras.Model, held_out: Examples) -> float:
    """Scale the last layer so that the network is as sure as it is right.

    Temperature scaling: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML, 2017).

    Args:
        network: ends in a dense layer with softmax; changed in place.
        held_out: examples that it was not trained on.

    Returns:
        the temperature, by which the last layer's weights were divided.
    """
    logits = np.log(network.predict(network_input(held_out.glyphs), batch_size=500, verbose=0) + 1e-12)
    temperature = min(TEMPERATURES, key=lambda value: _surprise(logits / value, held_out.labels))
    last = network.layers[-1]
    last.set_weights([weights / temperature for weights in last.get_weights()])
    return float(temperature)


def not_a_digit_above(probabilities: NDArray[np.float32]) -> float:
    """The probability of no digit above which to turn a drawing away, so that enough of real digits are accepted.

    Args:
        probabilities: float32 (n, 11), of digits by held-out writers.
    """
    return float(np.quantile(probabilities[:, 10], ACCEPTED))


def _surprise(logits: NDArray[np.float32], labels: NDArray[np.uint8]) -> float:
    """The mean negative log-likelihood of the labels."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    likelihoods = shifted[np.arange(len(labels)), labels] - np.log(np.exp(shifted).sum(axis=1))
    return -float(likelihoods.mean())
