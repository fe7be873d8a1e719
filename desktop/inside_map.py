"""One map, large: how each of its values came about, and which maps it listens to."""

from functools import partial

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from digitpad.models.inside import GLYPH
from digitpad.models.layers import Maps
from digitpad.models.sums import Given, Sum
from digitpad.pad.formulas import formula, is_answer, words_of_map
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_parts import largest_products, parts_of
from digitpad.pad.inside_words import (
    BIAS,
    GLYPH_NAME,
    LISTENS_TO,
    MAP_WORDS,
    SUM,
    SWITCH_OFF,
    SWITCH_ON,
    and_more,
    called,
    digit_name,
    number,
    signed,
)
from digitpad.pad.mosaics import shades
from digitpad.pad.mosaics import signed as signed_shades
from digitpad_desktop.glossary import Words
from digitpad_desktop.inside_bars import SumBars
from digitpad_desktop.inside_colours import SIGNED_TABLE, map_table
from digitpad_desktop.inside_picture import MapPicture
from digitpad_desktop.inside_pictures import map_image, table_of
from digitpad_desktop.inside_sum import Grid, Row, SumView
from digitpad_desktop.letters import enlarged, heading

ROWS = 2  # maps of what comes in whose products are shown number by number; one on a wall
BARS = 9  # units of what comes in that are shown one by one
SOURCES = 5  # maps that are listened to most
THUMBNAIL = 3.2  # lines of the font


