"""The training of the verifier on a few rows: what it leaves, and that it goes on where it was stopped."""

import json

import numpy as np
import pytest

from digitpad.errors import DataError
from digitpad.numbers.verifier import Verifier
from digitpad.training import fitting, verifying
from digitpad.training.verifying import train_verifier


@pytest.fixture(autouse=True)
def people(monkeypatch, pens, characters):
    """The real hands, loaded once."""
    monkeypatch.setattr(verifying, "load_pen_digits", lambda folder: pens)
    monkeypatch.setattr(verifying, "load_unipen", lambda folder: characters)


def test_it_leaves_a_network_and_its_card_and_nothing_else(tmp_path, little_mnist):
    card = train_verifier(tmp_path, little_mnist, None, seed=3, rows=12)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history.csv", "verifier.json", "verifier.tflite"]
    assert json.loads((tmp_path / "verifier.json").read_text()) == card
    shares = Verifier(tmp_path / "verifier.tflite")(np.zeros((2, 32, 32, 2), np.uint8))
    assert shares.shape == (2, 11)
    assert shares.sum(axis=1) == pytest.approx(1, abs=1e-3)


def test_it_goes_on_where_it_was_stopped(tmp_path, monkeypatch, little_mnist):
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    whole.mkdir()
    stopped.mkdir()
    train_verifier(whole, little_mnist, None, seed=3, rows=4)
    real = fitting.state.save

    def interrupted(network, history, folder, epochs):
        real(network, history, folder, epochs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fitting.state, "save", interrupted)
        with pytest.raises(KeyboardInterrupt):
            train_verifier(stopped, little_mnist, None, seed=3, rows=4)
    assert not (stopped / "verifier.tflite").exists()
    train_verifier(stopped, little_mnist, None, seed=3, rows=4)
    assert (whole / "verifier.tflite").read_bytes() == (stopped / "verifier.tflite").read_bytes()


def test_without_pen_strokes_it_says_so(tmp_path, monkeypatch, little_mnist):
    monkeypatch.setattr(verifying, "load_pen_digits", lambda folder: [])
    with pytest.raises(DataError, match="pen strokes"):
        train_verifier(tmp_path, little_mnist, None, seed=1, rows=2)
