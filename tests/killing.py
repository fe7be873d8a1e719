"""Trainings in processes of their own, each of which gets a signal at a chosen moment."""

import multiprocessing
import os
import pkgutil
import signal as signals
import sys
import threading
import types
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np

from digitpad.glyphs.glyph import network_input
from digitpad.training import arguments, fitting
from digitpad.training.data import datasets
from digitpad.training.data.datasets import Examples, Mnist

EPOCHS = 5
INTERRUPTED = 130
CHANGES = ("open", "os.mkdir", "os.rename", "os.remove", "shutil.copyfile")  # what Python tells of files that change

# TensorFlow is imported once; each process is a fork of one that has done so and nothing else.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["digitpad.training.training"])


def train(folder: Path, change: int = 0, signal: int = 0, delay: float = 0) -> int:
    """Train a very small network into a folder, or go on there.

    Args:
        folder: the run's.
        change: when the signal comes: before the first change of a file there, the second, ...; never for 0.
        signal: its number.
        delay: so many seconds later.

    Returns:
        the exit status of the process: 0 done, INTERRUPTED, or by which signal it ended, with a minus.
    """
    return _run(_train, folder, change, signal, delay)


def train_by_script(log: Path, interrupted: str, *options: str) -> int:
    """Do what `scripts/train.py` does, with a little of MNIST, and be interrupted once.

    Args:
        log: the file for what is said.
        interrupted: the function at whose beginning SIGINT comes, as module and name.
        options: of the script.

    Returns:
        the exit status of the process.
    """
    return _run(_train_by_script, log, interrupted, options)


def result(folder: Path) -> tuple[list[np.ndarray], dict[str, list[float]]]:
    """The weights that a training ended with, and its history but for the time."""
    history = fitting.read_history(folder)
    del history["seconds"]
    with np.load(folder / "weights.npz") as weights:
        return list(weights.values()), history


def _run(function: Callable[..., None], *given: object) -> int:
    process = _processes.Process(target=function, args=given)
    # A new process runs anew what stands there: the tests' own start, or a page that Streamlit's tests have left.
    main, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = main
    process.join()
    return process.exitcode


def _write_to(log: Path) -> None:
    opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(opened, stream)


def _train_by_script(log: Path, interrupted: str, options: list[str]) -> None:
    _write_to(log)
    mnist = datasets.load_mnist()
    little = Mnist(train=mnist.train[-5500:], test=mnist.test[:200], source=mnist.source)
    datasets.load_mnist = lambda given: little
    place, name = interrupted.rsplit(".", 1)
    owner = pkgutil.resolve_name(place)
    real = getattr(owner, name)

    def stop(*given: object, **named: object) -> object:
        os.kill(os.getpid(), signals.SIGINT)
        return real(*given, **named)

    setattr(owner, name, stop)
    sys.argv = ["scripts/train.py", *options]
    sys.exit(arguments.main(["scripts/train.py"]))


def _train(folder: Path, change: int, signal: int, delay: float) -> None:
    _write_to(folder / "log")
    keras.utils.set_random_seed(1)
    layers = [keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dropout(0.1), keras.layers.Dense(10)]
    network = keras.Sequential([*layers, keras.layers.Softmax()])
    network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    rng = np.random.default_rng(1)
    examples = Examples(rng.integers(0, 256, (32, 28, 28)).astype(np.uint8), (np.arange(32) % 10).astype(np.uint8))
    _send(signal, folder, change, delay)
    try:
        batches, seen = fitting.ShuffledBatches(examples, 16, seed=1), examples[:8]
        fitting.fit(network, batches, (network_input(seen.glyphs), seen.labels), folder, EPOCHS)
        np.savez(folder / "weights.npz", *network.get_weights())
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    os._exit(0)  # before a signal that is still to come


def _send(signal: int, folder: Path, change: int, delay: float) -> None:
    seen = 0

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event not in CHANGES or not str(arguments[0]).startswith(str(folder)):
            return
        if event == "open" and not int(arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR):
            return
        seen += 1
        if seen == change:
            if delay:
                threading.Timer(delay, os.kill, (os.getpid(), signal)).start()
            else:
                os.kill(os.getpid(), signal)

    sys.addaudithook(hear)
