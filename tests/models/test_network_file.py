"""What a model's file says of its network: others' networks too, with layers that are not known here."""

import contextlib
import io
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from digitpad import SAMPLE, ModelError, Recognizer
from digitpad.glyphs.glyph import network_input
from digitpad.models.inside import Inside
from digitpad.models.quiet import quiet_stderr
from digitpad.training.export import export_litert


def look(path: Path) -> Inside:
    recognizer = Recognizer(path)
    inside = recognizer.look_inside(SAMPLE)
    assert inside.reading == recognizer.read_one(SAMPLE)
    return inside


@pytest.fixture(scope="module")
def unusual(tmp_path_factory, glyphs) -> Inside:
    """Of a network with a branch, and with layers that are none of a digit's textbook."""
    glyph = keras.Input((28, 28, 1))
    x = layers.Conv2D(4, 3, padding="same", name="start")(glyph)
    x = layers.LeakyReLU(name="leak")(x)
    x = layers.Add(name="branch")([x, layers.DepthwiseConv2D(3, padding="same", name="deep")(x)])
    x = layers.Conv2D(6, 3, activation="relu6", strides=2, name="capped")(x)
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    x = layers.Dense(8, activation="relu", name="row")(x)
    network = keras.Model(glyph, layers.Dense(11, activation="softmax", name="answer")(x), name="unusual")
    path = tmp_path_factory.mktemp("unusual") / "unusual.tflite"
    export_litert(network, path, glyphs)
    return look(path)


def test_layers_that_are_not_known_are_shown_by_their_names(unusual):
    assert [(layer.name, layer.kind) for layer in unusual.layers] == [
        ("start", "convolution"),
        ("leak", "leaky ReLU"),
        ("deep", "depthwise convolution"),
        ("branch", "addition"),
        ("capped", "convolution"),
        ("mean", "mean"),
        ("row", "dense"),
        ("answer", "dense"),
        ("softmax", "softmax"),
    ]
    assert unusual.layers[1].maps.shape == (28, 28, 4)
    assert unusual.layers[1].maps.min() < 0 < unusual.layers[1].maps.max()


def test_what_cannot_be_computed_is_told_in_a_sentence_and_the_rest_can_be_tried(unusual):
    assert (
        unusual.notice == "Layer 2, leak, can't be computed anew: digitpad does not know how to compute leaky ReLU."
    )
    with pytest.raises(ModelError, match="Layer 2, leak, can't be computed anew"):
        unusual.without(0, 1)
    with pytest.raises(ModelError, match=r"Layer 5, capped, can't be computed anew: .* ReLU6"):
        unusual.without(3, 1)
    with pytest.raises(ModelError, match="branch does can't be shown in numbers: it is not made of the layer before"):
        unusual.at(3, 1)
    with pytest.raises(ModelError, match="leak does can't be shown in numbers"):
        unusual.listens_to(1, 0)
    assert [unusual.can_switch(layer) for layer in range(9)] == [False] * 4 + [True] * 3 + [False] * 2
    assert unusual.without(4, 1) != unusual.reading
    assert unusual.at(5, 2).value == pytest.approx(unusual.layers[4].map(2).mean(), abs=1e-6)
    assert unusual.evidence(3).logit == pytest.approx(float(unusual.layers[7].maps[3]), abs=1e-5)


@pytest.mark.parametrize("kind", ["float16", "int8"])
def test_networks_with_other_numbers_are_looked_into_too(kind, pairs, glyphs, tmp_path):
    converter = tf.lite.TFLiteConverter.from_keras_model(pairs["own"].network)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if kind == "float16":
        converter.target_spec.supported_types = [tf.float16]
    else:
        converter.representative_dataset = lambda: ([glyph[np.newaxis]] for glyph in network_input(glyphs))
    file = tmp_path / f"{kind}.tflite"
    with contextlib.redirect_stdout(io.StringIO()), quiet_stderr():
        file.write_bytes(converter.convert())
    inside, whole = look(file), look(pairs["own"].model.path)
    assert [layer.kind for layer in inside.layers] == [layer.kind for layer in whole.layers]
    for layer, expected in zip(inside.layers, whole.layers, strict=True):
        most = max(1, np.abs(expected.maps).max())
        np.testing.assert_allclose(layer.maps, expected.maps, atol=(0.01 if kind == "float16" else 0.1) * most)
    np.testing.assert_allclose(inside.without(0, 1).shares, whole.without(0, 1).shares, atol=0.05)


def test_names_are_those_that_keras_gave(tmp_path, glyphs):
    network = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(2, 5, strides=3, name="block_1_2"),
            layers.Flatten(),
            layers.Dense(5, activation="tanh", name="dense_1"),
            layers.Dense(10, activation="softmax", name="dense_2"),
        ],
        name="named",
    )
    export_litert(network, tmp_path / "named.tflite", glyphs)
    names = [layer.name for layer in look(tmp_path / "named.tflite").layers]
    assert [names[0], *names[2:]] == ["block_1_2", "dense_1", "dense_2", "softmax"]
