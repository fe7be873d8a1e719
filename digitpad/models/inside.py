"""Inside a network: what each layer makes of a glyph, and what the answer would be without a part of it.

LiteRT gives every layer's output if it is told to keep them; that needs an interpreter of its own, open only while
somebody looks. What a channel counts for is tried, not guessed: its values are taken for 0, and the rest is computed
anew (an ablation, as Meyes, Lu, de Puiseau and Meisen try it in "Ablation Studies in Artificial Neural Networks",
2019).
"""

import functools
import threading
import warnings
from collections.abc import Set
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from digitpad.errors import ModelError
from digitpad.glyphs.glyph import glyph as framed
from digitpad.glyphs.glyph import network_input
from digitpad.models.arithmetic import NOTHING_OFF, Channel, Network
from digitpad.models.layers import IN_A_ROW, WITH_WEIGHTS, Layer, Maps
from digitpad.models.model import INFORMATION, Model, with_no_digit
from digitpad.models.network_file import layers_of
from digitpad.models.quiet import quiet_stderr
from digitpad.models.sums import Evidence, Given, Sum, given_to, sum_of
from digitpad.reading import Reading

GLYPH = -1  # the number of the layer before the first one
MOST_LEFT_OUT = 0.1  # percent of a layer's values: a scale up to its very largest one would leave the others dark
TINY = 1e-6  # of a layer that gives the same everywhere


