"""What a model's file says of its network: the layers in order, their weights, and how each is computed.

A LiteRT file is a FlatBuffer, whose schema LiteRT brings along; it is read here without unpacking it.
"""

import re
from dataclasses import replace
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

from digitpad.models.layers import POOLINGS, SCALINGS, WITH_WEIGHTS, Operation

# The operations that are layers in their own right, in the words of the field.
KINDS = {
    "CONV_2D": "convolution",
    "FULLY_CONNECTED": "dense",
    "MAX_POOL_2D": "max pooling",
    "AVERAGE_POOL_2D": "average pooling",
    "MEAN": "mean",
    "RESHAPE": "flatten",
    "SOFTMAX": "softmax",
    "RELU": "ReLU",
    "TANH": "tanh",
    "LOGISTIC": "sigmoid",
    "MUL": "multiplication",
    "ADD": "addition",
}
OTHER_KINDS = {  # whose maps are shown, but which are not computed here
    "DEPTHWISE_CONV_2D": "depthwise convolution",
    "LEAKY_RELU": "leaky ReLU",
    "PRELU": "PReLU",
    "RELU6": "ReLU6",
}
ACTIVATIONS = {"NONE": "", "RELU": "ReLU", "TANH": "tanh", "LOGISTIC": "sigmoid"}
COPIES = ("QUANTIZE", "DEQUANTIZE")  # the same values in another type


def layers_of(content: bytes) -> tuple[Operation, ...]:
    """The layers of a network, from the glyph to the probabilities.

    Args:
        content: of a LiteRT file that `Model` has opened.
    """
    return _File(content).operations()


