"""A button of the pad that shows plainly whether it is chosen."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QToolButton

from digitpad_desktop.painting import painter_on

CORNER = 4.0  # pixels of the rounded corners


class ToolButton(QToolButton):
    """An action with its icon and name; filled with the colour of what is selected while it is checked.

    The styles themselves paint a checked button a little darker, which looks like one that can't be used.

    Args:
        action: what it does.
        is_named: whether its name stands beside the icon, and not in its tip alone.
    """

    def __init__(self, action: QAction, is_named: bool = True) -> None:
        super().__init__()
        self.setDefaultAction(action)
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(styles.ToolButtonTextBesideIcon if is_named else styles.ToolButtonIconOnly)
        self.setIconSize(QSize(18, 18))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(32)
        self.setAutoRaise(not action.isCheckable())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not (self.isChecked() and self.isEnabled()):
            super().paintEvent(event)
            return
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        fill, letters = self.palette().highlight(), self.palette().highlightedText()
        painter = painter_on(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)
        if self.hasFocus():
            painter.setPen(QPen(letters, 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5), CORNER - 2, CORNER - 2)
        pixmap = option.icon.pixmap(self.iconSize(), self.devicePixelRatioF(), QIcon.Mode.Selected, QIcon.State.On)
        option.icon = QIcon(pixmap)
        option.palette.setBrush(QPalette.ColorRole.ButtonText, letters)
        option.palette.setBrush(QPalette.ColorRole.WindowText, letters)
        # Neither pressed in nor checked: some styles would move or tint the label.
        option.state &= ~(QStyle.StateFlag.State_Sunken | QStyle.StateFlag.State_On)
        self.style().drawControl(QStyle.ControlElement.CE_ToolButtonLabel, option, painter, self)
        painter.end()
