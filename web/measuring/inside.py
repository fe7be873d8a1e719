"""Measures the page *Inside* in a real browser, for `scripts/benchmark.py --web`.

`python -m digitpad_web.measuring.inside`: digits are drawn stroke by stroke with a mouse. Prints one line of JSON: of
each stroke the seconds from lifting the pen until all maps show it.
"""

import json
import os
import random
import shutil
import sys

from playwright.sync_api import Error, Page, sync_playwright

from digitpad.errors import DigitpadError
from digitpad_web.measuring.hand import written
from digitpad_web.measuring.server import served

DIGITS = [4, 7, 5, 0, 2, 9, 1, 8, 3, 6]
FIRST = 2  # strokes while the page warms up
# One that is installed; where there is none, Playwright's own.
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 60_000  # milliseconds until the maps are given up
# From the moment in which the pen is lifted until the frame in which the maps are those of the new drawing.
WATCH = """(networks) => {
  const before = networks.dataset.version;
  window.seconds = new Promise((done) => document.addEventListener("pointerup", () => {
    const began = performance.now();
    const look = () => networks.dataset.version === before
      ? requestAnimationFrame(look) : done((performance.now() - began) / 1000);
    look();
  }, { once: true, capture: true }));
}"""


def measure() -> list[float]:
    """Draw, and see how many seconds the maps take after each stroke.

    Raises:
        DigitpadError: the page can't be opened, or shows no maps.
    """
    with served() as (address, _, _), sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"] if is_root() else [])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE)
            page.goto(f"{address}/inside")
            waits = _drawn(page)
            browser.close()
            return waits
        except Error as error:
            said = error.message.splitlines()[0]
            raise DigitpadError(f"The page Inside can't be measured in a browser: {said}") from error


def is_root() -> bool:
    """Whether the browser can't be started in its sandbox, as in a container."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _drawn(page: Page) -> list[float]:
    chance = random.Random(1)  # noqa: S311  # no secret
    canvas = page.get_by_role("application", name="Canvas")
    canvas.wait_for()
    networks = page.locator(".networks[data-version]")
    networks.wait_for()
    waits: list[float] = []
    for digit in DIGITS:
        box = canvas.bounding_box()
        if box is None:
            raise DigitpadError("The page Inside has no canvas.")
        for stroke in written(digit, min(box["width"], box["height"]), chance):
            networks.evaluate(WATCH)
            (x, y), *others = [(box["x"] + x, box["y"] + y) for x, y in stroke]
            page.mouse.move(x, y)
            page.mouse.down()
            for x, y in others:
                page.mouse.move(x, y)
            page.mouse.up()
            waits.append(page.evaluate("window.seconds"))
        networks.evaluate(WATCH)
        page.get_by_role("button", name="Clear", exact=True).click()
        page.evaluate("window.seconds")
    return waits[FIRST:]


if __name__ == "__main__":
    try:
        print(json.dumps(measure()), flush=True)
    except DigitpadError as error:
        sys.exit(str(error))
    sys.stdin.read()  # as every program that is measured does
