"""The whole training, from data to a finished model."""

import hashlib
import json
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

import digitpad
from digitpad.files import write_whole
from digitpad.glyphs.glyph import network_input
from digitpad.models.hand import Hand
from digitpad.models.mistakes import TEST, VALIDATION, save_mistakes
from digitpad.models.model import CARD_FILE, WEIGHTS_FILE, Model
from digitpad.training import distributed, networks, plots, state
from digitpad.training.calibration import Lines, calibrate, draw_lines
from digitpad.training.data.course import NO_EXAMPLES, Course, mixed_course, plain_course
from digitpad.training.data.datasets import Mnist
from digitpad.training.data.mixture import HELD_OUT_ALPHABET, Strangers, together
from digitpad.training.distributed import Group
from digitpad.training.evaluation import Evaluation, evaluate
from digitpad.training.export import export_litert
from digitpad.training.fitting import ShuffledBatches, fit, in_one_cycle, read_history
from digitpad.training.mistakes import mistakes_in
from digitpad.training.recipes import Recipe, recipe_of
from digitpad.training.run import KERAS_FILE, Settings, finish, hand_of, keep_to

OTHERWISE = (
    "The workers were started with different options, or have different data. Start all of them again with the same."
)


def train(
    settings: Settings, mnist: Mnist, folder: Path, data: Path | None = None, group: Group | None = None
) -> dict[str, Any]:
    """Train a network and leave the finished model in a folder.

    MNIST's test examples are read once, after the last epoch; not in a trial.

    Args:
        settings: what to train, and how.
        mnist: what to train on and to measure with.
        folder: made by `run.start`, or left by an earlier run that was interrupted.
        data: where the user says that the other data are, for a network that learns from a mixture.
        group: those that train together, of whom this is the chief. None: this process trains alone.

    Returns:
        the model's card.

    Raises:
        DataError: one of the other data sets is damaged.
        HandError: the hand in the folder is.
        RunError: the run began with other data, another worker has ended or has other settings or data, or LiteRT
            does not read as Keras does.
        OSError: the folder can't be written (any more).
    """
    _make_ready(settings)
    recipe = recipe_of(settings.network, settings.recipe)
    course = _course(settings, recipe, mnist, data, hand_of(folder))
    keep_to(folder, course.description["sha256_of_contents"])
    if group:
        network = _fitted_together(settings, recipe, course, folder, group)
    else:
        network = _fitted(settings, recipe, course, folder)

    print("Measuring, and drawing the pictures …", flush=True)
    details: dict[str, Any] = {"looks_again": recipe.mixture}
    strangers = together(*course.strangers.digits.values()) if course.strangers.digits else NO_EXAMPLES
    if recipe.mixture:
        details["temperature"] = calibrate(network, strangers if len(strangers) else course.validation)
    network.save(folder / KERAS_FILE)
    largest_difference = export_litert(network, folder / WEIGHTS_FILE, course.validation.glyphs, recipe.quantized)
    model = Model(folder / WEIGHTS_FILE, looks_again=recipe.mixture)
    measured = {
        "validation": course.validation_mnist,
        "held_out_writers": strangers,
        "test": NO_EXAMPLES if settings.trial else mnist.test,
    }
    found = {name: evaluate(model, examples) for name, examples in measured.items() if len(examples)}
    if len(strangers):
        lines = draw_lines(found["held_out_writers"].probabilities)
        details |= asdict(lines) | _trade(lines, model, course.strangers)
    _draw_pictures(network, found, settings.trial, folder)
    sha256 = hashlib.sha256(model.path.read_bytes()).hexdigest()
    measured_by = VALIDATION if settings.trial else TEST
    save_mistakes(mistakes_in(found[measured_by], measured_by), folder, sha256)
    card = {
        **_how_it_was_made(settings, network, {"tested_on": len(measured["test"]), **course.description}, folder),
        **({"workers": len(group.workers.addresses)} if group else {}),
        **{name: _figures(evaluation) for name, evaluation in found.items()},
        **details,
        "litert_largest_difference": largest_difference,
        "model_sha256": sha256,
    }
    # Last: a folder with a card is a finished model.
    write_whole(folder / CARD_FILE, json.dumps(card, indent=2) + "\n")
    finish(folder)
    return card


def help_to_train(
    settings: Settings, mnist: Mnist, group: Group, data: Path | None = None, hand: Hand | None = None
) -> None:
    """Train together with a chief, who leaves the model; nothing is written here.

    Args:
        settings: the chief's.
        mnist: what to train on.
        group: those that train together, of whom this is not the chief.
        data: as for `train`.
        hand: what a person taught, if that is learned too.

    Raises:
        DataError: one of the other data sets is damaged.
        RunError: another worker has ended, or has other settings or data.
    """
    _make_ready(settings)
    recipe = recipe_of(settings.network, settings.recipe)
    _fitted_together(settings, recipe, _course(settings, recipe, mnist, data, hand), None, group)


def _make_ready(settings: Settings) -> None:
    keras.utils.set_random_seed(settings.seed)
    # The same seed gives the same weights only if sums are always taken in the same order.
    tf.config.experimental.enable_op_determinism()


