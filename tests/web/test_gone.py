"""What a visitor sees of a server that is gone: the app's own sign, on every page, and a pad that can be drawn on."""

import pytest
from browsing import button, canvas, digit, draw_stroke, expect_ink, ink_on, stand_still
from conftest import STROKES
from playwright.sync_api import Page, expect
from serving import served

# Counts the dialogs that Streamlit opens, however short they are there.
COUNT_DIALOGS = """() => {
  window.dialogs = 0;
  const isOne = (node) => node.dataset?.testid === "stDialog";
  new MutationObserver((changes) => {
    for (const change of changes) window.dialogs += [...change.addedNodes].filter(isOne).length;
  }).observe(document.body, { childList: true });
}"""


def sign(page: Page):
    return page.get_by_role("alert").filter(has_text="The server does not answer")


@pytest.fixture
def folders(tmp_path):
    """For a server, and the one that comes after it."""
    folders = tmp_path / "first", tmp_path / "second"
    for folder in folders:
        folder.mkdir()
    return folders


def test_one_goes_on_drawing_under_the_apps_own_sign_and_all_is_read_when_the_server_is_back(page, folders):
    first, *others = STROKES[4]
    with served(folders[0]) as address:
        page.goto(address)
        expect(canvas(page)).to_be_visible()
        expect(button(page, "Predict")).to_be_visible()
        stand_still(page)
        page.evaluate(COUNT_DIALOGS)
        draw_stroke(page, first)
        expect(digit(page)).to_be_visible()
    expect(sign(page)).to_be_visible()
    page.wait_for_function("window.dialogs > 0")
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    expect(canvas(page)).to_be_focused()
    before = ink_on(page)
    for stroke in others:
        draw_stroke(page, stroke)
    expect_ink(page, lambda ink: ink > before)
    with served(folders[1], int(address.rpartition(":")[2])):
        expect(digit(page)).to_have_text("4")
        expect(sign(page)).to_have_count(0)


def test_every_page_says_that_the_server_is_gone(visitors_browser, folders):
    with visitors_browser.new_page() as pictures, visitors_browser.new_page() as models:
        pages = {"pictures": pictures, "models": models}
        with served(folders[0]) as address:
            for path, page in pages.items():
                page.set_viewport_size({"width": 360, "height": 640})
                page.goto(f"{address}/{path}")
                expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
                stand_still(page, page.get_by_test_id("stMainBlockContainer"))
                expect(sign(page)).to_have_count(0)
                page.evaluate(COUNT_DIALOGS)
        for page in pages.values():
            expect(sign(page)).to_be_visible()
            page.wait_for_function("window.dialogs > 0")
            expect(page.get_by_test_id("stDialog")).to_have_count(0)
            assert not page.get_by_text("streamlit").count()
