"""From a Keras network to the LiteRT file that the apps read with."""

import contextlib
import io
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitpad.errors import RunError
from digitpad.glyphs.glyph import network_input
from digitpad.models.model import Model
from digitpad.models.quiet import quiet_stderr

# The largest difference of any probability. Both compute in float32 but add in another order; a real fault (a layer
# lost, a wrong layout) is far larger.
TOLERANCE = 1e-4
# The same where the weights are 8-bit integers, on average over the glyphs: a few that are hard to tell move more.
QUANTIZED_TOLERANCE = 5e-3


def export_litert(network: keras.Model, path: Path, glyphs: NDArray[np.uint8], quantized: bool = False) -> float:
    """Write `network` to `path` as LiteRT and check that it gives the same probabilities.

    Args:
        network: from float32 (n, 28, 28, 1) to float32 (n, 10) or (n, 11).
        path: the `.tflite` file to write.
        glyphs: uint8 (n, 28, 28), to compare the two on.
        quantized: keep the weights as 8-bit integers and compute with 8-bit activations, whose scale is found anew
            for each glyph (dynamic range quantization, as in Jacob et al., "Quantization and Training of Neural
            Networks for Efficient Integer-Arithmetic-Only Inference", CVPR, 2018).

    Returns:
        the largest absolute difference of any probability.

    Raises:
        RunError: they differ by more than the tolerance.
    """
    options = {"optimizations": [tf.lite.Optimize.DEFAULT]} if quantized else {}
    with contextlib.redirect_stdout(io.StringIO()), quiet_stderr():  # the converter talks on both
        network.export(path, format="litert", verbose=False, **options)
    expected = network.predict(network_input(glyphs), batch_size=500, verbose=0)
    model = Model(path)
    given = np.concatenate([model.probabilities(glyphs[start : start + 500]) for start in range(0, len(glyphs), 500)])
    differences = np.abs(given[:, : expected.shape[1]] - expected).max(axis=1)
    difference, tolerance = (differences.mean(), QUANTIZED_TOLERANCE) if quantized else (differences.max(), TOLERANCE)
    if difference > tolerance:
        raise RunError(
            f"{path.name} does not read as the Keras network does: probabilities differ by "
            f"{'' if quantized else 'up to '}{difference:.2g}{' on average' if quantized else ''}, allowed is "
            f"{tolerance:.0e}. The converter of the installed TensorFlow fails on this network."
        )
    return float(differences.max())
