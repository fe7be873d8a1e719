"""The state of a look inside, without a screen: whose layers are seen, which map is pointed at, what is off.

Widgets observe it and call its methods, as they do with `Pad`; while they hold it, what looks into a model is open.
"""

from collections.abc import Callable
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from digitpad.models.arithmetic import Channel
from digitpad.models.inside import Inside, Lens
from digitpad.models.model import Model
from digitpad.models.sums import Given, Sum
from digitpad.pad.formulas import map_name, strongest_place
from digitpad.pad.observed import Observed
from digitpad.reading import Reading

Glyph = NDArray[np.uint8]
BLANK = Reading.empty().glyph


class InsideChange(Enum):
    """What has become another."""

    PICTURE = auto()
    POINTED = auto()
    OFF = auto()
    MODELS = auto()
    PRESENTATION = auto()


class Side:
    """One model that is looked into.

    Attributes:
        model: who reads.
        lens: what looks into it.
        inside: what it makes of the glyph, without what is off.
    """

    def __init__(self, model: Model, lens: Lens, glyph: Glyph, is_murky: bool) -> None:
        self.model = model
        self.lens = lens
        self.inside: Inside = lens.look(glyph, is_murky=is_murky)

    @property
    def off(self) -> frozenset[Channel]:
        """The channels that are switched off, each with its layer's number."""
        return self.inside.off

    def _look(self, glyph: Glyph, is_murky: bool, off: frozenset[Channel]) -> None:
        self.inside = self.lens.look(glyph, off, is_murky=is_murky)


