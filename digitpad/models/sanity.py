"""Whether a map of why can be believed: three ways in which it could lie, each tried.

A map that stays the same when the network's weights are shuffled does not tell of the network but of the glyph
(Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS, 2018). What it marks must count: taken out, the answer
falls faster than where ink is taken out at random (Petsiuk, Das and Saenko, "RISE", BMVC, 2018). And integrated
gradients must give away all that the answer has grown by, and no more (Sundararajan, Taly and Yan, 2017).
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import network_input
from digitpad.models.arithmetic import Network
from digitpad.models.gradients import integrated_gradients, log_odds, network_of
from digitpad.models.model import Model, with_no_digit
from digitpad.models.occlusion import occlusion
from digitpad.models.why import OCCLUSION, Explanation

SHARES = np.arange(1, 20) / 20  # of the ink, how much is taken out
TRIES = 10  # orders at random, whose mean is compared with


def shuffled(model: Model, why: Explanation, seed: int = 0) -> Explanation:
    """The same explanation by a network whose weights were shuffled within each layer: it knows nothing any more.

    Args:
        model: whose weights they were.
        why: what is explained, and how.
        seed: of the shuffling.

    Returns:
        the explanation with another map; its reading and its strongest part are still those of the true network.

    Raises:
        ModelError: a layer of the network can't be computed here.
    """
    if why.digit is None:
        return why
    network = _shuffled(network_of(model), np.random.default_rng(seed))
    glyph = why.reading.glyph
    if why.method == OCCLUSION:

        def ask(glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
            return with_no_digit(network.forward(network_input(glyphs), rounds=False)[-1])

        found = occlusion(ask, glyph, why.digit, why.against)
    else:
        found = integrated_gradients(network, glyph, why.digit, why.against)
    return replace(why, map=found)


def alike(one: Explanation, other: Explanation) -> float:
    """How alike two maps of one glyph are where it has ink: Pearson's correlation, -1 to 1; 0 of an even one."""
    ink = one.reading.glyph > 0
    if not ink.any() or np.ptp(one.map[ink]) == 0 or np.ptp(other.map[ink]) == 0:
        return 0.0
    return float(np.corrcoef(one.map[ink], other.map[ink])[0, 1])


def deletion(model: Model, why: Explanation, seed: int = 0) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How probable the digit stays while its ink is taken out, pixel by pixel: first what the map marks most, or any.

    Args:
        model: who is asked, at first sight.
        why: the map, of some ink.
        seed: of the random orders.

    Returns:
        two float32 (19,): the probability with 5 to 95 % of the ink gone, by the map and in random orders' mean.
    """
    glyph, rng = why.reading.glyph.ravel(), np.random.default_rng(seed)
    ink = np.flatnonzero(glyph)
    orders = [ink[np.argsort(-why.map.ravel()[ink], kind="stable")], *(rng.permutation(ink) for _ in range(TRIES))]
    left = np.repeat(glyph[np.newaxis], len(orders) * len(SHARES), axis=0)
    for number, order in enumerate(orders):
        gone = np.cumsum(glyph[order], dtype=np.float64) / glyph.sum(dtype=np.float64)
        for place, count in enumerate(np.searchsorted(gone, SHARES) + 1):
            left[number * len(SHARES) + place, order[:count]] = 0
    said = model.at_first_sight(left.reshape(-1, *why.reading.glyph.shape))[:, why.digit]
    by_map, *at_random = said.reshape(len(orders), -1)
    return by_map, np.mean(at_random, axis=0, dtype=np.float32)


def completeness(model: Model, why: Explanation) -> tuple[float, float]:
    """What integrated gradients give to all pixels together, and what the log odds have grown by from paper to glyph.

    Raises:
        ValueError: the explanation is by another method, or of nothing.
    """
    if why.method == OCCLUSION or why.digit is None:
        raise ValueError("Only what integrated gradients give to the pixels of a digit sums to how the answer grows.")
    glyph = why.reading.glyph
    whole, paper = log_odds(network_of(model), np.stack([glyph, np.zeros_like(glyph)]), why.digit, why.against)
    return float(why.map.sum()), float(whole - paper)


def _shuffled(network: Network, rng: np.random.Generator) -> Network:
    return Network(
        [
            each
            if each.kernels is None
            else replace(
                each,
                kernels=rng.permutation(each.kernels.ravel()).reshape(each.kernels.shape),
                bias=None if each.bias is None else rng.permutation(each.bias),
            )
            for each in network.operations
        ]
    )
