"""An export reads as digitpad does, by its own runtime, and says how it is to be called."""

import errno
import json

import keras
import numpy as np
import pytest
from keras import layers

from digitpad import ModelError
from digitpad.command.main import _parser, main
from digitpad.errors import ExportError
from digitpad.exporting import export as exporting
from digitpad.exporting.export import export
from digitpad.exporting.formats import FORMATS
from digitpad.exporting.keras_network import keras_network
from digitpad.exporting.parity import compared
from digitpad.glyphs.glyph import network_input
from digitpad.models.model import Model
from digitpad.training.export import export_litert


def by_onnxruntime(folder, inputs):
    import onnxruntime

    return onnxruntime.InferenceSession(folder / "model.onnx").run(["probabilities"], {"glyph": inputs})[0]


def by_tensorflow(folder, inputs):
    import tensorflow as tf

    loaded = tf.saved_model.load(folder)
    return loaded.signatures["serving_default"](tf.constant(inputs))["output_0"].numpy()


def by_keras(folder, inputs):
    return keras.models.load_model(folder / "model.keras").predict(inputs, verbose=0)


def by_litert(folder, inputs):
    return Model(folder).at_first_sight((inputs[..., 0] * 255).round().astype(np.uint8))


READERS = {"onnx": by_onnxruntime, "savedmodel": by_tensorflow, "keras": by_keras, "litert": by_litert}


@pytest.mark.parametrize("form", FORMATS)
def test_its_own_runtime_reads_it_as_digitpad_reads(form, exports, hands, glyphs):
    folder, card = exports[form]
    given, expected = READERS[form](folder, network_input(glyphs)), hands.at_first_sight(glyphs)
    assert (given.argmax(axis=1) == expected.argmax(axis=1)).mean() > 0.98  # of noise it may be another
    assert np.abs(given - expected).max(axis=1).mean() < 5e-3
    found = card["export"]["compared"]
    assert found["glyphs"] == 1000
    assert found["differing_digits"] <= 1
    assert found["differing_verdicts"] <= 1
    if form == "litert":
        assert found["largest_difference"] == 0
    else:
        assert found["largest_difference_in_32_bits"] < 1e-5
        assert 1e-5 < found["largest_difference"] < 0.1
    assert json.loads((folder / "card.json").read_text()) == card
    assert (folder / card["export"]["file"]).is_file()


def test_an_onnx_file_says_itself_what_its_caller_must_do(exports, hands):
    import onnxruntime

    session = onnxruntime.InferenceSession(exports["onnx"][0] / "model.onnx")
    told = session.get_modelmeta().custom_metadata_map
    assert float(told["not_a_digit_above"]) == hands.not_a_digit_above
    assert float(told["unsure_above"]) == hands.unsure_above
    assert float(told["unsure_below"]) == 0.5
    assert float(told["temperature"]) == hands.card["temperature"]
    assert "28 x 28 pixels, ink 255 on 0" in told["before"]
    assert "no digit" in told["after"]
    [taken], [given] = session.get_inputs(), session.get_outputs()
    assert (taken.name, taken.shape) == ("glyph", ["n", 28, 28, 1])
    assert (given.name, given.shape) == ("probabilities", ["n", 11])


@pytest.fixture(scope="module")
def own(tmp_path_factory, glyphs):
    """A network of all the layers that digitpad knows, none of them trained, and its LiteRT file."""
    keras.utils.set_random_seed(1)
    glyph = keras.Input((28, 28, 1))
    x = layers.Conv2D(4, 5, strides=2, padding="same", activation="sigmoid", name="edges")(glyph)
    x = layers.AveragePooling2D(2, padding="same", strides=1)(x)
    x = layers.Conv2D(6, 3, activation="tanh", padding="same", use_bias=False)(x)
    x = layers.MaxPooling2D(3, 2, padding="same", name="pool")(x)
    spread = keras.initializers.RandomUniform(2, 5)
    x = layers.BatchNormalization(gamma_initializer=spread, beta_initializer=spread)(x)  # of no convolution
    beside = layers.Conv2D(6, 3, activation="relu", name="bows")(x)
    x = layers.Dense(8)(layers.GlobalAveragePooling2D()(beside))
    network = keras.Model(glyph, layers.Dense(10, activation="softmax")(x))
    file = tmp_path_factory.mktemp("own") / "own.tflite"
    export_litert(network, file, glyphs)
    return network, Model(file)


