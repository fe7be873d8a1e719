"""The training of the verifier, from data to the file that numbers are read with."""

import contextlib
import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitpad.errors import DataError, RunError
from digitpad.files import write_whole
from digitpad.models.quiet import quiet_stderr
from digitpad.numbers.verifier import FILE, Verifier
from digitpad.training import networks
from digitpad.training.data.datasets import Mnist
from digitpad.training.data.groups import Groups, GroupWorkshop
from digitpad.training.data.mixture import HELD_OUT_WRITERS, WRITTEN_LIKE_DIGITS, is_held_out, pen_digits
from digitpad.training.data.rows import Rows
from digitpad.training.data.strokes import Strokes, load_pen_digits
from digitpad.training.data.unipen import Character, load_unipen
from digitpad.training.export import QUANTIZED_TOLERANCE
from digitpad.training.fitting import fit
from digitpad.training.run import finish

ROWS, ROWS_HELD_OUT = 8_000, 400
EPOCHS, BATCH_SIZE = 3, 256
CARD = FILE.with_suffix(".json").name


class GroupBatches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """Groups in batches, shuffled anew in every epoch; the order depends on the seed and the epoch alone."""

    def __init__(self, groups: Groups, seed: int) -> None:
        super().__init__()
        self._groups = groups
        self._seed = seed
        self.shuffle(0)

    def shuffle(self, epoch: int) -> None:
        """Put the groups into the order of that epoch."""
        self._order = np.random.default_rng([self._seed, epoch]).permutation(len(self._groups))

    def __len__(self) -> int:
        return -(-len(self._groups) // BATCH_SIZE)

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        chosen = np.sort(self._order[index * BATCH_SIZE : (index + 1) * BATCH_SIZE])
        return _for_keras(Groups(self._groups.views[chosen], self._groups.shares[chosen]))


def train_verifier(folder: Path, mnist: Mnist, data: Path | None, seed: int, rows: int = ROWS) -> dict[str, Any]:
    """Train the verifier and leave `verifier.tflite` and its card `verifier.json` in a folder.

    Where an earlier run to that folder was interrupted, this one goes on after its last epoch.

    Args:
        folder: where it is left; it must exist.
        mnist: whose training digits are learned from.
        data: where the user says that the pen strokes and UNIPEN are.
        seed: of all that is random.
        rows: how many are made to learn from.

    Returns:
        the card.

    Raises:
        DataError: there are no pen strokes, or a file is damaged.
        RunError: LiteRT does not read as Keras does.
        OSError: the folder can't be written.
    """
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    pens, characters = load_pen_digits(data), load_unipen(data)
    if not pens:
        raise DataError("Rows of digits are drawn from the pen strokes, and there are none. Name their folder.")
    known = [digit for digit in pens if digit.writer not in HELD_OUT_WRITERS]
    known += pen_digits(one for one in characters if not is_held_out(one))
    held = [digit for digit in pens if digit.writer in HELD_OUT_WRITERS]
    held += pen_digits(one for one in characters if is_held_out(one))
    learned = GroupWorkshop(Rows(known, mnist.train, _others(characters))).groups(rows, seed)
    strangers = GroupWorkshop(Rows(held, mnist.train[:0])).groups(min(rows, ROWS_HELD_OUT), seed + 1)
    batches = GroupBatches(learned, seed)
    network = networks.build("verifier", steps=EPOCHS * len(batches))
    fit(network, batches, _for_keras(strangers), folder, EPOCHS)
    card = {
        "seed": seed,
        "rows": rows,
        "trained_on": len(learned),
        "epochs": EPOCHS,
        "weights": network.count_params(),
        **_exported(network, folder / FILE.name, strangers),
    }
    write_whole(folder / CARD, json.dumps(card, indent=2) + "\n")
    finish(folder)
    return card


def _others(characters: Sequence[Character]) -> list[Strokes]:
    """What is no digit, nor like one, by people who may be learned from."""
    others = [one for one in characters if one.kind != "digit" and not is_held_out(one)]
    return [list(one.strokes) for one in others if one.label not in WRITTEN_LIKE_DIGITS]


def _exported(network: keras.Model, path: Path, strangers: Groups) -> dict[str, Any]:
    """Write the network as LiteRT with 8-bit weights; how well it tells the groups of strangers' rows."""
    with contextlib.redirect_stdout(io.StringIO()), quiet_stderr():  # the converter talks on both
        network.export(path, format="litert", verbose=False, optimizations=[tf.lite.Optimize.DEFAULT])
    views, shares = _for_keras(strangers)
    expected = network.predict(views, batch_size=500, verbose=0)
    verifier = Verifier(path)
    starts = range(0, len(views), 500)
    given = np.concatenate([verifier(strangers.views[start : start + 500]) for start in starts])
    difference = float(np.abs(given - expected).max(axis=1).mean())
    if difference > QUANTIZED_TOLERANCE:
        raise RunError(f"{path.name} does not tell groups as the Keras network does: {difference:.2g} on average.")
    plain = shares.max(axis=1) > 0.9  # of which nobody doubts what they are
    right = given[plain].argmax(axis=1) == shares[plain].argmax(axis=1)
    is_digit = shares[plain, 10] < 0.5
    return {
        "held_out_groups": int(plain.sum()),
        "digits_told": float(right[is_digit].mean()),
        "others_told": float(right[~is_digit].mean()),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _for_keras(groups: Groups) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What the network sees, 0 to 1, and what it is to say."""
    shares = groups.shares.astype(np.float32)
    return groups.views.astype(np.float32) / np.float32(255), shares / shares.sum(axis=1, keepdims=True)
