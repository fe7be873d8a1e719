"""Where everything stands in the picture of a network's layers."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetrics

from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.models.inside import GLYPH, Inside
from digitpad_desktop.inside_bands import Band, bands

ABOVE = 2.0  # lines of the font above all of it, for the model's name
NUMBERS = 5  # lines that each of the last layers has, for its heading, bars, digits and numbers


class Places:
    """Where each layer's maps, and the numbers of the last ones, stand in a widget.

    Args:
        inside: whose layers.
        size: of the widget.
        metrics: of its font.
        ratio: pixels of the screen for each of the widget's.

    Attributes:
        bands: where maps and units are, in pixels of the screen, by the layer's number; the glyph's is GLYPH.
        numbers: the layers that are shown as numbers: the logits, and what follows.
    """

    def __init__(self, inside: Inside, size: QSize, metrics: QFontMetrics, ratio: float) -> None:
        self._size, self._line, self.ratio = size, metrics.height(), ratio
        last = max(inside.last, 0)
        self.numbers = range(last, len(inside.layers))
        self._units = {layer: inside.layers[layer].channels for layer in self.numbers}
        shapes = [(GLYPH_SIDE, GLYPH_SIDE, 1)]
        for layer in inside.layers[:last]:
            high, wide = layer.map(0).shape
            shapes.append((high, wide, layer.channels))
        above = ABOVE * self._line
        room = size.height() - above - len(self.numbers) * NUMBERS * self._line
        placed = bands(shapes, *(round(each * ratio) for each in (size.width(), room, self._line + 3, above)))
        self.bands: dict[int, Band] = dict(enumerate(placed, GLYPH))
        self._below = (placed[-1].top + placed[-1].height) / ratio + 10

    def place_of(self, layer: int, channel: int) -> QRectF:
        """Where a map is, or a number of the last layers with what belongs to it."""
        if layer in self.bands:
            left, top, width, height = (each / self.ratio for each in self.bands[layer].place_of(channel))
            return QRectF(left, top, width, height)
        wide = self._size.width() / self._units[layer]
        top = self._below + ((layer - self.numbers.start) * NUMBERS + 1.2) * self._line
        return QRectF(channel * wide, top, wide - 3, (NUMBERS - 1.5) * self._line)

    def top_of(self, layer: int) -> float:
        """Where a layer begins, below its heading."""
        return self.place_of(layer, 0).top()

    def found(self, place: QPointF) -> tuple[int, int, int, int] | None:
        """The layer, the channel, and the row and column in its map at a place; None where there is no map."""
        for layer, band in self.bands.items():
            found = band.at(place.x() * self.ratio, place.y() * self.ratio)
            if found is not None:
                return (layer, *found) if layer != GLYPH else None
        for layer, units in self._units.items():
            for unit in range(units):
                if self.place_of(layer, unit).contains(place):
                    return layer, unit, 0, 0
        return None
