"""The pictures that a training run leaves: for people who would rather look than read."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import keras
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from numpy.typing import NDArray

from digitpad.training.evaluation import Evaluation
from digitpad.training.reliability import expected_calibration_error, reliability

BLUE, ORANGE, GREY = "#2563eb", "#ea580c", "#64748b"
WORST_SHOWN = 25  # a square that still leaves each digit large enough to judge


def save_curves(history: Mapping[str, Sequence[float]], path: Path) -> None:
    """Loss and accuracy over the epochs, for training and validation."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    for axes, column, title in ((left, "loss", "Loss"), (right, "accuracy", "Accuracy")):
        epochs = range(1, len(history[column]) + 1)
        axes.plot(epochs, history[column], color=BLUE, marker="o", markersize=4, label="training")
        axes.plot(epochs, history[f"val_{column}"], color=ORANGE, marker="o", markersize=4, label="validation")
        axes.set(title=title, xlabel="epoch")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
        axes.legend()
    right.yaxis.set_major_formatter("{x:.1%}")
    figure.savefig(path, dpi=120)


def save_confusion(evaluation: Evaluation, path: Path) -> None:
    """How often each digit was read as which; the colours show the mistakes, not the many right ones."""
    matrix = evaluation.confusion
    mistakes = matrix.copy()
    for digit in range(10):
        mistakes[digit, digit] = 0
    figure = Figure(figsize=(7, 6.5), layout="constrained")
    axes = figure.subplots()
    axes.imshow(mistakes, cmap="Oranges", vmin=0, vmax=max(10, mistakes.max()))
    dark = mistakes.max() * 0.6
    for row in range(10):
        for column in range(10):
            count = matrix[row, column]
            colour = GREY if row == column else "white" if mistakes[row, column] > max(6, dark) else "black"
            if count:
                axes.text(column, row, str(count), ha="center", va="center", color=colour, fontsize=9)
    axes.set(
        title=f"What was read: {evaluation.accuracy:.2%} of {len(evaluation.examples):,} right",
        xlabel="read as",
        ylabel="really",
        xticks=range(10),
        yticks=range(10),
    )
    figure.savefig(path, dpi=120)


def save_calibration(evaluation: Evaluation, path: Path) -> None:
    """How often readings of each confidence are right, of digits that were held out."""
    confidences = evaluation.probabilities[:, :10].max(axis=1).astype(np.float64)
    right = evaluation.read == evaluation.examples.labels
    error = expected_calibration_error(confidences, right)
    save_reliability(reliability(confidences, right), error, path)


def save_reliability(bins: Sequence[tuple[float, float, int]], error: float, path: Path) -> None:
    """How often readings of each confidence are right: on the diagonal, confidence means what it says.

    Args:
        bins: as `reliability` gives them.
        error: the expected calibration error, 0 to 1.
        path: the PNG file to write.
    """
    confidences, accuracies, counts = zip(*bins, strict=True)
    figure = Figure(figsize=(6, 6.5), layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
    upper.plot([0, 1], [0, 1], color=GREY, linestyle="--", label="as sure as right")
    upper.plot(confidences, accuracies, color=BLUE, marker="o", label="readings")
    upper.set(title=f"Expected calibration error {error:.2%}", ylabel="share read right", ylim=(0, 1.03))
    upper.legend(loc="lower right")
    upper.grid(alpha=0.3)
    lower.bar(confidences, counts, width=0.04, color=BLUE)
    lower.set(xlabel="confidence", ylabel="readings", yscale="log", xlim=(0, 1.03))
    figure.savefig(path, dpi=120)


def save_strip(pictures: Sequence[NDArray[np.generic]], path: Path) -> None:
    """A few pictures side by side, each made to fit a square; what is transparent is shown on a light grey."""
    figure = Figure(figsize=(len(pictures) * 0.6, 0.6), facecolor="none")
    for number, picture in enumerate(pictures):
        axes = figure.add_axes((number / len(pictures), 0.02, 0.94 / len(pictures), 0.96), facecolor="#e2e8f0")
        axes.imshow(picture, cmap="gray", interpolation="antialiased")
        axes.set(xticks=[], yticks=[])
        axes.spines[:].set_color(GREY)
    figure.savefig(path, dpi=100)


def save_worst(evaluation: Evaluation, path: Path) -> None:
    """The misread digits that the model was surest of, each with what it is and what was read."""
    worst = evaluation.worst(WORST_SHOWN)
    figure = Figure(figsize=(7.5, 8.5), layout="constrained")
    figure.suptitle("The surest mistakes" if len(worst) else "No mistakes")
    for axes in figure.subplots(5, 5).flat:
        axes.axis("off")
    for axes, index in zip(figure.axes, worst, strict=False):
        axes.imshow(255 - evaluation.examples.glyphs[index], cmap="gray", vmin=0, vmax=255)
        read, truth = evaluation.read[index], evaluation.examples.labels[index]
        sureness = evaluation.probabilities[index, read]
        axes.set_title(f"{truth}, read as {read}\n{sureness:.0%} sure", fontsize=9)
    figure.savefig(path, dpi=120)


def save_architecture(network: keras.Model, path: Path) -> None:
    """The layers from glyph to probabilities, each with the shape that it gives and its number of weights."""
    rows = [("glyph", "Input", network.input_shape[1:], 0)]
    rows += [
        (layer.name, type(layer).__name__, layer.output.shape[1:], layer.count_params())
        for layer in network.layers
        if not isinstance(layer, keras.layers.InputLayer)
    ]
    figure = Figure(figsize=(7, 0.6 * len(rows) + 1), layout="constrained")
    axes = figure.subplots()
    axes.set(xlim=(0, 10), ylim=(-len(rows) + 0.4, 0.6))
    axes.axis("off")
    axes.set_title(f"{network.name}: {network.count_params():,} weights")
    for row, (name, kind, shape, weights) in enumerate(rows):
        face = "#dbeafe" if weights else "#f1f5f9"
        axes.add_patch(
            FancyBboxPatch((0.3, -row - 0.28), 9.4, 0.56, boxstyle="round,pad=0.05", fc=face, ec=GREY, lw=0.8)
        )
        axes.text(0.5, -row, name, va="center", weight="bold")
        axes.text(3.4, -row, kind, va="center", color=GREY)
        axes.text(7.4, -row, " × ".join(map(str, shape)), va="center", ha="right", family="monospace")
        axes.text(
            9.5,
            -row,
            f"{weights:,} weights" if weights else "no weights",
            va="center",
            ha="right",
            color=GREY,
        )
        if row:
            arrow = {"arrowstyle": "-|>", "color": GREY}
            axes.annotate("", (5, -row + 0.33), (5, -row + 0.67), arrowprops=arrow)
    figure.savefig(path, dpi=100)
