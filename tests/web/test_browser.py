"""The page in a real browser: a mouse draws, and a digit appears."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import STROKES
from playwright.sync_api import Page, expect

from digitpad_web.reading import TEXT

ROOT = Path(__file__).parents[2]
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The system's browser, which must not look for updates: nothing but this machine can be reached."""
    if BROWSER is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing")
        pytest.skip("needs Chromium or Chrome")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    # Chromium refuses to run as root with its sandbox.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {"executable_path": BROWSER, "args": quiet + sandbox}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"viewport": {"width": 1366, "height": 650}}  # what a small laptop's browser leaves for a page


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server that runs the app as `make web` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "web/app.py"]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, *options], cwd=ROOT, stdout=log, stderr=log, env={**os.environ, "XDG_DATA_HOME": str(folder)}
        )
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
            break
        except OSError:
            assert time.monotonic() < deadline, (folder / "log").read_text()
            assert server.poll() is None, (folder / "log").read_text()
            time.sleep(0.2)
    yield address
    server.terminate()
    server.wait(20)
    assert "Traceback" not in (folder / "log").read_text()


@pytest.fixture
def pad(page: Page, address: str) -> Page:
    """The page, opened and ready to be drawn on."""
    page.goto(address)
    expect(canvas(page)).to_be_visible(timeout=30_000)
    expect(button(page, "Predict")).to_be_visible()
    return page


def canvas(page):
    return page.locator("canvas.upper-canvas")


def button(page, name):
    return page.get_by_role("button", name=name)


def digit(page):
    return page.locator(".st-key-digit h1")


def draw(page, number):
    """Draw a digit with the mouse, as large as people do."""
    for stroke in STROKES[number]:
        draw_stroke(page, stroke)


def draw_stroke(page, stroke):
    """Draw one stroke, its points in hundredths of the canvas."""
    box = canvas(page).bounding_box()
    places = [(box["x"] + x / 100 * box["width"], box["y"] + y / 100 * box["height"]) for x, y in stroke]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()


def ink_on(page):
    """How many pixels of the canvas are dark."""
    return page.locator("canvas.dc-canvas.lower-canvas").evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".reduce((n, v, i) => n + (i % 4 === 0 && v < 128 ? 1 : 0), 0)"
    )


@pytest.mark.parametrize("number", range(10))
def test_a_drawn_digit_is_read(pad, number):
    draw(pad, number)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text(str(number))
    expect(pad.get_by_text(re.compile(r"\d\d(\.\d)? % sure"))).to_be_visible()
    expect(pad.get_by_text("What the network saw")).to_be_visible()
    expect(pad.locator("[data-testid=stImage] img")).to_be_visible()
    expect(pad.locator("[data-testid=stVegaLiteChart]")).to_be_visible()


def test_the_whole_reading_fits_a_laptop_without_scrolling(pad):
    draw(pad, 7)
    button(pad, "Predict").click()
    expect(pad.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")).to_be_visible()
    scroller = pad.locator("[data-testid=stMain]")
    assert scroller.evaluate("e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth")


def test_clear_empties_the_canvas_and_the_next_digit_is_read(pad):
    draw(pad, 7)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("7")
    assert ink_on(pad) > 1000
    button(pad, "Clear").click()
    expect(digit(pad)).to_have_count(0)
    expect(pad.get_by_text("Draw a digit from 0 to 9")).to_be_visible()
    assert ink_on(pad) == 0
    button(pad, "Predict").click()
    expect(pad.get_by_text("The pad is empty")).to_be_visible()
    draw(pad, 3)
    expect(digit(pad)).to_have_text("3")


def test_predict_on_an_empty_canvas_says_so_kindly(pad):
    button(pad, "Predict").click()
    expect(pad.get_by_text("The pad is empty")).to_be_visible()
    expect(digit(pad)).to_have_count(0)


def test_the_drawing_stays_when_it_is_read_and_is_gone_after_a_reload(pad):
    draw(pad, 4)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("4")
    assert ink_on(pad) > 1000
    pad.reload()
    expect(canvas(pad)).to_be_visible(timeout=30_000)
    expect(pad.get_by_text("Draw a digit from 0 to 9")).to_be_visible()
    assert ink_on(pad) == 0
    draw(pad, 2)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("2")


def test_the_reading_follows_what_is_drawn_on(pad):
    draw(pad, 1)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("1")
    box = canvas(pad).bounding_box()
    # A bar across the top of the 1, to its left, makes it a 7.
    pad.mouse.move(box["x"] + 0.15 * box["width"], box["y"] + 0.09 * box["height"])
    pad.mouse.down()
    pad.mouse.move(box["x"] + 0.52 * box["width"], box["y"] + 0.09 * box["height"], steps=8)
    pad.mouse.up()
    expect(digit(pad)).to_have_text("7")


def test_predict_and_clear_are_reached_by_keyboard(pad):
    draw(pad, 8)
    button(pad, "Predict").focus()
    pad.keyboard.press("Enter")
    expect(digit(pad)).to_have_text("8")
    pad.keyboard.press("Tab")
    pad.keyboard.press("Enter")
    expect(digit(pad)).to_have_count(0)


def test_a_drawing_that_is_no_digit_is_turned_away(pad):
    draw_stroke(pad, [(50, 8), (76, 90), (8, 38), (92, 38), (24, 90), (50, 8)])
    button(pad, "Predict").click()
    expect(pad.get_by_text("This is not a digit")).to_be_visible()
    expect(digit(pad)).to_have_text("?")


def test_both_networks_judge_the_same_drawing(pad):
    draw(pad, 6)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("6")
    box = pad.get_by_role("combobox")
    box.click()
    pad.get_by_role("option", name="classic").click()
    expect(pad.get_by_role("option")).to_have_count(0)
    expect(digit(pad)).to_have_text("6")
    assert ink_on(pad) > 1000


def test_two_visitors_do_not_see_each_others_drawings(pad, browser, address):
    draw(pad, 5)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("5")
    with browser.new_context() as other:
        page = other.new_page()
        page.goto(address)
        expect(page.get_by_text("Draw a digit from 0 to 9")).to_be_visible(timeout=30_000)
        assert ink_on(page) == 0
        draw(page, 6)
        button(page, "Predict").click()
        expect(digit(page)).to_have_text("6")
    expect(digit(pad)).to_have_text("5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(pad, scheme):
    pad.emulate_media(color_scheme=scheme)
    pad.reload()
    expect(canvas(pad)).to_be_visible(timeout=30_000)
    draw(pad, 7)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("7")
    text, ground = digit(pad).evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e.closest('.stApp')).backgroundColor]"
    )
    bars = "rgb({}, {}, {})".format(*bytes.fromhex(TEXT[scheme][1:]))  # the chart is a picture: no style to ask for
    for colour in (text, bars):
        assert contrast(colour, ground) >= 4.5  # WCAG 2.1, level AA
    assert (luminance(ground) < 0.2) == (scheme == "dark")


def luminance(colour):
    """Relative luminance of a CSS colour as WCAG defines it."""
    shares = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_a_phone_shows_everything_without_sideways_scrolling(pad):
    pad.set_viewport_size({"width": 360, "height": 740})
    draw(pad, 7)
    button(pad, "Predict").click()
    expect(digit(pad)).to_have_text("7")
    assert pad.evaluate("document.documentElement.scrollWidth") <= 360
    assert canvas(pad).bounding_box()["x"] + canvas(pad).bounding_box()["width"] <= 360