class InsideView(Observed[InsideChange]):
    """A look inside one model, or two side by side.

    Args:
        model: whose layers are seen.
        open_lens: gives what looks into a model, for who shares it among several views.

    Attributes:
        sides: the model, and the one beside it, if there is one.
        side: in which of them a map is pointed at, from 0.
        layer: which layer that map is in, from 0.
        channel: its number in the layer, from 0.
        row: the place in it that is looked at: the strongest one, and where nothing is left there another strongest
            one, until one is chosen.
        column: likewise.
        is_placed: whether one was chosen.
        is_presentation: whether it is shown large, without controls.

    Raises:
        ModelError: the model's file has changed since it was opened.
    """

    def __init__(self, model: Model, open_lens: Callable[[Model], Lens] = Model.lens) -> None:
        super().__init__()
        self._open = open_lens
        self._glyph, self._is_murky = BLANK, False
        self.sides: tuple[Side, ...] = (self._side(model),)
        self.side = self.layer = self.channel = self.row = self.column = 0
        self.is_placed = False
        self.is_presentation = False

    def close(self) -> None:
        """Let go of what looks into the models; who looked before is told nothing more."""
        self._listeners.clear()
        self.sides = ()

    @property
    def pointed(self) -> Side:
        """The side in which a map is pointed at."""
        return self.sides[self.side]

    @property
    def _place(self) -> tuple[int, int, int, int, int]:
        return self.side, self.layer, self.channel, self.row, self.column

    @property
    def inside(self) -> Inside:
        """What the model in which a map is pointed at makes of the glyph."""
        return self.pointed.inside

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._glyph.any()

    @property
    def sum(self) -> Sum | None:
        """How the value that is pointed at came about; None where that can't be told."""
        if self.inside.layers[self.layer].operation.lacks:
            return None
        return self.inside.at(self.layer, self.channel, self.row, self.column)

    @property
    def listened_to(self) -> list[Given]:
        """What each map of the layer before gave to the one that is pointed at; see `Inside.listens_to`."""
        if self.inside.layers[self.layer].operation.lacks:
            return []
        return self.inside.listens_to(self.layer, self.channel)

    @property
    def is_off(self) -> bool:
        """Whether the map that is pointed at is switched off."""
        return (self.layer, self.channel) in self.pointed.off

    @property
    def can_switch(self) -> bool:
        """Whether the map that is pointed at can be switched off and on."""
        return self.inside.can_switch(self.layer)

    @property
    def why_not(self) -> str:
        """Why the map that is pointed at can't be switched off, a sentence; empty where it can."""
        if self.can_switch:
            return ""
        lacking = self.inside.network.lacking(self.layer)
        return lacking or "This is the answer itself: switch off what comes before it."

    def look(self, glyph: Glyph, is_murky: bool = False) -> None:
        """Look at another glyph, uint8 (28, 28); at the same one again costs nothing.

        Args:
            glyph: as of a `Reading`.
            is_murky: likewise.
        """
        if is_murky == self._is_murky and np.array_equal(glyph, self._glyph):
            return
        self._glyph, self._is_murky = glyph.copy(), is_murky
        for side in self.sides:
            side._look(self._glyph, is_murky, side.off)
        made = self.inside.layers[self.layer]
        if not self.is_placed and not made.map(self.channel)[self.row, self.column]:
            self.row, self.column = strongest_place(made, self.channel)
        self._tell(InsideChange.PICTURE)

    def point_at(
        self, side: int, layer: int, channel: int, row: int | None = None, column: int | None = None
    ) -> None:
        """Point at a map; what lies beyond the last one becomes that.

        Args:
            side: of the sides, from 0.
            layer: the layer's number, from 0.
            channel: the map's number in it, from 0.
            row: of the place in it; without, the place where it is strongest, or, of the same map, as it was.
            column: likewise.
        """
        before = self._place
        self._point(side, layer, channel, row, column)
        if before != self._place:
            self._tell(InsideChange.POINTED)

    def switch(self, side: int | None = None, layer: int | None = None, channel: int | None = None) -> None:
        """Switch a map off, or on again: the one that is pointed at, unless another is named.

        Where that can't be, nothing happens; see `why_not`.
        """
        chosen = self.sides[self.side if side is None else side]
        which = (self.layer if layer is None else layer, self.channel if channel is None else channel)
        if chosen.inside.can_switch(which[0]):
            self._switch(chosen, chosen.off ^ {which})

    def switch_all(self, side: int, off: frozenset[Channel]) -> None:
        """Switch off these channels of a side, and no others; those that are not there, or can't be, stay on."""
        chosen = self.sides[side]
        layers = chosen.inside.layers
        there = {(layer, channel) for layer, channel in off if chosen.inside.can_switch(layer)}
        off = frozenset((layer, channel) for layer, channel in there if 0 <= channel < layers[layer].channels)
        if off != chosen.off:
            self._switch(chosen, off)

    def all_on(self) -> None:
        """Switch on all that is off, in both models."""
        for number in range(len(self.sides)):
            self.switch_all(number, frozenset())

    def use(self, model: Model) -> None:
        """Look into another model in the place of the first one.

        Raises:
            ModelError: see `InsideView`; all stays as it was.
        """
        if model is not self.sides[0].model:
            self._become(self._side(model), *self.sides[1:])

    def put_beside(self, model: Model | None) -> None:
        """Look into another model beside the first one; None takes it away.

        Raises:
            ModelError: see `InsideView`; all stays as it was.
        """
        if model is not (self.sides[1].model if len(self.sides) > 1 else None):
            self._become(self.sides[0], *([] if model is None else [self._side(model)]))

    def present(self, is_presentation: bool) -> None:
        """Show it large, without controls, or as usual again."""
        if is_presentation != self.is_presentation:
            self.is_presentation = is_presentation
            self._tell(InsideChange.PRESENTATION)

    def said(self) -> str:
        """The map that is pointed at, in words."""
        name = map_name(self.inside.layers[self.layer], self.channel, self.layer)
        return f"{self.pointed.model.name}, {name}" if len(self.sides) > 1 else name

    def _side(self, model: Model) -> Side:
        return Side(model, self._open(model), self._glyph, self._is_murky)

    def _switch(self, side: Side, off: frozenset[Channel]) -> None:
        side._look(self._glyph, self._is_murky, off)
        self._tell(InsideChange.OFF)

    def _become(self, *sides: Side) -> None:
        self.sides, is_placed = sides, self.is_placed
        self._point(*self._place)  # the other model may have fewer layers
        self.is_placed = is_placed
        self._tell(InsideChange.MODELS)

    def _point(self, side: int, layer: int, channel: int, row: int | None, column: int | None) -> None:
        before = self._place
        self.side = _within(side, len(self.sides))
        self.layer = _within(layer, len(self.inside.layers))
        made = self.inside.layers[self.layer]
        self.channel = _within(channel, made.channels)
        if row is None or column is None:
            is_same = before[:3] == (self.side, self.layer, self.channel)
            self.is_placed = self.is_placed and is_same
            row, column = before[3:] if is_same else strongest_place(made, self.channel)
        else:
            self.is_placed = True
        high, wide = made.map(self.channel).shape
        self.row, self.column = _within(row, high), _within(column, wide)


def _within(number: int, count: int) -> int:
    return min(max(number, 0), count - 1)
