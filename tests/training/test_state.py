"""What a run goes on from is whole, at whatever moment it was stopped."""

import random
import signal
import sys

import keras
import numpy as np
import pytest

from digitpad.training import run, state

STOPS = 20
SIGNALS = {"SIGINT": 130, "SIGTERM": -15, "SIGKILL": -9}  # and how a process ends by each


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals between processes")
def test_a_training_stopped_at_any_moment_goes_on_and_ends_as_one_that_was_not(tmp_path):
    import killing

    (tmp_path / "undisturbed").mkdir()
    assert killing.train(tmp_path / "undisturbed") == 0
    weights, history = killing.result(tmp_path / "undisturbed")
    rng = random.Random(1)
    stops = 0
    while stops < STOPS:
        folder = tmp_path / f"after {stops}"
        folder.mkdir()
        change = rng.randrange(5, 12)  # in the first run those of the first save and around it
        status = None
        while status != 0:
            name = rng.choice(list(SIGNALS))
            delay = rng.choice([0, rng.uniform(0, 0.02)])  # in the middle of what is written
            status = killing.train(folder, change if stops < STOPS else 0, getattr(signal, name), delay)
            assert status in (0, SIGNALS[name]), (folder / "log").read_text()
            stops += status != 0
            change = rng.randrange(1, 15)
        assert "damaged" not in (folder / "log").read_text()
        weights_after, history_after = killing.result(folder)
        for one, other in zip(weights, weights_after, strict=True):
            np.testing.assert_array_equal(one, other)
        assert history_after == history


def little_network():
    network = keras.Sequential([keras.Input((4,)), keras.layers.Dropout(0.5), keras.layers.Dense(3)])
    network.compile("adam", "mse")
    return network


@pytest.fixture
def kept(tmp_path):
    """The weights of a network after three epochs, of which the states of the last two are kept."""
    network, weights = little_network(), {}
    rng = np.random.default_rng(1)
    for epochs in (1, 2, 3):
        network.fit(rng.random((4, 4)), rng.random((4, 3)), verbose=0)
        state.save(network, f"epoch {epochs}\n", tmp_path, epochs)
        weights[epochs] = network.get_weights()
    assert run.saved_states(tmp_path) == [3, 2]
    return weights


def equal(network, weights):
    return all(np.array_equal(one, other) for one, other in zip(network.get_weights(), weights, strict=True))


def test_the_latest_state_is_restored_with_its_history(kept, tmp_path, capsys):
    network = little_network()
    assert state.restore(network, tmp_path) == (3, "epoch 3\n")
    assert equal(network, kept[3])
    assert network.optimizer.iterations == 3
    assert capsys.readouterr().out == ""


DAMAGES = {
    "half of it is lost": lambda content: content[: len(content) // 2],
    "it is empty": lambda content: b"",
    "a bit fell over": lambda content: content[:-900] + bytes([content[-900] ^ 1]) + content[-899:],
    "it is something else": lambda content: b"a letter to my aunt",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_where_the_latest_state_is_damaged_training_goes_on_from_the_one_before(kept, tmp_path, damage, capsys):
    latest = run.state_of(tmp_path, 3)
    latest.write_bytes(damage(latest.read_bytes()))
    network = little_network()
    assert state.restore(network, tmp_path) == (2, "epoch 2\n")
    assert equal(network, kept[2])
    said = f"What was kept after epoch 3 is damaged: {latest}. The training goes on after epoch 2.\n"
    assert capsys.readouterr().out == said
    assert run.finished_epochs(tmp_path) == 2


def test_where_no_state_is_whole_training_begins_anew_and_says_so(kept, tmp_path, capsys):
    for epochs in (2, 3):
        run.state_of(tmp_path, epochs).write_bytes(b"")
    network = little_network()
    weights = network.get_weights()
    assert state.restore(network, tmp_path) == (0, "")
    assert equal(network, weights)
    assert "The training begins anew." in capsys.readouterr().out
    assert run.finished_epochs(tmp_path) == 0


def test_a_state_of_another_network_is_not_taken(kept, tmp_path):
    other = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5)])
    other.compile("adam", "mse")
    assert state.restore(other, tmp_path) == (0, "")
