"""The digits that a model misread come with it."""

import shutil

import numpy as np
import pytest

from digitpad.models import catalogue
from digitpad.models.mistakes import MISTAKES_FILE, TEST, Mistakes, mistakes_of, save_mistakes
from digitpad.models.model import Model

MAKE = "make it by: python -m digitpad.training.mistakes digitpad/models/shipped/{}"


@pytest.fixture
def folder(tmp_path):
    """A model of the user's own: a copy of the one that ships."""
    return shutil.copytree(catalogue.SHIPPED / "classic", tmp_path / "mine")


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_of_each_shipped_model_there_are_as_many_as_its_card_says(name):
    model = catalogue.find(name)
    mistakes = mistakes_of(model)
    assert mistakes is not None, MAKE.format(name)
    assert mistakes.of == TEST
    assert mistakes.confusion.sum() == 10_000
    assert len(mistakes) == round(10_000 * (1 - model.card["test"]["accuracy"]))
    shares = mistakes.confusion.diagonal() / mistakes.confusion.sum(axis=1)
    assert shares == pytest.approx(model.card["test"]["accuracy_per_digit"])
    assert model.path.with_name(MISTAKES_FILE).stat().st_size < 50_000


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_the_model_reads_them_as_they_say(name):
    model = catalogue.find(name)
    mistakes = mistakes_of(model)
    probabilities = model.probabilities(mistakes.glyphs)[:, :10]
    # Another processor's 8-bit arithmetic may decide otherwise where two digits are about as likely.
    assert (probabilities.argmax(axis=1) == mistakes.read).mean() > 0.9
    assert (mistakes.read != mistakes.digits).all()
    assert (np.diff(mistakes.confidences) <= 0).all()
    assert probabilities.max(axis=1) == pytest.approx(mistakes.confidences, abs=0.1)


def test_a_model_without_them_is_used_all_the_same(folder):
    (folder / MISTAKES_FILE).unlink()
    assert mistakes_of(Model(folder)) is None


def test_those_of_other_weights_are_not_of_this_model(folder):
    shutil.copy(catalogue.SHIPPED / "hands" / MISTAKES_FILE, folder)
    assert mistakes_of(Model(folder)) is None


def test_those_beside_a_file_by_another_name_are_not_of_it(folder):
    (folder / "model.tflite").rename(folder / "other.tflite")
    assert mistakes_of(Model(folder / "other.tflite")) is None


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_damaged_file_is_passed_over(folder, share):
    content = (folder / MISTAKES_FILE).read_bytes()
    (folder / MISTAKES_FILE).write_bytes(content[: int(share * len(content))])
    assert mistakes_of(Model(folder)) is None


def test_what_is_none_of_it_is_passed_over(folder):
    (folder / MISTAKES_FILE).write_bytes(b"glyphs")
    assert mistakes_of(Model(folder)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"glyphs": np.zeros((1, 27, 28), np.uint8)},
        {"glyphs": np.zeros((2, 28, 28), np.uint8)},
        {"digits": np.array([12], np.uint8)},
        {"read": np.array([3], np.uint8)},
        {"confidences": np.array(["much"])},
        {"confusion": np.zeros((10, 10), np.int64)},
        {"of": "all"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_parts_that_do_not_fit_each_other_are_passed_over(folder, changes):
    model = Model(folder)
    confusion = np.eye(10, dtype=np.int64)
    confusion[4, 9] = 1
    parts = {
        "of": TEST,
        "confusion": confusion,
        "glyphs": np.zeros((1, 28, 28), np.uint8),
        "digits": np.array([4], np.uint8),
        "read": np.array([9], np.uint8),
        "confidences": np.array([0.8], np.float32),
    }
    save_mistakes(Mistakes(**parts), folder, model.card["model_sha256"])
    assert len(mistakes_of(model)) == 1
    save_mistakes(Mistakes(**parts | changes), folder, model.card["model_sha256"])
    assert mistakes_of(model) is None
