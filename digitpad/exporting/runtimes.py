"""What reads an export again: for each format its own runtime, loaded late."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from digitpad.models.layers import Maps
from digitpad.models.quiet import quiet_stderr

Look = Callable[[Maps], Maps]


def opened(form: str, path: Path) -> Look:
    """Open an export as a program would that knows nothing of digitpad.

    Args:
        form: the name of its format.
        path: its file, or of a SavedModel the folder.

    Returns:
        what gives float32 (n, 10) or (n, 11) of float32 (n, 28, 28, 1).

    Raises:
        ModuleNotFoundError: its runtime is not installed.
    """
    with quiet_stderr():
        return _OPEN[form](path)


def _onnx(path: Path) -> Look:
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    [taken] = session.get_inputs()
    return lambda inputs: np.asarray(session.run(None, {taken.name: inputs})[0])


def _savedmodel(path: Path) -> Look:
    import tensorflow as tf

    loaded = tf.saved_model.load(path)  # kept by the function below: without it what it serves is gone
    return lambda inputs: np.asarray(loaded.serve(inputs))


def _keras(path: Path) -> Look:
    import keras

    network = keras.models.load_model(path)
    return lambda inputs: np.asarray(network(inputs, training=False))


def _litert(path: Path) -> Look:
    from ai_edge_litert.interpreter import Interpreter

    from digitpad.models.model import run

    interpreter = Interpreter(model_path=str(path), num_threads=1)
    return lambda inputs: run(interpreter, inputs)


_OPEN = {"onnx": _onnx, "savedmodel": _savedmodel, "keras": _keras, "litert": _litert}
