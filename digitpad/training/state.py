"""What an unfinished run goes on from: all that a training has come to, in one file for each finished epoch.

A file is whole or not there (`write_whole`), has the number of its epoch in its name, and begins with the SHA-256 of
what follows. The two latest are kept: should the disk damage one, there is the one before.

Keras' BackupAndRestore changes its file in place and writes beside it which epoch that was: a kill between the two
lets a run go on with weights of another epoch, and one in the middle of the first can't be opened at all.
"""

import contextlib
import hashlib
import io
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from digitpad.files import write_whole
from digitpad.training.run import STATE_FOLDER, saved_states, state_of

KEPT = 2
DIGEST = hashlib.sha256().digest_size  # bytes


def save(network: keras.Model, history: str, folder: Path, epochs: int) -> None:
    """Keep the state after an epoch.

    Args:
        network: compiled and trained: its weights, the generators of its layers and its optimizer are kept.
        history: the lines of `history.csv` so far.
        folder: the run's.
        epochs: how many are finished.

    Raises:
        OSError: it can't be written.
    """
    file = io.BytesIO()
    np.savez(file, np.array(history), *map(keras.ops.convert_to_numpy, variables(network)))
    content = file.getvalue()
    (folder / STATE_FOLDER).mkdir(exist_ok=True)
    write_whole(state_of(folder, epochs), hashlib.sha256(content).digest() + content)
    for old in saved_states(folder)[KEPT:]:
        with contextlib.suppress(OSError):  # it does no harm
            state_of(folder, old).unlink()


def restore(network: keras.Model, folder: Path) -> tuple[int, str]:
    """Bring a network to the latest state in a run's folder that is whole; damaged ones are told of and deleted.

    Args:
        network: compiled, as it was built; left so where there is no state.
        folder: the run's.

    Returns:
        how many epochs are finished, and the lines of `history.csv` so far; 0 and nothing where there is no state.

    Raises:
        OSError: a damaged one can't be deleted.
    """
    kept = variables(network)
    for epochs in saved_states(folder):
        file = state_of(folder, epochs)
        history, *arrays = _read(file) or [np.array("")]
        if [array.shape for array in arrays] == [tuple(variable.shape) for variable in kept]:
            for variable, array in zip(kept, arrays, strict=True):
                variable.assign(array)
            return epochs, str(history)
        before = max((other for other in saved_states(folder) if other < epochs), default=0)
        print(
            f"What was kept after epoch {epochs} is damaged: {file}. The training "
            f"{f'goes on after epoch {before}' if before else 'begins anew'}.",
            flush=True,
        )
        file.unlink()  # it would count as the latest
    return 0, ""


def _read(file: Path) -> list[NDArray[Any]]:
    """The arrays in a state's file; none where it is damaged."""
    try:
        content = file.read_bytes()
    except OSError:
        return []
    if hashlib.sha256(content[DIGEST:]).digest() != content[:DIGEST]:
        return []
    with np.load(io.BytesIO(content[DIGEST:])) as arrays:
        return list(arrays.values())


def variables(network: keras.Model) -> list[keras.Variable]:
    """All that a training changes, always in the same order."""
    if not network.optimizer.built:
        network.optimizer.build(network.trainable_variables)
    return [*network.variables, *network.optimizer.variables]
