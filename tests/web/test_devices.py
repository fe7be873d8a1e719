"""The page on a laptop and on a phone, for fingers, and for those who see or hear it otherwise."""

import re

import pytest
from browsing import button, canvas, digit, draw, drawings, expect_no_scrolling, go_to, places_of, stand_still, visit
from conftest import STROKES
from playwright.sync_api import expect


def test_what_is_read_is_said_to_those_who_hear_the_page(pad):
    draw(pad, 7)
    expect(pad.locator("[aria-live=polite]")).to_have_text(re.compile(r"^Looks like a 7\. .* % sure$"))


def test_the_whole_reading_fits_a_laptop_without_scrolling(pad):
    draw(pad, 7)
    expect(pad.locator(".bars")).to_be_visible()
    expect(drawings(pad)).to_have_count(1)
    expect_no_scrolling(pad)


def test_canvas_digit_and_bars_fill_a_projectors_window(pad):
    small = sizes(pad)
    pad.set_viewport_size({"width": 1920, "height": 1080})
    for scheme in ("light", "dark"):
        pad.emulate_media(color_scheme=scheme)
        stand_still(pad)
        large = sizes(pad)
        assert all(large[part] > 1.8 * small[part] for part in small), (small, large)
        assert pad.get_by_test_id("stMainBlockContainer").bounding_box()["width"] > 1920 * 2 / 3
        expect_no_scrolling(pad)


def sizes(pad):
    """How high the canvas and the parts of the answer are, of a 7 that is drawn if none is yet."""
    if not digit(pad).is_visible():
        draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    parts = {"canvas": canvas(pad), "digit": digit(pad), "glyph": pad.get_by_alt_text("The glyph")}
    parts |= {"bars": pad.locator(".bars"), "words": pad.locator(".st-key-digit strong")}
    return {name: part.bounding_box()["height"] for name, part in parts.items()}


def test_all_that_can_be_saved_or_cleared_is_in_sight_on_a_laptop(pad):
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    for height in (650, 700, 768):
        pad.set_viewport_size({"width": 1366, "height": height})
        stand_still(pad)
        expect(button(pad, "Clear history")).to_be_in_viewport(ratio=1)
        button(pad, "Save").click()
        offers = [button(pad, offer) for offer in ("This drawing", "What the network saw", "All drawings")]
        for offer in offers:
            expect(offer).to_be_in_viewport(ratio=1)
        pad.keyboard.press("Escape")
        for offer in offers:
            expect(offer).to_be_hidden()


def test_the_keyboards_ring_is_not_shown_to_a_hand_that_draws(pad):
    draw(pad, 7)
    expect(canvas(pad)).to_be_focused()
    expect(canvas(pad)).to_have_css("outline-style", "none")
    pad.keyboard.press("Shift+Tab")
    pad.keyboard.press("Tab")
    expect(canvas(pad)).to_have_css("outline-style", "solid")


def test_all_pages_are_in_sight_on_a_phone_and_nothing_covers_the_one_that_is_chosen(pad):
    for width, model in ((360, "classic"), (320, "hands")):
        pad.set_viewport_size({"width": width, "height": 640})
        for name in ("Draw", "Inside", "Pictures", "Models", "Quiz"):
            expect(pad.locator(".st-key-pages").get_by_role("link", name=name)).to_be_in_viewport(ratio=1)
        go_to(pad, "Models")
        pad.get_by_role("radio", name=model).click()  # Playwright clicks only what nothing covers
        go_to(pad, "Draw")


