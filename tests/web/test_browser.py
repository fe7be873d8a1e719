"""The page to draw on, in a real browser: a mouse, a finger or a keyboard draws, and a digit appears."""

import contextlib
import csv
import io
import re
import zipfile

import pytest
from conftest import STROKES
from playwright.sync_api import Page, expect
from serving import served

from digitpad_web.answer import TEXT
from digitpad_web.strip import SHOWN


@pytest.fixture
def pad(page: Page, address: str) -> Page:
    """The page, opened and ready to be drawn on."""
    page.goto(address)
    expect(canvas(page)).to_be_visible(timeout=30_000)
    expect(button(page, "Predict")).to_be_visible()
    stand_still(page)
    return page


def stand_still(page):
    """Wait until nothing moves any more: the page's own style may come after its parts, and a hand would see that."""
    before, box = None, canvas(page).bounding_box()
    while box != before:
        page.wait_for_timeout(200)
        before, box = box, canvas(page).bounding_box()


def canvas(page):
    return page.get_by_role("application", name="Canvas")


def button(page, name):
    return page.get_by_role("button", name=name)


def digit(page):
    return page.locator(".st-key-digit h1")


def drawings(page):
    """The buttons of the strip."""
    return page.locator(".st-key-history .stButton button:visible")


def draw(page, number):
    """Draw a digit with the mouse, as large as people do."""
    for stroke in STROKES[number]:
        draw_stroke(page, stroke)


def draw_stroke(page, stroke):
    """Draw one stroke, its points in hundredths of the canvas."""
    box = canvas(page).bounding_box()
    places = [(box["x"] + x / 100 * box["width"], box["y"] + y / 100 * box["height"]) for x, y in stroke]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=3)
    page.mouse.up()


def ink_on(page):
    """How many pixels of the canvas are dark."""
    return canvas(page).evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".reduce((n, v, i) => n + (i % 4 === 0 && v < 128 ? 1 : 0), 0)"
    )


@contextlib.contextmanager
def less_ink(page):
    """Go on when there is less ink than before."""
    before = ink_on(page)
    yield
    for _ in range(200):
        if ink_on(page) < before:
            return
        page.wait_for_timeout(25)
    pytest.fail("there is as much ink as before")


@pytest.mark.parametrize("number", range(10))
def test_the_reading_follows_the_pen(pad, number):
    draw(pad, number)
    expect(digit(pad)).to_have_text(str(number))
    expect(pad.get_by_text(re.compile(r"\d\d(\.\d)? % sure"))).to_be_visible()
    expect(pad.get_by_text("What the network saw")).to_be_visible()
    expect(pad.locator("[data-testid=stImage] img")).to_be_visible()
    expect(pad.locator("[data-testid=stVegaLiteChart]")).to_be_visible()
    expect(pad.get_by_text(re.compile(r"Read by pen in \d+\.\d ms"))).to_be_visible()


def test_without_live_reading_predict_reads(pad):
    pad.get_by_text("Live", exact=True).click()
    expect(pad.get_by_role("switch", name="Live")).not_to_be_checked()
    draw(pad, 7)
    expect(pad.get_by_text("The drawing has not been read yet")).to_be_visible()
    expect(digit(pad)).to_have_count(0)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("7")


