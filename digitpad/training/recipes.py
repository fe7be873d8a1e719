"""What each network is trained on and for how long, unless one says otherwise."""

from dataclasses import dataclass

from digitpad.errors import RunError


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Attributes:
        epochs: how often every example is seen.
        batch_size: examples a step.
        mixture: whether it learns from the mixture of MNIST, pen strokes, ways of writing and what is no digit,
            distorted anew in every epoch and labelled by one-hot vectors, or from MNIST's pictures as they are with
            plain labels.
        quantized: whether LiteRT keeps its weights as 8-bit integers: a quarter of the size, and with 8-bit
            activations, scaled for each glyph, about four times as fast.
        peak: the largest learning rate of a training in one cycle, see `digitpad.training.fitting.in_one_cycle`; None
            where the network's own optimizer is kept.
    """

    epochs: int
    batch_size: int
    mixture: bool
    quantized: bool
    peak: float | None = None


RECIPES = {
    "classic": Recipe(epochs=10, batch_size=128, mixture=False, quantized=False),
    "hands": Recipe(epochs=8, batch_size=256, mixture=True, quantized=True),
}
# In less than half the time; docs/training-notes.md has the figures.
QUICK = {"classic": Recipe(epochs=4, batch_size=256, mixture=False, quantized=False, peak=5e-3)}

KINDS = {"standard": RECIPES, "quick": QUICK}


def recipe_of(network: str, kind: str) -> Recipe:
    """The recipe for a network.

    Args:
        network: its name.
        kind: one of `KINDS`.

    Raises:
        RunError: there is no such network, or no such recipe for it.
    """
    if network not in RECIPES:
        raise RunError(f"There is no network {network!r}. There are: {', '.join(RECIPES)}.")
    if kind not in KINDS:
        raise RunError(f"There is no recipe {kind!r}. There are: {', '.join(KINDS)}.")
    if network not in KINDS[kind]:
        raise RunError(f"There is no {kind} recipe for {network}. There is one for: {', '.join(KINDS[kind])}.")
    return KINDS[kind][network]
