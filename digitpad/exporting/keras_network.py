"""A model's network in Keras, built anew from the file that digitpad reads with.

So what is exported has the very weights that digitpad reads with, and models can be exported that came without a
Keras file, as those that ship do.
"""

import re
import zipfile

import keras
import numpy as np
from keras import layers

from digitpad.errors import ModelError
from digitpad.models.arithmetic import Network
from digitpad.models.layers import Operation
from digitpad.models.model import WEIGHTS_FILE, Model
from digitpad.models.network_file import layers_of
from digitpad.training.run import KERAS_FILE

ACTIVATIONS = {"ReLU": "relu", "tanh": "tanh", "sigmoid": "sigmoid"}


def keras_network(model: Model) -> keras.Model:
    """The network of a model, from float32 (n, 28, 28, 1) to float32 (n, 10) or (n, 11).

    Weights of 8 bits are given as what they stand for, in 32 bits. Where the network has a layer that digitpad does
    not know, it is the one that the training left in `model.keras` beside it.

    Raises:
        ModelError: it has such a layer, and there is no `model.keras`, or a damaged one.
    """
    operations = layers_of(model.content())
    lacking = Network(operations).lacking()
    return _left_by_training(model, lacking) if lacking else _built(operations)


def _built(operations: tuple[Operation, ...]) -> keras.Model:
    glyph = x = keras.Input((28, 28, 1), name="glyph")
    taken = {"glyph"}
    for operation in operations:
        if operation.kind == "dense" and len(x.shape) > 2:
            x = layers.Flatten()(x)
        layer = _layer(operation, _name(operation.name, taken))
        x = layer(x)
        layer.set_weights(_weights(operation, layer))
        if operation.activation and operation.kernels is None:
            x = layers.Activation(ACTIVATIONS[operation.activation])(x)
    network = keras.Model(glyph, x)
    network(np.zeros((1, 28, 28, 1), np.float32))  # Keras exports none that was never called
    return network


def _layer(operation: Operation, name: str) -> keras.Layer:
    activation, has_bias = ACTIVATIONS.get(operation.activation), operation.bias is not None
    how = {"strides": operation.stride, "padding": operation.padding, "name": name}
    match operation.kind:
        case "convolution":
            width = operation.weights.shape[-1]
            return layers.Conv2D(width, operation.window, activation=activation, use_bias=has_bias, **how)
        case "dense":
            width = operation.weights.shape[-1]
            return layers.Dense(width, activation=activation, use_bias=has_bias, name=name)
        case "max pooling":
            return layers.MaxPooling2D(operation.window, **how)
        case "average pooling":
            return layers.AveragePooling2D(operation.window, **how)
        case "mean":
            return layers.GlobalAveragePooling2D(name=name)
        case "flatten" | "reshape":
            return layers.Reshape(operation.shape, name=name)
        case "softmax":
            return layers.Softmax(name=name)
        case "multiplication" | "addition":
            # Keras has no layer for a constant but this one, which does nothing else here.
            return layers.BatchNormalization(name=name)
        case kind:
            return layers.Activation(ACTIVATIONS[kind], name=name)


def _weights(operation: Operation, layer: keras.Layer) -> list[np.ndarray]:
    if operation.constant is not None:
        scale, shift, mean, variance = layer.get_weights()
        variance = np.full_like(variance, 1 - layer.epsilon)
        constant = np.ravel(operation.constant)
        if constant.size not in (1, scale.size):
            raise ModelError(f"The layer {operation.name} has a number for each place, which can't be exported.")
        constant = np.broadcast_to(constant, scale.shape)
        is_scale = operation.kind == "multiplication"
        return [constant, shift, mean, variance] if is_scale else [scale, constant, mean, variance]
    return [each for each in (operation.kernels, operation.bias) if each is not None]


def _name(wanted: str, taken: set[str]) -> str:
    """The layer's name, as TensorFlow takes it and no other layer has it."""
    plain = re.sub(r"[^A-Za-z0-9_.-]", "_", wanted).lstrip("_.-") or "layer"
    name = next(each for each in (plain, *(f"{plain}_{n}" for n in range(2, len(taken) + 3))) if each not in taken)
    taken.add(name)
    return name


def _left_by_training(model: Model, lacking: str) -> keras.Model:
    file = model.path.with_name(KERAS_FILE)
    if model.path.name != WEIGHTS_FILE or not file.is_file():
        raise ModelError(
            f"{model.name} can be exported as LiteRT alone. {lacking} With its training's {KERAS_FILE} beside it, "
            "it can be in each format."
        )
    try:
        return keras.models.load_model(file, compile=False)
    except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"{file} is damaged or no Keras file: {str(error).splitlines()[0]}") from error
