"""The page for pictures, without a browser and in one."""

import pytest
from bringing import open_pictures
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest


def script() -> None:
    from digitpad_web import pictures

    pictures.page()


@pytest.fixture
def app() -> AppTest:
    """The page as a visitor first sees it."""
    return AppTest.from_function(script, default_timeout=120).run()


@pytest.fixture
def pictures(page: Page, address: str) -> Page:
    """The page in a browser."""
    open_pictures(page, address)
    return page
