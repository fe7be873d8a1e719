"""What comes into a network's last layer, the embedding, beside its probabilities: at no cost, by a second output.

In the embedding a network that has learned to tell digits apart has those of a kind together (Koch, Zemel and
Salakhutdinov, "Siamese Neural Networks for One-shot Image Recognition", 2015).
"""

import threading
from typing import Any, NamedTuple

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from digitpad.errors import ModelError
from digitpad.glyphs.glyph import network_input
from digitpad.models.model import INFORMATION, Model, run, with_no_digit
from digitpad.models.quiet import quiet_stderr

AT_ONCE = 64  # glyphs: their maps stay in the processor's cache
IDENTIFIER = b"TFL3"  # of a LiteRT file


class Embedded(NamedTuple):
    """What a network makes of some glyphs.

    Attributes:
        probabilities: float32 (n, 11), at first sight; see `Model.at_first_sight`.
        embeddings: float32 (n, units), what comes into the last layer, each of length 1.
    """

    probabilities: NDArray[np.float32]
    embeddings: NDArray[np.float32]


class Embedder:
    """A model's network, which gives the embedding too. It may be used by many threads: they take turns.

    Args:
        model: whose network it is.

    Raises:
        ModelError: the network has no dense layer to which an embedding would come, or its file has changed.
    """

    def __init__(self, model: Model) -> None:
        self._lock = threading.Lock()
        content = _with_embedding(model.content())
        if content is None:
            raise ModelError(
                f"{model.name} has no dense layer, in front of which it could be compared what is alike."
            )
        with quiet_stderr(INFORMATION):
            self._interpreter = Interpreter(model_content=content, num_threads=1)
            self._interpreter.allocate_tensors()
        self._output = self._interpreter.get_output_details()[1]["index"]

    def look(self, glyphs: NDArray[np.uint8]) -> Embedded:
        """What the network makes of glyphs, uint8 (n, 28, 28)."""
        parts = [self._look(glyphs[start : start + AT_ONCE]) for start in range(0, len(glyphs), AT_ONCE)]
        return parts[0] if len(parts) == 1 else Embedded(*map(np.concatenate, zip(*parts, strict=True)))

    def _look(self, glyphs: NDArray[np.uint8]) -> Embedded:
        with self._lock:
            probabilities = run(self._interpreter, network_input(glyphs))
            found = self._interpreter.get_tensor(self._output).reshape(len(glyphs), -1)
        lengths = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return Embedded(with_no_digit(probabilities), found / lengths)


def _with_embedding(content: bytes) -> bytes | None:
    """A LiteRT file whose network also gives what comes into its last dense layer; None where it has none."""
    model: Any = schema.ModelT.InitFromObj(schema.Model.GetRootAs(content, 0))
    graph = model.subgraphs[0]
    codes = [model.operatorCodes[each.opcodeIndex].builtinCode for each in graph.operators]
    dense = [
        each
        for each, code in zip(graph.operators, codes, strict=True)
        if code == schema.BuiltinOperator.FULLY_CONNECTED
    ]
    if not dense or int(dense[-1].inputs[0]) in graph.inputs:
        return None
    graph.outputs = np.append(graph.outputs, dense[-1].inputs[0]).astype(np.int32)
    builder = flatbuffers.Builder(len(content))
    builder.Finish(model.Pack(builder), IDENTIFIER)
    return bytes(builder.Output())
