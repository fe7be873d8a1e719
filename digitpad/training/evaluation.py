"""How well a model reads: accuracy, the confusion matrix and the worst mistakes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.models.model import Model
from digitpad.training.data.datasets import Examples

BATCH = 500  # glyphs a step: enough to keep LiteRT busy, little enough to stay in memory


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a model said of examples whose labels are known.

    Attributes:
        examples: what was read.
        probabilities: float32 (n, 11), what the model gave.
    """

    examples: Examples
    probabilities: NDArray[np.float32]

    @property
    def read(self) -> NDArray[np.intp]:
        """The digit read in each glyph, (n,)."""
        digits: NDArray[np.intp] = self.probabilities[:, :10].argmax(axis=1)
        return digits

    @property
    def accuracy(self) -> float:
        """The share of glyphs read right, 0 to 1."""
        return float((self.read == self.examples.labels).mean())

    @property
    def confusion(self) -> NDArray[np.int64]:
        """(10, 10): how many glyphs of digit `row` were read as digit `column`."""
        matrix = np.zeros((10, 10), np.int64)
        np.add.at(matrix, (self.examples.labels, self.read), 1)
        return matrix

    @property
    def accuracy_per_digit(self) -> list[float | None]:
        """For each digit the share of its glyphs read right; None for a digit without examples."""
        matrix = self.confusion
        return [float(matrix[d, d] / matrix[d].sum()) if matrix[d].any() else None for d in range(10)]

    def worst(self, count: int) -> NDArray[np.intp]:
        """Where the misread glyphs are that the model was surest of, the surest first; `count` at most."""
        wrong = np.flatnonzero(self.read != self.examples.labels)
        sureness = self.probabilities[wrong, :10].max(axis=1)
        return wrong[np.argsort(-sureness, kind="stable")][:count]


def evaluate(model: Model, examples: Examples) -> Evaluation:
    """Let a model read every example, the way the apps do: through LiteRT."""
    parts = [model.probabilities(examples.glyphs[start : start + BATCH]) for start in range(0, len(examples), BATCH)]
    return Evaluation(examples, np.concatenate(parts))
