"""Two real processes on loopback train one network: as one does, alike to the bit, and until one of them ends."""

import json
import os
import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from waiting import until

from digitpad.errors import RunError
from digitpad.training import fitting, run
from digitpad.training.training import train
from digitpad.training.workers import Workers, workers_of

ROOT = Path(__file__).parents[2]
WORKER = [sys.executable, Path(__file__).with_name("worker.py")]
TRAIN = [sys.executable, ROOT / "scripts" / "train.py"]


def two_addresses() -> str:
    """Two that nobody listens on."""
    with ExitStack() as open_ones:
        sockets = [open_ones.enter_context(socket.socket()) for _ in range(2)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return ",".join(f"127.0.0.1:{each.getsockname()[1]}" for each in sockets)


def started(command, log: Path) -> subprocess.Popen:
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    with log.open("wb") as file:
        return subprocess.Popen(list(map(str, command)), stdout=file, stderr=subprocess.STDOUT, env=environment)


def both(tmp_path, out="-", seeds=(5, 5), network="classic"):
    """How the two ended, chief and helper, and what they said."""
    addresses, logs = two_addresses(), [tmp_path / "chief.log", tmp_path / "helper.log"]
    programs = [
        started([*WORKER, index, addresses, out if index == 0 else "-", seeds[index], network], log)
        for index, log in enumerate(logs)
    ]
    return [program.wait(120) for program in programs], [log.read_text() for log in logs]


def hash_in(log: str) -> str:
    return re.search(r"SHA-256 of the weights: (\w{64})", log)[1]


def test_two_learn_what_one_learns_and_end_with_equal_weights(little_mnist, tmp_path):
    alone, together = tmp_path / "alone", tmp_path / "together"
    settings = run.Settings(epochs=3, batch_size=64, seed=5)
    run.start(alone, settings)
    train(settings, little_mnist, alone)
    statuses, logs = both(tmp_path, together)
    assert statuses == [0, 0], logs
    assert hash_in(logs[0]) == hash_in(logs[1])
    assert sorted(path.name for path in together.iterdir()) == sorted(path.name for path in alone.iterdir())
    cards = [json.loads((folder / "card.json").read_text()) for folder in (alone, together)]
    assert (cards[0].get("workers"), cards[1]["workers"]) == (None, 2)
    assert cards[1]["test"]["accuracy"] == pytest.approx(cards[0]["test"]["accuracy"], abs=0.01)
    of_one, of_two = map(fitting.read_history, (alone, together))
    assert of_one.keys() == of_two.keys()
    for name in ("loss", "val_loss", "accuracy", "val_accuracy"):
        assert of_two[name] == pytest.approx(of_one[name], rel=0.02), name


@pytest.mark.usefixtures("little_mnist")
def test_batch_normalization_and_the_average_of_weights_are_the_same_in_both(tmp_path):
    statuses, logs = both(tmp_path, network="hands")
    assert statuses == [0, 0], logs
    assert hash_in(logs[0]) == hash_in(logs[1])
    assert "accuracy nan" not in logs[0]
    assert "loss nan" not in logs[0]


@pytest.mark.usefixtures("little_mnist")
def test_who_was_started_otherwise_is_not_let_in(tmp_path):
    statuses, logs = both(tmp_path, tmp_path / "run", seeds=(5, 6))
    assert statuses == [1, 1]
    for log in logs:
        assert "The workers were started with different options, or have different data." in log
        assert "Traceback" not in log


@pytest.mark.usefixtures("little_mnist")
def test_where_one_dies_the_other_ends_with_a_sentence_and_all_go_on_later(tmp_path):
    folder = tmp_path / "run"
    little = ("--recipe", "quick", "--epochs", 2, "--batch-size", 1000)

    def start(*chiefs):
        workers = ("--workers", two_addresses())
        return [
            started([*TRAIN, *workers, "--index", 0, "--out", folder, *chiefs], tmp_path / "chief.log"),
            started([*TRAIN, *workers, "--index", 1, *little], tmp_path / "helper.log"),
        ]

    chief, helper = start(*little)
    until(lambda: run.finished_epochs(folder) == 1, (tmp_path / "chief.log").read_text, chief)
    helper.kill()
    assert chief.wait(60) == 1
    said = (tmp_path / "chief.log").read_text()
    assert "Another worker has ended, or can't be reached any more." in said
    assert "Traceback" not in said
    helper.wait()
    assert run.finished_epochs(folder) == 1
    assert not (folder / "progress.json").exists()

    chief, helper = start("--resume")
    assert [chief.wait(120), helper.wait(120)] == [0, 0]
    logs = [(tmp_path / name).read_text() for name in ("chief.log", "helper.log")]
    assert hash_in(logs[0]) == hash_in(logs[1])
    assert "Epoch 1 of 2" not in logs[0]
    assert json.loads((folder / "card.json").read_text())["test"]["accuracy"] > 0.97


@pytest.mark.parametrize("option", [["--resume"], ["--out", "here"], ["--use"]])
def test_what_only_the_chief_can_do_a_helper_refuses(option):
    done = subprocess.run(
        list(map(str, [*TRAIN, "--workers", "a:1,b:2", "--index", 1, *option])),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr == f"train.py: {option[0]} is the chief's alone: leave it out for worker 1.\n"


def test_workers_are_named_by_options_or_by_tensorflows_variable(monkeypatch):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    assert workers_of(None, None) is None
    assert workers_of("10.0.0.1:2222, [::1]:2223", 1) == Workers(("10.0.0.1:2222", "[::1]:2223"), 1)
    cluster = {"chief": ["a:1"], "worker": ["b:2", "c:3"]}
    for (group, number), index in ((("chief", 0), 0), (("worker", 0), 1), (("worker", 1), 2)):
        monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster, "task": {"type": group, "index": number}}))
        assert workers_of(None, None) == Workers(("a:1", "b:2", "c:3"), index)
    assert workers_of("d:4", 0) == Workers(("d:4",), 0)  # what a person says counts
    monkeypatch.setenv("TF_CONFIG", "{}")
    assert workers_of(None, None) is None


@pytest.mark.parametrize(
    ("addresses", "index", "told"),
    [
        ("a:1,b:2", None, "With --workers comes --index"),
        (None, 1, "With --index comes --workers"),
        ("a:1,b", 0, "'b' is not the address of a worker"),
        ("a:1,b:70000", 0, "'b:70000' is not the address of a worker"),
        ("", 0, "'' is not the address of a worker"),
        ("a:1,a:1", 0, "The address a:1 stands twice"),
        ("a:1,b:2", 2, "There is no worker 2: the last of 2 has the index 1."),
        ("a:1,b:2", -1, "There is no worker -1"),
    ],
)
def test_senseless_workers_are_refused_with_what_is_wrong(addresses, index, told):
    with pytest.raises(RunError, match=re.escape(told)):
        workers_of(addresses, index)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no JSON", "TF_CONFIG makes no sense: 'no JSON'"),
        ('{"cluster": {"worker": ["a:1"]}}', "TF_CONFIG makes no sense"),
        ('{"cluster": {"worker": ["a:1"], "ps": ["b:2"]}, "task": {"type": "ps", "index": 0}}', "speaks of ps"),
        ('{"cluster": {"worker": ["a:1"]}, "task": {"type": "worker", "index": 4}}', "There is no worker 4"),
    ],
)
def test_a_senseless_variable_is_named(monkeypatch, text, told):
    monkeypatch.setenv("TF_CONFIG", text)
    with pytest.raises(RunError, match=told):
        workers_of(None, None)
