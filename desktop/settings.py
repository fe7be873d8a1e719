"""What is remembered from one start to the next: the window, the pen, the model."""

import math

from PySide6.QtCore import QByteArray, QSettings

from digitpad.pad.pad import PEN, Pad


class Settings:
    """The user's settings; what is missing or makes no sense is as if it had never been set."""

    def __init__(self) -> None:
        self._store = QSettings("digitpad", "digitpad-desktop")

    @property
    def geometry(self) -> QByteArray | None:
        """Size and place of the window; None at the first start."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def model(self) -> str:
        """The name of the model that read last; empty for the one in use."""
        return str(self._store.value("model", ""))

    @model.setter
    def model(self, name: str) -> None:
        self._store.setValue("model", name)

    def restore(self, pad: Pad) -> None:
        """Give the pad the pen that was used last, and let corrections be learned, or not, as then."""
        try:
            width = float(str(self._store.value("pen-width", PEN)))
        except ValueError:
            width = float(PEN)
        width = width if math.isfinite(width) else float(PEN)
        pad.is_live = self._store.value("live", "true") in (True, "true")
        pad.choose_pen(width=width)
        pad.hands.learns = self._store.value("learns", "true") in (True, "true")

    def remember(self, pad: Pad) -> None:
        """Write down the pad's pen, and whether corrections are learned."""
        self._store.setValue("pen-width", pad.width)
        self._store.setValue("live", "true" if pad.is_live else "false")
        self._store.setValue("learns", "true" if pad.hands.learns else "false")
        self._store.sync()
