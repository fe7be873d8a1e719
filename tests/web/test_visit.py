"""What stays of a visit, and for whom: pages, the strip of drawings, another visitor, a server that went away."""

import csv
import io
import re
import zipfile

from browsing import button, canvas, choose_tool, digit, draw, draw_stroke, drawings, go_to, ink_on
from conftest import STROKES
from playwright.sync_api import expect
from serving import served

from digitpad_web.strip import SHOWN


def test_the_drawing_stays_on_another_page_and_is_gone_after_a_reload(pad):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    go_to(pad, "Models")
    expect(canvas(pad)).to_have_count(0)
    go_to(pad, "Draw")
    expect(canvas(pad)).to_be_visible()
    expect(digit(pad)).to_have_text("4")
    assert ink_on(pad) > 1000
    draw_stroke(pad, [(50, 5), (50, 95), (5, 50)])
    expect(digit(pad)).not_to_have_text("4")
    pad.reload()
    expect(canvas(pad)).to_be_visible(timeout=30_000)
    expect(pad.get_by_text("Draw a digit from 0 to 9.")).to_be_visible()
    assert ink_on(pad) == 0
    draw(pad, 2)
    expect(digit(pad)).to_have_text("2")


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
    expect(classic).to_be_checked(timeout=30_000)
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
        expect(canvas(page)).to_be_visible(timeout=30_000)
        draw_stroke(page, stem)
        expect(digit(page)).to_have_text("1")
        choose_tool(page, "Eraser")
        choose_tool(page, "Pen")
    draw_stroke(page, rest)  # while there is no server
    expect(page.get_by_text("The server does not answer")).to_be_visible(timeout=20_000)
    with served(second, int(address.rpartition(":")[2])):
        expect(digit(page)).to_have_text("4", timeout=60_000)
        expect(page.get_by_text("The server does not answer")).to_be_hidden()
        draw_stroke(page, [(5, 5), (95, 95)])
        expect(digit(page)).not_to_have_text("4")


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
    assert ink_on(pad) == ink


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
    assert ink_on(pad) > 1000


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
        button(pad, "Save").click()
        button(pad, "Clear history").click()
        expect(button(pad, "All drawings")).to_have_count(0)  # they would cover the question
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


def test_two_visitors_do_not_see_each_others_drawings(pad, browser, address):
    draw(pad, 5)
    expect(digit(pad)).to_have_text("5")
    with browser.new_context() as other:
        page = other.new_page()
        page.goto(address)
        expect(page.get_by_text("Draw a digit from 0 to 9.")).to_be_visible(timeout=30_000)
        expect(drawings(page)).to_have_count(0)
        assert ink_on(page) == 0
        draw(page, 6)
        expect(digit(page)).to_have_text("6")
    expect(digit(pad)).to_have_text("5")
    expect(drawings(pad)).to_have_count(1)
