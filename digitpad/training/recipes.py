"""What each network is trained on and for how long, unless one says otherwise."""

from dataclasses import dataclass


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
    """

    epochs: int
    batch_size: int
    mixture: bool
    quantized: bool


RECIPES = {
    "classic": Recipe(epochs=10, batch_size=128, mixture=False, quantized=False),
    "hands": Recipe(epochs=8, batch_size=256, mixture=True, quantized=True),
}
