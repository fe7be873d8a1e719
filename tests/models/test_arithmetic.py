"""The network's arithmetic in NumPy: the same as LiteRT's, and its slopes Keras'."""

import numpy as np
import pytest

from digitpad import ModelError
from digitpad.glyphs.glyph import network_input
from digitpad.models.arithmetic import Network, padding_of, product, rounded
from digitpad.models.layers import Operation
from digitpad.models.model import with_no_digit

NAMES = ("classic", "hands", "own")


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_gives_what_litert_gives_weights_of_8_bits_too(name, pairs, glyphs):
    lens = pairs[name].model.lens()
    for glyph in glyphs:
        inside = lens.look(glyph)
        for number, layer in enumerate(inside.layers):
            before = inside.comes_in(number)[np.newaxis]
            here = lens.network.forward_from(number - 1, before)[0][0]
            # What lies between two of 256 steps may be rounded up here and down there.
            np.testing.assert_allclose(
                here, layer.maps, atol=1e-3 if layer.operation.rounds else 1e-4, err_msg=layer.name
            )


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_network_says_what_litert_says(name, pairs, glyphs):
    lens = pairs[name].model.lens()
    expected = pairs[name].model.at_first_sight(glyphs)
    seen = with_no_digit(lens.network.forward(network_input(glyphs))[-1])
    np.testing.assert_allclose(seen, expected, atol=5e-3 if name == "hands" else 1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_without_rounding_it_is_keras_own(name, pairs, glyphs):
    network = pairs[name].model.lens().network
    smooth = dict(
        zip(
            [each.name for each in network.operations],
            network.forward(network_input(glyphs), rounds=False),
            strict=True,
        )
    )
    for layer, maps in pairs[name].maps(glyphs[7]).items():
        np.testing.assert_allclose(smooth[layer][7], maps, atol=1e-4, err_msg=layer)


def test_from_a_layer_on_it_gives_the_same_as_from_the_glyph(pairs, glyphs):
    network = pairs["hands"].model.lens().network
    whole = network.forward(network_input(glyphs))
    later = network.forward_from(2, whole[2])
    assert len(later) == len(whole) - 3
    np.testing.assert_allclose(later[-1], whole[-1], atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_the_gradient_is_that_of_keras(name, pairs, glyphs):
    import keras
    import tensorflow as tf

    pair = pairs[name]
    network = pair.model.lens().network
    inputs = network_input(glyphs)
    target = np.eye(network.operations[-1].shape[0], dtype=np.float32)[3]
    with tf.GradientTape() as tape:
        watched = tf.constant(inputs)
        tape.watch(watched)
        share = pair.network(watched, training=False)[:, 3]
    expected = np.asarray(tape.gradient(share, watched))[..., 0]
    np.testing.assert_allclose(network.gradient(inputs, target), expected, atol=1e-4)
    logits = keras.Model(pair.network.inputs[0], pair.network.layers[-1].input)
    weights = pair.network.layers[-1].get_weights()
    with tf.GradientTape() as tape:
        watched = tf.constant(inputs)
        tape.watch(watched)
        logit = (logits(watched, training=False) @ weights[0] + weights[1])[:, 3]
    expected = np.asarray(tape.gradient(logit, watched))[..., 0]
    assert expected.any()
    before_softmax = len(network.operations) - 2
    np.testing.assert_allclose(network.gradient(inputs, target, before_softmax), expected, atol=1e-3)


def test_a_sum_by_hand():
    kernel = np.array([[1, 2], [3, 4]], np.float32).reshape(2, 2, 1, 1)
    bias = np.array([-30], np.float32)
    layer = Operation("tiny", "convolution", (2, 1, 1), kernel, bias, "ReLU", (1, 2), "valid", (2, 2))
    dense = Operation("row", "dense", (1,), np.array([[2], [5]], np.float32), None)
    picture = np.array([[1, 2, 9], [4, 5, 9], [0, 7, 9]], np.float32).reshape(1, 3, 3, 1)
    # 1·1 + 2·2 + 3·4 + 4·5 = 37 and 1·4 + 2·5 + 3·0 + 4·7 = 42, less 30; then 2·7 + 5·12.
    maps, answer = Network([layer, dense]).forward(picture)
    assert maps.ravel().tolist() == [7, 12]
    assert answer.tolist() == [[74]]
    slope = Network([layer, dense]).gradient(picture, np.ones(1))[0]
    assert slope.tolist() == [[2, 4, 0], [6 + 5, 8 + 10, 0], [15, 20, 0]]
    assert Network([layer, dense]).forward(picture, {(0, 0)})[-1].tolist() == [[0]]


def test_rounding_keeps_zero_and_moves_nothing_by_more_than_half_a_step():
    rng = np.random.default_rng(1)
    values = rng.normal(size=(5, 300)).astype(np.float32) * np.array([[0], [1], [1], [50], [1e-6]], np.float32)
    values[2] = np.abs(values[2])
    values[:, 7] = 0
    steps = (np.maximum(values.max(axis=1), 0) - np.minimum(values.min(axis=1), 0)) / 255
    near = rounded(values)
    assert not near[:, 7].any()
    assert (np.abs(near - values) <= steps[:, np.newaxis] * 1.01).all()
    assert all(len(np.unique(row)) <= 256 for row in near)


@pytest.mark.parametrize(
    "shape", [(1, 1, 1), (700, 576, 64), (9, 1024, 128), (1, 300_000, 2), (3, 300_000, 1), (0, 5, 7)]
)
def test_a_product_in_pieces_is_the_product(shape):
    high, deep, wide = shape
    rng = np.random.default_rng(1)
    first = rng.normal(size=(high, deep)).astype(np.float32)
    second = rng.normal(size=(deep, wide)).astype(np.float32)
    np.testing.assert_allclose(product(first, second), first @ second, rtol=1e-4, atol=1e-2 if deep > 9999 else 1e-3)


@pytest.mark.parametrize(("side", "stride", "around"), [(28, 2, (1, 2)), (14, 1, (2, 2)), (5, 3, (1, 2))])
def test_padding_is_kept_as_keras_does(side, stride, around):
    layer = Operation("x", "convolution", (), stride=(stride, stride), padding="same", window=(5, 5))
    assert padding_of(layer, side, side) == (around, around)


def test_what_cannot_be_computed_is_said_in_a_sentence():
    odd = Operation("odd", "fancy", (3,), lacks="digitpad can't compute fancy")
    network = Network([Operation("a", "flatten", (3,)), odd, Operation("c", "softmax", (3,))])
    assert network.lacking() == "Layer 2, odd, can't be computed anew: digitpad can't compute fancy."
    assert not network.lacking(after=1)
    with pytest.raises(ModelError, match="Layer 2, odd"):
        network.forward(np.zeros((1, 3), np.float32))
    assert network.forward_from(1, np.zeros((1, 3), np.float32))[0].tolist() == [[pytest.approx(1 / 3)] * 3]
