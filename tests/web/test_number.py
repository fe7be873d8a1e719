"""Numbers on the page's pad: drawn by any hand, read by themselves, digit by digit."""

import csv
import io
import re
import zipfile

from browsing import (
    button,
    canvas,
    choose_tool,
    digit,
    draw_stroke,
    drawings,
    expect_no_scrolling,
    places_of,
    stand_still,
    use_the_thinnest_pen,
    visit,
)
from conftest import KEYS_1234, STROKES
from playwright.sync_api import expect
from waiting import until


def strokes_of(text, left=4, step=24, scale=0.3, top=30):
    """The strokes of a number, their points in hundredths of the canvas."""
    return [
        [(left + place * step + x * scale, top + y * scale) for x, y in stroke]
        for place, number in enumerate(text)
        for stroke in STROKES[int(number)]
    ]


def draw_number(page, text, **how):
    for stroke in strokes_of(text, **how):
        draw_stroke(page, stroke)


def digits(page):
    """The buttons of the digits, one by one."""
    return page.get_by_role("radiogroup", name="Digits, one by one").get_by_role("radio")


def test_1234_is_drawn_with_the_mouse(pad):
    for count in range(1, 5):
        draw_number(pad, "1234"[count - 1], left=4 + 24 * (count - 1))
        expect(digit(pad)).to_have_text("1234"[:count])
        expect(digits(pad)).to_have_count(count if count > 1 else 0)
    expect(digits(pad).and_(pad.get_by_role("radio", checked=True))).to_have_count(1)
    expect(pad.locator(".st-key-digit strong")).to_have_text("Looks like 1234")
    expect(pad.locator("[aria-live=polite]")).to_have_text(re.compile(r"^Looks like 1234\. .* sure of all digits$"))


def test_1234_is_drawn_with_a_finger(browser, address):
    with visit(browser, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True) as phone:
        page = phone.new_page()
        page.goto(address)
        stand_still(page)
        client = phone.new_cdp_session(page)

        def touch(kind, *place):
            points = [{"x": place[0], "y": place[1]}] if place else []
            client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        for stroke in strokes_of("1234"):
            first, *others = places_of(page, stroke)
            touch("touchStart", *first)
            for place in others:
                touch("touchMove", *place)
            touch("touchEnd")
        expect(digit(page)).to_have_text("1234")
        expect(digit(page)).to_be_in_viewport(ratio=1)
        page.get_by_text("0: ").or_(digits(page).nth(2)).first.scroll_into_view_if_needed()
        digits(page).nth(2).tap()
        expect(digits(page).nth(2)).to_be_checked()


def test_1234_is_drawn_by_keyboard(pad):
    canvas(pad).focus()
    for is_down, runs in KEYS_1234:
        if is_down:
            pad.keyboard.press("Space")
        for direction, times in runs:
            for _ in range(times):
                pad.keyboard.press(f"Arrow{direction}")
        if is_down:
            pad.keyboard.press("Space")
    expect(digit(pad)).to_have_text("1234")


def test_bars_and_glyph_are_of_the_digit_that_is_pointed_at(pad):
    draw_number(pad, "407")
    expect(digit(pad)).to_have_text("407")
    expect(digits(pad)).to_have_count(3)
    for way, place, sign in (
        ("a click", 0, "4"),
        ("a click", 2, "7"),
        ("the keyboard", 0, "4"),
        ("the keyboard", 2, "7"),
    ):
        expect(digits(pad).nth(place)).to_contain_text(re.compile(rf"^{sign}.* %$"))
        if way == "a click":
            digits(pad).nth(place).click()
        else:
            digits(pad).nth(place).focus()
            pad.keyboard.press("Enter")
        expect(digits(pad).nth(place)).to_be_checked()
        expect(pad.locator(".bars .is-read span").first).to_have_text(sign)
        expect(digit(pad)).to_have_text("407")


def test_a_fine_box_is_around_each_digit_and_goes_with_it(pad):
    draw_number(pad, "42")
    expect(digit(pad)).to_have_text("42")
    expect_blue(pad, True)
    button(pad, "Undo").click()
    expect(digit(pad)).to_have_text("4")
    expect_blue(pad, False)


def expect_blue(page, is_there):
    """Wait until something on the canvas is blue, or nothing."""
    count = (
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".reduce((n, v, i, all) => n + (i % 4 === 2 && v > all[i - 2] + 80 ? 1 : 0), 0) > 0"
    )
    until(lambda: canvas(page).evaluate(count) is is_there, lambda: f"blue on the canvas: {not is_there}")


def test_the_whole_reading_of_a_number_fits_a_laptop_without_scrolling(pad):
    draw_number(pad, "407")
    expect(digit(pad)).to_have_text("407")
    expect(button(pad, "Clear history")).to_be_in_viewport(ratio=1)
    expect_no_scrolling(pad)


def test_a_long_number_stays_in_its_place(pad):
    use_the_thinnest_pen(pad)
    draw_number(pad, "1234567890", left=1, step=9.8, scale=0.11)
    expect(digit(pad)).to_have_text("1234567890")
    fits = "e => e.scrollWidth <= e.clientWidth + 1"
    for width, height in ((1366, 650), (360, 640), (1920, 1080)):
        pad.set_viewport_size({"width": width, "height": height})
        stand_still(pad)
        assert digit(pad).evaluate(fits)
        assert pad.get_by_test_id("stMain").evaluate(fits)


def test_numbers_apart_and_rows_are_shown_as_such(pad):
    draw_number(pad, "40", top=5, scale=0.25, step=18)
    draw_number(pad, "17", top=5, scale=0.25, step=18, left=60)
    draw_number(pad, "358", top=60, scale=0.25, step=18)
    expect(digit(pad)).to_have_text("40 17358")  # what is seen has a line between the rows
    expect(digit(pad).locator("br")).to_have_count(1)


def test_the_strip_undo_and_the_files_know_numbers(pad):
    draw_number(pad, "42")
    expect(digit(pad)).to_have_text("42")
    expect(drawings(pad).first).to_contain_text("42")
    choose_tool(pad, "Pen")
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    drawings(pad).first.click()
    expect(digit(pad)).to_have_text("42")
    button(pad, "Save").click()
    with pad.expect_download() as download:
        button(pad, "All drawings").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        [row] = csv.DictReader(io.StringIO(archive.read("drawings.csv").decode()))
    assert (row["digit"], row["verdict"]) == ("42", "several digits")
