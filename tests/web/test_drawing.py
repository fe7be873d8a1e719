"""The page to draw on, in a real browser: a mouse or a keyboard draws, and a digit appears."""

import re

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
    ink_on,
    places_of,
    stand_still,
)
from conftest import STROKES
from playwright.sync_api import expect

from digitpad.pad.pad import PEN


def test_the_reading_follows_the_pen(pad):
    for number in range(10):
        draw(pad, number)
        expect(digit(pad)).to_have_text(str(number))
        sure = pad.get_by_test_id("stCaptionContainer").get_by_text(re.compile(r"\d\d(\.\d)? % sure"))
        expect(sure).to_be_visible()
        expect(pad.get_by_text("What the network saw")).to_be_visible()
        expect(pad.locator("[data-testid=stImage] img")).to_be_visible()
        expect(pad.locator(".bars .is-read")).to_contain_text(str(number))
        expect(pad.get_by_text(re.compile(r"Read by hands in \d+\.\d ms"))).to_be_visible()
        button(pad, "Clear").click()
        expect(digit(pad)).to_have_count(0)


def test_without_live_reading_predict_reads(pad):
    pad.get_by_text("Live", exact=True).click()
    expect(pad.get_by_role("switch", name="Live")).not_to_be_checked()
    draw(pad, 7)
    expect(pad.get_by_text("The drawing has not been read yet")).to_be_visible()
    expect(digit(pad)).to_have_count(0)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("7")


def test_clear_empties_the_canvas_and_undo_brings_the_drawing_back(pad):
    expect(button(pad, "Clear")).to_be_disabled()
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    ink = ink_on(pad)
    assert ink > 1000
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    expect(pad.get_by_text("Draw a digit or a number.")).to_be_visible()
    expect_ink(pad, lambda left: left == 0)
    button(pad, "Undo").click()
    expect(digit(pad)).to_have_text("7")
    expect_ink(pad, lambda again: again == ink)


def test_undo_and_redo_go_stroke_by_stroke_also_by_keyboard(pad):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    whole = ink_on(pad)
    pad.keyboard.press("Control+z")
    expect(digit(pad)).not_to_have_text("4")
    expect_ink(pad, lambda left: 0 < left < whole)
    pad.keyboard.press("Control+Shift+z")
    expect(digit(pad)).to_have_text("4")
    expect_ink(pad, lambda again: again == whole)


def test_the_eraser_takes_ink_away(pad):
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    ink = ink_on(pad)
    choose_tool(pad, "Eraser")
    draw_stroke(pad, [(12, 14), (85, 10)])
    expect(digit(pad)).to_have_text("1")
    expect_ink(pad, lambda left: left < ink)


def test_a_click_leaves_a_dot_that_is_seen_as_it_is_read(pad):
    [place] = places_of(pad, [(50, 50)])
    pad.mouse.move(*place)
    pad.mouse.down()
    expect_ink(pad, lambda ink: ink > 100)  # a disc of the pen's width
    dot = ink_on(pad)
    pad.mouse.up()
    expect(pad.get_by_text("There is nothing here to read")).to_be_visible()  # a dot alone is dust
    expect_ink(pad, lambda ink: ink == dot)
    choose_tool(pad, "Eraser")
    pad.mouse.click(*place)
    expect_ink(pad, lambda ink: ink == 0)


def test_a_dot_beside_a_digit_is_seen_in_the_strip_too(pad):
    draw_stroke(pad, [(40, 10), (40, 90)])
    expect(drawings(pad)).to_have_count(1)
    before = drawings(pad).locator("img").get_attribute("src")
    stand_still(pad)
    ink = ink_on(pad)
    widen(pad, 2 * PEN)
    pad.mouse.move(*places_of(pad, [(80, 50)])[0])
    pad.mouse.down()
    expect_ink(pad, lambda more: more > ink + 800)  # a disc of that width, as soon as the page knows of it
    pad.mouse.up()
    expect(drawings(pad).locator("img")).not_to_have_attribute("src", before)
    expect_ink(pad, lambda more: more > ink + 800)


def widen(pad, width):
    """Take a pen of another width by keyboard."""
    slider = pad.get_by_role("slider", name="Pen width")
    slider.focus()
    for _ in range(width - PEN):
        pad.keyboard.press("ArrowRight")
    expect(canvas(pad)).to_have_attribute("data-width", str(width))


