"""Hands and eyes on the web app's pages in a browser."""

import time
from collections.abc import Callable

from conftest import STROKES
from playwright.sync_api import Locator, Page, expect
from waiting import SECONDS


def go_to(page: Page, name: str) -> None:
    """Turn to one of the app's pages by its name at the top."""
    page.locator(".st-key-pages").get_by_role("link", name=name).click()


def canvas(page: Page) -> Locator:
    return page.get_by_role("application", name="Canvas")


def button(page: Page, name) -> Locator:
    return page.get_by_role("button", name=name, exact=name == "Clear")  # which is not *Clear history*


def choose_tool(page: Page, name: str) -> None:
    """Take the pen or the eraser."""
    page.get_by_role("radio", name=name).click()
    expect(canvas(page)).to_have_attribute("data-tool", name.lower())


def standing(page: Page, selector: str) -> Locator:
    """Parts of the page; not those that have given way to others, which may be in it hidden for a moment."""
    return page.locator(f"[data-testid=stElementContainer][data-stale=false] {selector}")


def chooser(page: Page) -> Locator:
    """Where files are put in."""
    return standing(page, "input[type=file]")


def table(page: Page) -> Locator:
    """The table of what was read."""
    return standing(page, "[data-testid=stDataFrame]")


def digit(page: Page) -> Locator:
    """The large digit that was read."""
    return page.locator(".st-key-digit h1")


def drawings(page: Page) -> Locator:
    """The buttons of the strip."""
    return page.locator(".st-key-history [class*=st-key-drawing] button:visible")


def stand_still(page: Page, part: Locator | None = None) -> None:
    """Wait until the canvas, or another part of the page, has stopped moving, as a hand would.

    The page's own style, which moves all parts up, may come long after them on a busy machine.
    """
    expect(page.get_by_test_id("stMainBlockContainer")).to_have_css("padding-top", "64px", timeout=30_000)
    part = part or canvas(page)
    before, box = None, part.bounding_box()
    while box != before:
        page.wait_for_timeout(200)
        before, box = box, part.bounding_box()


def places_of(page: Page, stroke) -> list[tuple[float, float]]:
    """Where on the page a stroke goes whose points are in hundredths of the canvas."""
    box = canvas(page).bounding_box()
    return [(box["x"] + x / 100 * box["width"], box["y"] + y / 100 * box["height"]) for x, y in stroke]


def draw_stroke(page: Page, stroke) -> None:
    """Draw one stroke with the mouse, its points in hundredths of the canvas."""
    first, *others = places_of(page, stroke)
    page.mouse.move(*first)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place, steps=3)
    page.mouse.up()


def draw(page: Page, number: int) -> None:
    """Draw a digit with the mouse, as large as people do."""
    for stroke in STROKES[number]:
        draw_stroke(page, stroke)


def expect_ink(page: Page, is_so: Callable[[int], bool]) -> None:
    """Wait until the canvas has so many dark pixels: it may be painted a moment after the rest of the page."""
    deadline = time.monotonic() + SECONDS
    while not is_so(ink := ink_on(page)):
        assert time.monotonic() < deadline, f"{ink} pixels are dark"
        page.wait_for_timeout(25)


def ink_on(page: Page) -> int:
    """How many pixels of the canvas are dark."""
    return canvas(page).evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".reduce((n, v, i) => n + (i % 4 === 0 && v < 128 ? 1 : 0), 0)"
    )
