"""The page *Inside*, in a real browser: maps follow the pen, one is pointed at, switched off, and sent to others."""

import re

import pytest
from browsing import button, canvas, choose_tool, draw, expect_ink, go_to, ink_on, stand_still, standing, visit
from playwright.sync_api import Page, expect

from digitpad import SAMPLE, Recognizer
from digitpad.models import catalogue
from digitpad.pad.inside_words import ALL_ON, BESIDE, EVIDENCE, LEAVE, PRESENTATION, SWITCH_OFF, SWITCH_ON, WHY

SLOW = 30_000  # milliseconds that a stroke may take on a busy machine


@pytest.fixture
def inside(page: Page, address: str) -> Page:
    """The page, opened and ready."""
    open_at(page, f"{address}/inside")
    return page


def open_at(page: Page, address: str) -> None:
    page.goto(address)
    expect(canvas(page)).to_be_visible()
    expect(page.locator(".networks[data-version]")).to_be_visible()
    stand_still(page)


def read(page: Page, side: int = 0):
    """What the model reads, beside the glyph."""
    return page.locator(".network").nth(side).locator(".digit")


def sureness(page: Page):
    return page.locator(".network .sureness").first


def band(page: Page, name: str):
    """The maps of a layer."""
    return page.locator(".band").filter(has_text=re.compile(f"^{name} ")).locator(".maps")


def point_at(page: Page, name: str, channel: int) -> None:
    """Click on a map of a layer, by its number from 0."""
    box = frame_of(page, name, channel)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def frame_of(page: Page, name: str, channel: int) -> dict:
    """Where a map is in the window, which the keyboard's frame shows."""
    maps = band(page, name)
    maps.focus()
    page.keyboard.press("Home")
    for _ in range(channel):
        page.keyboard.press("ArrowRight")
    expect(maps.locator(".at")).to_be_visible()
    maps.scroll_into_view_if_needed()
    return maps.locator(".at").bounding_box()


def story(page: Page, text: str | re.Pattern):
    """What is told of the map that is pointed at."""
    return standing(page, "strong").filter(has_text=text)


def painted(page: Page, name: str) -> str:
    return band(page, name).locator("canvas").evaluate("c => c.toDataURL()")


def test_the_maps_of_every_layer_follow_the_pen(inside):
    names = ("convolution_1", "convolution_3", "convolution_6")
    before = [painted(inside, name) for name in names]
    draw(inside, 7)
    expect(read(inside)).to_have_text("7", timeout=SLOW)
    seven = [painted(inside, name) for name in names]
    assert all(was != now for was, now in zip(before, seven, strict=True))
    button(inside, "Clear").click()
    expect(read(inside)).to_have_count(0)
    draw(inside, 4)
    expect(read(inside)).to_have_text("4", timeout=SLOW)
    assert all(was != painted(inside, name) for was, name in zip(seven, names, strict=True))


def test_a_map_that_is_clicked_is_told_of_and_its_value_stands_where_the_mouse_is(inside):
    draw(inside, 4)
    expect(read(inside)).to_have_text("4", timeout=SLOW)
    point_at(inside, "convolution_2", 5)
    expect(story(inside, "Map 6 of 32, layer 2: convolution_2")).to_be_visible()
    expect(inside.locator(".readout")).to_have_text(
        re.compile(r"^Map 6 of 32, layer 2: convolution_2, row \d+, column \d+: \d+\.\d\d$")
    )
    expect(inside.locator(".formula:visible")).to_contain_text("ReLU: the larger of 0 and")
    expect(inside.locator(".products:visible .cells")).to_have_count(6)
    large = inside.get_by_role("application", name=re.compile("^Map 6 of 32"))
    large.click(position={"x": 3, "y": 3})
    expect(inside.locator("output")).to_contain_text("Row 1, column 1")
    inside.keyboard.press("ArrowRight")
    expect(inside.locator("output")).to_contain_text("Row 1, column 2")
    expect(inside).to_have_url(re.compile("layer=2&map=6&row=1&column=2"))
    value = inside.locator("output").inner_text().split(": ")[1]
    told = inside.locator(".formula:visible").inner_text().rsplit("= ", 1)[1]
    assert float(value) == pytest.approx(float(told), abs=0.0051)


