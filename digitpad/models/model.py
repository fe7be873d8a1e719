"""A model: a network with its weights, run by LiteRT, and its card."""

import functools
import hashlib
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from digitpad.errors import ModelError
from digitpad.glyphs.glyph import network_input
from digitpad.models.quiet import quiet_stderr
from digitpad.models.views import views
from digitpad.reading import Reading

if TYPE_CHECKING:
    from digitpad.models.inside import Lens

WEIGHTS_FILE = "model.tflite"
CARD_FILE = "card.json"
SURE = 0.9  # share of all digits' probability: a digit that has as much needs no second look
INFORMATION = b"INFO: "  # what LiteRT says at the first of a process: that it has a delegate; no setting silences it
AT_ONCE = 64  # glyphs that are looked at again together; each has several views


class Model:
    """A network with its weights and its card.

    One model may be used by many threads at once: they take turns. It can be pickled, by its path.

    Args:
        path: a model's folder, its `model.tflite`, or a LiteRT file by another name. The card is `card.json` beside
            a `model.tflite`, if there is one.
        looks_again: whether it looks again where the first look leaves doubt; without it, what the card says.

    Attributes:
        name: the name of the model's folder, or of the file.
        path: the file that was opened.
        looks_again: as given, or as the card says; it helps networks that have learned from distorted glyphs.
        not_a_digit_above: from which probability of no digit on a drawing is turned away.
        unsure_above: from which on it is unsure that it is a digit; never more than `not_a_digit_above`.
        tells_no_digit: whether the network has an output for what is no digit.
        card: what is known of the model: network, data, seed, versions, measured accuracy. Empty without one.

    Raises:
        ModelError: the file is missing, is not the one that its card describes, or is no network from
            28 × 28 glyphs to ten probabilities, or eleven.
    """

    def __init__(self, path: Path, looks_again: bool | None = None) -> None:
        self.name = name_of(path)
        try:
            self.path = path / WEIGHTS_FILE if path.is_dir() else path
            content = self.path.read_bytes()
        except OSError as error:
            raise ModelError(f"The model {path} can't be read: {error.strerror}.") from error
        except ValueError as error:  # what Python says of a path that no system takes
            raise ModelError(f"The model {path} can't be read: {error}.") from error
        self._sha256 = hashlib.sha256(content).hexdigest()
        self.card = _read_card(self.path.with_name(CARD_FILE)) if self.path.name == WEIGHTS_FILE else {}
        if self.card and self._sha256 != self.card.get("model_sha256"):
            raise ModelError(f"The model {self.path} is damaged: it is not the file that its card describes.")
        self.looks_again = self.card.get("looks_again", False) if looks_again is None else looks_again
        self.not_a_digit_above = float(self.card.get("not_a_digit_above", 1))
        self.unsure_above = min(float(self.card.get("unsure_above", 1)), self.not_a_digit_above)
        self._interpreter = _open(self.path, content)
        self.tells_no_digit = int(self._interpreter.get_output_details()[0]["shape"][-1]) == 11
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        """An interpreter can't be pickled: the model is opened anew where it is wanted."""
        return _opened_anew, (self.path.absolute(), self.looks_again, self._sha256)

    def probabilities(self, glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The probabilities of each glyph; where it is in doubt which digit it is, the mean over several views of it.

        Args:
            glyphs: uint8 (n, 28, 28), ink 255 on 0.

        Returns:
            float32 (n, 11): of the ten digits, and last that it is no digit, which is 0 where the network can't
            tell; each row sums to 1.
        """
        return self.after_second_look(glyphs, self.at_first_sight(glyphs), self.at_first_sight)

    def after_second_look(
        self,
        glyphs: NDArray[np.uint8],
        probabilities: NDArray[np.float32],
        look: Callable[[NDArray[np.uint8]], NDArray[np.float32]],
    ) -> NDArray[np.float32]:
        """The probabilities of each glyph, from those at first sight; see `probabilities`.

        Args:
            glyphs: uint8 (n, 28, 28).
            probabilities: float32 (n, 11), of them at first sight; they are changed.
            look: gives those of other glyphs at first sight.
        """
        if self.looks_again:
            digits = probabilities[:, :10]
            unsure = np.flatnonzero(digits.max(axis=1) < SURE * digits.sum(axis=1))
            for start in range(0, len(unsure), AT_ONCE):
                some = unsure[start : start + AT_ONCE]
                seen = views(glyphs[some])
                again = look(seen.reshape(-1, *glyphs.shape[1:])).reshape(*seen.shape[:2], -1)
                probabilities[some] = (probabilities[some] + again.sum(axis=1)) / (1 + seen.shape[1])
        return probabilities

    def reading(
        self,
        glyph: NDArray[np.uint8],
        probabilities: NDArray[np.float32],
        name: str = "",
        note: str = "",
        is_murky: bool = False,
    ) -> Reading:
        """What is said of a glyph, uint8 (28, 28), with these probabilities, float32 (11,); see `Reading`."""
        if not glyph.any():
            return Reading.empty(name, note)
        return Reading.of(glyph, probabilities, self.not_a_digit_above, self.unsure_above, name, note, is_murky)

    def at_first_sight(self, glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What the network says of glyphs: as `probabilities`, without a second look at those in doubt."""
        with self._lock:
            probabilities = run(self._interpreter, network_input(glyphs))
        return with_no_digit(probabilities)

    def lens(self) -> "Lens":
        """What looks inside the network, to be kept open while somebody does; see `Recognizer.look_inside`.

        Raises:
            ModelError: the model's file can't be read, or has changed since.
        """
        from digitpad.models.inside import Lens  # who only reads needs none

        return Lens(self)

    def content(self) -> bytes:
        """What is in the model's file.

        Raises:
            ModelError: it can't be read, or is another one since the model was opened.
        """
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise ModelError(f"The model {self.path} can't be read any more: {error.strerror}.") from error
        if hashlib.sha256(content).hexdigest() != self._sha256:
            raise ModelError(f"The model {self.path} has changed since it was opened. Open it anew.")
        return content


@functools.lru_cache(maxsize=4)  # a pool's process is sent the model with every few pictures
def _opened_anew(path: Path, looks_again: bool, sha256: str) -> Model:
    """The model that was pickled, and not one that was written over it since."""
    model = Model(path, looks_again)
    if model._sha256 != sha256:
        raise ModelError(f"The model {path} has changed since it was pickled. Open it anew.")
    return model


def name_of(path: Path) -> str:
    """The name of the model at a path: of the folder it lies in, or of a file by another name than usual."""
    if path.name == WEIGHTS_FILE:
        return path.absolute().parent.name
    return path.stem if path.suffix == Path(WEIGHTS_FILE).suffix else path.absolute().name


def _read_card(path: Path) -> dict[str, Any]:
    """The card, or nothing where there is none; a card that can't be understood is an error."""
    if not path.exists():
        return {}
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"The card {path} is damaged: {error}.") from error
    if not isinstance(card, dict) or "model_sha256" not in card:
        raise ModelError(f"The card {path} is damaged: it does not name its model's SHA-256.")
    for name in ("not_a_digit_above", "unsure_above"):
        line = card.get(name, 1)
        if isinstance(line, bool) or not isinstance(line, int | float) or not 0 <= line <= 1:
            raise ModelError(f"The card {path} is damaged: its {name} is no probability.")
    if not isinstance(card.get("looks_again", False), bool):
        raise ModelError(f"The card {path} is damaged: its looks_again is neither true nor false.")
    return card


