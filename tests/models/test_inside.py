"""Looking inside: every layer's maps, the sums behind them, and what the answer would be without them."""

import subprocess
import sys

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert.schema_py_generated import ModelT
from conftest import draw

from digitpad import SAMPLE, ModelError, PictureError, Recognizer, Verdict
from digitpad.glyphs.glyph import network_input
from digitpad.models.catalogue import SHIPPED
from digitpad.models.layers import WITH_WEIGHTS
from digitpad.models.model import Model
from digitpad.models.views import views

NAMES = ("classic", "hands", "own")
TOLERANCE = {"classic": 1e-4, "own": 1e-4, "hands": 1e-2}  # of the layer's largest value, or of 1 if that is less
# What comes into a layer with weights of 8 bits is rounded too, from layer to layer anew: then one value in a
# thousand may be off by more. That nothing else differs, test_arithmetic.py tests.


@pytest.mark.parametrize("name", NAMES)
def test_maps_are_what_keras_says_that_each_layer_gives(name, pairs, glyphs):
    pair = pairs[name]
    lens = pair.model.lens()
    for glyph in glyphs:
        expected = pair.maps(glyph)
        seen = {layer.name: layer.maps for layer in lens.look(glyph).layers}
        for layer, maps in expected.items():
            off = np.abs(seen[layer] - maps) / max(1, np.abs(maps).max())
            assert np.quantile(off, 0.999 if name == "hands" else 1) <= TOLERANCE[name], layer
            assert off.max() <= 2 * TOLERANCE[name], layer


