"""From a Keras network to the LiteRT file that the apps read with."""

import contextlib
import io
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from digitpad.errors import RunError
from digitpad.glyph import network_input
from digitpad.model import Model
from digitpad.training.quiet import quiet_stderr

# Both compute in float32 but add in another order; a real fault (a layer lost, a wrong layout) is far larger.
TOLERANCE = 1e-4


def export_litert(network: keras.Model, path: Path, glyphs: NDArray[np.uint8]) -> float:
    """Write `network` to `path` as LiteRT and check that it gives the same probabilities.

    Args:
        network: from float32 (n, 28, 28, 1) to float32 (n, 10).
        path: the `.tflite` file to write.
        glyphs: uint8 (n, 28, 28), to compare the two on.

    Returns:
        the largest absolute difference of any probability.

    Raises:
        RunError: they differ by more than `TOLERANCE`.
    """
    with contextlib.redirect_stdout(io.StringIO()), quiet_stderr():  # the converter talks on both
        network.export(path, format="litert", verbose=False)
    expected = network.predict(network_input(glyphs), batch_size=500, verbose=0)
    given = Model(path).probabilities(glyphs)[:, : expected.shape[1]]
    difference = float(np.abs(given - expected).max())
    if difference > TOLERANCE:
        raise RunError(
            f"{path.name} does not read as the Keras network does: probabilities differ by up to {difference:.2g}, "
            f"allowed is {TOLERANCE:.0e}. The converter of the installed TensorFlow fails on this network."
        )
    return difference
