"""A whole training on little data: what it leaves, and that it can be stopped and repeated."""

import csv
import json
from dataclasses import replace

import keras
import numpy as np
import pytest
from PIL import Image

from digitpad import Recognizer
from digitpad.errors import RunError
from digitpad.models.mistakes import mistakes_of
from digitpad.models.model import Model
from digitpad.training import export, fitting, networks, run
from digitpad.training.evaluation import evaluate
from digitpad.training.training import train


class Interrupt(keras.callbacks.Callback):
    """Ends a training in the middle of an epoch, as Ctrl-C does."""

    def __init__(self, epoch):
        super().__init__()
        self._epoch = epoch

    def on_epoch_begin(self, epoch, logs=None):
        self._now = epoch

    def on_train_batch_end(self, batch, logs=None):
        if self._now == self._epoch and batch == 3:
            raise KeyboardInterrupt


@pytest.fixture(scope="module")
def finished(little_mnist, tmp_path_factory):
    """The folder of a run of three epochs."""
    folder = tmp_path_factory.mktemp("runs") / "little"
    settings = run.Settings(epochs=3, batch_size=64, seed=5)
    run.start(folder, settings)
    train(settings, little_mnist, folder)
    return folder


def test_a_run_leaves_all_that_it_promises_and_nothing_else(finished):
    assert sorted(path.name for path in finished.iterdir()) == [
        *("architecture.png", "calibration.png", "card.json", "curves.png", "history.csv"),
        *("mistakes.npz", "model.keras", "model.tflite", "worst.png"),
    ]
    for picture in finished.glob("*.png"):
        with Image.open(picture) as image:
            colours = image.convert("RGB").getcolors(maxcolors=2**24)
        assert len(colours) > 10, f"{picture.name} is blank"


def test_the_card_tells_what_was_done_and_how_well_it_reads(finished, little_mnist):
    card = json.loads((finished / "card.json").read_text())
    assert (card["network"], card["weights"], card["epochs"], card["batch_size"], card["seed"]) == (
        *("classic", 225_034, 3, 64, 5),
    )
    assert card["data"]["trained_on"] == 1000
    assert card["data"]["validated_on"] == 5000
    assert len(card["data"]["sha256_of_contents"]) == 4
    assert set(card["versions"]) == {"digitpad", "python", "tensorflow", "keras", "numpy", "ai-edge-litert"}
    assert 0 <= card["litert_largest_difference"] <= 1e-4
    model = Recognizer(model=finished).model
    assert card["test"]["accuracy"] == evaluate(model, little_mnist.test).accuracy > 0.8
    assert len(card["test"]["accuracy_per_digit"]) == len(card["validation"]["accuracy_per_digit"]) == 10


def test_the_digits_that_it_misreads_lie_beside_it(finished, little_mnist):
    mistakes = mistakes_of(Model(finished))
    evaluation = evaluate(Model(finished), little_mnist.test)
    assert len(mistakes) == np.count_nonzero(evaluation.read != little_mnist.test.labels) > 0
    np.testing.assert_array_equal(mistakes.confusion, evaluation.confusion)
    np.testing.assert_array_equal(mistakes.glyphs[0], little_mnist.test.glyphs[evaluation.worst(1)[0]])


def test_the_history_has_a_line_for_each_epoch_and_training_helps(finished):
    with (finished / "history.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["0", "1", "2"]
    assert float(rows[-1]["loss"]) < float(rows[0]["loss"]) / 2


def test_the_keras_file_reads_as_the_litert_file_does(finished, little_mnist):
    network = keras.models.load_model(finished / "model.keras")
    glyphs = little_mnist.test.glyphs[:100]
    expected = network.predict(glyphs[..., np.newaxis] / np.float32(255), verbose=0)
    np.testing.assert_allclose(Recognizer(model=finished).model.probabilities(glyphs)[:, :10], expected, atol=1e-4)


@pytest.fixture(scope="module")
def trial(little_mnist, tmp_path_factory):
    """The folder of a trial of one epoch with another seed, and its card; without any test digits."""
    folder = tmp_path_factory.mktemp("runs") / "trial"
    settings = run.Settings(epochs=1, batch_size=64, seed=6, trial=True)
    run.start(folder, settings)
    assert run.resume(folder) == settings
    return folder, train(settings, replace(little_mnist, test=little_mnist.test[:0]), folder)


def test_a_trial_leaves_the_test_digits_unread(trial):
    folder, card = trial
    assert "test" not in card
    assert card["data"]["tested_on"] == 0
    assert card["validation"]["accuracy"] > 0.6
    mistakes = mistakes_of(Model(folder))
    assert mistakes.of == "validation"
    assert mistakes.confusion.sum() == 5000


def test_another_seed_gives_another_model(finished, trial):
    assert fitting.read_history(trial[0])["loss"][0] != fitting.read_history(finished)["loss"][0]


def test_an_interrupted_run_goes_on_and_ends_as_an_uninterrupted_one(finished, little_mnist, tmp_path, monkeypatch):
    """Interrupted in its second epoch, and again after the last one: then it only writes what is missing."""
    folder = tmp_path / "run"
    settings = run.Settings(epochs=3, batch_size=64, seed=5)
    run.start(folder, settings)
    real_fit = keras.Model.fit

    def interrupted_fit(self, *args, callbacks, **kwargs):
        return real_fit(self, *args, callbacks=[*callbacks, Interrupt(epoch=1)], **kwargs)

    def no_export(*_):
        raise KeyboardInterrupt

    for place, interrupted, epochs in (
        ("keras.Model.fit", interrupted_fit, 1),
        ("digitpad.training.training.export_litert", no_export, 3),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(place, interrupted)
            with pytest.raises(KeyboardInterrupt):
                train(run.resume(folder), little_mnist, folder)
        assert run.finished_epochs(folder) == epochs
        assert not (folder / "card.json").exists()

    assert run.resume(folder) == settings
    assert train(settings, little_mnist, folder)["epochs"] == 3
    glyphs = little_mnist.test.glyphs
    np.testing.assert_array_equal(
        Recognizer(model=folder).model.probabilities(glyphs),
        Recognizer(model=finished).model.probabilities(glyphs),
    )
    both = [fitting.read_history(one) for one in (finished, folder)]
    for column in ("loss", "accuracy", "val_loss", "val_accuracy"):
        assert both[0][column] == both[1][column]


def test_an_export_that_reads_otherwise_is_refused(little_mnist, tmp_path, monkeypatch):
    network, other = networks.build("classic", 1), networks.build("classic", 1)
    monkeypatch.setattr(network, "export", other.export)
    with pytest.raises(RunError, match=r"differ by up to 0\.\d+"):
        export.export_litert(network, tmp_path / "model.tflite", little_mnist.test.glyphs[:50])