class _File:
    """A LiteRT file, as far as it is asked."""

    def __init__(self, content: bytes) -> None:
        self._model = schema.Model.GetRootAs(content, 0)
        self._graph = self._model.Subgraphs(0)
        self._operators = [self._graph.Operators(number) for number in range(self._graph.OperatorsLength())]
        self._made_by = {int(each.Outputs(0)): each for each in self._operators}

    def operations(self) -> tuple[Operation, ...]:
        """The operations that are layers, each with what it is made of."""
        found: list[Operation] = []
        before = int(self._graph.Inputs(0))
        for operator in self._operators:
            made = int(operator.Outputs(0))
            inputs = self._inputs(operator)
            shape = self._shape(made)
            if self._code(operator) in COPIES:
                before = made if inputs[0] == before else before
                continue
            if not inputs or all(self._is_constant(each) for each in inputs) or not self._holds_values(made):
                continue  # shapes and weights in the making
            operation = self._operation(operator, inputs, made, shape, before)
            if operation.kind in ACTIVATIONS.values() and found and self._awaits_activation(found[-1]):
                # What Keras calls one layer is one here too.
                found[-1] = replace(found[-1], activation=operation.kind, tensor=made, lacks=operation.lacks)
            else:
                found.append(operation)
            before = made
        return tuple(found)

    @staticmethod
    def _awaits_activation(operation: Operation) -> bool:
        return operation.kind in WITH_WEIGHTS and not operation.activation and not operation.lacks

    def _operation(
        self, operator: Any, inputs: list[int], made: int, shape: tuple[int, ...], before: int
    ) -> Operation:
        code = self._code(operator)
        kind = KINDS.get(code) or OTHER_KINDS.get(code) or code.replace("_", " ").lower()
        if kind in SCALINGS and self._is_constant(inputs[0]):
            inputs = inputs[::-1]
        lacks = "" if code in KINDS else _unknown(kind)
        if self._source(inputs[0]) != self._source(before):
            lacks = "it is not made of the layer before it alone"
        elif kind in WITH_WEIGHTS + SCALINGS and not self._is_constant(inputs[1]):
            lacks = "it is made of several layers"
        facts: dict[str, Any] = {"shape": shape, "tensor": made}
        if not lacks and kind in WITH_WEIGHTS:
            facts |= self._weights(kind, inputs)
        if not lacks and kind in SCALINGS:
            facts["constant"] = self._constant(inputs[1])
        options = self._options(operator)
        if options is not None:
            activation = _named(schema.ActivationFunctionType, options.FusedActivationFunction())
            facts["activation"] = ACTIVATIONS.get(activation, OTHER_KINDS.get(activation, activation.lower()))
            lacks = lacks or ("" if activation in ACTIVATIONS else _unknown(facts["activation"]))
        if options is not None and (kind == "convolution" or kind in POOLINGS):
            facts["stride"] = (int(options.StrideH()), int(options.StrideW()))
            facts["padding"] = _named(schema.Padding, options.Padding()).lower()
        if options is not None and kind in POOLINGS:
            facts["window"] = (int(options.FilterHeight()), int(options.FilterWidth()))
        if kind == "convolution" and "kernels" in facts:
            facts["window"] = facts["kernels"].shape[:2]
            lacks = lacks or self._lacking(options, facts["kernels"].shape[2] != self._shape(inputs[0])[-1])
        kind = "reshape" if kind == "flatten" and len(shape) != 1 else kind
        if kind in ("dense", "mean") and len(shape) != 1:
            lacks = lacks or "it does not give single units"
        named_by = inputs[1] if "kernels" in facts else made
        return Operation(self._name(named_by) or kind, kind, lacks=lacks, **facts)

    @staticmethod
    def _lacking(options: Any, has_groups: bool) -> str:
        """What a convolution has that is not computed here."""
        if (options.DilationHFactor(), options.DilationWFactor()) != (1, 1):
            return "its kernels have gaps"
        return "its channels are in groups" if has_groups else ""

    def _weights(self, kind: str, inputs: list[int]) -> dict[str, Any]:
        stored = self._constant(inputs[1])
        kernels = stored.transpose(1, 2, 3, 0) if kind == "convolution" else stored.T
        has_bias = len(inputs) > 2 and inputs[2] >= 0
        bits = self._graph.Tensors(inputs[1]).Type()
        return {
            "kernels": np.ascontiguousarray(kernels),
            "bias": self._constant(inputs[2]) if has_bias else None,
            "rounds": bits == schema.TensorType.INT8 and self._type(inputs[0]) == schema.TensorType.FLOAT32,
        }

    def _inputs(self, operator: Any) -> list[int]:
        return [int(operator.Inputs(number)) for number in range(operator.InputsLength())]

    def _code(self, operator: Any) -> str:
        """The operation's name in the schema, such as CONV_2D."""
        entry = self._model.OperatorCodes(operator.OpcodeIndex())
        number = max(entry.BuiltinCode(), entry.DeprecatedBuiltinCode())
        return _named(schema.BuiltinOperator, number)

    def _options(self, operator: Any) -> Any:
        """How it is computed, with which activation; None of operations that have no such thing."""
        kinds = {
            schema.BuiltinOptions.Conv2DOptions: schema.Conv2DOptions,
            schema.BuiltinOptions.Pool2DOptions: schema.Pool2DOptions,
            schema.BuiltinOptions.FullyConnectedOptions: schema.FullyConnectedOptions,
            schema.BuiltinOptions.MulOptions: schema.MulOptions,
            schema.BuiltinOptions.AddOptions: schema.AddOptions,
        }
        kind = kinds.get(operator.BuiltinOptionsType())
        if kind is None:
            return None
        options, table = kind(), operator.BuiltinOptions()
        options.Init(table.Bytes, table.Pos)
        return options

    def _type(self, tensor: int) -> int:
        return int(self._graph.Tensors(tensor).Type())

    def _shape(self, tensor: int) -> tuple[int, ...]:
        """What one glyph gives."""
        entry = self._graph.Tensors(tensor)
        return tuple(int(entry.Shape(axis)) for axis in range(1, entry.ShapeLength()))

    def _holds_values(self, tensor: int) -> bool:
        """Whether it is what a layer gives: numbers for each glyph."""
        values = (schema.TensorType.FLOAT32, schema.TensorType.INT8, schema.TensorType.UINT8)
        return self._type(tensor) in values and bool(self._shape(tensor))

    def _source(self, tensor: int) -> int:
        """The tensor whose values it has, perhaps in another type."""
        maker = self._made_by.get(tensor)
        return self._source(int(maker.Inputs(0))) if maker is not None and self._code(maker) in COPIES else tensor

    def _is_constant(self, tensor: int) -> bool:
        tensor = self._source(tensor) if tensor >= 0 else tensor
        return tensor < 0 or self._model.Buffers(self._graph.Tensors(tensor).Buffer()).DataLength() > 0

    def _constant(self, tensor: int) -> NDArray[np.float32]:
        """Weights as the numbers that they stand for."""
        entry = self._graph.Tensors(self._source(tensor))
        raw = np.asarray(self._model.Buffers(entry.Buffer()).DataAsNumpy())
        shape = [int(entry.Shape(axis)) for axis in range(entry.ShapeLength())]
        types = {
            schema.TensorType.FLOAT32: np.float32,
            schema.TensorType.FLOAT16: np.float16,
            schema.TensorType.INT8: np.int8,
            schema.TensorType.UINT8: np.uint8,
            schema.TensorType.INT32: np.int32,
        }
        values = raw.view(types[entry.Type()]).reshape(shape).astype(np.float32)
        steps = entry.Quantization()
        if steps is None or not steps.ScaleLength():
            return values
        spread = [1] * len(shape)
        spread[steps.QuantizedDimension()] = -1
        scale, zero = np.asarray(steps.ScaleAsNumpy()), np.asarray(steps.ZeroPointAsNumpy())
        return np.asarray((values - zero.reshape(spread)) * scale.reshape(spread), np.float32)

    def _name(self, tensor: int) -> str:
        """Keras' name of the layer that a tensor belongs to; empty where it has none."""
        full: str = self._graph.Tensors(tensor).Name().decode(errors="replace")
        scope, *rest = full.split(";")[0].split("/")
        if not rest:
            return ""
        # The exporter numbers the network's name, and with it those of all layers; of layers that Keras numbered
        # itself with another number, so that dense_1 is dense_1_2.
        number = re.search(r"_\d+$", scope)
        if number is None:
            return rest[0]
        name = rest[0].removesuffix(number.group())
        return name if name != rest[0] else re.sub(r"(_\d+)_\d+$", r"\1", name)


def _unknown(kind: str) -> str:
    return f"digitpad does not know how to compute {kind}"


def _named(names: type, number: int) -> str:
    """The name that a number has among the schema's."""
    return next((name for name, value in vars(names).items() if value == number), f"operation {number}")