@dataclass(frozen=True, eq=False)
class Inside:
    """What each layer of a network makes of one glyph.

    Attributes:
        glyph: uint8 (28, 28), ink 255 on 0.
        layers: from the first after the glyph to the probabilities.
        reading: what the model says of it, without what is off.
        off: the channels that are switched off, each with its layer's number.
        model: who read.
        network: its arithmetic, in NumPy.
    """

    glyph: NDArray[np.uint8] = field(repr=False)
    layers: tuple[Layer, ...] = field(repr=False)
    reading: Reading
    off: frozenset[Channel] = NOTHING_OFF
    model: Model = field(repr=False, kw_only=True)
    network: Network = field(repr=False, kw_only=True)

    @property
    def notice(self) -> str:
        """A sentence where not all layers can be computed anew, and so not all be switched off; else empty."""
        return self.network.lacking()

    @property
    def last(self) -> int:
        """The number of the last layer with weights, which gives the logits; -1 where none has any."""
        return max((number for number, each in enumerate(self.layers) if each.kind in WITH_WEIGHTS), default=GLYPH)

    def comes_in(self, layer: int) -> Maps:
        """What comes into a layer: float32 (height, width, channels) or (units,); of the first one (28, 28, 1)."""
        return self.layers[layer - 1].maps if layer > 0 else network_input(self.glyph[np.newaxis])[0]

    def can_switch(self, layer: int) -> bool:
        """Whether channels of a layer can be switched off: it is before the logits, and the rest can be computed."""
        return 0 <= layer < self.last and not self.network.lacking(layer)

    def without(self, layer: int, channel: int, also: Set[Channel] = NOTHING_OFF) -> Reading:
        """What the model would say with a channel switched off: its values taken for 0, the rest computed anew.

        Args:
            layer: the layer's number, from 0.
            channel: the channel's number in it, from 0.
            also: further channels that are off, each with its layer's number; what is off already stays so.

        Returns:
            the reading; a second look at what is in doubt is made with them off too.

        Raises:
            ModelError: it can't be computed; the sentence says why.
            IndexError: there is no such channel.
        """
        off = self.off | also | {(layer, channel)}
        self.check(off)
        return self._read(_switched(self.network, self.layers, off), off)

    def at(self, layer: int, channel: int, row: int = 0, column: int = 0) -> Sum:
        """How one value came about, as a textbook's formula has it.

        Args:
            layer: the layer's number, from 0.
            channel: the map's number in it, or the unit's.
            row: of the value in the map, from 0; of units 0.
            column: likewise.

        Raises:
            ModelError: the layer is of a kind that can't be computed here.
            IndexError: there is no such place.
        """
        self.check({(layer, channel)})
        made = self.layers[layer]
        high, wide = made.map(channel).shape
        if not (0 <= row < high and 0 <= column < wide):
            raise IndexError(f"A map of the layer {made.name} has {high} × {wide} places; ({row}, {column}) is none.")
        return sum_of(made, self.comes_in(layer), channel, row, column)

    def listens_to(self, layer: int, channel: int) -> list[Given]:
        """How much each map of the layer before gave to a map, the largest amounts first, whether above or below 0.

        Where it is made by a convolution or a dense layer, the amounts and the bias sum to the mean of its sums,
        before the activation. Layers that only bring values into a row are passed over: a dense layer after them
        listens to maps.

        Raises:
            ModelError: the layer is of a kind that can't be computed here.
            IndexError: there is no such channel.
        """
        self.check({(layer, channel)})
        source = layer - 1
        while source > GLYPH and self.layers[source].kind in IN_A_ROW:
            source -= 1
        amounts = given_to(self.layers[layer], self.comes_in(layer), channel, self.comes_in(source + 1))
        order = np.argsort(-np.abs(amounts), kind="stable")
        return [Given(source, int(each), float(amounts[each])) for each in order]

    def evidence(self, digit: int) -> Evidence:
        """What each unit that the last layer with weights reads says for a digit, or against it.

        Args:
            digit: 0 to 9; 10 for "no digit" where the network can tell it.

        Raises:
            ModelError: that layer is no dense one.
            IndexError: there is no such output.
        """
        if self.last == GLYPH or self.layers[self.last].kind != "dense":
            raise ModelError(
                f"{self.model.name} does not end in a dense layer: no unit speaks for a digit by itself."
            )
        _, _, _, products, bias, logit, *_ = self.at(self.last, digit)
        return Evidence(np.asarray(products, np.float32), bias, logit)

    def check(self, channels: Set[Channel]) -> None:
        """Make sure that channels are there, each with its layer's number.

        Raises:
            IndexError: one is not; the sentence says which there are.
        """
        for layer, channel in channels:
            if not 0 <= layer < len(self.layers):
                raise IndexError(f"{self.model.name} has layers 0 to {len(self.layers) - 1}, and no layer {layer}.")
            made = self.layers[layer]
            if not 0 <= channel < made.channels:
                raise IndexError(f"The layer {made.name} has channels 0 to {made.channels - 1}, not {channel}.")

    def switched(self, off: Set[Channel]) -> "Inside":
        """The same with channels switched off, those that were and these; see `without`."""
        every = self.off | off
        if every == self.off:
            return self
        self.check(every)
        layers = _switched(self.network, self.layers, every)
        return replace(self, layers=layers, off=every, reading=self._read(layers, every))

    def _read(self, layers: tuple[Layer, ...], off: frozenset[Channel]) -> Reading:
        """What the model says where these are the layers, its second look included."""

        def again(glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
            return with_no_digit(self.network.forward(network_input(glyphs), off)[-1])

        first = with_no_digit(layers[-1].maps[np.newaxis].copy())
        look = again if off else self.model.at_first_sight
        [probabilities] = self.model.after_second_look(self.glyph[np.newaxis], first, look)
        told = self.reading
        return self.model.reading(self.glyph, probabilities, told.name, told.note, told.is_murky)


class Lens:
    """What is kept open while somebody looks inside a model, fast enough to follow a pen.

    It may be used by several threads: they take turns.

    Args:
        model: who reads.

    Attributes:
        model: who reads.
        network: its arithmetic, in NumPy.

    Raises:
        ModelError: the model's file has changed since the model was opened.
    """

    def __init__(self, model: Model) -> None:
        content = model.content()
        self.model = model
        self.network = Network(layers_of(content))
        self._interpreter = _open(content)
        self._lock = threading.Lock()
        self._steps = {each["index"]: each["quantization"] for each in self._interpreter.get_tensor_details()}
        usual = zip(*(self._outputs(glyph) for glyph in usual_digits()), strict=True)
        self._scales = [_scale(np.stack(outputs)) for outputs in usual]
        self._scales[-1] = (0.0, 1.0)  # probabilities

    def look(
        self,
        glyph: NDArray[np.uint8],
        off: Set[Channel] = NOTHING_OFF,
        name: str = "",
        note: str = "",
        is_murky: bool = False,
    ) -> Inside:
        """What each layer makes of a glyph.

        Args:
            glyph: uint8 (28, 28), ink 255 on 0.
            off: channels to switch off, each with its layer's number; see `Inside.without`.
            name: of the picture; see `Reading`.
            note: likewise.
            is_murky: likewise.

        Raises:
            ModelError: what is off needs a layer computed anew that can't be.
            IndexError: there is no such channel.
        """
        layers = tuple(map(Layer, self.network.operations, self._outputs(glyph), self._scales))
        told = replace(Reading.empty(name), note=note, is_murky=is_murky)
        seen = Inside(glyph, layers, told, model=self.model, network=self.network)
        return seen.switched(off) if off else replace(seen, reading=seen._read(layers, seen.off))

    def _outputs(self, glyph: NDArray[np.uint8]) -> list[Maps]:
        """What each layer gives for a glyph."""
        with self._lock:
            place = self._interpreter.get_input_details()[0]["index"]
            self._interpreter.set_tensor(place, network_input(glyph[np.newaxis]))
            self._interpreter.invoke()
            found = [self._interpreter.get_tensor(each.tensor)[0] for each in self.network.operations]
        return [
            maps if maps.dtype == np.float32 else _real(maps, *self._steps[each.tensor])
            for each, maps in zip(self.network.operations, found, strict=True)
        ]


def _real(maps: NDArray[np.integer], scale: float, zero: int) -> Maps:
    """The numbers that whole ones stand for, in a network that computes with those from end to end."""
    return np.asarray((maps.astype(np.float32) - zero) * np.float32(scale), np.float32)


@functools.cache
def usual_digits() -> NDArray[np.uint8]:
    """The ten digits in the plainest hand, as OpenCV letters them after Hershey (1967): uint8 (10, 28, 28)."""
    papers = np.zeros((10, 120, 120), np.uint8)
    for digit, paper in enumerate(papers):
        cv2.putText(paper, str(digit), (25, 95), cv2.FONT_HERSHEY_SIMPLEX, 3.2, (255,), 9, cv2.LINE_AA)
    return np.stack([framed(paper) for paper in papers])


def _scale(outputs: Maps) -> tuple[float, float]:
    """The least and the largest of what a layer gives, float32 (n, ...), but for a few values; 0 is within."""
    least, largest = np.percentile(outputs, [MOST_LEFT_OUT, 100 - MOST_LEFT_OUT])
    return min(float(least), 0.0), max(float(largest), 0.0, float(least) + TINY)


def _open(content: bytes) -> Interpreter:
    """An interpreter for one glyph, which keeps what every layer gives."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that to keep it takes memory: so it does, while somebody looks
        interpreter = Interpreter(model_content=content, num_threads=1, experimental_preserve_all_tensors=True)
    with quiet_stderr(INFORMATION):
        interpreter.allocate_tensors()
    return interpreter


def _switched(network: Network, layers: tuple[Layer, ...], off: frozenset[Channel]) -> tuple[Layer, ...]:
    """The layers with channels switched off, those that come after them computed anew."""
    first = min(layer for layer, _ in off)
    maps = layers[first].maps[np.newaxis].copy()
    maps[..., [channel for layer, channel in off if layer == first]] = 0
    later = network.forward_from(first, maps, off)
    changed = [maps[0], *(each[0] for each in later)]
    return (*layers[:first], *(replace(old, maps=new) for old, new in zip(layers[first:], changed, strict=True)))
