"""Paints the layers of a network: the glyph and the answer, all maps, and the numbers at the end."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from digitpad.models.inside import GLYPH, Inside
from digitpad.pad.formulas import layer_heading
from digitpad.pad.inside import InsideView, Side
from digitpad.pad.inside_words import GLYPH_HEADING, counted_off, digit_name, value_of_answer
from digitpad.pad.words import headline, sentence, sureness
from digitpad_desktop.inside_colours import faded, for_and_against
from digitpad_desktop.inside_pictures import band_image
from digitpad_desktop.inside_places import Places
from digitpad_desktop.letters import enlarged
from digitpad_desktop.painting import painter_on

SOURCES = 5  # maps of the layer before from which lines lead to the one that is pointed at
AT_THE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
SMALLEST = 0.65  # of the font that numbers are written in where they have little room
SEEN = (
    0.01  # of the largest number that can be, which is so large at least that it is written where there is less room
)
CROSSED = 1.6  # pixels that the lines are wide which cross a map out


class LayersPainter:
    """Paints one side of a view; what stays the same while one draws is painted once.

    Args:
        side: whose layers.
        places: where they are.
        widget: what is painted on; its font and palette are taken.
    """

    def __init__(self, side: Side, places: Places, widget: QWidget) -> None:
        self._side, self._places = side, places
        self._font, self._palette = widget.font(), widget.palette()
        self._bold = enlarged(self._font, 1.0, bold=True)
        self._metrics, self._width = widget.fontMetrics(), widget.width()
        self._for, self._against = for_and_against(self._palette)
        self._images: dict[int, QImage] = {}
        self._ground = self._painted_ground(widget)

    def forget_maps(self) -> None:
        """Paint the maps anew the next time."""
        self._images.clear()

    def paint(self, painter: QPainter, view: InsideView | None) -> None:
        """Paint all of it; with a view, what is pointed at in it too."""
        inside = self._side.inside
        painter.drawPixmap(0, 0, self._ground)
        self._paint_answer(painter, inside)
        for layer, band in self._places.bands.items():
            image = self._images.get(layer)
            if image is None:
                image = self._images[layer] = band_image(inside, layer, band, self._palette)
                image.setDevicePixelRatio(self._places.ratio)
            painter.drawImage(QPointF(0, band.top / self._places.ratio), image)
        for layer in self._places.numbers:
            self._paint_numbers(painter, inside, layer)
        self._paint_off(painter)
        if view is not None:
            self._paint_pointed(painter, view)

    def _painted_ground(self, widget: QWidget) -> QPixmap:
        """The model's name, the headings, and what the numbers at the end are of."""
        ground = QPixmap(widget.size() * self._places.ratio)
        ground.setDevicePixelRatio(self._places.ratio)
        ground.fill(self._palette.window().color())  # what is behind need not be painted
        painter = painter_on(ground)
        name = enlarged(self._font, 1.35, bold=True)
        painter.setFont(name)
        painter.setPen(self._palette.text().color())
        painter.drawText(QPointF(0, QFontMetrics(name).ascent()), self._side.model.name)
        for layer in (*self._places.bands, *self._places.numbers):
            self._paint_heading(painter, layer)
        for layer in self._places.numbers:
            for unit in range(self._side.inside.layers[layer].channels):
                bar, sign, _ = self._cell(layer, unit)
                painter.fillRect(bar, faded(self._palette.placeholderText().color(), 0.15))
                told = self._metrics.elidedText(digit_name(unit), Qt.TextElideMode.ElideRight, int(sign.width()))
                painter.setFont(self._bold)
                painter.setPen(self._palette.text().color())
                painter.drawText(sign, AT_THE_LEFT, told)
        painter.end()
        return ground

    def _paint_heading(self, painter: QPainter, layer: int) -> None:
        told = GLYPH_HEADING if layer == GLYPH else layer_heading(self._side.inside.layers[layer])
        name, _, rest = told.partition(" · ")
        base = self._places.top_of(layer) - self._metrics.descent() - 3
        painter.setFont(self._bold)
        painter.setPen(self._palette.text().color())
        painter.drawText(QPointF(0, base), name)
        painter.setFont(self._font)
        painter.setPen(self._palette.placeholderText().color())
        left = QFontMetrics(self._bold).horizontalAdvance(name + "  ")
        shown = self._metrics.elidedText(rest, Qt.TextElideMode.ElideRight, max(self._width - left, 0))
        painter.drawText(QPointF(left, base), shown)

    def _paint_answer(self, painter: QPainter, inside: Inside) -> None:
        """Beside the glyph what it was taken for."""
        line = self._metrics.height()
        glyph = self._places.place_of(GLYPH, 0)
        sign = headline(inside.reading)
        left = glyph.right() + line
        painter.setPen(self._palette.text().color())
        if sign:
            large = QFont(self._font)
            large.setPixelSize(max(round(glyph.height()), 1))
            large.setBold(True)
            painter.setFont(large)
            painter.drawText(QPointF(left, glyph.center().y() + QFontMetrics(large).capHeight() / 2), sign)
            left += QFontMetrics(large).horizontalAdvance(sign) + line
        lines = [
            (sentence(inside.reading), enlarged(self._font, 1.15, bold=True), self._palette.text().color()),
            (sureness(inside.reading), self._font, self._palette.placeholderText().color()),
            (counted_off(len(self._side.off)), self._bold, self._against),
        ]
        told = [each for each in lines if each[0]]
        top = glyph.center().y() - len(told) * line / 2
        for text, font, colour in told:
            painter.setFont(font)
            painter.setPen(colour)
            place = QRectF(left, top, self._width - left, line * 1.2)
            room = max(int(place.width()), 0)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(place, AT_THE_LEFT, shown)
            top += line * 1.1

    def _cell(self, layer: int, unit: int) -> tuple[QRectF, QRectF, QRectF]:
        """Where a number of the last layers has its bar, its digit and itself."""
        place, line = self._places.place_of(layer, unit), self._metrics.height()
        bar = QRectF(place.left(), place.top(), place.width(), place.height() - 2 * line - 2)
        sign = QRectF(place.left(), place.bottom() - 2 * line, place.width(), line)
        return bar, sign, sign.translated(0, line)

    def _paint_numbers(self, painter: QPainter, inside: Inside, layer: int) -> None:
        """The last layers, unit by unit: the sums, and the probabilities as bars."""
        values = inside.layers[layer].maps
        is_last = layer == len(inside.layers) - 1
        most = 1.0 if is_last else float(np.abs(values).max()) or 1.0
        told = [value_of_answer(value, is_last) for value in values.tolist()]
        widest = max(self._metrics.horizontalAdvance(each) for each in told) + 2
        scale = min(1.0, self._places.place_of(layer, 0).width() / widest)
        painter.setFont(enlarged(self._font, max(scale, SMALLEST)))
        painter.setPen(self._palette.text().color())
        for unit, value in enumerate(values.tolist()):
            bar, _, place = self._cell(layer, unit)
            bar.setTop(bar.bottom() - bar.height() * min(abs(value) / most, 1.0))
            painter.fillRect(bar, self._for if value >= 0 else self._against)
            if scale >= SMALLEST:
                painter.drawText(place, AT_THE_LEFT, told[unit])
            elif abs(value) >= SEEN * most:  # it needs the place of its neighbours
                painter.drawText(place.adjusted(0, 0, widest, 0), AT_THE_LEFT, told[unit])

    def _paint_off(self, painter: QPainter) -> None:
        """Cross out what is switched off."""
        painter.setPen(QPen(self._against, CROSSED))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for layer, channel in self._side.off:
            place = self._places.place_of(layer, channel)
            painter.drawRect(place)
            painter.drawLine(place.topLeft(), place.bottomRight())
            painter.drawLine(place.topRight(), place.bottomLeft())

    def _paint_pointed(self, painter: QPainter, view: InsideView) -> None:
        """Frame the map that is pointed at, and lead lines to it from those that it listens to most."""
        place = self._places.place_of(view.layer, view.channel)
        given = view.listened_to[:SOURCES]
        most = max((abs(each.amount) for each in given), default=0.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for each in given:
            if each.amount:
                share = 0.25 + 0.75 * abs(each.amount) / most
                colour = faded(self._for if each.amount > 0 else self._against, share)
                source = self._places.place_of(each.layer, each.channel).adjusted(-1.5, -1.5, 1.5, 1.5)
                painter.setPen(QPen(colour, 2))
                painter.drawRect(source)
                start, end = (
                    QPointF(source.center().x(), source.bottom()),
                    QPointF(place.center().x(), place.top() - 2),
                )
                bend = QPointF(0, (end.y() - start.y()) / 2)
                path = QPainterPath(start)
                path.cubicTo(start + bend, end - bend, end)
                painter.setPen(QPen(colour, 1.5))
                painter.drawPath(path)
        for colour, wide in (
            (self._palette.color(QPalette.ColorRole.Window), 5.0),
            (self._palette.text().color(), 2.2),
        ):
            painter.setPen(QPen(colour, wide))
            painter.drawRect(place.adjusted(-2, -2, 2, 2))
