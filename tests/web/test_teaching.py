"""A hand is taught on the page's pad by two taps or a key, taken back by one, and is nobody else's."""

import pytest
from browsing import button, canvas, digit, draw, drawings, expect_no_scrolling, go_to, stand_still, visit
from playwright.sync_api import Page, expect

from digitpad.models.hand import Hand
from digitpad.pad.teaching import TAUGHT_THIS


def key(page: Page, name: str):
    """One of the eleven keys, once they are open."""
    return page.locator(".st-key-choices").get_by_role("button", name=name, exact=True)


def lessons(page: Page):
    """The pictures of lessons beside what was read."""
    return page.locator(".lessons").get_by_alt_text(TAUGHT_THIS)


def test_two_clicks_teach_one_takes_back_and_no_other_visitor_sees_it(pad, browser, address):
    draw(pad, 4)
    expect(digit(pad)).to_have_text("4")
    button(pad, "Not a 4?").click()
    key(pad, "7").click()
    expect(digit(pad)).to_have_text("7")
    expect(pad.locator(".st-key-digit strong").first).to_have_text("A 7, because you taught me this one")
    expect(pad.locator("[aria-live=polite]")).to_contain_text("Learned: this is a 7. A 7, because")
    expect(lessons(pad)).to_be_visible()
    expect(drawings(pad)).to_have_text(["4 → 7"])
    expect_no_scrolling(pad)
    with visit(browser) as other:
        page = other.new_page()
        page.goto(address)
        stand_still(page)
        draw(page, 4)
        expect(digit(page)).to_have_text("4")
        expect(page.locator(".st-key-digit strong")).to_have_text("Looks like a 4")
    button(pad, "Undo the lesson").click()
    expect(digit(pad)).to_have_text("4")
    expect(lessons(pad)).to_have_count(0)
    expect(drawings(pad)).to_have_text(["4"])


def test_a_key_teaches_a_reload_keeps_it_and_a_file_brings_it_again(pad, tmp_path):
    draw(pad, 4)  # the key comes right after the last stroke
    canvas(pad).press("n")
    expect(pad.get_by_text("Learned: this is no digit.").first).to_be_visible()
    button(pad, "What is it?").or_(button(pad, "Undo the lesson")).click()
    expect(button(pad, "Not a 4?")).to_be_visible()
    button(pad, "Not a 4?").click()
    expect(key(pad, "7")).to_be_visible()
    stand_still(pad)  # nobody presses a key, or reloads, in the very moment in which something appears
    pad.keyboard.press("7")
    expect(digit(pad)).to_have_text("7")
    stand_still(pad)
    pad.reload()
    expect(digit(pad)).to_have_text("7")
    expect(lessons(pad)).to_be_visible()
    go_to(pad, "Hands")
    expect(pad.get_by_role("heading", name="1 lesson")).to_be_visible()
    with pad.expect_download() as taken:
        button(pad, "Save hand").click()
    assert taken.value.suggested_filename == "My hand.hand"
    file = tmp_path / "Ada.hand"
    Hand("Ada", Hand.open(taken.value.path()).lessons).save(file)
    button(pad, "Open hand").click()
    pad.get_by_test_id("stPopoverBody").locator("input[type=file]").set_input_files(file)
    expect(pad.get_by_role("combobox", name="Read with the hand")).to_have_value("Ada")
    expect(pad.get_by_role("heading", name="1 lesson")).to_be_visible()


@pytest.mark.parametrize("width", [360, 320])
def test_a_phone_shows_what_was_read_and_all_keys_at_once(pad, width):
    pad.set_viewport_size({"width": width, "height": 740})
    stand_still(pad)
    draw(pad, 4)
    button(pad, "Not a 4?").click()
    for name in (*map(str, range(10)), "no digit"):
        expect(key(pad, name)).to_be_in_viewport(ratio=1)
    key(pad, "7").click()
    expect(button(pad, "Undo the lesson")).to_be_visible()
    assert pad.evaluate("document.documentElement.scrollWidth") <= width
