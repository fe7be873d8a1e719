"""All layers of a network, from the glyph to the probabilities, in one widget."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.pad.formulas import words_of, words_of_map
from digitpad.pad.inside import InsideChange, InsideView, Side
from digitpad.pad.inside_words import layers_of
from digitpad_desktop.canvas import ARROWS
from digitpad_desktop.inside_painter import LayersPainter
from digitpad_desktop.inside_places import ABOVE, NUMBERS, Places
from digitpad_desktop.painting import painter_on

NARROW, LOW = 290, 18  # pixels that the maps need at least: of all beside each other, and of each layer's
RESTS = 60  # milliseconds that the mouse is on another map before that is shown: it may be on its way elsewhere


class LayersView(QWidget):
    """The maps of every layer of one model, which follow the pen.

    Args:
        view: what is looked at.
        number: which of the view's sides is shown.
    """

    def __init__(self, view: InsideView, number: int) -> None:
        super().__init__()
        self._view, self._number = view, number
        self._places: Places | None = None
        self._painter: LayersPainter | None = None
        self._wanted: tuple[int, int, int, int] | None = None
        self._soon = QTimer(self, singleShot=True, interval=RESTS)
        self._soon.timeout.connect(self._point)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(layers_of(self.side.model.name))
        self.follow(InsideChange.PICTURE)

    @property
    def side(self) -> Side:
        """The model that is looked at here."""
        return self._view.sides[self._number]

    @property
    def places(self) -> Places:
        """Where all is."""
        if self._places is None:
            self._places = Places(self.side.inside, self.size(), self.fontMetrics(), self.devicePixelRatioF())
        return self._places

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        layers = len(self.side.inside.layers)
        numbers = layers - max(self.side.inside.last, 0)
        lines = ABOVE + (layers - numbers + 1) + numbers * NUMBERS
        return QSize(NARROW, round(lines * line) + (layers - numbers + 2) * LOW)

    def follow(self, change: InsideChange) -> None:
        """Show what has changed."""
        if change is not InsideChange.POINTED and self._painter is not None:
            self._painter.forget_maps()
        if self._view.side == self._number:
            made = self.side.inside.layers[self._view.layer]
            told = words_of_map(made, self._view.channel, self._view.is_off)
            self.setAccessibleDescription(f"{told} {words_of(made)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._painter is None:
            self._painter = LayersPainter(self.side, self.places, self)
        painter = painter_on(self)
        self._painter.paint(painter, self._view if self._view.side == self._number else None)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._begin_anew()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._begin_anew()
            self.updateGeometry()

    def _begin_anew(self) -> None:
        self._places = self._painter = None
        self.update()

    # The mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        view = self._view
        self._wanted = self.places.found(event.position())
        if self._wanted is None:
            self._soon.stop()
        elif (self._number, *self._wanted[:2]) == (view.side, view.layer, view.channel):
            self._point()
        elif not self._soon.isActive():
            self._soon.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._wanted = self.places.found(event.position())
        if event.button() == Qt.MouseButton.LeftButton and self._wanted is not None:
            self._point()
            self._view.switch()

    def _point(self) -> None:
        self._soon.stop()
        if self._wanted is not None:
            self._view.point_at(self._number, *self._wanted)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view, key = self._view, event.key()
        if view.side != self._number:
            view.point_at(self._number, view.layer, view.channel)
        if key in ARROWS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go(*ARROWS[Qt.Key(key)])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._go_to_layer(view.layer + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to_layer(0 if key == Qt.Key.Key_Home else len(self.side.inside.layers) - 1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            view.switch()
        else:
            super().keyPressEvent(event)

    def _go(self, right: int, down: int) -> None:
        """Go to the next map as they stand on the screen, up and down also into the next layer."""
        view = self._view
        channels = self.side.inside.layers[view.layer].channels
        band = self.places.bands.get(view.layer)
        other = view.channel + right + down * (band.columns if band else channels)
        if 0 <= other < channels:
            view.point_at(self._number, view.layer, other)
        elif down:
            self._go_to_layer(view.layer + down, is_from_below=down < 0)

    def _go_to_layer(self, layer: int, is_from_below: bool = False) -> None:
        """Go to a layer: of its first row, or its last one, to the map that stands nearest."""
        layers = self.side.inside.layers
        if not 0 <= layer < len(layers):
            return
        here = self._center(self._view.layer, self._view.channel)
        channels = range(layers[layer].channels)
        row = self._center(layer, channels[-1] if is_from_below else 0).y()

        def far(channel: int) -> tuple[float, float]:
            place = self._center(layer, channel)
            return abs(place.y() - row), abs(place.x() - here.x())

        self._view.point_at(self._number, layer, min(channels, key=far))

    def _center(self, layer: int, channel: int) -> QPointF:
        center: QPointF = self.places.place_of(layer, channel).center()
        return center
