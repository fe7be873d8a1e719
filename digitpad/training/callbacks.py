"""What stands beside a training loop: a bar, the note of how far it is, the history, the state."""

import contextlib
import csv
import io
import json
import os
import time
from pathlib import Path
from typing import Any

import keras
from tqdm import tqdm

from digitpad.files import write_whole
from digitpad.training import state
from digitpad.training.run import HISTORY_FILE, PROGRESS_FILE

SECONDS_BETWEEN_NOTES = 0.5  # as often as an eye asks for; writing it takes some milliseconds


class Saving(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """A line of the history and the state after every epoch. It stays until the run's folder is complete.

    What follows the training can be interrupted too.

    Args:
        folder: the run's.
        history: its lines so far.
    """

    def __init__(self, folder: Path, history: str) -> None:
        super().__init__()
        self._folder = folder
        self._history = history

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Write both."""
        figures = {"epoch": epoch, **dict(sorted((logs or {}).items()))}
        lines = io.StringIO()
        rows = csv.DictWriter(lines, figures, lineterminator="\n")
        if not self._history:
            rows.writeheader()
        rows.writerow(figures)
        self._history += lines.getvalue()
        write_whole(self._folder / HISTORY_FILE, self._history)
        state.save(self.model, self._history, self._folder, epoch + 1)


class Progress(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """One bar over the whole training, with the time left, a line for every finished epoch, and `progress.json`.

    Args:
        folder: the run's; None: no `progress.json` is written.
        epochs: in all.
        batches: in each.
        done: epochs that are finished already.
    """

    def __init__(self, folder: Path | None, epochs: int, batches: int, done: int) -> None:
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
        """Say which epoch it is."""
        self._epoch = epoch
        self._began = time.monotonic()
        self._bar.set_description(f"Epoch {epoch + 1}/{self._epochs}")

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Move the bar, and note how far it is."""
        logs = logs or {}
        self._bar.set_postfix_str(f"loss {logs['loss']:.4f}, accuracy {logs['accuracy']:.2%}", refresh=False)
        self._bar.update()
        if self._folder:
            self._note(self._folder, batch, logs)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Say how it went."""
        logs = logs if logs is not None else {}
        # The history gets it too: Keras hands one dictionary from callback to callback.
        logs["seconds"] = round(time.monotonic() - self._began, 1)
        self._bar.write(
            f"Epoch {epoch + 1} of {self._epochs}: loss {logs['loss']:.4f}, accuracy {logs['accuracy']:.2%}; "
            f"validation loss {logs['val_loss']:.4f}, accuracy {logs['val_accuracy']:.2%}"
        )

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Take the bar away."""
        self._bar.close()

    def _note(self, folder: Path, batch: int, logs: dict[str, Any]) -> None:
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
            write_whole(folder / PROGRESS_FILE, json.dumps(note) + "\n")
