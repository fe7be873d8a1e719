"""The training loop: batches, progress, and a state on disk from which a killed run goes on."""

import contextlib
import csv
import io
import json
import os
import time
from pathlib import Path
from typing import Any, Protocol

import keras
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad.files import write_whole
from digitpad.glyphs.glyph import network_input
from digitpad.training import state
from digitpad.training.data.augmentation import Distortion
from digitpad.training.data.datasets import Examples
from digitpad.training.run import HISTORY_FILE, PROGRESS_FILE, forget_progress

CALM = 0.4  # the strength of distortion in the last epoch
SECONDS_BETWEEN_NOTES = 0.5  # as often as an eye asks for; writing it takes some milliseconds


class Batches(Protocol):
    """What is learned from, as Keras takes it, in an order of its own in each epoch."""

    def shuffle(self, epoch: int) -> None:
        """Put the examples into the order of that epoch."""

    def __len__(self) -> int: ...


def fit(
    network: keras.Model,
    batches: Batches,
    validation: tuple[NDArray[np.float32], NDArray[Any]],
    folder: Path,
    epochs: int,
) -> None:
    """Train a compiled network, going on from the last finished epoch that `folder` holds the state of.

    After every epoch the state and one line of `history.csv` are on disk. A run that was interrupted, at whatever
    moment, and went on ends with the same weights as one that was not. While it trains, `progress.json` tells how
    far it is.

    Args:
        network: compiled, with the metric "accuracy"; trained in place.
        batches: what to learn from.
        validation: what to measure with after every epoch, and its labels.
        folder: where the state and the history are kept; it must exist.
        epochs: how many epochs in all, those already done counted in.

    Raises:
        OSError: the state or the history can't be written.
    """
    done, history = state.restore(network, folder)
    write_whole(folder / HISTORY_FILE, history)  # in which may be a line more, of an epoch that was not kept
    try:
        network.fit(
            batches,
            validation_data=validation,
            initial_epoch=done,
            epochs=epochs,
            shuffle=False,  # the batches do it; Keras would mix them up by a generator that no run can resume
            verbose=0,
            callbacks=[
                keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, _: batches.shuffle(epoch)),
                _Progress(folder, epochs, len(batches), done),
                _Saving(folder, history),
            ],
        )
    finally:
        forget_progress(folder)


def in_one_cycle(network: keras.Model, steps: int, peak: float) -> None:
    """Compile a network anew, so that its learning rate rises for a quarter of the steps, then falls to nothing.

    A training that is to be short learns more so, from larger steps than it could bear all the way: Smith and Topin,
    "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates" (2019).

    Args:
        network: compiled, with the loss that it keeps.
        steps: of the whole training.
        peak: the largest learning rate, of Adam.
    """
    rising = steps // 4
    rate = keras.optimizers.schedules.CosineDecay(
        peak / 25, max(1, steps - rising), warmup_target=peak, warmup_steps=rising
    )
    network.compile(optimizer=keras.optimizers.Adam(rate), loss=network.loss, metrics=["accuracy"])


def read_history(folder: Path) -> dict[str, list[float]]:
    """The columns of `history.csv`: accuracy, loss, seconds, val_accuracy and val_loss, one value an epoch."""
    with (folder / HISTORY_FILE).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name != "epoch"] if rows else []
    return {name: [float(row[name]) for row in rows] for name in columns}


def strength(epoch: int, epochs: int) -> float:
    """How much to distort in an epoch: wholly at first, less and less after the middle, CALM in the last.

    What is distorted is further from what will be read than the pictures themselves; after He, Xie, Zhang, Chen, Gu,
    Qian and Wang, "Data Augmentation Revisited" (2019), who end a training without augmentation.

    Args:
        epoch: from 0.
        epochs: in all.
    """
    done = epoch / max(1, epochs - 1)
    return 1 - (1 - CALM) * max(0.0, 2 * done - 1)


