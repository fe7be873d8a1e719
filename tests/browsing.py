"""Hands and eyes on the web app's pages in a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from conftest import STROKES
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from waiting import SECONDS, until

from digitpad.pad.pad import THINNEST

# What tells that a page is there: nothing of the kind is on the others.
SIGNS = {
    "Draw": ".st-key-pad",
    "Pictures": ".st-key-source",
    "Models": ".st-key-training",
    "Inside": ".st-key-inside-title",
    "Quiz": ".st-key-quiz",
    "Hands": ".st-key-hands",
}


@contextmanager
def visit(browser: Browser, **how) -> Iterator[BrowserContext]:
    """A visitor of another browser, or with another device; as patient as all others."""
    with browser.new_context(**how) as context:
        context.set_default_timeout(1000 * SECONDS)
        yield context


def go_to(page: Page, name: str) -> None:
    """Turn to one of the app's pages by its name at the top, and wait until it has taken the other's place."""
    page.locator(".st-key-pages").get_by_role("link", name=name).click()
    for other, sign in SIGNS.items():
        if other != name:
            expect(page.locator(sign)).to_have_count(0)
    expect(page.locator(SIGNS[name])).to_be_visible()


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


def use_the_thinnest_pen(page: Page) -> None:
    """Take it by keyboard, and wait until the canvas draws with it."""
    page.get_by_role("slider", name="Pen width").press("Home")
    expect(canvas(page)).to_have_attribute("data-width", str(THINNEST))


def digit(page: Page) -> Locator:
    """The large digit that was read."""
    return page.locator(".st-key-digit h1")


def drawings(page: Page) -> Locator:
    """The buttons of the strip."""
    return page.locator(".st-key-history [class*=st-key-drawing] button:visible")


# Settles once a part has been in its place for some frames: a busy browser may have none for long.
IS_STILL = """part => new Promise(settle => {
    let before = "", frames = 0;
    const look = () => {
        const {x, y, width, height} = part.getBoundingClientRect();
        const now = [x, y, width, height].join();
        frames = now === before ? frames + 1 : 0;
        before = now;
        frames < 12 ? requestAnimationFrame(look) : settle();
    };
    look();
})"""


def stand_still(page: Page, part: Locator | None = None) -> None:
    """Wait until the server has answered, and the canvas, or another part of the page, has stopped moving.

    The page's own style, which moves all parts up, may come long after them on a busy machine.
    """
    expect(page.get_by_test_id("stMainBlockContainer")).to_have_css("padding-top", "64px")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    part = part or canvas(page)
    before = None
    while before is None or part.bounding_box() != before:  # another may have taken its place
        part.evaluate(IS_STILL)
        before = part.bounding_box()


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


def expect_no_scrolling(page: Page) -> None:
    """Wait until all of the page is in sight: for a moment a part may stand beside what takes its place."""
    fits = "e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth"
    until(lambda: page.get_by_test_id("stMain").evaluate(fits), lambda: "the page can be scrolled")


def expect_ink(page: Page, is_so: Callable[[int], bool]) -> None:
    """Wait until the canvas has so many dark pixels: it may be painted a moment after the rest of the page."""
    until(lambda: is_so(ink_on(page)), lambda: f"{ink_on(page)} pixels are dark")


def ink_on(page: Page) -> int:
    """How many pixels of the canvas are dark."""
    return canvas(page).evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".reduce((n, v, i) => n + (i % 4 === 0 && v < 128 ? 1 : 0), 0)"
    )