def test_layers_have_their_names_kinds_and_shapes_in_order():
    told = {
        name: [(each.name, each.kind, each.maps.shape) for each in Recognizer(name).look_inside(SAMPLE).layers]
        for name in ("classic", "hands")
    }
    assert told["classic"] == [
        ("strokes", "convolution", (26, 26, 32)),
        ("pool_1", "max pooling", (13, 13, 32)),
        ("shapes", "convolution", (11, 11, 64)),
        ("pool_2", "max pooling", (5, 5, 64)),
        ("flatten", "flatten", (1600,)),
        ("features", "dense", (128,)),
        ("probabilities", "dense", (10,)),
        ("softmax", "softmax", (10,)),
    ]
    assert [name for name, _, _ in told["hands"]] == [
        *(f"convolution_{number}" for number in range(1, 7)),
        *("features", "probabilities", "softmax"),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_reading_is_that_of_read_one(name, pairs, tmp_path):
    recognizer = Recognizer(pairs[name].model)
    doubtful = np.maximum(draw(2, ink=255, paper=0), draw(8, ink=255, paper=0))
    for picture in (SAMPLE, draw(4), doubtful, np.zeros((40, 40), np.uint8)):
        assert recognizer.look_inside(picture).reading == recognizer.read_one(picture)
    assert recognizer.look_inside(SAMPLE).reading.name == str(SAMPLE)


def test_of_nothing_there_are_maps_too_and_of_what_is_no_picture_there_is_an_error(tmp_path):
    recognizer = Recognizer()
    inside = recognizer.look_inside(np.full((50, 50), 255, np.uint8))
    assert inside.reading.verdict is Verdict.EMPTY
    assert all(np.isfinite(layer.maps).all() for layer in inside.layers)
    assert inside.without(0, 3).verdict is Verdict.EMPTY
    broken = tmp_path / "broken.png"
    broken.write_bytes(SAMPLE.read_bytes()[:100])
    with pytest.raises(PictureError, match=r"broken\.png"):
        recognizer.look_inside(broken)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_channel_is_what_keras_says_with_its_values_0(name, pairs, glyphs):
    pair = pairs[name]
    inside = Model(pair.model.path, looks_again=False).lens().look(glyphs[3])
    for layer in range(inside.last):
        if inside.layers[layer].kind == "multiplication":
            continue  # half of what Keras has as one layer
        channel = int(np.argmax([np.abs(inside.layers[layer].map(each)).sum() for each in range(4)]))
        seen = inside.without(layer, channel)
        expected = _without_in_keras(pair, glyphs[3], inside.layers[layer].name, channel)
        shares = np.append(seen.shares, seen.no_digit)[: len(expected)]
        np.testing.assert_allclose(shares, expected, atol=TOLERANCE[name], err_msg=inside.layers[layer].name)


def _without_in_keras(pair, glyph, layer, channel):
    import keras

    output = pair.outputs[layer]
    mask = np.ones(output.shape[1:], np.float32)
    mask[..., channel] = 0
    before = keras.Model(pair.network.inputs[0], output)
    maps = np.asarray(before((glyph[np.newaxis, ..., np.newaxis] / np.float32(255)).astype(np.float32))) * mask
    return np.asarray(_after(pair.network, output)(maps))[0]


def _after(network, output):
    """The layers after an output, as a network of their own; all of these are chains."""
    import keras

    made = [layer.output is output for layer in network.layers].index(True)
    start = keras.Input(output.shape[1:])
    x = start
    for layer in network.layers[made + 1 :]:
        x = layer(x)
    return keras.Model(start, x)


@pytest.mark.parametrize("name", ["classic", "hands"])
@pytest.mark.parametrize(("layer", "channel"), [(0, 1), (2, 30), (5, 100)])
def test_without_a_channel_is_what_litert_says_where_its_kernel_is_0(name, layer, channel, glyphs, tmp_path):
    shipped = SHIPPED / name / "model.tflite"
    inside = Model(shipped, looks_again=False).lens().look(glyphs[4])
    model = ModelT.InitFromPackedBuf(shipped.read_bytes(), 0)
    graph = model.subgraphs[0]
    made_by = next(each for each in graph.operators if each.outputs[0] == inside.layers[layer].operation.tensor)
    for part in made_by.inputs[1:]:
        tensor = graph.tensors[part]
        values = model.buffers[tensor.buffer].data.reshape(tensor.shape[0], -1).copy()
        values[channel] = 0
        model.buffers[tensor.buffer].data = values.ravel()
    builder = flatbuffers.Builder()
    builder.Finish(model.Pack(builder), b"TFL3")
    (tmp_path / "less.tflite").write_bytes(builder.Output())
    expected = Model(tmp_path / "less.tflite").at_first_sight(glyphs[4:5])[0]
    seen = inside.without(layer, channel)
    np.testing.assert_allclose(
        np.append(seen.shares, seen.no_digit), expected, atol=2e-3 if name == "hands" else 1e-5
    )


def test_what_is_in_doubt_without_a_channel_is_looked_at_again_without_it(glyphs):
    once, again = (Model(SHIPPED / "hands", looks_again=looks).lens() for looks in (False, True))
    halves = np.concatenate([glyphs[2][:14], glyphs[8][14:]])
    off = frozenset({(3, 7), (4, 20)})
    first, second = (lens.look(halves, off).reading for lens in (once, again))
    looks = once.network.forward(
        network_input(np.concatenate([halves[np.newaxis], views(halves[np.newaxis])[0]])), off
    )
    np.testing.assert_allclose(np.append(first.shares, first.no_digit), looks[-1][0], atol=1e-3)
    np.testing.assert_allclose(np.append(second.shares, second.no_digit), looks[-1].mean(axis=0), atol=1e-3)
    assert not np.allclose(first.shares, second.shares, atol=1e-2)


def test_switching_off_all_that_speaks_for_a_digit_changes_the_answer_and_back_again():
    lens = Recognizer("classic").model.lens()
    glyph = Recognizer("classic").read(draw(4)).glyph
    before = lens.look(glyph)
    assert before.reading.digit == 4
    strongest = np.argsort(-before.evidence(4).products)[:40]
    off = {(5, int(unit)) for unit in strongest}
    after = lens.look(glyph, off)
    assert after.reading.digit != 4
    assert after.reading == before.without(5, int(strongest[0]), off)
    assert not after.layers[5].maps[strongest].any()
    assert lens.look(glyph).reading == before.reading


def test_what_is_off_stays_off_where_more_is_switched_off(glyphs):
    lens = Recognizer().model.lens()
    one = lens.look(glyphs[5], {(1, 2)})
    both = lens.look(glyphs[5], {(1, 2), (0, 4)})
    assert one.without(0, 4) == both.reading
    assert both.off == {(1, 2), (0, 4)}
    assert not both.layers[0].map(4).any()
    assert not both.layers[1].map(2).any()


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_behind_every_value_give_it(name, pairs, glyphs):
    inside = pairs[name].model.lens().look(glyphs[8])
    rng = np.random.default_rng(1)
    apply = {"ReLU": lambda x: max(x, 0), "tanh": np.tanh, "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "": float}
    for number, layer in enumerate(inside.layers):
        for _ in range(20):
            channel = int(rng.integers(layer.channels))
            row, column = (int(rng.integers(side)) for side in layer.map(channel).shape)
            found = inside.at(number, channel, row, column)
            assert found.value == pytest.approx(float(layer.map(channel)[row, column]))
            if found.products is not None:
                assert found.total == pytest.approx(float((found.patch * found.kernel).sum()) + found.bias, abs=1e-4)
            if found.activation != "softmax":
                assert apply[found.activation](found.total) == pytest.approx(found.value, abs=1e-4)
    digit = inside.at(len(inside.layers) - 1, 8)
    assert np.exp(digit.total) / np.exp(digit.patch).sum() == pytest.approx(digit.value, abs=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_map_listens_to_sums_to_it(name, pairs, glyphs):
    inside = pairs[name].model.lens().look(glyphs[6])
    for number, layer in enumerate(inside.layers):
        given = inside.listens_to(number, 1)
        amounts = [each.amount for each in given]
        assert [abs(each) for each in amounts] == sorted(map(abs, amounts), reverse=True)
        if layer.kind in WITH_WEIGHTS:
            high, wide = layer.map(1).shape
            sums = [inside.at(number, 1, row, column).total for row in range(high) for column in range(wide)]
            assert sum(amounts) + float(layer.bias[1]) == pytest.approx(np.mean(sums), abs=1e-4)
    assert inside.listens_to(0, 1)[0].layer == -1
    assert {each.layer for each in inside.listens_to(inside.last, 1)} == {
        inside.last - 2 if name == "hands" else inside.last - 1
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_evidence_for_each_digit_sums_to_its_logit(name, pairs, glyphs):
    inside = pairs[name].model.lens().look(glyphs[2])
    logits = inside.layers[inside.last].maps
    for digit, logit in enumerate(logits):
        evidence = inside.evidence(digit)
        assert evidence.products.sum() + evidence.bias == pytest.approx(evidence.logit, abs=1e-4)
        assert evidence.logit == pytest.approx(float(logit), abs=1e-4)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda inside: inside.without(9, 0), "layers 0 to 7, and no layer 9"),
        (lambda inside: inside.without(-1, 0), "no layer -1"),
        (lambda inside: inside.without(0, 32), "strokes has channels 0 to 31, not 32"),
        (lambda inside: inside.at(0, 1, 26, 0), r"26 × 26 places; \(26, 0\)"),
        (lambda inside: inside.evidence(10), "channels 0 to 9"),
    ],
)
def test_what_is_not_there_is_named(ask, says):
    with pytest.raises(IndexError, match=says):
        ask(Recognizer("classic").look_inside(SAMPLE))


def test_a_model_that_changed_meanwhile_is_not_looked_into(tmp_path):
    file = tmp_path / "mine.tflite"
    shipped = Recognizer("classic").model.path
    file.write_bytes(shipped.read_bytes())
    recognizer = Recognizer(file)
    file.write_bytes(Recognizer("hands").model.path.read_bytes())
    with pytest.raises(ModelError, match=r"mine\.tflite has changed since it was opened"):
        recognizer.look_inside(SAMPLE)
    file.unlink()
    with pytest.raises(ModelError, match=r"mine\.tflite can't be read any more"):
        recognizer.look_inside(SAMPLE)


def test_looking_writes_nothing_to_standard_error_and_reading_loads_nothing_of_it():
    program = (
        "import sys, digitpad; r = digitpad.Recognizer(); r.read(digitpad.SAMPLE)\n"
        "assert not {'flatbuffers', 'digitpad.models.inside'} & set(sys.modules)\n"
        "r.look_inside(digitpad.SAMPLE).without(0, 1)\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""