def test_a_wider_pen_makes_wider_strokes(pad):
    draw_stroke(pad, STROKES[1][0])
    expect(digit(pad)).to_have_text("1")
    thin = ink_on(pad)
    widen(pad, 2 * PEN)
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    draw_stroke(pad, STROKES[1][0])
    expect(digit(pad)).to_have_text("1")
    expect_ink(pad, lambda ink: ink > 1.6 * thin)


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
        before = ink_on(pad)
        button(pad, "Undo").click()
        expect_ink(pad, lambda ink, before=before: ink < before)
    expect(pad.get_by_text("Draw a digit or a number.")).to_be_visible()
    expect_ink(pad, lambda ink: ink == 0)


def test_a_very_long_stroke_goes_on_to_its_end(pad):
    [first] = places_of(pad, [(2, 2)])
    pad.mouse.move(*first)
    pad.mouse.down()
    for row in range(20):  # to and fro, 1,600 points
        there, back = (5, 95) if row % 2 == 0 else (95, 5)
        move(pad, places_of(pad, [(there + (back - there) * step / 80, 5 + 4 * row) for step in range(1, 81)]))
    move(pad, places_of(pad, [(50, 82 + step / 80 * 15) for step in range(1, 81)]))
    pad.mouse.up()
    lowest = canvas(pad).evaluate(
        "c => { const p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let y = 0; for (let i = 0; i < p.length; i += 4) if (p[i] < 128) y = Math.floor(i / 4 / c.width);"
        " return y / c.height; }"
    )
    assert lowest > 0.93


def move(pad, places):
    """Move the pen as browsers tell of a quick hand: many places in one event."""
    canvas(pad).evaluate(
        """(canvas, places) => {
            const at = ([clientX, clientY]) => ({clientX, clientY, pointerId: 1, isPrimary: true, bubbles: true});
            const coalescedEvents = places.map(place => new PointerEvent("pointermove", at(place)));
            canvas.dispatchEvent(new PointerEvent("pointermove", {...at(places.at(-1)), coalescedEvents}));
        }""",
        places,
    )


def test_a_drawing_that_is_no_digit_is_turned_away(pad):
    draw_stroke(pad, [(50, 8), (76, 90), (8, 38), (92, 38), (24, 90), (50, 8)])
    expect(pad.get_by_text("This is not a digit", exact=True)).to_be_visible()
    expect(digit(pad)).to_have_text("?")
    bars = pad.locator(".bars > div")
    expect(bars).to_have_count(11)
    expect(bars.last).to_have_class("is-read")
    expect(bars.last).to_contain_text("no digit")
    assert sum(shares(pad)) == pytest.approx(1, abs=0.001)


def shares(pad):
    """How long each bar is, of all the room that it has."""
    return pad.locator(".bars i").evaluate_all(
        "bars => bars.map(e => +getComputedStyle(e).getPropertyValue('--share'))"
    )


def test_the_bars_are_said_to_those_who_cannot_see_them(pad):
    draw(pad, 7)
    said = pad.get_by_role("img", name=re.compile(r"^0: .* %, .*7: (> )?\d\d\.\d %, .*no digit: .* %$"))
    expect(said).to_be_visible()


def test_both_networks_judge_the_same_drawing(pad):
    draw(pad, 6)
    expect(digit(pad)).to_have_text("6")
    pad.get_by_role("combobox").click()
    pad.get_by_role("option", name="classic").click()
    expect(pad.get_by_text(re.compile("Read by classic"))).to_be_visible()
    expect(digit(pad)).to_have_text("6")
    expect(pad.locator(".bars > div")).to_have_count(10)  # it can't tell what is no digit
    expect_ink(pad, lambda ink: ink > 1000)


def test_the_eraser_erases_however_soon_after_its_choice_the_pen_comes_down(pad):
    bar = [(50, 10), (50, 90)]
    draw_stroke(pad, bar)
    expect(digit(pad)).to_have_text("1")
    stand_still(pad)
    first, last = places_of(pad, bar)
    pad.get_by_role("radio", name="Eraser").click()
    pad.mouse.move(*first)
    pad.mouse.down()
    expect(canvas(pad)).to_have_attribute("data-tool", "eraser")  # only now the page knows of it
    pad.mouse.move(*last, steps=20)
    pad.mouse.up()
    expect(pad.get_by_text("Draw a digit or a number")).to_be_visible()
    expect_ink(pad, lambda ink: ink == 0)


def test_the_eraser_leaves_an_empty_canvas_as_it_is(pad):
    choose_tool(pad, "Eraser")
    expect(pad.get_by_text("There is nothing to erase")).to_be_visible()
    draw_stroke(pad, [(10, 10), (90, 90)])
    choose_tool(pad, "Pen")
    draw(pad, 1)
    expect(digit(pad)).to_have_text("1")
    button(pad, "Undo").click()
    expect(pad.get_by_text("Draw a digit or a number.")).to_be_visible()
    expect(button(pad, "Undo")).to_be_disabled()