def test_the_whole_reading_fits_a_laptop_without_scrolling(pad):
    draw(pad, 7)
    expect(pad.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")).to_be_visible()
    expect(drawings(pad)).to_have_count(1)
    scroller = pad.locator("[data-testid=stMain]")
    assert scroller.evaluate("e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth")


def test_clear_empties_the_canvas_and_undo_brings_the_drawing_back(pad):
    expect(button(pad, "Clear")).to_be_disabled()
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    ink = ink_on(pad)
    assert ink > 1000
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    expect(pad.get_by_text("Draw a digit from 0 to 9.")).to_be_visible()
    assert ink_on(pad) == 0
    button(pad, "Undo").click()
    expect(digit(pad)).to_have_text("7")
    assert ink_on(pad) == ink


def test_undo_and_redo_go_stroke_by_stroke_also_by_keyboard(pad):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    whole = ink_on(pad)
    pad.keyboard.press("Control+z")
    expect(digit(pad)).not_to_have_text("4")
    assert 0 < ink_on(pad) < whole
    pad.keyboard.press("Control+Shift+z")
    expect(digit(pad)).to_have_text("4")
    assert ink_on(pad) == whole


def test_the_eraser_takes_ink_away(pad):
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    ink = ink_on(pad)
    pad.get_by_role("radio", name="Eraser").or_(button(pad, "Eraser")).first.click()
    expect(canvas(pad)).to_have_attribute("data-tool", "eraser")
    draw_stroke(pad, [(12, 14), (85, 10)])
    expect(digit(pad)).to_have_text("1")
    assert ink_on(pad) < ink


def test_a_wider_pen_makes_wider_strokes(pad):
    draw_stroke(pad, STROKES[1][0])
    expect(digit(pad)).to_have_text("1")
    thin = ink_on(pad)
    pad.get_by_role("slider", name="Pen width").focus()
    for _ in range(18):
        pad.keyboard.press("ArrowRight")
    expect(pad.locator(".st-key-width").get_by_text("36")).to_be_visible()
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    draw_stroke(pad, STROKES[1][0])
    expect(digit(pad)).to_have_text("1")
    assert ink_on(pad) > 1.6 * thin


def test_a_digit_is_drawn_by_keyboard_alone(pad):
    canvas(pad).focus()
    for _ in range(9):
        pad.keyboard.press("ArrowUp")
    pad.keyboard.press("Space")
    for _ in range(18):
        pad.keyboard.press("ArrowDown")
    pad.keyboard.press("Space")
    expect(digit(pad)).to_have_text("1")


def test_strokes_in_quick_succession_are_all_kept(pad):
    for number in range(12):
        draw_stroke(pad, [(5 + 8 * number, 10), (5 + 8 * number, 90)])
    for _ in range(12):
        expect(button(pad, "Undo")).to_be_enabled()
        with less_ink(pad):
            button(pad, "Undo").click()
    expect(pad.get_by_text("Draw a digit from 0 to 9.")).to_be_visible()
    assert ink_on(pad) == 0


def test_a_very_long_stroke_goes_on_to_its_end(pad):
    box = canvas(pad).bounding_box()
    left, top, side = box["x"], box["y"], box["width"]
    pad.mouse.move(left + 5, top + 5)
    pad.mouse.down()
    for row in range(20):  # to and fro, 1,600 points
        y = top + (0.05 + 0.04 * row) * side
        pad.mouse.move(left + (0.95 if row % 2 == 0 else 0.05) * side, y, steps=80)
    pad.mouse.move(left + 0.5 * side, top + 0.97 * side, steps=40)
    pad.mouse.up()
    lowest = canvas(pad).evaluate(
        "c => { const p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let y = 0; for (let i = 0; i < p.length; i += 4) if (p[i] < 128) y = Math.floor(i / 4 / c.width);"
        " return y / c.height; }"
    )
    assert lowest > 0.93


def test_the_drawing_stays_on_another_page_and_is_gone_after_a_reload(pad):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    pad.get_by_role("link", name="Models").click()
    expect(canvas(pad)).to_have_count(0)
    pad.get_by_role("link", name="Draw").click()
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


def test_the_model_that_was_looked_at_is_shown_again(pad):
    classic = pad.get_by_role("radio", name="classic")
    pad.get_by_role("link", name="Models").click()
    classic.click()
    expect(classic).to_be_checked()
    pad.get_by_role("link", name="Draw").click()
    expect(canvas(pad)).to_be_visible()
    pad.get_by_role("link", name="Models").click()
    expect(classic).to_be_checked()


def test_a_stroke_just_before_another_page_is_not_lost(pad):
    draw(pad, 4)
    pad.get_by_role("link", name="Models").click()
    expect(canvas(pad)).to_have_count(0)
    pad.get_by_role("link", name="Draw").click()
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
        button(page, "Eraser").or_(page.get_by_role("radio", name="Eraser")).first.click()
        expect(canvas(page)).to_have_attribute("data-tool", "eraser")
        button(page, "Pen").or_(page.get_by_role("radio", name="Pen")).first.click()
        expect(canvas(page)).to_have_attribute("data-tool", "pen")
    draw_stroke(page, rest)  # while there is no server
    expect(page.get_by_text("The server does not answer")).to_be_visible(timeout=20_000)
    with served(second, int(address.rpartition(":")[2])):
        expect(digit(page)).to_have_text("4", timeout=60_000)
        expect(page.get_by_text("The server does not answer")).to_be_hidden()
        draw_stroke(page, [(5, 5), (95, 95)])
        expect(digit(page)).not_to_have_text("4")


def test_what_is_read_is_said_to_those_who_hear_the_page(pad):
    draw(pad, 7)
    expect(pad.locator("[aria-live=polite]")).to_have_text("Read as 7")


def test_a_drawing_that_is_no_digit_is_turned_away(pad):
    draw_stroke(pad, [(50, 8), (76, 90), (8, 38), (92, 38), (24, 90), (50, 8)])
    expect(pad.get_by_text("This is not a digit")).to_be_visible()
    expect(digit(pad)).to_have_text("?")


def test_both_networks_judge_the_same_drawing(pad):
    draw(pad, 6)
    expect(digit(pad)).to_have_text("6")
    pad.get_by_role("combobox").click()
    pad.get_by_role("option", name="classic").click()
    expect(pad.get_by_text(re.compile("Read by classic"))).to_be_visible()
    expect(digit(pad)).to_have_text("6")
    assert ink_on(pad) > 1000


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


def test_the_eraser_leaves_an_empty_canvas_as_it_is(pad):
    pad.get_by_role("radio", name="Eraser").or_(button(pad, "Eraser")).first.click()
    expect(canvas(pad)).to_have_attribute("data-tool", "eraser")
    draw_stroke(pad, [(10, 10), (90, 90)])
    pad.wait_for_timeout(500)
    expect(pad.get_by_text("There is nothing to erase")).to_be_visible()
    expect(button(pad, "Undo")).to_be_disabled()


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


def test_a_finger_draws_and_does_not_scroll_the_page(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True) as phone:
        page = phone.new_page()
        page.goto(address)
        expect(canvas(page)).to_be_visible(timeout=30_000)
        stand_still(page)
        box = canvas(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        client = phone.new_cdp_session(page)

        def touch(kind, *place):
            points = [{"x": place[0], "y": place[1]}] if place else []
            client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        for stroke in STROKES[7]:
            places = [(box["x"] + x / 100 * box["width"], box["y"] + y / 100 * box["height"]) for x, y in stroke]
            touch("touchStart", *places[0])
            for place in places[1:]:
                touch("touchMove", *place)
            touch("touchEnd")
        expect(digit(page)).to_have_text("7")
        assert canvas(page).bounding_box() == box
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(pad, scheme):
    pad.emulate_media(color_scheme=scheme)
    pad.reload()
    expect(canvas(pad)).to_be_visible(timeout=30_000)
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    text, ground = digit(pad).evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e.closest('.stApp')).backgroundColor]"
    )
    bars = "rgb({}, {}, {})".format(*bytes.fromhex(TEXT[scheme][1:]))  # the chart is a picture: no style to ask for
    for colour in (text, bars):
        assert contrast(colour, ground) >= 4.5  # WCAG 2.1, level AA
    assert (luminance(ground) < 0.2) == (scheme == "dark")


def luminance(colour):
    """Relative luminance of a CSS colour as WCAG defines it."""
    shares = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("width", "height"), [(360, 640), (320, 640)])
def test_a_phone_shows_everything_without_sideways_scrolling(pad, width, height):
    pad.set_viewport_size({"width": width, "height": height})
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    assert pad.evaluate("document.documentElement.scrollWidth") <= width
    row = button(pad, "Undo").bounding_box()["y"]
    for tool in ("Undo", "Redo", "Clear"):
        box = button(pad, tool).bounding_box()
        assert box["x"] + box["width"] <= width
        assert box["y"] == row
    box = digit(pad).bounding_box()
    assert box["y"] + box["height"] <= height  # in sight without scrolling


def test_the_canvas_fits_a_phone_that_lies_on_its_side(pad):
    pad.set_viewport_size({"width": 740, "height": 360})
    pad.wait_for_timeout(500)
    box = canvas(pad).bounding_box()
    assert box["y"] + box["height"] <= 360
