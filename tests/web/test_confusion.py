"""The confusion matrix and the glossary in a real browser, as a mouse, a finger and a keyboard meet them."""

import re

import pytest
from playwright.sync_api import Page, expect

from digitpad.models import catalogue
from digitpad.models.mistakes import mistakes_of
from digitpad.pad.confusion import behind_cell, said_below
from digitpad.pad.glossary import explained


@pytest.fixture
def matrix(page: Page, address: str) -> Page:
    """The page of *classic*'s confusion matrix."""
    page.goto(f"{address}/models?model=classic&tab=Confusion")
    expect(page.get_by_role("grid", name="Which digits are taken for which")).to_be_visible()
    return page


def said(page: Page):
    return page.locator(".confusion .said")


def cell(page: Page, name: str):
    return page.get_by_role("gridcell", name=name)


def test_a_click_on_a_number_shows_the_digits_behind_it(matrix):
    mistakes = mistakes_of(catalogue.find("classic"))
    expect(said(matrix)).to_have_text(said_below(mistakes, 5, 3))
    cell(matrix, "4 read as 9").click()
    expect(said(matrix)).to_have_text(said_below(mistakes, 4, 9))
    pictures = matrix.locator(".confusion li img")
    expect(pictures).to_have_count(4)
    for picture, each in zip(pictures.all(), behind_cell(mistakes, 4, 9), strict=True):
        expect(picture).to_have_attribute("alt", each.told)
        assert picture.evaluate("image => image.naturalWidth") == 84


def test_the_arrow_keys_go_through_it_and_the_same_cell_of_the_other_model_is_shown_next(matrix):
    cell(matrix, "4 read as 9").click()
    expect(said(matrix)).to_have_text(re.compile("^4 read as 9"))
    matrix.keyboard.press("ArrowDown")
    matrix.keyboard.press("ArrowLeft")
    expect(said(matrix)).to_have_text(re.compile("^5 read as 8"))
    expect(cell(matrix, "5 read as 8")).to_be_focused()
    expect(cell(matrix, "5 read as 8")).to_have_attribute("aria-selected", "true")
    matrix.get_by_role("radio", name="hands").click()
    expect(said(matrix)).to_have_text(said_below(mistakes_of(catalogue.find("hands")), 5, 8))


def test_a_phone_shows_all_of_it_and_leads_to_the_digits(matrix):
    matrix.set_viewport_size({"width": 360, "height": 640})
    grid = matrix.get_by_role("grid")
    box = grid.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert grid.evaluate("grid => [...grid.querySelectorAll('td')].every(td => td.scrollWidth <= td.clientWidth + 1)")
    cell(matrix, "9 read as 8").click()
    expect(said(matrix)).to_be_in_viewport()


def test_a_word_opens_where_it_stands_and_the_list_has_all(matrix):
    word = matrix.get_by_role("tabpanel").locator("summary:visible", has_text="confusion matrix")
    meaning = matrix.get_by_text(explained("confusion matrix"))
    expect(meaning).not_to_be_visible()
    word.press("Enter")
    expect(meaning).to_be_visible()
    matrix.get_by_role("button", name="Glossary").click()
    expect(matrix.get_by_text(explained("calibration")).last).to_be_visible()
