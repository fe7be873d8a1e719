"""The whole export: a folder with the network and its card, whole or not at all."""

import hashlib
import importlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import ExportError
from digitpad.exporting.callers import terms
from digitpad.exporting.formats import FORMATS
from digitpad.exporting.parity import compared
from digitpad.exporting.runtimes import opened
from digitpad.files import RANDOM, write_whole
from digitpad.models.model import CARD_FILE, Model
from digitpad.models.neighbours import EXAMPLES
from digitpad.models.quiet import quiet_stderr

COMPARED = 1000  # glyphs


def refuse(folder: Path) -> None:
    """Refuse a folder that an export can't be put into; nothing is made or changed.

    Raises:
        ExportError: there is something in it already, or it can't be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ExportError(
                f"{folder} exists already and is not an empty folder. Delete it, or name another with --out."
            )
        with tempfile.NamedTemporaryFile(dir=next(place for place in folder.absolute().parents if place.exists())):
            pass  # that it can be made is what is to be known
    except OSError as error:
        raise _cannot_write(folder, error) from error


def load(form: str, check: bool) -> None:
    """Load what writes a format, and what reads it again: of most TensorFlow, which takes seconds.

    Raises:
        ModuleNotFoundError: one of them is not installed.
    """
    if FORMATS[form].by_keras:
        from digitpad.exporting import writing  # noqa: F401
    if check:
        from digitpad.training.data import datasets  # noqa: F401

        importlib.import_module(FORMATS[form].runtime.replace("-", "_"))


def export(
    model: Model,
    form: str,
    folder: Path,
    check: bool = False,
    data: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Write a model's network for another program into a new folder, with a card that says how it is to be called.

    Args:
        model: the one to write.
        form: one of `FORMATS`.
        folder: where to; new, or empty.
        check: whether its own runtime reads it again, beside digitpad, on 1,000 of MNIST's test digits.
        data: the folder that the user says has MNIST; see `load_mnist`.
        say: is told what is done, where that takes a while.

    Returns:
        the card.

    Raises:
        ExportError: the folder is taken or can't be written, or the export does not read as digitpad does.
        ModelError: the model has changed, or has layers that can't be written so.
        DataError: MNIST is nowhere to be had, or damaged.
        ModuleNotFoundError: what is needed is not installed.
    """
    folder = folder.absolute()
    refuse(folder)
    glyphs = _digits(data) if check else None
    # Beside its goal, since renaming is atomic only within one file system.
    unfinished = folder.with_name(f".{folder.name}.{os.urandom(RANDOM // 2).hex()}")
    try:
        unfinished.mkdir(parents=True)
        card = _written(model, form, unfinished, glyphs, say)
        with suppress(FileNotFoundError):
            folder.rmdir()  # an empty one: Windows renames to nothing that is there
        unfinished.rename(folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return card


def _written(
    model: Model, form: str, folder: Path, glyphs: NDArray[np.uint8] | None, say: Callable[[str], None]
) -> dict[str, Any]:
    """The card of an export, once all of it is written."""
    kind, known = FORMATS[form], terms(model)
    path = folder / kind.file
    if kind.by_keras:
        _write_by_keras(model, form, path, known)
    else:
        write_whole(path, model.content())
    parity = None
    if glyphs is not None:
        say(f"Reading {len(glyphs):,} digits with it …")
        parity = asdict(compared(model, opened(form, path), glyphs))
    card = {
        # All that is known of the model, too: a LiteRT export is a model that digitpad opens.
        **model.card,
        "model_sha256": hashlib.sha256(model.content()).hexdigest(),
        "export": {
            "format": kind.title,
            "file": kind.file or "saved_model.pb",
            **known,
            "read_again_by": f"{kind.runtime} {version(kind.runtime)}" if parity else "nothing",
            "compared": parity,
        },
    }
    write_whole(folder / CARD_FILE, json.dumps(card, indent=2) + "\n")
    return card


def _write_by_keras(model: Model, form: str, path: Path, known: dict[str, Any]) -> None:
    from digitpad.exporting.keras_network import keras_network
    from digitpad.exporting.writing import write

    with np.load(EXAMPLES) as file:
        examples = file["glyphs"]
    with quiet_stderr():  # TensorFlow tells of the graphics cards that it did not find
        network = keras_network(model)
        # Before anything is written, on what is at hand everywhere: a layer that was mistaken shows at once.
        compared(model, lambda inputs: np.asarray(network(inputs, training=False)), examples)
    write(network, form, path, known)


def _digits(data: Path | None) -> NDArray[np.uint8]:
    from digitpad.training.data.datasets import load_mnist

    return load_mnist(data).test.glyphs[:COMPARED]


def _cannot_write(folder: Path, error: OSError) -> ExportError:
    return ExportError(f"{folder} can't be written: {error.strerror or error}. Name another folder with --out.")
