"""A real browser, a server that runs the app, and a model of its operator's."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import button, canvas, stand_still, visit
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import served
from waiting import SECONDS

from digitpad.models import catalogue

expect.set_options(timeout=1000 * SECONDS)
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture
def mine(home: Path) -> Path:
    """A model of the operator's own."""
    return Path(shutil.copytree(catalogue.SHIPPED / "classic", home / "models" / "mine"))


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


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """A server that runs the app as `make web` does, for all tests that don't end it: each is a visit of its own."""
    with served(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def visitors_browser(browser: Browser, browser_context_args) -> Iterator[BrowserContext]:
    """What the visits share: the files of the page, which a browser fetches and compiles but once."""
    with visit(browser, **browser_context_args) as context:
        yield context


@pytest.fixture
def page(visitors_browser: BrowserContext) -> Iterator[Page]:
    """A tab of its own, and with it a visit."""
    page = visitors_browser.new_page()
    yield page
    page.close()


@pytest.fixture
def pad(page: Page, address: str) -> Page:
    """The page to draw on, opened and ready."""
    page.goto(address)
    expect(canvas(page)).to_be_visible()
    expect(button(page, "Predict")).to_be_visible()
    stand_still(page)
    return page
