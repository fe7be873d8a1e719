"""Where the maps of each layer stand: bands one below the other, all equally wide."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.intp]

GAP = 2  # screen pixels between two maps at least
TALLEST = 200  # screen pixels of a band
SHORTEST, LARGEST_ALONE = 48, 170  # screen pixels of a layer's only map
SMALLEST = 2  # screen pixels of a map's side
LARGEST = 30  # screen pixels for each of a map's
SLACK = 0.1  # of a map's enlargement, that is given up for a whole number
BETWEEN = 8  # screen pixels between a band and the heading of the next one


@dataclass(frozen=True)
class Band:
    """One layer's place.

    Attributes:
        shape: height and width of a map, and how many there are.
        columns: maps beside each other.
        side: height and width of a map in screen pixels.
        top: of its maps, in screen pixels.
        width: of the whole band, in screen pixels.
    """

    shape: tuple[int, int, int]
    columns: int
    side: tuple[int, int]
    top: int
    width: int

    @property
    def rows(self) -> int:
        """Rows of maps."""
        return -(-self.shape[2] // self.columns)

    @property
    def need(self) -> tuple[bool, float]:
        """What is least of the layer that needs most to become larger."""
        is_units = self.shape[:2] == (1, 1)
        return is_units, self.height if is_units else self.side[0] / math.sqrt(self.shape[0])

    @property
    def height(self) -> int:
        """Of all its maps, in screen pixels."""
        return self.rows * (self.side[0] + GAP) - GAP

    @cached_property
    def lefts(self) -> Places:
        """Where each column begins: the maps go from edge to edge."""
        return np.linspace(0, self.width - self.side[1], self.columns).astype(np.intp)

    @cached_property
    def tops(self) -> Places:
        """Where each row begins, from the top of the band."""
        return np.arange(self.rows) * (self.side[0] + GAP)

    @cached_property
    def picked(self) -> tuple[Places, Places]:
        """For each row and each column of the band's screen pixels, which one of a mosaic with gaps of 1 it shows."""
        high, wide, _ = self.shape
        return _picked(self.tops, high, self.side[0]), _picked(self.lefts, wide, self.side[1])

    def place_of(self, channel: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a map, in screen pixels."""
        row, column = divmod(channel, self.columns)
        return int(self.lefts[column]), self.top + int(self.tops[row]), self.side[1], self.side[0]

    def at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """The channel at a place of the screen, and the row and column of its map; None where there is none."""
        down_to = y - self.top
        column = int(np.searchsorted(self.lefts, x, "right")) - 1
        row = int(np.searchsorted(self.tops, down_to, "right")) - 1
        channel = row * self.columns + column
        if min(row, column) < 0 or channel >= self.shape[2]:
            return None
        right, down = x - self.lefts[column], down_to - self.tops[row]
        if right >= self.side[1] or down >= self.side[0]:
            return None
        return channel, int(down * self.shape[0] / self.side[0]), int(right * self.shape[1] / self.side[1])


def bands(shapes: Sequence[tuple[int, int, int]], width: int, height: int, heading: int, top: int = 0) -> list[Band]:
    """Place layers so that all of them are seen at once, as large as that allows.

    Args:
        shapes: height and width of a map, and how many there are, of each layer.
        width: screen pixels that there are.
        height: screen pixels that they may take; where they need more, they take more.
        heading: screen pixels above each band.
        top: screen pixels above all of it.

    Returns:
        for each layer its band.
    """
    room = height - len(shapes) * (heading + BETWEEN)
    offered = [_grids(shape, width, min(max(height // 7, SHORTEST), LARGEST_ALONE)) for shape in shapes]
    chosen = [0] * len(shapes)  # the lowest grid of each layer
    rest = room - sum(grids[0].height for grids in offered)
    while True:
        # Those whose maps are hardest to see become larger first; units, which have no shape, last of all.
        can = [
            place
            for place, (grids, now) in enumerate(zip(offered, chosen, strict=True))
            if now + 1 < len(grids) and grids[now + 1].height - grids[now].height <= rest
        ]
        if not can:
            break
        next_one = min(can, key=lambda place: offered[place][chosen[place]].need)
        rest -= offered[next_one][chosen[next_one] + 1].height - offered[next_one][chosen[next_one]].height
        chosen[next_one] += 1
    placed = []
    for grids, now in zip(offered, chosen, strict=True):
        band = replace(grids[now], top=top + heading)
        placed.append(band)
        top = band.top + band.height + BETWEEN
    return placed


def _grids(shape: tuple[int, int, int], width: int, alone: int) -> list[Band]:
    """The grids from edge to edge that a layer can have, from low to high; a single map has only one."""
    high, wide, count = shape
    if count == 1:
        return [Band(shape, 1, (alone, alone * wide // high), 0, width)]
    grids: list[Band] = []
    for columns in (number for number in range(count, 1, -1) if count % number == 0):
        larger = ((width + GAP) / columns - GAP) / wide
        if larger * min(high, wide) < SMALLEST:
            continue
        if larger % 1 < SLACK and larger >= 1:
            larger = math.floor(larger)  # each of a map's pixels is as large as the others
        grid = Band(shape, columns, (int(high * larger), int(wide * larger)), 0, width)
        if grids and (grid.height > TALLEST or larger > LARGEST):
            break
        grids.append(grid)
    return grids or [Band(shape, min(count, max(width // (GAP + 1), 1)), (1, 1), 0, width)]


def _picked(starts: Places, side: int, long: int) -> Places:
    picked = np.full(int(starts[-1]) + long, side if len(starts) > 1 else 0)  # the mosaic's first gap
    for place, start in enumerate(starts):
        picked[start : start + long] = place * (side + 1) + np.arange(long) * side // long
    return picked
