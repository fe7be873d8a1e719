"""In which formats a model can be exported, and what each is read by."""

from typing import NamedTuple


class Format(NamedTuple):
    """A kind of file that other programs read networks from.

    Attributes:
        title: what people call it.
        file: its name in the folder of an export; the folder itself where it is empty.
        runtime: the package that reads it, by which it is read again.
        by_keras: whether Keras writes it, which takes TensorFlow.
    """

    title: str
    file: str
    runtime: str
    by_keras: bool


FORMATS = {
    "onnx": Format("ONNX", "model.onnx", "onnxruntime", True),
    "savedmodel": Format("SavedModel", "", "tensorflow", True),
    "litert": Format("LiteRT", "model.tflite", "ai-edge-litert", False),
    "keras": Format("Keras", "model.keras", "keras", True),
}