def _course(settings: Settings, recipe: Recipe, mnist: Mnist, data: Path | None, hand: Hand | None) -> Course:
    course = mixed_course(mnist, data, settings.seed, settings.trial) if recipe.mixture else plain_course(mnist)
    return course.with_hand(hand, tells_no_digit=recipe.mixture) if hand else course


def _fitted(settings: Settings, recipe: Recipe, course: Course, folder: Path) -> keras.Model:
    """The network once it has learned, or has gone on learning where an earlier run was interrupted."""
    batches, validation = _what_is_learned(settings, recipe, course)
    network = _network(settings, recipe, batches)
    fit(network, batches, validation, folder, settings.epochs)
    return network


def _fitted_together(
    settings: Settings, recipe: Recipe, course: Course, folder: Path | None, group: Group
) -> keras.Model:
    """The same, where all workers train it; the folder is the chief's."""
    what = {"settings": asdict(settings), "data": course.description["sha256_of_contents"]}
    group.agree(json.dumps(what, sort_keys=True).encode(), OTHERWISE)
    batches, validation = _what_is_learned(settings, recipe, course)
    shared = group.built(partial(_network, settings, recipe, batches))
    distributed.fit(shared, batches, validation, folder, settings.epochs, group)
    print(f"SHA-256 of the weights: {hashlib.sha256(distributed.weights_of(shared)).hexdigest()}", flush=True)
    # What follows is this worker's alone: with the shared one it would wait for the others.
    network = _network(settings, recipe, batches)
    for variable, value in zip(state.variables(network), state.variables(shared), strict=True):
        variable.assign(keras.ops.convert_to_numpy(value))
    return network


def _what_is_learned(
    settings: Settings, recipe: Recipe, course: Course
) -> tuple[ShuffledBatches, tuple[NDArray[np.float32], NDArray[Any]]]:
    """The batches, and what is measured with after every epoch."""
    batches = ShuffledBatches(
        course.learned,
        settings.batch_size,
        settings.seed,
        distorted=recipe.mixture,
        epochs=settings.epochs,
        classes=11 if recipe.mixture else 0,
    )
    return batches, (network_input(course.validation.glyphs), batches.labels(course.validation))


def _network(settings: Settings, recipe: Recipe, batches: ShuffledBatches) -> keras.Model:
    """The network before it has learned anything."""
    steps = settings.epochs * len(batches)
    network = networks.build(settings.network, steps)
    if recipe.peak is not None:
        in_one_cycle(network, steps, recipe.peak)
    return network


def _draw_pictures(network: keras.Model, found: dict[str, Evaluation], trial: bool, folder: Path) -> None:
    """The pictures that lie beside a model: of MNIST's digits, and of strangers' where there are any."""
    of_mnist = found["validation" if trial else "test"]
    held_out = found["held_out_writers" if "held_out_writers" in found else "validation"]
    plots.save_curves(read_history(folder), folder / "curves.png")
    plots.save_worst(of_mnist, folder / "worst.png")
    plots.save_architecture(network, folder / "architecture.png")
    plots.save_calibration(held_out, folder / "calibration.png")


def _how_it_was_made(settings: Settings, network: keras.Model, data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The first part of the card."""
    return {
        "network": settings.network,
        "recipe": settings.recipe,
        "weights": network.count_params(),
        "data": data,
        "seed": settings.seed,
        "epochs": settings.epochs,
        "batch_size": settings.batch_size,
        "seconds": round(sum(read_history(folder)["seconds"])),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": _versions(),
    }


def _trade(lines: Lines, model: Model, strangers: Strangers) -> dict[str, Any]:
    """What the lines cost among strangers: of each group's digits and of each kind of what is no digit."""
    figures: dict[str, Any] = {"strangers": {}, "no_digits": {}}
    for name, examples in strangers.digits.items():
        if len(examples):
            read = evaluate(model, examples)
            accepted, wrong = lines.accepts(read.probabilities), read.read != examples.labels
            figures["strangers"][name] = {
                "accuracy": read.accuracy,
                "accepted": float(accepted.mean()),
                "wrong_among_accepted": float(wrong[accepted].mean()),
                "turned_away": float(lines.turns_away(read.probabilities).mean()),
            }
    for name, examples in strangers.others.items():
        if len(examples):
            probabilities = evaluate(model, examples).probabilities
            figures["no_digits"][name] = {
                "not_called_a_digit": float((~lines.accepts(probabilities)).mean()),
                "turned_away": float(lines.turns_away(probabilities).mean()),
            }
    if HELD_OUT_ALPHABET in figures["no_digits"]:
        figures["held_out_symbols_turned_away"] = figures["no_digits"][HELD_OUT_ALPHABET]["turned_away"]
    return figures


def _figures(evaluation: Evaluation) -> dict[str, Any]:
    return {"accuracy": evaluation.accuracy, "accuracy_per_digit": evaluation.accuracy_per_digit}


def _versions() -> dict[str, str]:
    packages = ("tensorflow", "keras", "numpy", "ai-edge-litert")
    return {
        "digitpad": digitpad.__version__,
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
    }