def test_a_value_is_its_sum_also_where_it_is_above_the_scale_of_the_colours(inside):
    draw(inside, 8)
    expect(read(inside)).to_have_text("8", timeout=SLOW)
    expect(inside.locator(".formula:visible")).to_contain_text("= ")
    stand_still(inside)
    value = float(inside.locator("output").inner_text().split(": ")[1])
    told = float(inside.locator(".formula:visible").inner_text().rsplit("= ", 1)[1])
    assert value == pytest.approx(told, abs=0.0051)
    assert value > catalogue.find("hands").lens().look(Recognizer().read(SAMPLE).glyph).layers[0].scale[1]


def test_a_map_is_switched_off_and_on_again_and_the_answer_changes(inside):
    draw(inside, 4)
    expect(read(inside)).to_have_text("4", timeout=SLOW)
    sure = sureness(inside).inner_text()
    expect(button(inside, ALL_ON)).to_be_disabled()
    button(inside, SWITCH_OFF).click()
    expect(inside.get_by_text("1 map switched off")).to_be_visible()
    expect(sureness(inside)).not_to_have_text(sure)
    button(inside, SWITCH_ON).click()
    expect(sureness(inside)).to_have_text(sure)
    button(inside, SWITCH_OFF).click()
    expect(sureness(inside)).not_to_have_text(sure)
    button(inside, ALL_ON).click()
    expect(sureness(inside)).to_have_text(sure)
    expect(inside.get_by_text("switched off")).to_have_count(0)


def test_a_piece_can_be_erased_here_too(inside):
    draw(inside, 4)
    expect(read(inside)).to_have_text("4", timeout=SLOW)
    before = ink_on(inside)
    choose_tool(inside, "Eraser")
    draw(inside, 1)
    expect_ink(inside, lambda dark: dark < before)


def test_all_can_be_done_by_keyboard(inside):
    draw(inside, 4)
    expect(read(inside)).to_have_text("4", timeout=SLOW)
    band(inside, "convolution_1").focus()
    inside.keyboard.press("ArrowRight")
    inside.keyboard.press("ArrowRight")
    expect(story(inside, "Map 3 of 16, layer 1")).to_be_visible()
    expect(band(inside, "convolution_1").get_by_role("option")).to_have_text(re.compile("^Map 3 of 16.*at most"))
    inside.keyboard.press("Space")
    expect(inside.get_by_text("1 map switched off")).to_be_visible()
    inside.keyboard.press("PageDown")
    expect(band(inside, "convolution_2")).to_be_focused()
    expect(story(inside, re.compile(r"Map \d+ of 32, layer 2"))).to_be_visible()
    inside.keyboard.press("End")
    expect(story(inside, "Map 32 of 32, layer 2")).to_be_visible()
    inside.keyboard.press("ArrowDown")
    expect(band(inside, "convolution_3")).to_be_focused()


def test_who_gets_the_address_sees_the_same(inside, address):
    draw(inside, 4)
    expect(read(inside)).to_have_text("4", timeout=SLOW)
    point_at(inside, "convolution_3", 2)
    expect(story(inside, "Map 3 of 64, layer 3")).to_be_visible()
    button(inside, SWITCH_OFF).click()
    expect(inside).to_have_url(re.compile("layer=3&map=3&.*off=3.3&drawing="))
    sure, maps = sureness(inside).inner_text(), painted(inside, "convolution_4")
    with inside.context.new_page() as other:
        open_at(other, inside.url)
        expect(story(other, "Map 3 of 64, layer 3")).to_be_visible()
        expect(other.get_by_text("1 map switched off")).to_be_visible()
        expect(read(other)).to_have_text("4", timeout=SLOW)
        expect(sureness(other)).to_have_text(sure)
        expect_ink(other, lambda ink: ink > 1000)
        assert painted(other, "convolution_4") == maps
        open_at(other, f"{address}/inside?model=classic&layer=3&map=6")
        expect(story(other, "Map 6 of 64, layer 3: shapes")).to_be_visible()


