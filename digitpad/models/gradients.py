"""What speaks for a digit, pixel by pixel, by how the network's answer grows from empty paper to the whole glyph.

Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks" (ICML, 2017): on the straight way from paper to
glyph, the slopes of the answer by each pixel are summed up. What all pixels are given together is what the answer has
grown by: nothing is left over, and nothing is counted twice. The slopes are of the network's smooth function, without
the rounding to 8 bits, which has none. The answer is taken as log odds: a probability that is as good as 1 grows no
more, however much is added.
"""

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import ModelError
from digitpad.glyphs.glyph import network_input
from digitpad.models.arithmetic import Network
from digitpad.models.layers import Maps
from digitpad.models.model import Model
from digitpad.models.network_file import layers_of

SOURCE = "Sundararajan, Taly and Yan, “Axiomatic Attribution for Deep Networks”, 2017"

STEPS = 64  # on the way from paper to glyph; shorter ones where it begins, as most is decided while ink is faint


def integrated_gradients(
    network: Network, glyph: NDArray[np.uint8], digit: int, against: int | None = None
) -> NDArray[np.float32]:
    """How much each pixel's ink adds to the log odds of a digit.

    Args:
        network: its arithmetic, as `network_of` gives it.
        glyph: uint8 (28, 28).
        digit: 0 to 9; 10 for what is no digit.
        against: rather than which other one; None for all else.

    Returns:
        float32 (28, 28), > 0 where ink speaks for it, < 0 where it speaks against it, 0 where there is none; it sums
        to how much larger the log odds of the glyph are than those of paper, but for a few hundredths of that.
    """
    logits = _before_softmax(network)
    # Midpoints in the square root of the share of ink, which come nearer to the integral than ends of steps would.
    roots = (np.arange(STEPS, dtype=np.float32) + np.float32(0.5)) / np.float32(STEPS)
    whole = network_input(glyph[np.newaxis])
    way = np.square(roots)[:, np.newaxis, np.newaxis, np.newaxis] * whole
    slopes = network.gradient(way, _slopes(_logits(network, logits, way), digit, against), logits)
    return np.asarray(np.tensordot(2 * roots / STEPS, slopes, 1) * whole[0, ..., 0], np.float32)


def network_of(model: Model) -> Network:
    """A model's arithmetic, where its gradients can explain it.

    Raises:
        ModelError: a layer can't be computed here, or the last one is no softmax.
    """
    network = Network(layers_of(model.content()))
    lacking = network.lacking()
    if not lacking and (len(network.operations) < 2 or network.operations[-1].kind != "softmax"):
        lacking = "It does not end in a softmax."
    if lacking:
        raise ModelError(f"{model.name} can be explained by occlusion, not by its gradients. {lacking}")
    return network


def log_odds(
    network: Network, glyphs: NDArray[np.uint8], digit: int, against: int | None = None
) -> NDArray[np.float64]:
    """What `integrated_gradients` takes apart: the log odds of a digit in glyphs, uint8 (n, 28, 28): float64 (n,)."""
    logits = _logits(network, _before_softmax(network), network_input(glyphs))
    return np.asarray(logits[:, digit] - _weighed(logits, digit, against)[0], np.float64)


def _before_softmax(network: Network) -> int:
    return len(network.operations) - 2


def _logits(network: Network, layer: int, inputs: Maps) -> Maps:
    return network.forward(inputs, rounds=False)[layer]


def _weighed(logits: Maps, digit: int, against: int | None) -> tuple[Maps, Maps]:
    """What a digit is weighed against in each row: the logarithm of a sum of powers, and each one's share of that."""
    others = logits.copy()
    others[:, digit] = -np.inf
    if against is not None:
        others[:, np.arange(others.shape[1]) != against] = -np.inf
    largest = others.max(axis=1, keepdims=True)
    powers = np.exp(others - largest)
    total = powers.sum(axis=1, keepdims=True)
    return (largest + np.log(total))[:, 0], powers / total


def _slopes(logits: Maps, digit: int, against: int | None) -> Maps:
    """How much the log odds of a digit grow with each logit, (n, outputs)."""
    slopes = -_weighed(logits, digit, against)[1]
    slopes[:, digit] = 1
    return slopes