def test_every_layer_that_digitpad_knows_comes_back_as_it_was(own, glyphs):
    network, model = own
    given = np.asarray(keras_network(model)(network_input(glyphs)))
    np.testing.assert_allclose(given, np.asarray(network(network_input(glyphs))), atol=1e-5)
    assert np.abs(given - given[0]).max() > 1e-3


@pytest.fixture
def unusual(tmp_path, glyphs):
    """What a training left whose network has a layer that digitpad does not know."""
    glyph = keras.Input((28, 28, 1))
    x = layers.LeakyReLU(name="leak")(layers.Conv2D(2, 9, strides=9)(glyph))
    network = keras.Model(glyph, layers.Dense(10, activation="softmax")(layers.Flatten()(x)))
    folder = tmp_path / "unusual"
    folder.mkdir()
    export_litert(network, folder / "model.tflite", glyphs)
    network.save(folder / "model.keras")
    return Model(folder)


def test_a_network_with_other_layers_is_exported_from_the_keras_file_of_its_training(unusual, tmp_path, glyphs):
    card = export(unusual, "onnx", tmp_path / "out")
    assert card["export"]["compared"] is None
    given = by_onnxruntime(tmp_path / "out", network_input(glyphs))
    np.testing.assert_allclose(given, unusual.at_first_sight(glyphs)[:, :10], atol=1e-4)
    assert "can't tell what is no digit" in card["export"]["after"]
    file = unusual.path.with_name("model.keras")
    file.write_bytes(b"no zip")
    with pytest.raises(ModelError, match=r"model.keras is damaged or no Keras file"):
        export(unusual, "keras", tmp_path / "other")
    file.unlink()
    with pytest.raises(ModelError, match=r"as LiteRT alone. Layer 2, leak, can't be computed"):
        export(unusual, "keras", tmp_path / "other")
    assert {each.name for each in tmp_path.iterdir()} >= {"out", "unusual"}
    assert not list(tmp_path.glob("*other*"))


def test_what_does_not_read_as_digitpad_is_refused(hands, glyphs):
    with pytest.raises(ExportError, match="does not read as digitpad does"):
        compared(hands, lambda inputs: hands.at_first_sight(glyphs[: len(inputs)])[:, ::-1], glyphs)


def test_the_command_says_how_far_they_differ(tmp_path, capsys, mnist):
    folder = tmp_path / "mine"
    words = ["export", "classic", "--format", "litert", "--out", str(folder)]
    assert main([*words, "--check", "--data", str(mnist.source)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"classic as LiteRT: {folder}/model.tflite, with card.json"
    assert said[1].endswith("beside digitpad's own reading of 1,000 of MNIST's test digits:")
    assert "  another digit          0 of 1,000" in said
    assert sorted(each.name for each in folder.iterdir()) == ["card.json", "model.tflite"]
    assert main(words) == 1
    assert capsys.readouterr().err == (
        f"digitpad: {folder} exists already and is not an empty folder. Delete it, or name another with --out.\n"
    )


def test_what_cannot_be_is_told_in_a_sentence_and_leaves_nothing(tmp_path, capsys, monkeypatch):
    def said(*words):
        assert main(["export", *words]) == 1
        return capsys.readouterr().err

    monkeypatch.chdir(tmp_path)
    assert said("nobody", "--format", "onnx").startswith("digitpad: There is no model 'nobody'")
    (tmp_path / "file").write_text("")
    assert said("classic", "--format", "litert", "--out", "file/x").startswith("digitpad: file/x can't be written: ")
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    assert 'install "digitpad[export]"' in said("classic", "--format", "onnx", "--check")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exporting, "write_whole", full)
    assert said("classic", "--format", "litert").endswith(
        "classic-litert can't be written: No space left on device. Name another folder with --out.\n"
    )
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["file"]


def test_the_command_offers_each_format():
    command = _parser()._subparsers._group_actions[0].choices["export"]
    [chosen] = [action for action in command._actions if action.dest == "format"]
    assert tuple(chosen.choices) == tuple(FORMATS)
