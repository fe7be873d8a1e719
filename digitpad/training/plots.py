"""The pictures that a training run leaves: for people who would rather look than read."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib import rcParams
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from numpy.typing import NDArray
from PIL import Image

from digitpad.files import write_whole
from digitpad.training.evaluation import Evaluation
from digitpad.training.reliability import Pool, expected_calibration_error, reliability

if TYPE_CHECKING:  # a comparison draws too, and does without TensorFlow
    import keras

BLUE, ORANGE, GREY, DARK = "#2563eb", "#ea580c", "#64748b", "#1e293b"
WORST_SHOWN = 25  # a square that still leaves each digit large enough to judge
# The apps show a picture about 700 pixels wide, or 560 where it is not much wider than high. So that the smallest
# text has 11 of them, and that it is sharp where a screen has two pixels for one:
WIDTH = 7  # inches
FONT = 10.5  # points, the smallest
DOTS = 160  # an inch
ROW = 0.42  # inches: of a step in the picture of the architecture
rcParams.update({"font.size": FONT, "axes.titlesize": FONT + 1.5, "legend.fontsize": FONT})


def save_curves(history: Mapping[str, Sequence[float]], path: Path) -> None:
    """Loss and accuracy over the epochs, for training and validation."""
    figure = Figure(figsize=(WIDTH, 3.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    for axes, column, title in ((left, "loss", "Loss"), (right, "accuracy", "Accuracy")):
        epochs = range(1, len(history[column]) + 1)
        axes.plot(epochs, history[column], color=BLUE, marker="o", markersize=3, label="training")
        axes.plot(epochs, history[f"val_{column}"], color=ORANGE, marker="o", markersize=3, label="validation")
        axes.set(title=title, xlabel="epoch")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
        axes.legend()
    right.yaxis.set_major_formatter("{x:.1%}")
    _save(figure, path)


def save_confusion(evaluation: Evaluation, path: Path) -> None:
    """How often each digit was read as which; the colours show the mistakes, not the many right ones."""
    matrix = evaluation.confusion
    mistakes = matrix.copy()
    for digit in range(10):
        mistakes[digit, digit] = 0
    figure = Figure(figsize=(WIDTH, 6.5), layout="constrained")
    axes = figure.subplots()
    axes.imshow(mistakes, cmap="Oranges", vmin=0, vmax=max(10, mistakes.max()))
    dark = mistakes.max() * 0.6
    for row in range(10):
        for column in range(10):
            count = matrix[row, column]
            colour = DARK if row == column else "white" if mistakes[row, column] > max(6, dark) else "black"
            if count:
                axes.text(column, row, str(count), ha="center", va="center", color=colour)
    axes.set(
        title=f"What was read: {evaluation.accuracy:.2%} of {len(evaluation.examples):,} right",
        xlabel="read as",
        ylabel="really",
        xticks=range(10),
        yticks=range(10),
    )
    _save(figure, path)


def save_calibration(evaluation: Evaluation, path: Path) -> None:
    """How often readings of each confidence are right, of digits that were held out."""
    confidences = evaluation.probabilities[:, :10].max(axis=1).astype(np.float64)
    right = evaluation.read == evaluation.examples.labels
    error = expected_calibration_error(confidences, right)
    save_reliability(reliability(confidences, right), error, path)


def save_reliability(pools: Sequence[Pool], error: float, path: Path) -> None:
    """How often readings of each confidence are right: on the diagonal, confidence means what it says.

    Args:
        pools: as `reliability` gives them.
        error: the expected calibration error, 0 to 1.
        path: the PNG file to write.
    """
    figure = Figure(figsize=(WIDTH, 7), layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
    upper.plot([0, 1], [0, 1], color=GREY, linestyle="--", label="as sure as right")
    lows, highs, confidences, shares, share_lows, share_highs, counts = map(np.array, zip(*pools, strict=True))
    upper.errorbar(
        confidences,
        shares,
        yerr=[shares - share_lows, share_highs - shares],
        xerr=[confidences - lows, highs - confidences],
        color=BLUE,
        marker="o",
        linestyle="none",
        capsize=4,
        elinewidth=1.2,
        label="readings, with the 95% interval of their share",
    )
    upper.set(title=f"Expected calibration error {error:.2%}", ylabel="share read right", ylim=(0, 1.03))
    upper.legend(loc="lower right")
    upper.grid(alpha=0.3)
    bars = lower.bar(lows, counts, width=highs - lows, align="edge", color=BLUE, edgecolor="white")
    lower.bar_label(bars, [f"{count:,}" for count in counts], padding=2, color=DARK)
    lower.set(xlabel="confidence", ylabel="readings", yscale="log", xlim=(0, 1.03), ylim=(1, 8 * max(counts)))
    _save(figure, path)


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
    figure = Figure(figsize=(WIDTH, 8.4), layout="constrained")
    figure.suptitle("The surest mistakes" if len(worst) else "No mistakes")
    for axes in figure.subplots(5, 5).flat:
        axes.axis("off")
    for axes, index in zip(figure.axes, worst, strict=False):
        axes.imshow(255 - evaluation.examples.glyphs[index], cmap="gray", vmin=0, vmax=255)
        read, truth = evaluation.read[index], evaluation.examples.labels[index]
        sureness = evaluation.probabilities[index, read]
        axes.set_title(
            f"{truth}, read as {read}\n{'> 99.9%' if sureness > 0.999 else f'{sureness:.1%}'} sure", fontsize=FONT
        )
    _save(figure, path)


def save_architecture(network: "keras.Model", path: Path) -> None:
    """The steps from glyph to probabilities: the layers of each, the shape that it gives, its number of weights."""
    rows = [("step", "layers", "gives", "weights"), ("glyph", "", _shape(network.input_shape), "0")]
    rows += [
        (
            group[0].name.replace("_", " "),
            ", ".join(type(layer).__name__ for layer in group),
            _shape(group[-1].output.shape),
            f"{sum(layer.count_params() for layer in group):,}",
        )
        for group in _steps(network)
    ]
    figure = Figure(figsize=(WIDTH, ROW * (len(rows) + 1)))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(len(rows) - 0.4, -1.4))
    axes.axis("off")
    title = f"{network.name}: {network.count_params():,} weights"
    axes.text(WIDTH / 2, -0.9, title, ha="center", va="center", color=DARK, size=FONT + 1.5)
    for place, (name, layers, shape, weights) in enumerate(rows):
        if place:
            face = "#dbeafe" if weights != "0" else "#f1f5f9"
            box = FancyBboxPatch((0.15, place - 0.3), WIDTH - 0.3, 0.6, boxstyle="round,pad=0.03", fc=face, ec=GREY)
            axes.add_patch(box)
        style = "normal" if place else "italic"
        for x, text, side in ((1.7, layers, "left"), (5.6, shape, "right"), (WIDTH - 0.3, weights, "right")):
            axes.text(x, place, text, ha=side, va="center", color=DARK, style=style)
        axes.text(0.3, place, name, va="center", color=DARK, style=style, weight="bold" if place else "normal")
    _save(figure, path)


def _shape(shape: Sequence[int | None]) -> str:
    """A shape without its first side, which is the number of glyphs."""
    return " × ".join(map(str, shape[1:]))


def _steps(network: "keras.Model") -> list[list["keras.Layer"]]:
    """The layers of a network, those that belong together put together."""
    from keras import layers

    # What follows a convolution makes no other shape of it.
    following = (layers.BatchNormalization, layers.ReLU, layers.Activation)
    steps: list[list[keras.Layer]] = []
    for layer in network.layers:
        if steps and isinstance(layer, following):
            steps[-1].append(layer)
        elif not isinstance(layer, layers.InputLayer):
            steps.append([layer])
    return steps


def _save(figure: Figure, path: Path) -> None:
    """Write a figure with 256 colours, which nobody tells from more: a third of the size, and models are shipped."""
    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=DOTS)
    with Image.open(drawn) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    content = io.BytesIO()
    small.save(content, "PNG", optimize=True)
    write_whole(path, content.getvalue())
