"""Opening models: whole ones, damaged ones, others' ones."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert.schema_py_generated import ModelT, SubGraphT
from conftest import draw

from digitpad import ModelError, Recognizer
from digitpad.models.catalogue import SHIPPED
from digitpad.models.model import SURE, Model
from digitpad.models.views import views


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped model, to be damaged."""
    return Path(shutil.copytree(SHIPPED / "classic", tmp_path / "copy"))


def test_a_model_has_the_name_of_its_folder_and_its_card(folder):
    model = Model(folder)
    assert model.name == "copy"
    assert model.card["network"] == "classic"
    assert model.path == folder / "model.tflite"


def test_a_model_says_whether_it_can_tell_what_is_no_digit():
    assert {name: Model(SHIPPED / name).tells_no_digit for name in ("classic", "hands")} == {
        "classic": False,
        "hands": True,
    }


def test_batches_of_any_size_give_the_same_as_one_by_one():
    model = Model(SHIPPED / "classic")
    glyphs = np.random.default_rng(1).integers(0, 256, (7, 28, 28), dtype=np.uint8)
    together = model.probabilities(glyphs)
    assert together.shape == (7, 11)
    np.testing.assert_allclose(together.sum(axis=1), 1, atol=1e-5)
    assert not together[:, 10].any()  # this network can't tell what is no digit
    for glyph, expected in zip(glyphs, together, strict=True):
        np.testing.assert_allclose(model.probabilities(glyph[np.newaxis])[0], expected, atol=1e-6)


def test_a_file_that_its_card_does_not_describe_is_refused(folder):
    content = bytearray((folder / "model.tflite").read_bytes())
    content[-1000] ^= 1
    (folder / "model.tflite").write_bytes(content)
    with pytest.raises(ModelError, match=r"model\.tflite is damaged"):
        Model(folder)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\0" * 5000])
def test_a_file_that_is_no_model_is_refused_without_a_card_too(tmp_path, content):
    file = tmp_path / "wrong.tflite"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"wrong\.tflite is damaged or no LiteRT model"):
        Model(file)


def test_a_model_that_is_cut_off_is_refused_without_a_card_too(folder):
    file = folder / "model.tflite"
    file.write_bytes(file.read_bytes()[:400_000])
    (folder / "card.json").unlink()
    with pytest.raises(ModelError, match="damaged"):
        Model(folder)


def test_a_missing_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"nothing\.tflite can't be read: No such file"):
        Model(tmp_path / "nothing.tflite")


@pytest.mark.parametrize("path", ["a\0b", "a" * 5000, "/dev/null/below"])
def test_a_path_that_no_system_takes_is_refused(path):
    with pytest.raises(ModelError, match="can't be read"):
        Model(Path(path))


@pytest.mark.parametrize("model", [[], 7, b"classic"])
def test_what_names_no_model_is_refused(model):
    with pytest.raises(ModelError, match="names no model"):
        Recognizer(model=model)


def test_weights_that_give_no_probabilities_are_refused_without_a_card_too(folder):
    (folder / "card.json").unlink()
    content = bytearray((folder / "model.tflite").read_bytes())
    content[100_000:300_000] = b"\xff" * 200_000  # float32 NaN
    (folder / "model.tflite").write_bytes(content)
    with pytest.raises(ModelError, match="gives no probabilities"):
        Model(folder)


def change(folder: Path, graph_changes: Callable[[SubGraphT], None]) -> None:
    """Make another network of a model, with LiteRT's own format, and of its card nothing."""
    file = folder / "model.tflite"
    model = ModelT.InitFromPackedBuf(file.read_bytes(), 0)
    graph_changes(model.subgraphs[0])
    builder = flatbuffers.Builder()
    builder.Finish(model.Pack(builder), b"TFL3")
    file.write_bytes(builder.Output())
    (folder / "card.json").unlink()


def test_a_model_whose_outputs_are_no_probabilities_is_refused(folder):
    def take_the_softmax_away(graph: SubGraphT) -> None:
        softmax = graph.operators.pop()
        graph.outputs = softmax.inputs

    change(folder, take_the_softmax_away)
    with pytest.raises(ModelError, match="gives no probabilities"):
        Model(folder)


