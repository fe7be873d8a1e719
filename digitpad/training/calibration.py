"""Confidence that means what it says, and where to draw the line for what is no digit."""

from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import network_input
from digitpad.reading import UNSURE_BELOW
from digitpad.training.data.datasets import Examples

TEMPERATURES = np.exp(np.linspace(np.log(0.5), np.log(3), 120))
# Shares of strangers' digits that are accepted, and that are not turned away: see docs/training-notes.md.
ACCEPTED = 0.9875
NOT_TURNED_AWAY = 0.997


@dataclass(frozen=True)
class Lines:
    """From which probability of no digit on a drawing is unsure, and from which on it is turned away."""

    unsure_above: float
    not_a_digit_above: float

    def accepts(self, probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which are called a digit: (n,) of float32 (n, 11)."""
        sure = probabilities[:, :10].max(axis=1) >= UNSURE_BELOW
        return np.asarray(sure & (probabilities[:, 10] <= self.unsure_above))

    def turns_away(self, probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which are called no digit: (n,) of float32 (n, 11)."""
        return np.asarray(probabilities[:, 10] > self.not_a_digit_above)


def calibrate(network: keras.Model, held_out: Examples) -> float:
    """Scale the last layer so that the network is as sure as it is right.

    Temperature scaling: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML, 2017).

    Args:
        network: ends in a dense layer with softmax; changed in place.
        held_out: digits that it was not trained on, by people of whom it learned nothing.

    Returns:
        the temperature, by which the last layer's weights were divided.
    """
    logits = np.log(network.predict(network_input(held_out.glyphs), batch_size=500, verbose=0) + 1e-12)
    temperature = min(TEMPERATURES, key=lambda value: _surprise(logits / value, held_out.labels))
    last = network.layers[-1]
    last.set_weights([weights / temperature for weights in last.get_weights()])
    return float(temperature)


def draw_lines(strangers: NDArray[np.float32]) -> Lines:
    """The lines with which enough of real digits are accepted, and hardly any turned away.

    Args:
        strangers: float32 (n, 11), of digits by people of whom nothing was learned.
    """
    unsure, none = np.quantile(strangers[:, 10], [ACCEPTED, NOT_TURNED_AWAY])
    return Lines(float(unsure), float(none))


def _surprise(logits: NDArray[np.float32], labels: NDArray[np.uint8]) -> float:
    """The mean negative log-likelihood of the labels."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    likelihoods = shifted[np.arange(len(labels)), labels] - np.log(np.exp(shifted).sum(axis=1))
    return -float(likelihoods.mean())
