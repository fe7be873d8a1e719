"""The table in a browser: a row is ticked to see its whole reading, and all of it is taken home as CSV."""

import csv
import re

import pytest
from bringing import SVG, content, upload
from browsing import button, digit, stand_still, table
from conftest import draw
from playwright.sync_api import Page, expect


def table_of(page: Page, *names: str):
    """The table, once it has these files and stands still."""
    rows = table(page)
    expect(rows).to_be_visible()
    for name in names:
        expect(rows.locator("[role=gridcell]").filter(has_text=re.compile(f"^{name}$"))).to_be_attached()
    stand_still(page, rows)
    return rows


def tick(rows, row: int) -> None:
    """Tick a row of the table, counted from 0: under the head, 64 pixels each."""
    rows.click(position={"x": 16, "y": 40 + 64 * row + 32})


@pytest.mark.parametrize(("width", "height"), [(1366, 650), (360, 640)])
def test_the_whole_reading_of_a_row_that_is_ticked_is_in_sight_at_once(pictures, width, height):
    pictures.set_viewport_size({"width": width, "height": height})
    upload(pictures, *[(f"picture {number}.png", content(draw(number))) for number in (7, 3, 5, 4, 9, 1)])
    tick(table_of(pictures, "picture 3.png"), 1)
    expect(digit(pictures)).to_have_text("3")
    seen = pictures.get_by_alt_text("What was read")
    said = pictures.locator(".st-key-digit").get_by_text("Looks like a 3")
    for part in (digit(pictures), said, pictures.locator(".bars"), seen):
        expect(part).to_be_in_viewport(ratio=1)
    expect(button(pictures, "Put on the pad")).to_be_in_viewport(ratio=1)
    button(pictures, "Close").click()
    expect(digit(pictures)).to_have_count(0)
    expect(button(pictures, "Close")).to_have_count(0)


def test_a_row_is_the_right_one_also_where_the_table_is_filtered_and_sorted(pictures):
    upload(pictures, ("seven.png", content(draw(7))), ("lie.png", SVG), ("three.png", content(draw(3))))
    rows = table_of(pictures, "three.png")
    rows.click(position={"x": 250, "y": 20})  # the head of the files' names
    expect(rows.get_by_test_id("glide-cell-2-0")).to_have_text("lie.png")
    tick(rows, 0)
    expect(pictures.get_by_text("This can't be read")).to_be_visible()
    pictures.get_by_role("radio", name="Needs a look").click()
    expect(pictures.get_by_text("This can't be read")).to_have_count(0)
    rows = table_of(pictures, "lie.png")
    expect(rows.locator("[role=gridcell]").filter(has_text="three.png")).to_have_count(0)
    tick(rows, 0)
    expect(pictures.get_by_text("This can't be read")).to_be_visible()


def test_the_csv_is_the_desktops_and_holds_no_formula(pictures):
    upload(pictures, ("=1+1.png", content(draw(7))), ("lie.png", SVG))
    with pictures.expect_download() as download:
        pictures.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "digits.csv"
    with download.value.path().open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first) == ["file", "digit", "verdict", "confidence", "likeliest", "corrected", "error", "note"]
    assert (first["file"], first["digit"], first["verdict"], first["error"]) == ("'=1+1.png", "7", "digit", "")
    assert 0.5 < float(first["confidence"]) <= 1
    assert second["error"].startswith("The file lie.png is no picture")


def test_a_row_is_corrected_and_those_like_it_are_read_by_that_lesson_at_once(pictures):
    odd = content(draw(0, strokes={0: [((15, 15), (85, 15), (85, 95))]}))
    upload(pictures, ("one.png", odd), ("two.png", odd))
    rows = table_of(pictures, "one.png", "two.png")
    tick(rows, 0)
    button(pictures, "What is it?").click()
    pictures.locator(".st-key-choices").get_by_role("button", name="7", exact=True).click()
    expect(rows.get_by_test_id("glide-cell-3-0")).to_have_text("7")
    expect(rows.get_by_test_id("glide-cell-4-0")).to_have_text("You said: a 7. It was read as 7?")
    expect(rows.get_by_test_id("glide-cell-4-1")).to_have_text("A 7, because you taught me this one")
    button(pictures, "Undo the lesson").click()
    expect(rows.get_by_test_id("glide-cell-3-1")).to_have_text("7?")
