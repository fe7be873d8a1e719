"""What a visitor sees of their pictures, on any screen: all that they need, theirs alone, and nothing twice."""

import pytest
from bringing import SVG, content, open_pictures, upload
from browsing import button, canvas, digit, go_to, stand_still, table, visit
from conftest import draw
from playwright.sync_api import expect


def test_the_whole_reading_of_a_single_picture_is_in_sight_at_once(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    expect(digit(pictures)).to_have_text("7")
    for width, height in ((1366, 650), (360, 640), (1920, 1080)):
        pictures.set_viewport_size({"width": width, "height": height})
        stand_still(pictures, pictures.locator(".bars"))
        for part in (digit(pictures), pictures.get_by_text("Looks like a 7"), pictures.locator(".bars")):
            expect(part).to_be_in_viewport(ratio=1)
        picture = pictures.get_by_alt_text("seven.png").bounding_box()
        assert picture["width"] == pytest.approx(picture["height"], abs=2)
        assert picture["height"] > height / 3
        assert pictures.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_all_without_sideways_scrolling(pictures):
    pictures.set_viewport_size({"width": 360, "height": 740})
    upload(pictures, ("seven.png", content(draw(7))), ("lie.png", SVG))
    expect(table(pictures)).to_be_visible()
    assert pictures.evaluate("document.documentElement.scrollWidth") <= 360


# Counts how often something is on the page at the same time; kept until the page is left.
MOST_AT_ONCE = """selector => {
    const count = () => (window.most = Math.max(window.most ?? 0, document.querySelectorAll(selector).length));
    new MutationObserver(count).observe(document.body, {subtree: true, childList: true, attributes: true});
}"""


def test_what_gives_way_to_something_else_never_stands_beside_it(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    expect(digit(pictures)).to_have_text("7")
    for name in ("Draw", "Pictures"):
        go_to(pictures, name)
    expect(button(pictures, "Forget these pictures")).to_be_visible()
    pictures.evaluate(MOST_AT_ONCE, ".st-key-digit h1")
    upload(pictures, ("three.png", content(draw(3))))
    expect(digit(pictures).first).to_have_text("3")
    assert pictures.evaluate("window.most") == 1


def test_many_pictures_are_forgotten_at_once_and_others_brought_in(pictures):
    upload(pictures, *[(f"{number}.png", content(draw(number))) for number in range(3)])
    expect(pictures.get_by_text("3 digits")).to_be_visible()
    pictures.get_by_role("button", name="Forget these pictures").click()
    expect(pictures.get_by_text("Choose pictures of handwritten digits or numbers")).to_be_visible()
    expect(pictures.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    upload(pictures, ("seven.png", content(draw(7))))
    expect(digit(pictures)).to_have_text("7")
    expect(pictures.get_by_role("button", name="Forget these pictures")).to_have_count(0)  # the file has its own


def test_two_visitors_do_not_see_each_others_pictures(pictures, browser, address):
    with visit(browser) as other:
        page = other.new_page()
        open_pictures(page, address)
        upload(page, ("mine.png", content(draw(4))))
        upload(pictures, ("mine.png", content(draw(7))))  # while the other's is on its way
        expect(digit(page)).to_have_text("4")
        expect(digit(pictures)).to_have_text("7")
    pictures.get_by_role("button", name="Put on the pad").click()  # the file is there though the other has left
    expect(canvas(pictures)).to_be_visible()
    expect(digit(pictures)).to_have_text("7")
