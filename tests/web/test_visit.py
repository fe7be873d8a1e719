"""What stays of a visit, and for whom: pages, the strip of drawings, another visitor, a server that went away."""

import csv
import io
import re
import time
import zipfile

import pytest
from browsing import (
    button,
    canvas,
    choose_tool,
    digit,
    draw,
    draw_stroke,
    drawings,
    expect_ink,
    go_to,
    ink_on,
    stand_still,
    visit,
)
from conftest import STROKES
from playwright.sync_api import expect
from serving import served

from digitpad_web.strip import SHOWN


def test_the_drawing_stays_on_another_page(pad):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    go_to(pad, "Models")
    expect(canvas(pad)).to_have_count(0)
    go_to(pad, "Draw")
    expect(canvas(pad)).to_be_visible()
    expect(digit(pad)).to_have_text("4")
    expect_ink(pad, lambda ink: ink > 1000)
    stand_still(pad)
    draw_stroke(pad, [(50, 5), (50, 95), (5, 50)])
    expect(digit(pad)).not_to_have_text("4")


def reload(page):
    """Load the page anew, as F5 does."""
    page.reload()
    expect(canvas(page)).to_be_visible()


def test_the_drawing_outlives_a_reload_stroke_by_stroke_and_once(pad):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    ink = ink_on(pad)
    for _ in range(2):
        reload(pad)
        expect(digit(pad)).to_have_text("4")
        expect_ink(pad, lambda again: again == ink)
    stand_still(pad)
    draw_stroke(pad, [(5, 95), (20, 95)])
    expect_ink(pad, lambda more: more > ink)
    for _ in range(len(STROKES[4]) + 1):
        expect(button(pad, "Undo")).to_be_enabled()
        before = ink_on(pad)
        button(pad, "Undo").click()
        expect_ink(pad, lambda left, before=before: left < before)
    expect(button(pad, "Undo")).to_be_disabled()
    expect_ink(pad, lambda left: left == 0)


def test_what_was_cleared_does_not_come_back_by_a_reload(pad):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    reload(pad)
    expect(digit(pad)).to_have_text("4")
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    expect_ink(pad, lambda ink: ink == 0)
    reload(pad)
    expect(pad.get_by_text("Draw a digit or a number.")).to_be_visible()
    expect_ink(pad, lambda ink: ink == 0)
    expect(button(pad, "Undo")).to_be_disabled()


def test_another_tab_of_the_same_browser_does_not_see_the_drawing(pad, address):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    with pad.context.new_page() as other:
        other.goto(address)
        expect(other.get_by_text("Draw a digit or a number.")).to_be_visible()
        expect_ink(other, lambda ink: ink == 0)
        stand_still(other)
        draw(other, 2)
        expect(digit(other)).to_have_text("2")
    reload(pad)
    expect(digit(pad)).to_have_text("4")


def test_the_page_about_models_reads_the_drawing_after_a_reload_too(pad):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    go_to(pad, "Models")
    read = pad.locator(".read:visible").filter(has_text=re.compile("^4$"))
    expect(read).to_have_count(2)
    for bars in pad.locator(".bars").all():
        assert bars.bounding_box()["height"] < 250  # all of them are of the same height
    pad.reload()
    expect(read).to_have_count(2)
    go_to(pad, "Draw")
    expect(digit(pad)).to_have_text("4")
    expect_ink(pad, lambda ink: ink > 1000)


@pytest.mark.parametrize(
    "trouble",
    [
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('', 'SecurityError'); }})",
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }",
    ],
)
def test_where_the_browser_keeps_nothing_the_pad_works_and_a_reload_begins_anew(page, address, trouble):
    page.add_init_script(trouble)
    page.goto(address)
    expect(canvas(page)).to_be_visible()
    stand_still(page)
    draw(page, 4)
    expect(digit(page)).to_have_text("4")
    reload(page)
    expect(page.get_by_text("Draw a digit or a number.")).to_be_visible()
    stand_still(page)
    draw(page, 2)
    expect(digit(page)).to_have_text("2")


def test_what_was_looked_at_of_the_models_is_shown_again_and_to_whoever_gets_the_address(pad):
    classic, confusion = pad.get_by_role("radio", name="classic"), pad.get_by_role("tab", name="Confusion")
    go_to(pad, "Models")
    classic.click()
    confusion.click()
    expect(pad).to_have_url(re.compile(r"models\?model=classic&tab=Confusion$"))
    go_to(pad, "Draw")
    expect(canvas(pad)).to_be_visible()
    go_to(pad, "Models")
    expect(classic).to_be_checked()
    expect(confusion).to_have_attribute("aria-selected", "true")
    pad.reload()
    expect(classic).to_be_checked()
    expect(confusion).to_have_attribute("aria-selected", "true")


def test_a_stroke_just_before_another_page_is_not_lost(pad):
    draw(pad, 4)
    go_to(pad, "Models")
    expect(canvas(pad)).to_have_count(0)
    go_to(pad, "Draw")
    expect(digit(pad)).to_have_text("4")


