"""A picture is put on the pad, and both stay."""

import re

from bringing import content, upload
from browsing import button, canvas, choose_tool, digit, draw_stroke, expect_ink, go_to, stand_still
from conftest import STROKES, draw
from playwright.sync_api import expect


def test_a_chosen_picture_is_read_in_the_browser_and_put_on_the_pad(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    expect(digit(pictures)).to_have_text("7")
    pictures.get_by_role("button", name="Put on the pad").click()
    expect(pictures).not_to_have_url(re.compile("pictures"))
    expect(digit(pictures)).to_have_text("7")


def test_a_picture_on_the_pad_outlives_a_reload(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    pictures.get_by_role("button", name="Put on the pad").click()
    expect(canvas(pictures)).to_be_visible()
    for _ in range(2):
        expect(digit(pictures)).to_have_text("7")
        expect_ink(pictures, lambda ink: ink > 1000)
        pictures.reload()
        expect(canvas(pictures)).to_be_visible()
    expect(digit(pictures)).to_have_text("7")  # it was brought back
    button(pictures, "Undo").click()
    expect(pictures.get_by_text("Draw a digit or a number.")).to_be_visible()
    expect_ink(pictures, lambda ink: ink == 0)
    expect(button(pictures, "Undo")).to_be_disabled()


def test_what_is_put_on_the_pad_after_a_reload_is_not_drawn_over_by_what_was_there_before(pictures):
    go_to(pictures, "Draw")
    expect(canvas(pictures)).to_be_visible()
    stand_still(pictures)
    draw_stroke(pictures, STROKES[1][0])
    expect(digit(pictures)).to_have_text("1")
    go_to(pictures, "Pictures")
    expect(pictures.get_by_test_id("stFileUploader")).to_be_visible()
    pictures.reload()
    expect(pictures.get_by_test_id("stFileUploader")).to_be_visible()
    upload(pictures, ("seven.png", content(draw(7))))
    pictures.get_by_role("button", name="Put on the pad").click()
    expect(canvas(pictures)).to_be_visible()
    expect(digit(pictures)).to_have_text("7")
    choose_tool(pictures, "Eraser")  # the page has answered by now
    expect(digit(pictures)).to_have_text("7")


def test_pictures_are_still_there_after_one_was_put_on_the_pad(pictures):
    upload(pictures, ("seven.png", content(draw(7))), ("two.png", content(draw(2))))
    expect(pictures.get_by_text("2 digits")).to_be_visible()
    go_to(pictures, "Draw")
    expect(canvas(pictures)).to_be_visible()
    go_to(pictures, "Pictures")
    expect(pictures.get_by_text("2 digits")).to_be_visible()
    pictures.get_by_role("button", name="Forget these pictures").click()
    expect(pictures.get_by_text("Choose pictures of handwritten digits or numbers")).to_be_visible()


def test_the_eraser_does_not_take_a_picture_off_the_pad(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    pictures.get_by_role("button", name="Put on the pad").click()
    expect(canvas(pictures)).to_have_attribute("data-tool", "pen")  # the page is there, and its tools with it
    stand_still(pictures)
    choose_tool(pictures, "Eraser")
    stand_still(pictures)
    draw_stroke(pictures, [(10, 10), (80, 80)])
    choose_tool(pictures, "Pen")
    draw_stroke(pictures, STROKES[1][0])
    expect(digit(pictures)).to_have_text("1")
    button(pictures, "Undo").click()
    expect(digit(pictures)).to_have_text("7")
    expect_ink(pictures, lambda ink: ink > 1000)
