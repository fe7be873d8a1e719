"""The training of the verifier on a few rows: what it leaves, and that it goes on where it was stopped."""

import json

import numpy as np
import pytest

from digitpad.errors import DataError
from digitpad.numbers.verifier import Verifier
from digitpad.training import fitting, verifying
from digitpad.training.verifying import train_verifier


@pytest.fixture(scope="module", autouse=True)
def people(pens, characters):
    """The real hands, loaded once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(verifying, "load_pen_digits", lambda folder: pens)
        patched.setattr(verifying, "load_unipen", lambda folder: characters)
        yield


@pytest.fixture(scope="module")
def whole(people, little_mnist, tmp_path_factory):
    """The folder of a training that nobody stopped, and its card."""
    folder = tmp_path_factory.mktemp("verifiers")
    return folder, train_verifier(folder, little_mnist, None, seed=3, rows=4)


def test_it_leaves_a_network_and_its_card_and_nothing_else(whole):
    folder, card = whole
    assert sorted(path.name for path in folder.iterdir()) == ["history.csv", "verifier.json", "verifier.tflite"]
    assert json.loads((folder / "verifier.json").read_text()) == card
    shares = Verifier(folder / "verifier.tflite")(np.zeros((2, 32, 32, 2), np.uint8))
    assert shares.shape == (2, 11)
    assert shares.sum(axis=1) == pytest.approx(1, abs=1e-3)


def test_it_goes_on_where_it_was_stopped(whole, tmp_path, monkeypatch, little_mnist):
    real = fitting.state.save

    def interrupted(network, history, folder, epochs):
        real(network, history, folder, epochs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fitting.state, "save", interrupted)
        with pytest.raises(KeyboardInterrupt):
            train_verifier(tmp_path, little_mnist, None, seed=3, rows=4)
    assert not (tmp_path / "verifier.tflite").exists()
    train_verifier(tmp_path, little_mnist, None, seed=3, rows=4)
    assert (whole[0] / "verifier.tflite").read_bytes() == (tmp_path / "verifier.tflite").read_bytes()


def test_without_pen_strokes_it_says_so(tmp_path, monkeypatch, little_mnist):
    monkeypatch.setattr(verifying, "load_pen_digits", lambda folder: [])
    with pytest.raises(DataError, match="pen strokes"):
        train_verifier(tmp_path, little_mnist, None, seed=1, rows=2)