def test_what_was_looked_at_is_seen_again_after_another_page(inside):
    draw(inside, 4)
    expect(read(inside)).to_have_text("4", timeout=SLOW)
    band(inside, "convolution_2").focus()
    inside.keyboard.press("End")
    expect(story(inside, "Map 32 of 32, layer 2")).to_be_visible()
    go_to(inside, "Models")
    expect(canvas(inside)).to_have_count(0)
    expect(inside).to_have_url(re.compile("models"))
    go_to(inside, "Inside")
    expect(story(inside, "Map 32 of 32, layer 2")).to_be_visible()
    expect(read(inside)).to_have_text("4", timeout=SLOW)


def test_an_address_that_nobody_meant_well_is_answered_by_a_sentence(page, address):
    hostile = "model=%3Cscript%3E&beside=..%2F..&layer=-1&map=99999999999&off=1.1+x&drawing=AAAA&row=1e9"
    open_at(page, f"{address}/inside?{hostile}")
    told = page.get_by_text("A part of the address makes no sense and was left out: ")
    expect(told).to_contain_text("There is no model '<script>' here.")
    draw(page, 7)
    expect(read(page)).to_have_text("7", timeout=SLOW)


def test_two_models_stand_side_by_side(inside):
    draw(inside, 7)
    expect(read(inside)).to_have_text("7", timeout=SLOW)
    inside.get_by_role("combobox", name=BESIDE).click()
    inside.get_by_role("option", name="classic").click()
    expect(inside.locator(".network h3")).to_have_text(["hands", "classic"])
    expect(read(inside, 1)).to_have_text("7", timeout=SLOW)
    expect(band(inside, "pool_1")).to_be_visible()
    band(inside, "shapes").focus()
    inside.keyboard.press("End")
    expect(story(inside, "classic, Map 64 of 64, layer 3")).to_be_visible()


def test_why_and_evidence_are_told_of_the_drawing(inside):
    draw(inside, 7)
    expect(read(inside)).to_have_text("7", timeout=SLOW)
    inside.get_by_role("tab", name=EVIDENCE).click()
    expect(standing(inside, ".parts .sum")).to_be_visible()
    expect(standing(inside, ".parts > div")).to_have_count(19)
    inside.get_by_role("tab", name=WHY, exact=True).click()
    expect(story(inside, "Why a 7?")).to_be_visible()
    expect(standing(inside, ".why img")).to_be_visible()
    expect(standing(inside, "p").filter(has_text=re.compile("ithout the .* it would be"))).to_be_visible()


def test_on_a_wall_all_is_large_and_nothing_is_there_to_be_clicked(inside):
    inside.set_viewport_size({"width": 1920, "height": 1080})
    draw(inside, 4)
    expect(read(inside)).to_have_text("4", timeout=SLOW)
    small = read(inside).bounding_box()["height"]
    button(inside, PRESENTATION).click()
    expect(inside.locator(".st-key-inside-wall")).to_be_visible()
    expect(inside.get_by_role("combobox")).to_have_count(0)
    expect(inside.get_by_role("tab")).to_have_count(0)
    expect(inside.locator(".st-key-pages")).to_be_hidden()
    assert read(inside).bounding_box()["height"] > 1.3 * small
    expect(inside.locator(".bar").last).to_be_in_viewport()
    inside.keyboard.press("Escape")
    expect(inside.get_by_role("combobox")).to_have_count(2)
    button(inside, PRESENTATION).click()
    expect(inside.get_by_role("combobox")).to_have_count(0)
    button(inside, LEAVE).click()
    expect(inside.get_by_role("combobox")).to_have_count(2)


def test_on_a_phone_a_tap_on_a_map_leads_to_its_story(browser, address):
    with visit(browser, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True) as phone:
        page = phone.new_page()
        open_at(page, f"{address}/inside?model=classic&layer=1&map=1")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth <= e.clientWidth")
        maps = band(page, "strokes").locator("canvas")
        box = maps.bounding_box()
        maps.tap(position={"x": box["width"] - 5, "y": 5})
        told = story(page, re.compile("Map [2-9] of 32, layer 1: strokes"))
        expect(told).to_be_in_viewport()
