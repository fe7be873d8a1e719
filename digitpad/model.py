"""A model: a network with its weights, run by LiteRT, and its card."""

import hashlib
import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from digitpad.errors import ModelError

WEIGHTS_FILE = "model.tflite"
CARD_FILE = "card.json"


class Model:
    """A network with its weights and its card.

    One model may be used by many threads at once: they take turns.

    Args:
        path: a model's folder, or its `model.tflite`. The card is `card.json` beside it, if there is one.

    Attributes:
        name: the name of the model's folder.
        path: the `model.tflite` that was opened.
        card: what is known of the model: network, data, seed, versions, measured accuracy. Empty without one.

    Raises:
        ModelError: the file is missing, is not the one that its card describes, or is no network from
            28 × 28 glyphs to ten probabilities.
    """

    def __init__(self, path: Path) -> None:
        self.path = path / WEIGHTS_FILE if path.is_dir() else path
        self.name = self.path.resolve().parent.name if self.path.name == WEIGHTS_FILE else self.path.stem
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise ModelError(f"The model {self.path} can't be read: {error.strerror}.") from error
        self.card = _read_card(self.path.with_name(CARD_FILE))
        expected = self.card.get("model_sha256")
        if expected is not None and hashlib.sha256(content).hexdigest() != expected:
            raise ModelError(f"The model {self.path} is damaged: it is not the file that its card describes.")
        self._interpreter = _open(self.path, content)
        self._lock = threading.Lock()

    def probabilities(self, glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The ten probabilities of each glyph.

        Args:
            glyphs: uint8 (n, 28, 28), ink 255 on 0.

        Returns:
            float32 (n, 10); each row sums to 1.
        """
        inputs = (glyphs.astype(np.float32) / 255)[..., np.newaxis]
        with self._lock:
            entrance = self._interpreter.get_input_details()[0]
            if tuple(entrance["shape"]) != inputs.shape:
                self._interpreter.resize_tensor_input(entrance["index"], inputs.shape)
                self._interpreter.allocate_tensors()
            self._interpreter.set_tensor(entrance["index"], inputs)
            self._interpreter.invoke()
            exit_ = self._interpreter.get_output_details()[0]
            probabilities: NDArray[np.float32] = self._interpreter.get_tensor(exit_["index"])
        return probabilities


def _read_card(path: Path) -> dict[str, Any]:
    """The card, or nothing where there is none; a card that can't be understood is an error."""
    if not path.exists():
        return {}
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"The card {path} can't be read: {error}.") from error
    if not isinstance(card, dict):
        raise ModelError(f"The card {path} is damaged: it holds a {type(card).__name__}, not a card.")
    return card


def _open(path: Path, content: bytes) -> Interpreter:
    """An interpreter ready for one glyph at a time."""
    try:
        # One thread: a glyph takes a tenth of a millisecond, less than waking a second thread.
        interpreter = Interpreter(model_content=content, num_threads=1)
        inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
        shapes = [tuple(part["shape_signature"][1:]) for part in inputs + outputs]
        types = [part["dtype"] for part in inputs + outputs]
        fits = shapes == [(28, 28, 1), (10,)] and types == [np.float32, np.float32]
        if fits:
            interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise ModelError(f"The model {path} is damaged or no LiteRT model: {error}") from error
    if not fits:
        raise ModelError(
            f"The model {path} is not made for digitpad: it goes from {_shape(inputs)} to {_shape(outputs)}; "
            "needed is one from float32 (n, 28, 28, 1) to float32 (n, 10)."
        )
    return interpreter


def _shape(details: list[dict[str, Any]]) -> str:
    parts = (
        f"{np.dtype(part['dtype'])} ({', '.join(['n', *map(str, part['shape_signature'][1:])])})" for part in details
    )
    return " and ".join(parts)
