"""What one can do, as menus, buttons and keys offer it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from digitpad.pad.pad import Pad


def make_action(
    parent: QWidget,
    text: str,
    work: Callable[[], object],
    keys: QKeySequence.StandardKey | str | Sequence[str] | None = None,
    tip: str = "",
) -> QAction:
    """An action of a window.

    Args:
        parent: the window.
        text: what it is called in a menu.
        work: what it does.
        keys: its shortcut, of the platform or by name, or several.
        tip: what its button says of it; the shortcut is added.
    """
    action = QAction(text, parent)
    action.triggered.connect(lambda: work())
    if isinstance(keys, QKeySequence.StandardKey):
        action.setShortcuts(QKeySequence.keyBindings(keys))
    elif keys is not None:
        action.setShortcuts([QKeySequence(key) for key in ([keys] if isinstance(keys, str) else keys)])
    if tip:
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({shortcut})" if shortcut else tip)
    return action


class Tools:
    """Pen and eraser, of which one is chosen; P and E take them.

    Args:
        window: whose actions they are.
        pad: who draws with them.
    """

    def __init__(self, window: QWidget, pad: Pad) -> None:
        self.pen = make_action(window, "&Pen", lambda: pad.choose_pen(erases=False), "P", "Draw")
        self.eraser = make_action(window, "&Eraser", lambda: pad.choose_pen(erases=True), "E", "Erase")
        group = QActionGroup(window)
        for action in (self.pen, self.eraser):
            action.setCheckable(True)
            group.addAction(action)

    def follow(self, pad: Pad) -> None:
        """Show which of them is in the hand."""
        (self.eraser if pad.erases else self.pen).setChecked(True)


def fill_menus(bar: QMenuBar, menus: Mapping[str, Sequence[QAction | None]]) -> None:
    """Put actions into menus, by their titles; None is a line between."""
    for title, actions in menus.items():
        menu = bar.addMenu(title)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