def _open(path: Path, content: bytes) -> Interpreter:
    """An interpreter ready for one glyph at a time."""
    try:
        # One thread: a glyph takes a tenth of a millisecond, less than waking a second thread.
        interpreter = Interpreter(model_content=content, num_threads=1)
        inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
        shapes = [tuple(part["shape_signature"][1:]) for part in inputs + outputs]
        types = [part["dtype"] for part in inputs + outputs]
        fits = shapes in ([(28, 28, 1), (10,)], [(28, 28, 1), (11,)]) and types == [np.float32, np.float32]
        if fits:
            with quiet_stderr(INFORMATION):
                interpreter.allocate_tensors()
            # What is damaged inside shows only when it runs.
            probabilities = run(interpreter, network_input(np.zeros((1, 28, 28), np.uint8)))
    except (ValueError, RuntimeError) as error:
        raise ModelError(f"The model {path} is damaged or no LiteRT model: {error}") from error
    if not fits:
        raise ModelError(
            f"The model {path} is not made for digitpad: it goes from {_shape(inputs)} to {_shape(outputs)}; "
            "needed is one from float32 (n, 28, 28, 1) to float32 (n, 10) or (n, 11)."
        )
    if not abs(float(probabilities.sum()) - 1) < 0.01 or probabilities.min() < 0:
        raise ModelError(f"The model {path} is damaged or not made for digitpad: it gives no probabilities.")
    return interpreter


def run(interpreter: Interpreter, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Let the network compute, for as many glyphs as come: float32 (n, 28, 28, 1) to (n, 10) or (n, 11)."""
    [taken] = interpreter.get_input_details()
    if tuple(taken["shape"]) != inputs.shape:
        interpreter.resize_tensor_input(taken["index"], inputs.shape)
        interpreter.allocate_tensors()
    interpreter.set_tensor(taken["index"], inputs)
    interpreter.invoke()
    probabilities: NDArray[np.float32] = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    return probabilities


def with_no_digit(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a network gives, float32 (n, 10) or (n, 11), as float32 (n, 11)."""
    return probabilities if probabilities.shape[1] == 11 else np.pad(probabilities, ((0, 0), (0, 1)))


def _shape(details: list[dict[str, Any]]) -> str:
    parts = (
        f"{np.dtype(part['dtype'])} ({', '.join(['n', *map(str, part['shape_signature'][1:])])})" for part in details
    )
    return " and ".join(parts)
