"""A picture of several digits is a page of numbers: corrected on the picture, in the table, on the canvas."""

import base64
import csv
import io
import json
import re

import numpy as np
import pytest
from bringing import SVG, bring, column, content, open_pictures, texts, upload
from browsing import button, go_to, stand_still, table, visit
from conftest import draw
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from digitpad import Recognizer
from digitpad.pad.pages import CheckedPage
from digitpad_web import batch, page_table
from digitpad_web.boxes import picture_address
from digitpad_web.mounting import Mounted
from digitpad_web.readers import READER

from ...numbers.conftest import written

PICTURE = written("4017 23", "89")


def numbers(page: Page) -> Locator:
    """What stands on the boxes, in the order in which one reads."""
    return page.locator(".box .label")


def box(page: Page, text: str) -> Locator:
    """The box of a number, by what stands on it."""
    return page.locator(".box").filter(has_text=re.compile(f"^{re.escape(text)}$")).get_by_role("button")


@pytest.fixture
def corrected(pictures: Page) -> Page:
    """A page of numbers in a browser."""
    upload(pictures, ("meter.png", content(PICTURE)))
    expect(numbers(pictures)).to_have_text(["4017", "23", "89"])
    stand_still(pictures, pictures.locator(".paper"))
    return pictures


def exported(page: Page, kind: str) -> str:
    """The file of all numbers that one can take home."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    with page.expect_download() as download:
        button(page, f"Export {kind}").click()
    assert download.value.suggested_filename == f"numbers.{kind.lower()}"
    return download.value.path().read_text(encoding="utf-8")


def test_several_digits_are_a_page_by_themselves_and_one_is_not(app):
    bring(app, ("meter.png", content(PICTURE)))
    assert app.markdown[0].value == "**3 numbers**"
    assert set(column(app, "Number")) == {"4017", "23", "89"}
    assert texts(app) == ["meter.png"]
    bring(app, ("7.png", content(draw(7))))
    assert [title.value for title in app.title] == ["7"]


def test_a_number_is_corrected_by_a_click_and_a_key_undone_and_taken_home(corrected):
    box(corrected, "23").click(position={"x": 5, "y": 20})
    corrected.keyboard.press("8")
    expect(corrected.get_by_role("button", name="Row 1, number 2: 83")).to_be_attached()
    first, second, third = csv.DictReader(exported(corrected, "CSV").splitlines())
    assert (second["file"], second["row"], second["number"]) == ("meter.png", "1", "83")
    assert (second["read_as"], second["corrected"], first["corrected"]) == ("23", "83", "")
    expect(numbers(corrected)).to_have_text(["4017", "✓ 83", "89"])
    [page] = json.loads(exported(corrected, "JSON"))
    assert page["text"] == "4017 83\n89"
    assert page["rows"][1][0]["box"] == [int(third[side]) for side in ("left", "top", "right", "bottom")]
    button(corrected, "Undo").click()
    expect(numbers(corrected)).to_have_text(["4017", "23", "89"])
    expect(button(corrected, "Undo")).to_be_disabled()


def test_what_is_no_number_is_refused_in_a_sentence_and_escape_leaves_all_as_it_was(corrected):
    box(corrected, "89").click()
    corrected.keyboard.type("x")
    corrected.keyboard.press("Enter")
    expect(corrected.get_by_text("is no number. Type digits")).to_be_visible()
    expect(numbers(corrected)).to_have_text(["4017", "23", "89"])
    box(corrected, "89").click()
    corrected.keyboard.type("5")
    expect(button(corrected, "Undo")).to_be_enabled()  # the server has heard of it in the pause
    corrected.keyboard.press("Escape")
    expect(button(corrected, "Undo")).to_be_disabled()
    expect(numbers(corrected)).to_have_text(["4017", "23", "89"])


def test_the_keyboard_alone_corrects_and_removes(corrected):
    box(corrected, "4017").focus()
    corrected.keyboard.press("Tab")
    expect(box(corrected, "23")).to_be_focused()
    corrected.keyboard.press("5")
    corrected.keyboard.press("Control+a")
    corrected.keyboard.type("6.5")
    corrected.keyboard.press("Enter")
    expect(numbers(corrected)).to_have_text(["4017", "✓ 6.5", "89"])
    expect(box(corrected, "✓ 6.5")).to_be_focused()
    corrected.keyboard.press("Delete")
    expect(numbers(corrected)).to_have_text(["4017", "89"])
    corrected.keyboard.press("Control+z")
    expect(numbers(corrected)).to_have_text(["4017", "✓ 6.5", "89"])


def test_the_labels_of_rows_that_stand_close_hide_no_number(pictures):
    upload(pictures, ("close.png", content(np.vstack([written("4017  ")[38:142]] * 3))))
    expect(numbers(pictures)).to_have_text(["4017"] * 3)
    stand_still(pictures, pictures.locator(".paper"))
    boxes = [box.bounding_box() for box in pictures.locator(".box").all()]
    for label in numbers(pictures).all():
        assert not any(overlap(label.bounding_box(), box) for box in boxes)


def test_a_click_on_a_label_beside_a_number_chooses_the_least_sure_digit(pictures):
    sheet = np.vstack([written("4017  ")[38:142]] * 2)
    sheet[110:125, 100:125] = 255  # the 0 of the second row is open
    digits = Recognizer("hands").read_numbers(sheet).rows[1][0].digits
    assert min(digits, key=lambda digit: digit.reading.confidence) is digits[1]
    upload(pictures, ("close.png", content(sheet)))
    numbers(pictures).last.click()
    line = pictures.locator(".box input")
    expect(line).to_be_focused()
    assert line.evaluate("line => [line.selectionStart, line.selectionEnd]") == [1, 2]


def overlap(one, other):
    """Whether two rectangles as Playwright gives them have more than a line in common."""
    return all(
        min(one[at] + one[long], other[at] + other[long]) - max(one[at], other[at]) > 1
        for at, long in (("x", "width"), ("y", "height"))
    )


def test_a_page_is_as_it_was_left_after_another_one_was_turned_to(corrected):
    picture = corrected.locator(".paper img")
    box(corrected, "23").click(position={"x": 5, "y": 20})
    corrected.keyboard.press("8")
    corrected.keyboard.press("Enter")
    expect(numbers(corrected)).to_have_text(["4017", "✓ 83", "89"])
    assert picture.evaluate("image => image.complete && image.naturalWidth") == PICTURE.shape[1]
    for name in ("Draw", "Pictures"):
        go_to(corrected, name)
    expect(numbers(corrected)).to_have_text(["4017", "✓ 83", "89"])
    expect(picture).to_have_js_property("naturalWidth", PICTURE.shape[1])


def place(canvas: Locator, across: float, down: float) -> tuple[float, float]:
    """Where on the screen a place of the picture is, which is given in its pixels."""
    shown = canvas.bounding_box()
    high, wide = PICTURE.shape
    return shown["x"] + across * shown["width"] / wide, shown["y"] + down * shown["height"] / high


def drag(page: Page, canvas: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*place(canvas, *start))
    page.mouse.down()
    page.mouse.move(*place(canvas, *end), steps=5)
    page.mouse.up()


def test_boxes_are_removed_moved_and_drawn_with_the_mouse(corrected):
    corrected.set_viewport_size({"width": 1366, "height": 1000})  # all of the canvas is in reach of the mouse
    cells = table(corrected).locator("[role=gridcell]")
    changes = corrected.get_by_text("Move, draw and remove boxes")
    changes.click()
    canvas = corrected.locator("canvas.upper-canvas")
    expect(canvas).to_be_visible()
    stand_still(corrected, canvas)
    canvas.hover()
    button(corrected, "Edit").click()
    drag(corrected, canvas, (450, 90), (450, 90))  # the 23
    button(corrected, "Delete selected").click()
    expect(corrected.get_by_text("2 numbers", exact=True)).to_be_visible()
    drag(corrected, canvas, (90, 250), (150, 250))  # from the 89 onto the 9 alone
    expect(cells.filter(has_text=re.compile("^9$"))).to_be_attached()
    button(corrected, "Edit").click()
    drag(corrected, canvas, (375, 35), (530, 150))  # around the 23
    expect(cells.filter(has_text=re.compile("^23$"))).to_be_attached()
    drag(corrected, canvas, (300, 250), (400, 330))  # where nothing is
    expect(corrected.get_by_text("4 numbers, 1 to look at")).to_be_visible()
    changes.click()
    button(corrected, "Next in doubt (1)").click()
    corrected.keyboard.type("5")
    corrected.keyboard.press("Enter")
    expect(numbers(corrected)).to_have_text(["4017", "23", "9", "✓ 5"])
    for told in ("4 numbers, 1 to look at", "3 numbers", "2 numbers", "2 numbers", "3 numbers"):
        button(corrected, "Undo").click()
        expect(corrected.get_by_text(told, exact=True)).to_be_visible()
    expect(numbers(corrected)).to_have_text(["4017", "23", "89"])


def test_a_phone_corrects_in_the_table(browser, address):
    with visit(browser, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as phone:
        page = phone.new_page()
        open_pictures(page, address)
        upload(page, ("meter.png", content(PICTURE)))
        expect(numbers(page)).to_have_text(["4017", "23", "89"])
        expect(page.get_by_text("Move, draw and remove boxes")).to_be_hidden()
        expect(page.get_by_text("open this page with a mouse")).to_be_visible()
        rows = table(page)
        rows.scroll_into_view_if_needed()
        stand_still(page, rows)
        shown = rows.bounding_box()
        editor = page.locator("#portal textarea")
        for _ in range(10):
            if not editor.is_visible():
                page.touchscreen.tap(shown["x"] + shown["width"] - 40, shown["y"] + 52)
                page.wait_for_timeout(500)
        editor.fill("57")
        page.keyboard.press("Enter")
        expect(numbers(page).filter(has_text="✓ 57")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_several_files_are_pages_of_one_table_with_their_names(app):
    bring(app, ("meter.png", content(PICTURE)), ("lie.png", SVG), ("7.png", content(draw(7))))
    assert app.selectbox[0].options == ["meter.png", "7.png"]
    assert app.caption[0].value == "2 pages, 4 numbers, 1 could not be read"
    everything = app.dataframe[1].value
    assert list(everything["Page"]) == ["meter.png"] * 3 + ["7.png"]
    assert list(everything["Number"]) == ["4017", "23", "89", "7"]
    assert any(text.startswith("The file lie.png is no picture") for text in texts(app))
    app.selectbox[0].select_index(1).run()
    assert app.markdown[0].value == "**1 number**"
    assert not app.exception


def test_a_long_name_of_a_page_is_seen_whole_too(app):
    name = "readings of the water meters in the cellar, March.png"
    bring(app, (name, content(PICTURE)), ("meter.png", content(PICTURE)))
    assert texts(app) == [name]
    app.selectbox[0].select_index(1).run()
    assert texts(app) == []


def test_beside_a_single_page_is_told_at_the_top_that_another_file_could_not_be_read(app):
    bring(app, ("meter.png", content(PICTURE)))
    assert not [caption for caption in app.caption if "could not be read" in caption.value]
    bring(app, ("meter.png", content(PICTURE)), ("lie.png", SVG))
    assert app.caption[0].value == "1 page, 3 numbers, 1 could not be read"


def test_what_could_not_be_read_is_in_the_files_that_are_taken_home(pictures):
    upload(pictures, ("meter.png", content(PICTURE)), ("lie.png", SVG))
    expect(numbers(pictures)).to_have_text(["4017", "23", "89"])
    *_, last = csv.DictReader(exported(pictures, "CSV").splitlines())
    assert (last["file"], last["number"]) == ("lie.png", "")
    assert last["error"].startswith("The file lie.png is no picture")
    assert [page["error"] is None for page in json.loads(exported(pictures, "JSON"))] == [True, False]


@pytest.mark.parametrize(("kind", "name"), [("TIFF", "scan.tiff"), ("PDF", "scan.pdf")])
def test_the_pages_of_one_file_are_read_one_by_one(app, kind, name):
    first, second = Image.fromarray(PICTURE), Image.fromarray(written("56", "12"))
    bring(app, (name, content(first, kind, save_all=True, append_images=[second])))
    assert app.selectbox[0].options == [f"{name}, page 1", f"{name}, page 2"]
    assert list(app.dataframe[1].value["Number"]) == ["4017", "23", "89", "56", "12"]


def test_another_model_reads_all_pages_anew_but_those_that_were_corrected(app):
    first, second = Image.fromarray(written("56", "12")), Image.fromarray(PICTURE)
    bring(app, ("scan.tiff", content(first, "TIFF", save_all=True, append_images=[second])))
    before = list(app.session_state.kept.outcomes.values())
    before[1].correct(before[1].numbers[0].id, "4711")
    app.session_state[READER] = "classic"
    app.run()
    assert app.selectbox[0].options == ["scan.tiff, page 1", "scan.tiff, page 2"]
    after = app.session_state.kept.outcomes
    assert [page.numbers[0].text for _, page in sorted(after.items())] == ["56", "4711"]
    assert before[0] not in after.values()


def test_of_a_file_with_very_many_pages_the_first_are_read(app, monkeypatch):
    monkeypatch.setattr(batch, "AT_ONCE", 2)
    monkeypatch.setattr(batch, "MOST_PAGES", 4)
    first, *others = [Image.fromarray(draw(digit)) for digit in (7, 3, 4, 9, 5)]
    bring(app, ("scan.tiff", content(first, "TIFF", save_all=True, append_images=others)))
    assert app.markdown[0].value == "**The first 2 pages are read.**"
    assert column(app, "Digit") == ["7", "3"]
    next(button for button in app.button if button.label.startswith("Read the next")).click().run()
    assert column(app, "Digit") == ["7", "3", "4", "9"]
    assert app.markdown[0].value == "**The first 4 pages are read.**"


def test_what_was_forgotten_is_kept_nowhere(app):
    bring(app, ("meter.png", content(PICTURE)))
    assert "table of numbers" in app.session_state
    app.file_uploader[0].clear().run()
    assert "table of numbers" not in app.session_state
    assert app.session_state.kept.outcomes == {}


def test_a_transparent_page_is_shown_as_on_white_paper():
    see_through = Image.new("LA", PICTURE.shape[::-1])
    see_through.putalpha(Image.fromarray(255 - PICTURE))
    page = CheckedPage.read(see_through, Recognizer())
    assert [number.text for number in page.numbers] == ["4017", "23", "89"]
    _, data = picture_address(page).split(",")
    shown = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("L"))
    assert np.abs(shown.astype(int) - PICTURE).mean() < 5


def test_rows_of_the_table_are_corrected_and_deleted_in_any_order(monkeypatch):
    page = CheckedPage.read(PICTURE, Recognizer())
    mounted = Mounted(page, page.numbers, list(page.numbers), 0)
    for done in (
        {"edited_rows": {0: {"Corrected": "41"}}, "deleted_rows": []},
        {"edited_rows": {0: {"Corrected": "41"}, 2: {"Corrected": "7"}}, "deleted_rows": [0]},
        {"edited_rows": {0: {"Corrected": "41"}, 2: {"Corrected": None}}, "deleted_rows": [0]},
    ):
        monkeypatch.setattr(page_table.st, "session_state", {"key": done})
        page_table._take(page, mounted, "key")
    assert page.result.text == "23\n89"
    for before in ("23\n7", "23\n89", "41 23\n89", "4017 23\n89"):
        page.undo()
        assert page.result.text == before
