"""The confusion matrix, by mouse, by keys and for those who hear the screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel

from digitpad.models import catalogue
from digitpad.models.mistakes import mistakes_of
from digitpad.pad.confusion import behind_cell, measured, said_of_cell
from digitpad_desktop.confusion import ConfusionPage
from digitpad_desktop.images import to_array


@pytest.fixture
def mistakes():
    return mistakes_of(catalogue.find("classic"))


@pytest.fixture
def page(qtbot, mistakes):
    page = ConfusionPage(mistakes)
    qtbot.addWidget(page)
    page.resize(680, 520)
    page.show()
    return page


def captions(page):
    return [page.digits.item(row).text() for row in range(page.digits.count())]


def test_it_begins_with_the_most_frequent_mistake(page, mistakes):
    assert (page.table.currentRow(), page.table.currentColumn()) == (5, 3)
    assert page.said.text().startswith("5 read as 3: 7 of 892")
    assert captions(page) == [each.caption for each in behind_cell(mistakes, 5, 3)]
    assert measured(mistakes) in [label.text() for label in page.findChildren(QLabel)]


def test_a_click_on_a_number_shows_the_digits_behind_it(qtbot, page, mistakes):
    place = page.table.visualItemRect(page.table.item(4, 9)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.said.text().startswith("4 read as 9: 4 of 982")
    some = behind_cell(mistakes, 4, 9)
    assert captions(page) == [each.caption for each in some]
    shown = to_array(page.digits.item(0).icon().pixmap(84, 84).toImage())[::3, ::3, 0]
    assert (shown == some[0].glyph).all()


def test_the_arrow_keys_go_through_it_and_tab_leaves_it(qtbot, page):
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    assert page.said.text().startswith("5 read right: 879 of 892")
    assert page.digits.count() == 13
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    assert page.said.text() == "4 read as 5: 0 of 982"
    assert page.digits.count() == 0
    qtbot.keyClick(page.table, Qt.Key.Key_Tab)
    assert not page.table.hasFocus()


def test_each_number_and_each_digit_has_words(page, mistakes):
    role = Qt.ItemDataRole.AccessibleTextRole
    assert page.table.item(4, 9).data(role) == said_of_cell(mistakes, 4, 9)
    assert page.digits.item(0).data(role).startswith("5, read as 3, ")
    assert page.digits.accessibleName() == page.said.text()


@pytest.mark.parametrize("paper", ["#ffffff", "#202020"])
def test_the_numbers_stand_out_from_their_colours(qtbot, qapp, mistakes, paper):
    before = qapp.palette()
    qapp.setPalette(QPalette(QColor(paper)))
    try:
        page = ConfusionPage(mistakes)
        qtbot.addWidget(page)
        text = page.palette().text().color()
        cells = [page.table.item(row, column) for row in range(10) for column in range(10)]
        assert min(contrast(text, cell.background().color()) for cell in cells if cell.text()) > 4.5
    finally:
        qapp.setPalette(before)


def contrast(one: QColor, other: QColor) -> float:
    """After the Web Content Accessibility Guidelines."""

    def light(colour):
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_all_numbers_are_seen_whole(page):
    metrics = page.table.fontMetrics()
    for column in range(10):
        widest = max(metrics.horizontalAdvance(page.table.item(row, column).text()) for row in range(10))
        assert page.table.columnWidth(column) >= widest
    assert not page.table.horizontalScrollBar().isVisible()
    assert not page.table.verticalScrollBar().isVisible()
