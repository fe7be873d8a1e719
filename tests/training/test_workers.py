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


def hash_in(log: str, name: str = "SHA-256 of the weights") -> str:
    return re.search(rf"{name}: (\w{{64}})", log)[1]


def two(tmp_path, folder, epochs, helpers_epochs=None, *others):
    """Chief and helper, and what each of them says, as a function."""
    addresses, logs = two_addresses(), [tmp_path / "chief.log", tmp_path / "helper.log"]
    programs = [
        started([*WORKER, 0, addresses, folder, epochs, *others], logs[0]),
        started([*WORKER, 1, addresses, "-", helpers_epochs or epochs, *others], logs[1]),
    ]
    return programs, lambda: [log.read_text() for log in logs]


def statuses_of(programs) -> list[int]:
    return [program.wait(200) for program in programs]


def test_two_learn_what_one_learns_and_end_with_equal_weights(little_mnist, tmp_path):
    alone, together = tmp_path / "alone", tmp_path / "together"
    settings = run.Settings(epochs=2, batch_size=64, seed=5)
    programs, said = two(tmp_path, together, 2, None, "hands")
    run.start(alone, settings)
    train(settings, little_mnist, alone)
    assert statuses_of(programs) == [0, 0], said()
    chief, helper = said()
    # Those of `hands`, too, whose batch normalization each has from its own parts, and which ends with an average.
    for name in ("hands", "SHA-256 of the weights"):
        assert hash_in(chief, name) == hash_in(helper, name)
    assert "nan" not in chief
    assert sorted(path.name for path in together.iterdir()) == sorted(path.name for path in alone.iterdir())
    cards = [json.loads((folder / "card.json").read_text()) for folder in (alone, together)]
    assert (cards[0].get("workers"), cards[1]["workers"]) == (None, 2)
    assert cards[1]["test"]["accuracy"] == pytest.approx(cards[0]["test"]["accuracy"], abs=0.01)
    of_one, of_two = map(fitting.read_history, (alone, together))
    assert of_one.keys() == of_two.keys()
    for name in ("loss", "val_loss", "accuracy", "val_accuracy"):
        assert of_two[name] == pytest.approx(of_one[name], rel=0.02), name


@pytest.mark.usefixtures("little_mnist")
def test_where_one_dies_the_other_ends_with_a_sentence_and_all_go_on_later(tmp_path):
    folder = tmp_path / "run"
    (chief, helper), said = two(tmp_path, folder, 8)
    until(lambda: run.finished_epochs(folder), lambda: said()[0], chief)
    helper.kill()
    assert chief.wait(100) == 1
    assert "Another worker has ended, or can't be reached any more." in said()[0]
    assert "Traceback" not in said()[0]
    assert not (folder / "progress.json").exists()
    done = run.finished_epochs(folder)
    assert 0 < done < 8

    programs, said = two(tmp_path, folder, 8, 9)
    assert statuses_of(programs) == [1, 1]
    for log in said():
        assert "The workers were started with different options, or have different data." in log
        assert "Traceback" not in log
    assert run.finished_epochs(folder) == done

    programs, said = two(tmp_path, folder, 8)
    assert statuses_of(programs) == [0, 0], said()
    chief, helper = said()
    assert hash_in(chief) == hash_in(helper)
    assert f"Epoch {done} of 8" not in chief
    assert f"Epoch {done + 1} of 8" in chief
    assert len(fitting.read_history(folder)["loss"]) == 8


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