class OneMapView(QWidget):
    """The map that is pointed at.

    Args:
        view: what is looked at.
    """

    def __init__(self, view: InsideView) -> None:
        super().__init__()
        self._view = view
        self.name, self.words, self.formula, self.rest = QLabel(), QLabel(), QLabel(), QLabel()
        self.switch = QPushButton()
        self.before, self.map = MapPicture(is_pointed=False), MapPicture(is_pointed=True)
        self.sum, self.bars = SumView(), SumBars(SUM)
        self.sources = [QToolButton() for _ in range(SOURCES)]
        self._given: list[Given] = []
        self._sources, self._listens = QWidget(), heading(LISTENS_TO)
        self._count = ROWS
        self.glossary = Words(MAP_WORDS)
        self._lay_out()
        self.switch.clicked.connect(lambda: view.switch())
        self.map.pointed.connect(lambda row, column: view.point_at(view.side, view.layer, view.channel, row, column))
        self.bars.chosen.connect(lambda unit: view.point_at(view.side, view.layer - 1, unit))
        self.enlarge(has_controls=True)

    def enlarge(self, has_controls: bool) -> None:
        """Take over the font that is set; with controls, or without them."""
        self.name.setFont(enlarged(self.font(), 1.25, bold=True))
        self.formula.setFont(enlarged(self.font(), 1.1))
        self._listens.setFont(enlarged(self.font(), 1.0, bold=True))
        for part in (self.switch, self.words, self.glossary):
            part.setVisible(has_controls)
        self._count = ROWS if has_controls else 1
        self.follow()

    def follow(self) -> None:
        """Show what is pointed at."""
        view, inside = self._view, self._view.inside
        made = inside.layers[view.layer]
        self.name.setText(view.said())
        self.words.setText(words_of_map(made, view.channel, view.is_off))
        self.switch.setText(SWITCH_ON if view.is_off else SWITCH_OFF)
        self.switch.setEnabled(view.can_switch)
        self.switch.setToolTip(view.why_not)
        value = float(made.map(view.channel)[view.row, view.column])
        self.map.setVisible(made.has_maps)
        self.map.show_map(
            map_image(inside, view.layer, view.channel, self.palette()),
            QRect(view.column, view.row, 1, 1),
            f"{called(view.channel, made.has_maps)}: {number(value)}",
        )
        found = view.sum
        self._given = view.listened_to[:SOURCES]
        self.formula.setText(inside.network.lacking(view.layer - 1) if found is None else formula(found))
        self._show_sum(found)
        for button, given in zip(self.sources, [*self._given, *[None] * SOURCES], strict=False):
            button.setVisible(given is not None)
            if given is not None:
                self._show_source(button, given)
        self._sources.setVisible(bool(self._given))

    def _show_sum(self, found: Sum | None) -> None:
        """The patch, the kernel, and their products: as squares of numbers, or as bars where units come in."""
        view, inside = self._view, self._view.inside
        is_of_units = found is not None and found.products is not None and found.patch.ndim == 1
        is_of_maps = found is not None and found.patch.ndim > 1
        self.bars.setVisible(is_of_units)
        for part in (self.sum, self.before):
            part.setVisible(is_of_maps)
        self.rest.setVisible(is_of_maps and found is not None and found.products is not None)
        if found is None:
            return
        if is_of_units:
            self.bars.show_parts(parts_of(found, BARS, has_maps=False))
        if is_of_maps:
            rows, source = self._rows_of(found)
            self.sum.show_rows(rows)
            high, wide = found.patch.shape[:2]
            self.before.show_map(
                map_image(inside, view.layer - 1, source, self.palette()),
                QRect(found.place[1], found.place[0], wide, high),
                self._name_of(view.layer - 1, source),
            )

    def _rows_of(self, found: Sum) -> tuple[list[Row], int]:
        """The maps that add most to a value, and which of them adds most."""
        view = self._view
        if found.products is None:  # of pooling
            grid = self._patch(found.patch, view.channel)
            return [Row("", [grid], number(found.value))], view.channel
        shown, others = largest_products(found, self._count)
        kernels = float(np.abs(np.asarray(found.kernel)).max())
        products = float(np.abs(found.products).max())
        rest = found.products.shape[-1] - len(shown)
        told = [f"{and_more(rest, has_maps=True)}: {signed(others)}"] if rest else []
        self.rest.setText("     ".join([*told, f"{BIAS}: {signed(found.bias)}"]))
        rows = [
            Row(
                self._name_of(view.layer - 1, each.channel),
                [
                    self._patch(each.patch, each.channel),
                    Grid(each.kernel, signed_shades(each.kernel, kernels), SIGNED_TABLE),
                    Grid(each.products, signed_shades(each.products, products), SIGNED_TABLE),
                ],
                signed(each.amount),
            )
            for each in shown
        ]
        return rows, shown[0].channel

    def _show_source(self, button: QToolButton, given: Given) -> None:
        inside = self._view.inside
        name = self._name_of(given.layer, given.channel)
        side = min(round(THUMBNAIL * self.fontMetrics().height()), max(self.width() // SOURCES - 14, 8))
        image = map_image(inside, given.layer, given.channel, self.palette()).scaled(side, side)
        button.setIcon(QIcon(QPixmap.fromImage(image)))
        button.setIconSize(QSize(side, side))
        short = name.rpartition(", ")[2]
        is_narrow = self.fontMetrics().horizontalAdvance(short) > button.width() - 8
        button.setText(f"{given.channel + 1 if is_narrow else short}\n{signed(given.amount)}")
        button.setToolTip(f"{name}: {signed(given.amount)}")
        button.setAccessibleName(button.toolTip())

    def _go_to_source(self, place: int) -> None:
        given = self._given[place]
        if given.layer > GLYPH:
            self._view.point_at(self._view.side, given.layer, given.channel)

    def _patch(self, values: Maps, channel: int) -> Grid:
        """A part of what comes in, in the colours in which it is seen among its layer's maps."""
        before = None if self._view.layer == 0 else self._view.inside.layers[self._view.layer - 1]
        table = map_table(self.palette()) if before is None else table_of(before, self.palette())
        return Grid(values, shades(values, before), table)

    def _name_of(self, layer: int, channel: int) -> str:
        """A map with its layer's name."""
        if layer == GLYPH:
            return GLYPH_NAME
        made = self._view.inside.layers[layer]
        return f"{made.name}, {digit_name(channel) if is_answer(made) else called(channel, made.has_maps)}"

    def _lay_out(self) -> None:
        for label in (self.name, self.words, self.formula):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for quiet in (self.words, self.rest):
            quiet.setForegroundRole(quiet.foregroundRole().PlaceholderText)
        top = QHBoxLayout()
        top.addWidget(self.switch)
        top.addStretch(1)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(self.before, stretch=1)
        pair.addWidget(self.map, stretch=1)
        listens = QVBoxLayout(self._sources)
        listens.setContentsMargins(0, 6, 0, 0)
        listens.addWidget(self._listens)
        row = QHBoxLayout()
        for place, button in enumerate(self.sources):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            button.clicked.connect(partial(self._go_to_source, place))
            row.addWidget(button, stretch=1)
        listens.addLayout(row)
        layout = QVBoxLayout(self)
        layout.addWidget(self.name)
        layout.addWidget(self.words)
        layout.addLayout(top)
        layout.addLayout(pair)
        layout.addWidget(self.sum)
        layout.addWidget(self.bars)
        layout.addWidget(self.rest)
        layout.addWidget(self.formula)
        layout.addWidget(self._sources)
        layout.addWidget(self.glossary)
        layout.addStretch(1)