class ShuffledBatches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """Examples in batches, shuffled anew in every epoch, distorted too if one likes.

    All that is random depends on the seed and the epoch alone, so that a resumed run sees the same.

    Args:
        examples: what the batches are made of.
        batch_size: examples in each.
        seed: of all that is random.
        distorted: whether every glyph is distorted, each time another way.
        epochs: how many epochs there will be: in the last ones glyphs are distorted less.
        classes: give labels as one-hot vectors of that length; 0 for plain labels.
    """

    def __init__(
        self,
        examples: Examples,
        batch_size: int,
        seed: int,
        distorted: bool = False,
        epochs: int = 1,
        classes: int = 0,
    ) -> None:
        super().__init__()
        self._examples = examples
        self._batch_size = batch_size
        self._seed = seed
        self._distortion = Distortion(seed) if distorted else None
        self._epochs = epochs
        self._classes = classes
        self.shuffle(0)

    def shuffle(self, epoch: int) -> None:
        """Put the examples into the order of that epoch."""
        self._epoch = epoch
        self._order = np.random.default_rng([self._seed, epoch]).permutation(len(self._examples))

    def __len__(self) -> int:
        return -(-len(self._examples) // self._batch_size)

    def labels(self, examples: Examples) -> NDArray[Any]:
        """The labels of examples as these batches give them."""
        return np.eye(self._classes, dtype=np.float32)[examples.labels] if self._classes else examples.labels

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[Any]]:
        batch = self._examples[self._order[index * self._batch_size : (index + 1) * self._batch_size]]
        glyphs = batch.glyphs
        if self._distortion:
            rng = np.random.default_rng([self._seed, self._epoch, index])
            glyphs = self._distortion(glyphs, rng, strength(self._epoch, self._epochs))
        return network_input(glyphs), self.labels(batch)


class _Saving(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """A line of the history and the state after every epoch. It stays until the run's folder is complete.

    What follows the training can be interrupted too.
    """

    def __init__(self, folder: Path, history: str) -> None:
        super().__init__()
        self._folder = folder
        self._history = history

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        figures = {"epoch": epoch, **dict(sorted((logs or {}).items()))}
        lines = io.StringIO()
        rows = csv.DictWriter(lines, figures, lineterminator="\n")
        if not self._history:
            rows.writeheader()
        rows.writerow(figures)
        self._history += lines.getvalue()
        write_whole(self._folder / HISTORY_FILE, self._history)
        state.save(self.model, self._history, self._folder, epoch + 1)


class _Progress(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """One bar over the whole training, with the time left, a line for every finished epoch, and `progress.json`."""

    def __init__(self, folder: Path, epochs: int, batches: int, done: int) -> None:
        super().__init__()
        self._folder = folder
        self._epochs = epochs
        self._batches = batches
        self._first: float | None = None  # when the first batch was done; it takes longer than all the others
        self._noted = 0.0
        self._bar = tqdm(
            total=epochs * batches,
            initial=done * batches,
            unit="batch",
            dynamic_ncols=True,
            # A log file needs a sign of life, not a picture of it.
            mininterval=0.2 if os.isatty(2) else 10,
        )

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._epoch = epoch
        self._began = time.monotonic()
        self._bar.set_description(f"Epoch {epoch + 1}/{self._epochs}")

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        logs = logs or {}
        self._bar.set_postfix_str(f"loss {logs['loss']:.4f}, accuracy {logs['accuracy']:.2%}", refresh=False)
        self._bar.update()
        self._note(batch, logs)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        logs = logs if logs is not None else {}
        # The history gets it too: Keras hands one dictionary from callback to callback.
        logs["seconds"] = round(time.monotonic() - self._began, 1)
        self._bar.write(
            f"Epoch {epoch + 1} of {self._epochs}: loss {logs['loss']:.4f}, accuracy {logs['accuracy']:.2%}; "
            f"validation loss {logs['val_loss']:.4f}, accuracy {logs['val_accuracy']:.2%}"
        )

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        self._bar.close()

    def _note(self, batch: int, logs: dict[str, Any]) -> None:
        """Write `progress.json`, unless that was done just now."""
        now = time.monotonic()
        if self._first is None:
            self._first = now
        elif now - self._noted < SECONDS_BETWEEN_NOTES:
            return
        self._noted = now
        after_first = self._bar.n - self._bar.initial - 1
        note = {
            "epoch": self._epoch + 1,
            "epochs": self._epochs,
            "batch": batch + 1,
            "batches": self._batches,
            "loss": float(logs["loss"]),
            "accuracy": float(logs["accuracy"]),
            "seconds_left": (
                round((now - self._first) / after_first * (self._bar.total - self._bar.n), 1) if after_first else None
            ),
        }
        # No training is to end for this: the disk may be full for a moment, and on Windows a file that is
        # being read can't be replaced.
        with contextlib.suppress(OSError):
            write_whole(self._folder / PROGRESS_FILE, json.dumps(note) + "\n")