def test_a_drawing_outlives_the_server(page, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    stem, rest = STROKES[4][1], STROKES[4][0]
    with served(first) as address:
        page.goto(address)
        expect(canvas(page)).to_be_visible()
        stand_still(page)
        draw_stroke(page, stem)
        expect(digit(page)).to_have_text("1")
        choose_tool(page, "Eraser")
        choose_tool(page, "Pen")
    warning = page.get_by_text("The server does not answer").filter(visible=True)
    first_half, second_half = rest[: len(rest) // 2 + 1], rest[len(rest) // 2 :]
    draw_stroke(page, first_half)  # while there is no server
    began = time.monotonic()
    while warning.is_hidden():
        assert time.monotonic() - began < 60, "it waits for the pen to rest"
        draw_stroke(page, second_half)
        page.wait_for_timeout(1000)
    draw_stroke(page, second_half)
    expect(warning).to_be_visible()
    with served(second, int(address.rpartition(":")[2])):
        expect(digit(page)).to_have_text("4")
        expect(warning).to_be_hidden()
        stand_still(page)
        draw_stroke(page, [(5, 5), (95, 95)])
        expect(digit(page)).not_to_have_text("4")


def test_what_was_cleared_does_not_come_back_when_the_server_forgets_the_visit(page, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with served(first) as address:
        page.goto(address)
        expect(canvas(page)).to_be_visible()
        stand_still(page)
        draw_stroke(page, STROKES[1][0])
        expect(digit(page)).to_have_text("1")
        button(page, "Clear").click()
        expect(digit(page)).to_have_count(0)
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    with served(second, int(address.rpartition(":")[2])):
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(button(page, "Undo")).to_be_disabled()  # it shows the new visit
        choose_tool(page, "Eraser")
        choose_tool(page, "Pen")
        expect(page.get_by_text("Draw a digit or a number.")).to_be_visible()
        expect_ink(page, lambda ink: ink == 0)


def test_a_drawing_of_the_past_comes_back_onto_the_canvas(pad):
    expect(pad.get_by_text("What you draw is kept here")).to_be_visible()
    draw(pad, 3)
    expect(digit(pad)).to_have_text("3")
    ink = ink_on(pad)
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    draw(pad, 5)
    expect(digit(pad)).to_have_text("5")
    expect(drawings(pad)).to_have_count(2)
    expect(drawings(pad).first.locator("img")).to_be_visible()
    drawings(pad).nth(1).click()
    expect(digit(pad)).to_have_text("3")
    expect_ink(pad, lambda again: again == ink)


def test_older_drawings_come_back_too(pad):
    for number in (7, *[1] * SHOWN):
        draw(pad, number)
        expect(digit(pad)).to_have_text(str(number))
        button(pad, "Clear").click()
        expect(digit(pad)).to_have_count(0)
    expect(drawings(pad)).to_have_text(["1"] * SHOWN)
    button(pad, "Older").click()
    button(pad, re.compile("^7, .* sure")).click()
    expect(digit(pad)).to_have_text("7")
    expect(pad.get_by_role("dialog")).to_have_count(0)
    expect_ink(pad, lambda ink: ink > 1000)


def test_what_is_undone_is_gone_from_the_strip_too(pad):
    draw(pad, 4)
    expect(drawings(pad)).to_have_text(["4"])
    button(pad, "Undo").click()
    expect(drawings(pad)).not_to_have_text(["4"])
    button(pad, "Redo").click()
    expect(drawings(pad)).to_have_text(["4"])


def test_the_history_is_cleared_only_by_who_says_so_twice(pad):
    draw(pad, 2)
    expect(drawings(pad)).to_have_count(1)
    for answer, left in (("Keep them", 1), ("Forget them", 0)):
        button(pad, "Clear history").click()
        pad.get_by_role("dialog").get_by_role("button", name=answer).click()
        expect(pad.get_by_role("dialog")).to_have_count(0)
        expect(drawings(pad)).to_have_count(left)
    expect(pad.get_by_text("What you draw is kept here")).to_be_visible()
    expect(digit(pad)).to_have_text("2")  # what is on the canvas stays


def test_all_drawings_are_taken_home_with_a_table(pad):
    draw(pad, 2)
    expect(digit(pad)).to_have_text("2")
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    button(pad, "Save").click()
    with pad.expect_download() as taken:
        button(pad, "All drawings").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        names = archive.namelist()
        rows = list(csv.DictReader(io.StringIO(archive.read("drawings.csv").decode())))
    assert [row["digit"] for row in rows] == ["2", "7"]
    assert [row["file"] for row in rows] == names[:-1]


def test_what_is_taken_home_is_there_until_it_is_fetched(pad, browser, address):
    draw(pad, 2)
    expect(digit(pad)).to_have_text("2")
    button(pad, "Save").click()
    fetched = []
    for name in ("This drawing", "What the network saw", "All drawings"):
        with pad.expect_download() as taken:
            button(pad, name).click()
        fetched.append(taken.value.url)
    with visit(browser) as other:
        page = other.new_page()
        page.goto(address)
        expect(canvas(page)).to_be_visible()
        stand_still(page)
        draw(page, 4)  # two strokes, and Streamlit tidies up after each
        expect(digit(page)).to_have_text("4")
    assert [pad.request.get(file).status for file in fetched] == [200] * 3


def test_two_visitors_do_not_see_each_others_drawings(pad, browser, address):
    draw(pad, 5)
    expect(digit(pad)).to_have_text("5")
    with visit(browser) as other:
        page = other.new_page()
        page.goto(address)
        expect(page.get_by_text("Draw a digit or a number.")).to_be_visible()
        expect(drawings(page)).to_have_count(0)
        expect_ink(page, lambda ink: ink == 0)
        stand_still(page)
        draw(page, 6)
        expect(digit(page)).to_have_text("6")
    expect(digit(pad)).to_have_text("5")
    expect(drawings(pad)).to_have_count(1)
