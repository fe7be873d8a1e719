"""A network written for another program by Keras, and as ONNX with what its caller must do in the file itself."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import keras
import onnx
import tensorflow as tf
import tf2onnx  # noqa: F401 - Keras writes ONNX by it; that it is missing is to show at once
from onnx.shape_inference import InferenceError

from digitpad.errors import ExportError
from digitpad.models.quiet import quiet_stderr

INPUT, OUTPUT, COUNT = "glyph", "probabilities", "n"  # the names in an ONNX file


def write(network: keras.Model, form: str, path: Path, terms: dict[str, Any]) -> None:
    """Write a network.

    Args:
        network: from float32 (n, 28, 28, 1) to float32 (n, 10) or (n, 11).
        form: "onnx", "savedmodel" or "keras".
        path: the file, or of a SavedModel the folder.
        terms: what its caller must know, see `digitpad.exporting.callers`; only ONNX has room for it.

    Raises:
        OSError: it can't be written.
        ExportError: the format can't say what the network does.
    """
    # TensorFlow and the converters talk on both streams; what they say of an error, too, is told here in a sentence.
    with contextlib.redirect_stdout(io.StringIO()), quiet_stderr():
        failure = _failure(network, form, path, terms)
    if failure:
        raise failure


def _failure(network: keras.Model, form: str, path: Path, terms: dict[str, Any]) -> OSError | ExportError | None:
    """What came in between, if anything did."""
    try:
        match form:
            case "onnx":
                network.export(path, format="onnx", verbose=False)
                _say(path, terms)
            case "savedmodel":
                network.export(path, format="tf_saved_model", verbose=False)
            case _:
                network.save(path)
    except OSError as error:
        return error
    except tf.errors.OpError as error:
        _, _, reason = error.message.rpartition("; ")  # after the file's name
        return OSError(None, reason.partition(" [Op:")[0])
    except (ValueError, TypeError, RuntimeError, onnx.checker.ValidationError, InferenceError) as error:
        # A layer of somebody's own, say, that the format has no word for.
        reason, *_ = str(error).splitlines() or [type(error).__name__]
        return ExportError(f"The network can't be written in this format: {reason}")
    return None


def _say(path: Path, terms: dict[str, Any]) -> None:
    """Write what the caller must know into an ONNX file, and give what goes in and comes out the names of it."""
    file = onnx.load(path)
    graph = file.graph
    names = {graph.input[0].name: INPUT, graph.output[0].name: OUTPUT}
    for node in graph.node:
        for places in (node.input, node.output):
            places[:] = [names.get(name, name) for name in places]
    for value in (graph.input[0], graph.output[0]):
        value.name = names[value.name]
        value.type.tensor_type.shape.dim[0].dim_param = COUNT
    del graph.value_info[:]  # sizes of what lies between, which nobody needs, with n by other names
    file.producer_name, file.producer_version = terms["made_by"].split()
    file.doc_string = f"{terms['before']}\n\n{terms['after']}"
    told = {key: value if isinstance(value, str) else json.dumps(value) for key, value in terms.items()}
    onnx.helper.set_model_props(file, told)
    onnx.checker.check_model(file, full_check=True)
    onnx.save(file, path)
