"""The row under the canvas: pen and eraser, width, undo and redo, clear, live reading and Predict."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from digitpad.pad.pad import THICKEST, THINNEST, Change, Pad
from digitpad_desktop.tool_button import ToolButton


class Controls(QWidget):
    """What the hand needs while it draws; the menus have the same, with their shortcuts.

    Args:
        pad: what the width belongs to.
        tools: actions of the left part, shown as buttons: pen, eraser, undo, redo, clear.
        live: the switch for live reading.
        predict: reads now.
    """

    def __init__(self, pad: Pad, tools: list[QAction], live: QAction, predict: QAction) -> None:
        super().__init__()
        self._pad = pad
        first, second = QHBoxLayout(), QHBoxLayout()
        for action in tools:
            first.addWidget(ToolButton(action))
        first.addStretch(1)
        self.width_slider = QSlider(Qt.Orientation.Horizontal)
        self.width_slider.setRange(THINNEST, THICKEST)
        self.width_slider.setValue(round(pad.width))
        self.width_slider.setMinimumWidth(80)
        self.width_slider.setMaximumWidth(220)
        self.width_slider.setAccessibleName("Pen width")
        self.width_slider.setToolTip("Pen width ([ thinner, ] thicker)")
        self.width_slider.valueChanged.connect(lambda width: pad.choose_pen(width=width))
        label = QLabel("&Width")
        label.setBuddy(self.width_slider)
        second.addWidget(label)
        second.addWidget(self.width_slider, stretch=1)
        second.addStretch(1)
        second.addWidget(ToolButton(live))
        self.predict = QPushButton(predict.text().replace("&", ""))  # Alt+P is the menu's
        self.predict.setDefault(True)
        self.predict.setToolTip(predict.toolTip())
        self.predict.clicked.connect(predict.trigger)
        second.addWidget(self.predict)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addLayout(second)
        pad.subscribe(self._follow)

    def _follow(self, change: Change) -> None:
        if change is Change.PEN and self.width_slider.value() != round(self._pad.width):
            self.width_slider.setValue(round(self._pad.width))
