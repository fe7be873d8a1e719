"""Layers, maps and values in words and formulas."""

import re

import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer
from digitpad.models.catalogue import SHIPPED
from digitpad.models.model import Model
from digitpad.models.sums import Sum
from digitpad.pad import formulas


@pytest.fixture(scope="module")
def insides():
    seven = Recognizer("classic").read_one(draw(7)).glyph
    return {name: Model(SHIPPED / name).lens().look(seven) for name in ("classic", "hands")}


def test_headings_say_what_a_layer_is(insides):
    assert [formulas.layer_heading(layer) for layer in insides["classic"].layers] == [
        "strokes · convolution 3 × 3, ReLU · 32 maps of 26 × 26",
        "pool_1 · max pooling 2 × 2 · 32 maps of 13 × 13",
        "shapes · convolution 3 × 3, ReLU · 64 maps of 11 × 11",
        "pool_2 · max pooling 2 × 2 · 64 maps of 5 × 5",
        "flatten · 1600 units",
        "features · dense, ReLU · 128 units",
        "probabilities · dense · 10 units",
        "softmax · 10 units",
    ]
    assert formulas.layer_heading(insides["hands"].layers[1]) == (
        "convolution_2 · convolution 4 × 4, stride 2, ReLU · 32 maps of 12 × 12"
    )


def test_a_formula_by_hand():
    patch = np.array([[0.5, 1], [0, 0.25]], np.float32).reshape(2, 2, 1)
    kernel = np.array([[2, -1.5], [3, 4]], np.float32).reshape(2, 2, 1)
    # 0.5 × 2 − 1 × 1.5 + 0 × 3 + 0.25 × 4 − 0.7 = −0.2
    found = Sum("convolution", patch, kernel, patch * kernel, -0.7, -0.2, "ReLU", 0.0)
    assert formulas.formula(found).splitlines() == [
        "0.500 × 2.000 + 1.000 × −1.500 + 0.000 × 3.000 + 0.250 × 4.000 − 0.700 (bias) = −0.200",
        "ReLU: the larger of 0 and −0.200 = 0.000",
    ]
    edge = Sum("max pooling", np.array([[np.nan, 0.25], [np.nan, 1]], np.float32), None, None, 0, 1, "", 1.0)
    assert formulas.formula(edge) == "the largest of 0.250, 1.000 = 1.000"
    mean = Sum("average pooling", np.array([[0, 0.5]], np.float32), None, None, 0, 0.25, "", 0.25)
    assert formulas.formula(mean) == "the mean of 0.000, 0.500 = 0.250"
    soft = Sum("softmax", np.array([0, 1], np.float32), None, None, 0, 1, "softmax", 0.731)
    assert formulas.formula(soft) == "e^1.000 / (e^0.000 + e^1.000) = 0.731"


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_the_numbers_that_a_formula_shows_give_its_sum(name, insides):
    inside = insides[name]
    for number, layer in enumerate(inside.layers):
        if layer.kernels is None:
            continue
        for channel in range(0, layer.channels, 5):
            row, column = formulas.strongest_place(layer, channel)
            first = formulas.formula(inside.at(number, channel, row, column)).splitlines()[0]
            left, right = (
                re.sub(r"\([^)]*\)", "", first).replace("−", "-").replace("×", "*").replace("- ", "-").split("=")
            )
            tolerance = 0.006 if "*" in left else 0.0006  # of nine products, each of rounded numbers
            assert eval(left) == pytest.approx(float(right), abs=tolerance)
            value = formulas.formula(inside.at(number, channel, row, column)).splitlines()[-1].split("= ")[-1]
            assert value == formulas.number(float(layer.map(channel)[row, column]))


def test_those_who_cannot_see_a_layer_hear_what_is_strong_and_what_is_dark(insides):
    inside = insides["classic"]
    said = formulas.words_of(inside.layers[0])
    assert said.startswith("strokes: convolution 3 × 3, ReLU, 32 maps of 26 × 26. Strongest: maps ")
    strongest = int(re.search(r"maps (\d+)", said)[1]) - 1
    assert inside.layers[0].map(strongest).max() == inside.layers[0].maps.max()
    assert formulas.words_of(inside.layers[-1]).startswith("softmax: 10 units. Strongest: Digit 7: ")
    assert "No digit: " in formulas.words_of(insides["hands"].layers[-2])
    empty = Model(SHIPPED / "classic").lens().look(inside.glyph, {(0, channel) for channel in range(32)})
    assert formulas.words_of(empty.layers[0]).endswith("All are dark.")


def test_those_who_cannot_see_a_map_hear_where_it_is_strong(insides):
    layer = insides["classic"].layers[0]
    maps = layer.maps.copy()
    maps[:, :, 5] = 0
    maps[3, 22, 5] = 0.6
    made = type(layer)(layer.operation, maps, layer.scale)
    said = formulas.words_of_map(made, 5)
    assert said == "Map 6 of 32: up to 0.600, strongest in the upper right; 100 % of it is dark."
    maps[3, 22, 5], maps[13, 13, 5] = 0, 0.6
    assert "strongest in the middle" in formulas.words_of_map(made, 5)
    maps[13, 13, 5] = 0
    assert formulas.words_of_map(made, 5) == "Map 6 of 32 is dark: it found nothing of what it looks for."
    assert formulas.words_of_map(made, 5, is_off=True) == "Map 6 of 32 is switched off."
    assert re.fullmatch(r"Unit 1 of 128: \d+\.\d{3}\.", formulas.words_of_map(insides["classic"].layers[5], 0))


@pytest.mark.parametrize(("value", "said"), [(0.12345, "0.123"), (-1.5, "−1.500"), (-0.0001, "0.000"), (0, "0.000")])
def test_numbers_have_three_digits_and_a_true_minus(value, said):
    assert formulas.number(value) == said
