"""What can be done to pages of numbers, from a menu, a button or a key."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QMenuBar, QToolBar

from digitpad.pad.words import NEXT_IN_DOUBT, TIP_REDO_PAGE, TIP_UNDO_PAGE
from digitpad_desktop.action import fill_menus, make_action
from digitpad_desktop.icons import icon

if TYPE_CHECKING:
    from digitpad_desktop.page_desk import PageDesk
    from digitpad_desktop.pages import PagesWindow

TIP_BOX = "Add a box where a number was missed; Ctrl and arrows move it, Shift and arrows make it larger or smaller"


class PageActions:
    """The actions of the window of pages, with the platform's shortcuts.

    Args:
        window: what some of them are done to.
        desk: what the others are done to.
    """

    def __init__(self, window: "PagesWindow", desk: "PageDesk") -> None:
        keys, view = QKeySequence.StandardKey, desk.view
        self.csv = make_action(window, "Export &CSV…", window.export_csv, "Ctrl+E", "All numbers as a table")
        self.json = make_action(window, "Export &JSON…", window.export_json, tip="All numbers, with each digit's box")
        self.close = make_action(window, "C&lose", window.close, keys.Close)
        self.undo = make_action(window, "&Undo", desk.undo, keys.Undo, TIP_UNDO_PAGE)
        self.redo = make_action(window, "&Redo", desk.redo, keys.Redo, TIP_REDO_PAGE)
        self.copy = make_action(window, "&Copy the numbers", window.copy, keys.Copy)
        self.accept = make_action(
            window, "It is &right", desk.accept, tip="What was read is right; the next in doubt (Enter)"
        )
        self.box = make_action(window, "&Add a box", desk.add_box, "Insert", TIP_BOX)
        self.remove = make_action(
            window, "Re&move the box", desk.remove, ["Del", "Backspace"], "There is no number in this box"
        )
        self.next = make_action(
            window, f"&{NEXT_IN_DOUBT}", desk.go_to_next, "F3", "The most doubtful number that nobody has looked at"
        )
        self.page_before = make_action(window, "&Page before", lambda: desk.turn(-1), "Ctrl+PgUp")
        self.page_after = make_action(window, "Page a&fter", lambda: desk.turn(1), "Ctrl+PgDown")
        self.larger = make_action(window, "&Larger", view.zoom_in, keys.ZoomIn, "Show the page larger")
        self.smaller = make_action(window, "&Smaller", view.zoom_out, keys.ZoomOut, "Show the page smaller")
        self.whole = make_action(window, "&Whole page", view.fit, "Ctrl+0", "Show the whole page")
        self.larger.setShortcuts([*self.larger.shortcuts(), QKeySequence("Ctrl+=")])
        self.colour(window.palette())

    def fill(self, bar: QMenuBar, tools: QToolBar) -> None:
        """Put all of them into menus, and what the hand needs beside the page onto buttons."""
        fill_menus(
            bar,
            {
                "&File": [self.csv, self.json, None, self.close],
                "&Edit": [self.undo, self.redo, None, self.copy, None, self.accept, self.box, self.remove],
                "&Page": [
                    self.next,
                    None,
                    self.page_before,
                    self.page_after,
                    None,
                    self.larger,
                    self.smaller,
                    self.whole,
                ],
            },
        )
        tools.addActions([self.undo, self.redo])
        tools.addSeparator()
        tools.addActions([self.next, self.accept])
        tools.addSeparator()
        tools.addActions([self.box, self.remove])
        tools.addSeparator()
        tools.addActions([self.smaller, self.larger, self.whole])

    def colour(self, palette: QPalette) -> None:
        """Draw the icons in the palette's colours."""
        for name, action in {
            "undo": self.undo,
            "redo": self.redo,
            "next": self.next,
            "right": self.accept,
            "box": self.box,
            "clear": self.remove,
            "larger": self.larger,
            "smaller": self.smaller,
            "whole": self.whole,
        }.items():
            action.setIcon(icon(name, palette))

    def follow(self, desk: "PageDesk") -> None:
        """Let only that be done which can be done now."""
        page, sheets = desk.page, desk.model.sheets
        self.undo.setEnabled(page is not None and page.can_undo)
        self.redo.setEnabled(page is not None and page.can_redo)
        for action in (self.box, self.larger, self.smaller, self.whole):
            action.setEnabled(page is not None)
        self.copy.setEnabled(page is not None and bool(page.numbers))
        for action in (self.accept, self.remove):
            action.setEnabled(desk.view.choice is not None)
        self.next.setEnabled(desk.has_doubts)
        self.page_before.setEnabled(desk.place > 0)
        self.page_after.setEnabled(desk.place + 1 < len(sheets))
        for action in (self.csv, self.json):
            action.setEnabled(bool(sheets))
