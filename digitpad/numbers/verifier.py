"""Whether some ink in a row is just one digit: seen together with what stands around it.

A part of a digit is often another digit, and two that touch may look like one: of a 4 that was cut the right half is
a 1. What was left beside it tells. So a small network sees each group of pieces in the place where it stands, and all
the rest of the row around it. After the verifiers of Oliveira, Sabourin, Bortolozzi and Suen, "Automatic recognition
of handwritten numerical strings: a recognition and verification strategy" (IEEE Transactions on Pattern Analysis and
Machine Intelligence, 2002), who see the group alone.
"""

import functools
import threading
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from digitpad.models.model import INFORMATION, run
from digitpad.models.quiet import quiet_stderr

FILE = Path(__file__).with_name("verifier.tflite")


class Verifier:
    """The network, ready for use; many threads may share it, they take turns.

    Args:
        path: its LiteRT file.
    """

    def __init__(self, path: Path = FILE) -> None:
        self._interpreter = Interpreter(model_path=str(path), num_threads=1)
        with quiet_stderr(INFORMATION):
            self._interpreter.allocate_tensors()
        self._lock = threading.Lock()

    def __call__(self, views: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The probabilities that groups are just one digit, and which.

        Args:
            views: uint8 (n, SIDE, SIDE, 2), as `CutRow` gives them.

        Returns:
            float32 (n, 11): of each digit, and last that it is more or less than one.
        """
        with self._lock:
            return run(self._interpreter, views.astype(np.float32) / np.float32(255))


def verified(views: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What the shipped verifier says, see `Verifier`; it is opened when it is first wanted."""
    return _shipped()(views)


@functools.cache
def _shipped() -> Verifier:
    return Verifier()