def test_a_finger_draws_and_does_not_scroll_the_page(browser, address):
    with visit(browser, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True) as phone:
        page = phone.new_page()
        page.goto(address)
        expect(canvas(page)).to_be_visible()
        stand_still(page)
        box = canvas(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        client = phone.new_cdp_session(page)

        def touch(kind, *place):
            points = [{"x": place[0], "y": place[1]}] if place else []
            client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        for stroke in STROKES[7]:
            first, *others = places_of(page, stroke)
            touch("touchStart", *first)
            for place in others:
                touch("touchMove", *place)
            touch("touchEnd")
        expect(digit(page)).to_have_text("7")
        assert canvas(page).bounding_box() == box
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_palm_beside_the_pen_does_not_lift_it(browser, address):
    with visit(browser, viewport={"width": 1024, "height": 700}, has_touch=True) as tablet:
        page = tablet.new_page()
        page.goto(address)
        expect(canvas(page)).to_be_visible()
        stand_still(page)
        client = tablet.new_cdp_session(page)

        def pen(kind, place):
            of_a_pen = {"button": "left", "buttons": 1, "clickCount": 1, "pointerType": "pen", "force": 0.5}
            client.send("Input.dispatchMouseEvent", {"type": kind, "x": place[0], "y": place[1], **of_a_pen})

        top, middle, bottom, palm = places_of(page, [(50, 10), (50, 50), (50, 90), (90, 90)])
        pen("mousePressed", top)
        pen("mouseMoved", middle)
        client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": palm[0], "y": palm[1]}]})
        pen("mouseMoved", bottom)
        client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        pen("mouseReleased", bottom)
        expect(digit(page)).to_have_text("1")
        button(page, "Undo").click()
        expect(page.get_by_text("Draw a digit or a number.")).to_be_visible()  # it was one stroke


@pytest.mark.parametrize(("first", "then"), [("light", "dark"), ("dark", "light")])
def test_all_stands_out_in_light_and_dark_also_where_the_theme_changes_meanwhile(page, address, first, then):
    page.emulate_media(color_scheme=first)
    page.goto(address)
    expect(canvas(page)).to_be_visible()
    stand_still(page)
    expect_what_is_small_chosen_or_under_the_mouse_to_stand_out(page)
    draw(page, 7)
    expect(digit(page)).to_have_text("7")
    expect(labels(page)[-1]).to_be_visible()
    expect_text_to_stand_out(page)
    before = colours_of(digit(page))[1]
    assert (luminance(before) < 0.2) == (first == "dark")
    button(page, "Clear history").click()
    expect(button(page, "Forget them")).to_be_visible()
    assert contrast(*colours_of(button(page, "Forget them"))) >= 4.5
    button(page, "Keep them").click()
    expect(button(page, "Forget them")).to_have_count(0)
    page.emulate_media(color_scheme=then)
    page.wait_for_function(
        "before => getComputedStyle(document.querySelector('.stApp')).backgroundColor !== before", arg=before
    )
    let_colours_settle(page)
    expect_text_to_stand_out(page)


def expect_text_to_stand_out(page):
    for text in (digit(page), button(page, "Predict"), *labels(page)):
        assert contrast(*colours_of(text)) >= 4.5  # WCAG 2.1, level AA


def let_colours_settle(page):
    """They change little by little."""
    page.wait_for_function("document.getAnimations().every(one => !(one instanceof CSSTransition))")


def labels(page):
    """What the bars are of, and their probabilities."""
    texts = page.locator(".bars span")
    expect(texts).to_have_count(22)
    return texts.all()


def expect_what_is_small_chosen_or_under_the_mouse_to_stand_out(page):
    expect(page.get_by_test_id("stCaptionContainer").first).to_be_visible()
    for caption in page.get_by_test_id("stCaptionContainer").all():
        assert contrast(*colours_of(caption)) >= 4.5
    chosen, primary = page.get_by_role("radio", name="Pen"), button(page, "Predict")
    for part in (chosen, primary):
        assert contrast(*colours_of(part)) >= 4.5
        part.hover()
        let_colours_settle(page)
        assert contrast(*colours_of(part)) >= 4.5
    border = canvas(page).evaluate("e => getComputedStyle(e).borderTopColor")
    assert contrast(border, colours_of(canvas(page))[1]) >= 3  # WCAG 2.1, 1.4.11
    assert contrast(border, colours_of(page.get_by_test_id("stApp"))[1]) >= 3


def colours_of(part):
    """A part's text and ground as they are seen, over whatever shines through."""
    chain = part.evaluate(
        """e => {
            const chain = [];
            for (; e; e = e.parentElement ?? e.getRootNode().host) {
                const {color, backgroundColor, opacity} = getComputedStyle(e);
                chain.push([color, backgroundColor, opacity]);
            }
            return chain;
        }"""
    )
    ground, seen = "rgb(255, 255, 255)", 1.0
    for _, behind, opacity in reversed(chain):
        seen *= float(opacity)
        ground = over(behind, ground, seen)
    return over(chain[0][0], ground, seen), ground


def over(colour, ground, seen):
    """A CSS colour, seen to this share, over another one that nothing shines through."""
    *top, alpha = [*map(float, re.findall(r"[\d.]+", colour)), 1.0][:4]
    under = map(int, re.findall(r"\d+", ground))
    mixed = [round(alpha * seen * one + (1 - alpha * seen) * other) for one, other in zip(top, under, strict=True)]
    return "rgb({}, {}, {})".format(*mixed)


def luminance(colour):
    """Relative luminance of a CSS colour as WCAG defines it."""
    shares = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_a_phone_shows_everything_without_sideways_scrolling(pad):
    draw(pad, 7)
    expect(digit(pad)).to_have_text("7")
    for width, height in ((360, 640), (320, 640)):
        pad.set_viewport_size({"width": width, "height": height})
        stand_still(pad)
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
    stand_still(pad)
    box = canvas(pad).bounding_box()
    assert box["y"] + box["height"] <= 360


def test_the_pictures_of_a_training_can_be_seen_larger_on_a_phone(browser, address):
    with visit(browser, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True) as phone:
        page = phone.new_page()
        page.goto(f"{address}/models?tab=Curves")
        picture = page.locator(".st-key-training img:visible")
        expect(picture).to_be_visible()
        stand_still(page, picture)
        small = picture.bounding_box()["width"]
        picture.tap()
        expect(page.locator(".st-key-training [data-testid=stElementToolbar]:visible")).to_have_css("opacity", "1")
        button(page, "Fullscreen").tap()
        expect(button(page, "Close fullscreen")).to_be_visible()
        assert picture.bounding_box()["width"] > small


def test_nothing_covers_what_the_network_saw(pad):
    draw(pad, 7)
    glyph = pad.get_by_alt_text("The glyph")
    glyph.hover()
    expect(glyph).to_be_visible()
    expect(button(pad, "Fullscreen")).to_have_count(0)
