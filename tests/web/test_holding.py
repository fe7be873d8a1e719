"""What the server holds of the files that visitors bring in, and how much of it is read at once."""

import re
import threading
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest
from browsing import button, digit, go_to
from conftest import draw
from playwright.sync_api import Page, expect
from serving import served
from streamlit.runtime.uploaded_file_manager import UploadedFile
from streamlit.testing.v1 import AppTest

from digitpad.pictures.picture import to_array
from digitpad_web import holding
from digitpad_web.images import png
from digitpad_web.uploads import MOST_MEGABYTES

SEVEN, THREE = png(draw(7)), png(draw(3))
FEW = 3  # instead of the most files, so that a test takes less time


def script() -> None:
    from digitpad_web import pictures

    pictures.page()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(script, default_timeout=60).run()


def upload(page: Page, *files: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        [{"name": f"{number}.png", "mimeType": "image/png", "buffer": data} for number, data in enumerate(files)]
    )


def held(address: str) -> int:
    """Bytes of the files that the server holds, as it says itself."""
    with urllib.request.urlopen(f"{address}/_stcore/metrics") as answer:
        return sum(map(int, re.findall(r'UploadedFileManager".*} (\d+)', answer.read().decode())))


def expect_held(address: str, count: int) -> None:
    """It counts once in five seconds."""
    deadline = time.monotonic() + 10
    while (now := held(address)) != count:
        assert time.monotonic() < deadline, f"{now} bytes are held, not {count}"
        time.sleep(0.1)


def open_pictures(page: Page, address: str) -> None:
    page.goto(f"{address}/pictures")
    expect(page.get_by_test_id("stFileUploader")).to_be_visible(timeout=30_000)


@pytest.fixture
def own_server(tmp_path):
    """A server that holds nothing of other visits."""
    with served(tmp_path) as address:
        yield address


def test_pictures_that_are_forgotten_or_replaced_free_the_servers_memory(page, own_server):
    open_pictures(page, own_server)
    upload(page, SEVEN)
    expect(digit(page)).to_have_text("7")
    for source in ("Draw", "Pictures"):
        go_to(page, source)
    expect(button(page, "Forget these pictures")).to_be_visible()
    upload(page, THREE)
    expect(digit(page)).to_have_text("3")
    expect_held(own_server, len(THREE))
    for source in ("Draw", "Pictures"):
        go_to(page, source)
    button(page, "Forget these pictures").click()
    expect(page.get_by_text("Choose pictures of one handwritten digit each")).to_be_visible()
    expect_held(own_server, 0)


def test_what_was_forgotten_is_not_kept_decoded_either(app):
    app.file_uploader[0].set_value([("7.png", SEVEN, "image/png")]).run()
    assert "shown" in app.session_state
    app.file_uploader[0].clear().run()
    assert "shown" not in app.session_state


def test_names_that_the_page_still_shows_after_a_new_start_do_no_harm(page, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with served(first) as address:
        open_pictures(page, address)
        upload(page, SEVEN, SEVEN)
        expect(page.get_by_text("2 digits")).to_be_visible()
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    with served(second, int(address.rpartition(":")[2])):
        expect(page.get_by_text("The server no longer has 2 of these pictures")).to_be_visible(timeout=30_000)
        upload(page, THREE)
        expect(digit(page)).to_have_text("3")
        expect(page.get_by_text("The server no longer has 2 of these pictures")).to_be_visible()


def test_what_is_too_many_is_neither_read_nor_held(app, monkeypatch):
    monkeypatch.setattr("digitpad_web.uploads.MOST_FILES", FEW)
    app.file_uploader[0].set_value([(f"{number}.png", SEVEN, "image/png") for number in range(FEW + 2)]).run()
    assert app.warning[0].value.startswith("These are 5 pictures, and 3 are read at once")
    given = app.session_state[app.file_uploader[0].key]
    assert [len(file.getvalue()) for file in given] == [len(SEVEN)] * FEW + [0] * 2


def test_far_too_many_are_refused_while_they_arrive(page, address):
    open_pictures(page, address)
    with page.expect_request(lambda request: request.method == "PUT") as sent:
        upload(page, SEVEN)
    expect(digit(page)).to_have_text("7")
    visit, token = sent.value.url.rpartition("/")[0], {"X-Xsrftoken": sent.value.headers["x-xsrftoken"]}
    for number in range(1, holding.MOST_HELD):
        more = {"file": {"name": f"{number}.png", "mimeType": "image/png", "buffer": b""}}
        assert page.request.put(f"{visit}/{number}", headers=token, multipart=more).ok
    upload(page, THREE)
    expect(page.get_by_text("status code 413")).to_be_visible()
    expect(digit(page)).to_have_text("7")


@pytest.mark.parametrize("again", [False, True])
def test_only_two_pictures_are_made_at_once_on_the_whole_server(app, again):
    app.file_uploader[0].set_value([("7.png", SEVEN, "image/png")])
    if again:  # it was read before, and is to be shown once more
        del app.run().session_state["shown"]
    with holding.in_turn(), holding.in_turn():
        third = threading.Thread(target=app.run)
        third.start()
        third.join(0.7)
        assert third.is_alive()
    third.join(30)
    assert [title.value for title in app.title] == ["7"]


def test_a_file_itself_is_never_read_since_other_runs_of_the_page_may_be_reading_it(app, monkeypatch):
    decoded = []
    for place in ("digitpad.recognizer", "digitpad_web.pictures"):
        monkeypatch.setattr(f"{place}.to_array", lambda file: decoded.append(file) or to_array(file))
    app.file_uploader[0].set_value([("7.png", SEVEN, "image/png")])
    assert [title.value for title in app.run().title] == ["7"]
    assert len(decoded) == 2  # to be read, and to be shown
    assert not any(isinstance(file, UploadedFile) for file in decoded)
    assert {file.name for file in decoded} == {"7.png"}


def test_one_who_has_much_to_read_does_not_keep_others_waiting():
    over, turns = threading.Event(), []

    def read_much():
        while not over.is_set():
            with holding.in_turn():
                turns.append(time.monotonic())
                time.sleep(0.01)

    others = [threading.Thread(target=read_much) for _ in range(4)]
    for other in others:
        other.start()
    overtaken = []
    for _ in range(10):
        before = len(turns)
        with holding.in_turn():
            overtaken.append(len(turns) - before)
    over.set()
    for other in others:
        other.join()
    assert turns
    assert max(overtaken) < 50


def test_the_server_refuses_what_the_page_calls_too_large():
    settings = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] == MOST_MEGABYTES
