"""The whole training, from data to a finished model."""

import hashlib
import json
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

import digitpad
from digitpad.files import write_whole
from digitpad.model import CARD_FILE, WEIGHTS_FILE, Model
from digitpad.training import networks, plots
from digitpad.training.datasets import MNIST_CONTENTS, Mnist
from digitpad.training.evaluation import Evaluation, evaluate
from digitpad.training.export import export_litert
from digitpad.training.fitting import fit, read_history
from digitpad.training.run import Settings, finish

VALIDATION_EXAMPLES = 5_000  # the last of MNIST's 60,000 training examples, never trained on


def train(settings: Settings, mnist: Mnist, folder: Path) -> dict[str, Any]:
    """Train a network and leave the finished model in a folder.

    MNIST's test examples are read once, after the last epoch.

    Args:
        settings: what to train, and how.
        mnist: what to train on and to measure with.
        folder: made by `run.start`, or left by an earlier run that was interrupted.

    Returns:
        the model's card.

    Raises:
        RunError: LiteRT does not read as Keras does.
        OSError: the folder can't be written (any more).
    """
    keras.utils.set_random_seed(settings.seed)
    # The same seed gives the same weights only if sums are always taken in the same order.
    tf.config.experimental.enable_op_determinism()
    network = networks.build(settings.network)
    learned = mnist.train[:-VALIDATION_EXAMPLES]
    validation = mnist.train[-VALIDATION_EXAMPLES:]
    fit(network, learned, validation, folder, settings.epochs, settings.batch_size, settings.seed)

    network.save(folder / "model.keras")
    largest_difference = export_litert(network, folder / WEIGHTS_FILE, validation.glyphs)
    model = Model(folder / WEIGHTS_FILE)
    on_validation, on_test = evaluate(model, validation), evaluate(model, mnist.test)
    history = read_history(folder)
    plots.save_curves(history, folder / "curves.png")
    plots.save_confusion(on_test, folder / "confusion.png")
    plots.save_worst(on_test, folder / "worst.png")
    plots.save_architecture(network, folder / "architecture.png")
    card = {
        "network": settings.network,
        "weights": network.count_params(),
        "data": {
            "name": "MNIST",
            "sha256_of_contents": MNIST_CONTENTS,
            "trained_on": len(learned),
            "validated_on": len(validation),
            "tested_on": len(mnist.test),
        },
        "seed": settings.seed,
        "epochs": settings.epochs,
        "batch_size": settings.batch_size,
        "seconds": round(sum(history["seconds"])),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": _versions(),
        "validation": _figures(on_validation),
        "test": _figures(on_test),
        "litert_largest_difference": largest_difference,
        "model_sha256": hashlib.sha256(model.path.read_bytes()).hexdigest(),
    }
    # Last: a folder with a card is a finished model.
    write_whole(folder / CARD_FILE, json.dumps(card, indent=2) + "\n")
    finish(folder)
    return card


def _figures(evaluation: Evaluation) -> dict[str, Any]:
    return {"accuracy": evaluation.accuracy, "accuracy_per_digit": evaluation.accuracy_per_digit}


def _versions() -> dict[str, str]:
    packages = ("tensorflow", "keras", "numpy", "ai-edge-litert")
    return {
        "digitpad": digitpad.__version__,
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
    }
