"""The pictures of a model can be read where the apps show them."""

import keras
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from digitpad.training import networks, plots
from digitpad.training.data.datasets import Examples
from digitpad.training.evaluation import Evaluation
from digitpad.training.recipes import RECIPES

SMALLEST = 11  # screen pixels of a text


@pytest.fixture
def figures(monkeypatch):
    """The figures that are drawn meanwhile."""
    drawn, real = [], Figure.savefig

    def noted(self, *given, **named):
        drawn.append(self)
        return real(self, *given, **named)

    monkeypatch.setattr(Figure, "savefig", noted)
    return drawn


@pytest.fixture(scope="module")
def evaluation():
    """Digits of which one in twenty is read wrong."""
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 10, 600).astype(np.uint8)
    read = np.where(rng.random(600) < 0.05, (labels + 3) % 10, labels)
    probabilities = np.full((600, 11), 0.001, np.float32)
    probabilities[np.arange(600), read] = 0.99
    glyphs = rng.integers(0, 256, (600, 28, 28)).astype(np.uint8)
    return Evaluation(Examples(glyphs, labels), probabilities)


HISTORY = {name: [0.5, 0.7, 0.9] for name in ("loss", "val_loss", "accuracy", "val_accuracy")}
PICTURES = {
    "curves": lambda evaluation, path: plots.save_curves(HISTORY, path),
    "confusion": plots.save_confusion,
    "worst": plots.save_worst,
    "calibration": plots.save_calibration,
} | {
    f"architecture of {name}": lambda _, path, name=name: plots.save_architecture(networks.build(name, 100), path)
    for name in RECIPES
}


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_every_text_is_large_and_dark_enough_where_the_apps_show_the_picture(draw, evaluation, figures, tmp_path):
    draw(evaluation, tmp_path / "picture.png")
    [figure] = figures
    width, height = figure.get_size_inches()
    shown = 700 if width > 1.2 * height else 560  # pixels, as the web's page does it
    texts = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    assert texts
    for text in texts:
        assert text.get_fontsize() / 72 * shown / width >= SMALLEST, text
        assert contrast(text.get_color()) >= 4.5 or text.get_color() == "white", text  # that stands on a dark field


def contrast(colour: str) -> float:
    """To white, after the Web Content Accessibility Guidelines."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 1.05 / (np.dot([0.2126, 0.7152, 0.0722], linear) + 0.05)


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_a_picture_is_small_as_a_file_and_sharp(draw, evaluation, tmp_path):
    draw(evaluation, tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size < 100_000
    with Image.open(tmp_path / "picture.png") as picture:
        assert picture.width >= 1.5 * 700


@pytest.mark.parametrize("name", RECIPES)
def test_the_architecture_names_every_layer_and_counts_every_weight_and_fits_a_window(name, figures, tmp_path):
    network = networks.build(name, 100)
    plots.save_architecture(network, tmp_path / "architecture.png")
    [figure] = figures
    texts = figure.findobj(Text)
    shown = " ".join(text.get_text() for text in texts)
    for layer in network.layers:
        assert isinstance(layer, keras.layers.InputLayer) or type(layer).__name__ in shown
    at_the_right = max(text.get_position()[0] for text in texts)
    column = [text.get_text() for text in texts if text.get_position()[0] == at_the_right]
    assert column[0] == "weights"
    assert sum(int(count.replace(",", "")) for count in column[1:]) == network.count_params()
    width, height = figure.get_size_inches()
    assert height < width  # a higher one would be made small to fit