@pytest.mark.parametrize(
    "odd",
    [{"not_a_digit_above": value} for value in (None, "x", [], {}, True, -1, 2, float("nan"))]
    + [{"unsure_above": value} for value in (None, "x", True, -1, 2)]
    + [{"looks_again": value} for value in (None, "no", 1)],
    ids=str,
)
def test_a_card_that_says_something_odd_of_how_to_read_is_refused_and_named(folder, odd):
    file = folder / "card.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | odd))
    with pytest.raises(ModelError, match=rf"card\.json is damaged: its {next(iter(odd))}"):
        Model(folder)


def test_a_card_of_before_knows_one_line_and_a_drawing_is_never_turned_away_before_it_is_unsure(folder):
    file = folder / "card.json"
    card = json.loads(file.read_text())
    for lines, unsure_above in (
        ({"not_a_digit_above": 0.2}, 0.2),
        ({"not_a_digit_above": 0.4, "unsure_above": 0.1}, 0.1),
        ({"not_a_digit_above": 0.4, "unsure_above": 0.9}, 0.4),
    ):
        file.write_text(json.dumps(card | lines))
        assert Model(folder).unsure_above == unsure_above


@pytest.mark.parametrize("card", ["{", "{}", "[]", '"card"', "\0", "[" * 100_000])
def test_a_damaged_card_is_refused(folder, card):
    (folder / "card.json").write_text(card)
    with pytest.raises(ModelError, match=r"card\.json"):
        Model(folder)


@pytest.mark.parametrize(
    ("side", "outputs", "says"),
    [(32, 10, r"float32 \(n, 32, 32, 1\) to float32 \(n, 10\)"), (28, 26, r"to float32 \(n, 26\)")],
)
def test_a_model_of_other_shapes_is_refused_with_its_shapes(folder, side, outputs, says):
    def reshape(graph: SubGraphT) -> None:
        for tensor, rest in ((graph.inputs[0], [side, side, 1]), (graph.outputs[0], [outputs])):
            graph.tensors[tensor].shape, graph.tensors[tensor].shapeSignature = [1, *rest], [-1, *rest]

    change(folder, reshape)
    with pytest.raises(ModelError, match=says):
        Model(folder)


def test_the_shipped_cards_hold_nothing_of_the_machine_they_were_made_on():
    for card in SHIPPED.glob("*/card.json"):
        assert "/" not in "".join(
            str(value) for key, value in json.loads(card.read_text()).items() if key != "finished"
        )


def test_a_glyph_that_leaves_doubt_is_looked_at_again_and_others_are_not():
    once, again = (Model(SHIPPED / "hands", looks_again=looks) for looks in (False, True))
    clear, two, eight = (Recognizer().read(draw(digit)).glyph for digit in (7, 2, 8))
    halves = np.concatenate([two[:14], eight[14:]])
    glyphs = np.stack([clear, halves])
    first, second = once.probabilities(glyphs), again.probabilities(glyphs)
    assert first[0, :10].max() > SURE > first[1, :10].max() / first[1, :10].sum()
    np.testing.assert_array_equal(second[0], first[0])
    looks = np.concatenate([first[1:], once.probabilities(views(halves[np.newaxis])[0])])
    np.testing.assert_allclose(second[1], looks.mean(axis=0), atol=0.01)
    np.testing.assert_allclose(second.sum(axis=1), 1, atol=1e-5)


def test_many_doubtful_glyphs_are_read_as_each_alone():
    model = Model(SHIPPED / "hands", looks_again=True)
    glyphs = np.random.default_rng(1).integers(0, 256, (150, 28, 28)).astype(np.uint8)
    together = model.probabilities(glyphs)
    for index in (0, 63, 64, 149):
        np.testing.assert_allclose(model.probabilities(glyphs[index : index + 1])[0], together[index], atol=0.02)


def test_the_shipped_hands_look_again_and_classic_does_not():
    assert Model(SHIPPED / "hands").looks_again
    assert not Model(SHIPPED / "classic").looks_again
