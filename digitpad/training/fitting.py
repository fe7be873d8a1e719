"""The training loop, and the batches that it takes; a killed run goes on from a state on disk."""

import csv
from pathlib import Path
from typing import Any, Protocol

import keras
import numpy as np
from numpy.typing import NDArray

from digitpad.files import write_whole
from digitpad.glyphs.glyph import network_input
from digitpad.training import state
from digitpad.training.callbacks import Progress, Saving
from digitpad.training.data.augmentation import Distortion
from digitpad.training.data.datasets import Examples
from digitpad.training.run import HISTORY_FILE, forget_progress

CALM = 0.4  # the strength of distortion in the last epoch


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
    done, history = resumed(network, folder)
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
                Progress(folder, epochs, len(batches), done),
                Saving(folder, history),
            ],
        )
    finally:
        forget_progress(folder)


def resumed(network: keras.Model, folder: Path) -> tuple[int, str]:
    """Bring a network to where a run was interrupted; how many epochs are finished, and the lines of the history.

    Raises:
        OSError: the history can't be written.
    """
    done, history = state.restore(network, folder)
    write_whole(folder / HISTORY_FILE, history)  # in which may be a line more, of an epoch that was not kept
    return done, history


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
        return self.part(index)

    def size(self, index: int) -> int:
        """How many examples are in a batch: in the last one there may be fewer."""
        return len(self._rows(index))

    def part(self, index: int, number: int = 0, parts: int = 1) -> tuple[NDArray[np.float32], NDArray[Any]]:
        """One of the about equal parts of a batch: glyphs and labels.

        Args:
            index: of the batch.
            number: of the part, from 0.
            parts: how many there are.
        """
        batch = self._examples[np.array_split(self._rows(index), parts)[number]]
        glyphs = batch.glyphs
        if self._distortion:
            rng = np.random.default_rng([self._seed, self._epoch, index, *([number] if parts > 1 else [])])
            glyphs = self._distortion(glyphs, rng, strength(self._epoch, self._epochs))
        return network_input(glyphs), self.labels(batch)

    def _rows(self, index: int) -> NDArray[np.int64]:
        return self._order[index * self._batch_size : (index + 1) * self._batch_size]
