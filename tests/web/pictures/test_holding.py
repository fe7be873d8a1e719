"""What the server holds of the files that visitors bring in, and how much of it is read at once."""

import re
import threading
import time
import tomllib
import urllib.request

import pytest
from bringing import open_pictures, upload
from browsing import button, digit, go_to
from conftest import draw
from playwright.sync_api import expect
from serving import served
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest
from waiting import until

from digitpad.pictures.picture import opened
from digitpad_web import holding
from digitpad_web.command import APP, SETTINGS
from digitpad_web.images import png

SEVEN, THREE = png(draw(7)), png(draw(3))
FEW = 3  # instead of the most files, so that a test takes less time


def held(address: str) -> int:
    """Bytes of the files that the server holds, as it says itself."""
    with urllib.request.urlopen(f"{address}/_stcore/metrics") as answer:
        return sum(map(int, re.findall(r'UploadedFileManager".*} (\d+)', answer.read().decode())))


def expect_held(address: str, count: int) -> None:
    """It counts once in five seconds."""
    until(lambda: held(address) == count, lambda: f"{held(address)} bytes are held, not {count}")


@pytest.fixture
def own_server(tmp_path):
    """A server that holds nothing of other visits."""
    with served(tmp_path) as address:
        yield address


def test_pictures_that_are_forgotten_or_replaced_free_the_servers_memory(page, own_server):
    open_pictures(page, own_server)
    upload(page, ("0.png", SEVEN))
    expect(digit(page)).to_have_text("7")
    for source in ("Draw", "Pictures"):
        go_to(page, source)
    expect(button(page, "Forget these pictures")).to_be_visible()
    upload(page, ("0.png", THREE))
    expect(digit(page)).to_have_text("3")
    expect_held(own_server, len(THREE))
    for source in ("Draw", "Pictures"):
        go_to(page, source)
    button(page, "Forget these pictures").click()
    expect(page.get_by_text("Choose pictures of handwritten digits or numbers")).to_be_visible()
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
        upload(page, ("0.png", SEVEN), ("1.png", SEVEN))
        expect(page.get_by_text("2 digits")).to_be_visible()
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    with served(second, int(address.rpartition(":")[2])):
        expect(page.get_by_text("The server no longer has 2 of these pictures")).to_be_visible()
        upload(page, ("0.png", THREE))
        expect(digit(page)).to_have_text("3")
        expect(page.get_by_text("The server no longer has 2 of these pictures")).to_be_visible()


@pytest.mark.parametrize(("what", "most"), [("MOST_FILES", FEW), ("MOST_BYTES", (FEW + 1) * len(SEVEN) - 1)])
def test_what_is_too_many_is_neither_read_nor_held_and_said_by_number_and_name(app, monkeypatch, what, most):
    monkeypatch.setattr(holding, what, most)
    names = [f"{number}.png" for number in range(FEW + 2)]
    app.file_uploader[0].set_value([(name, SEVEN, "image/png") for name in names]).run()
    for _ in range(2):
        assert app.warning[0].value.startswith(
            "These are 5 pictures, more than are taken at once. The first 3 are here."
        )
        assert app.text[0].value.split("\n") == names[FEW:]
        assert list(app.dataframe[0].value["File"]) == names[:FEW]
        app.run()
    given = app.session_state[app.file_uploader[0].key]
    assert [len(file.getvalue()) for file in given] == [len(SEVEN)] * FEW + [0] * 2


@pytest.fixture
def door(monkeypatch):
    """What lets files in, and what holds them; for fewer and smaller ones than in the app."""
    monkeypatch.setattr(holding, "MOST_HELD", FEW)
    monkeypatch.setattr(holding, "MOST_BYTES_HELD", 100)
    manager = MemoryUploadedFileManager("/upload")
    return holding.Door(manager), manager


def send(manager, name: str, place: str, data: bytes = b"data") -> bool:
    """Send a file as a browser does; whether it was let in."""
    try:
        manager.add_file("visit", UploadedFileRec(place, name, "image/png", data))
    except HTTPException:
        return False
    return True


def test_of_too_many_that_arrive_in_any_order_the_first_are_let_in(door):
    door, manager = door
    names = [f"{number}.png" for number in range(FEW + 2)]
    places = [place.file_id for place in manager.get_upload_urls("visit", names)]
    arriving = list(zip(names, places, strict=True))[::-1]
    let_in = [name for name, place in arriving if send(manager, name, place)]
    assert let_in == names[:FEW][::-1]
    assert door.refused("visit") == names[FEW:]
    assert door.refused("another") == []
    manager.remove_session_files("visit")
    assert door.refused("visit") == []


def test_no_more_files_and_bytes_of_one_visitor_are_held_than_there_is_room_for(door):
    door, manager = door
    assert send(manager, "large.png", "a", bytes(90))
    assert not send(manager, "too large.png", "b", bytes(11))
    assert all(send(manager, "small.png", f"{number}") for number in range(FEW - 1))
    assert not send(manager, "one more.png", "c", b"")
    assert door.refused("visit") == ["too large.png", "one more.png"]
    assert len(manager.get_files("visit", ["a", "0", "1", "b", "c"])) == FEW


def test_such_a_door_is_in_every_page_of_the_app(monkeypatch):
    made = []
    monkeypatch.setattr(holding, "limit_what_is_held", lambda: made.append(1))
    assert not AppTest.from_file(APP, default_timeout=60).run().exception
    assert made


def test_what_is_refused_at_the_door_is_named_on_the_page_too(app, monkeypatch):
    monkeypatch.setattr("digitpad_web.uploads.refused", lambda: ["late.png"])
    app.file_uploader[0].set_value([("7.png", SEVEN, "image/png")]).run()
    assert app.warning[0].value.startswith("These are 2 pictures")
    assert app.text[0].value == "late.png"


@pytest.mark.parametrize("again", [False, True])
def test_only_two_pictures_are_made_at_once_on_the_whole_server(app, again):
    app.file_uploader[0].set_value([("7.png", SEVEN, "image/png")])
    if again:  # it was read before, and is to be shown once more
        del app.run().session_state["shown"]
    with holding.in_turn(), holding.in_turn():
        third = threading.Thread(target=app.run)
        third.start()
        until(lambda: holding._queue.locked() or not third.is_alive())  # it is the next, or was never kept waiting
        assert third.is_alive()
    third.join()
    assert [title.value for title in app.title] == ["7"]


def test_a_file_itself_is_never_read_since_other_runs_of_the_page_may_be_reading_it(app, monkeypatch):
    decoded = []
    for place, real in (("digitpad.pad.pages.opened", opened), ("digitpad_web.pictures.opened", opened)):
        monkeypatch.setattr(place, lambda file, real=real: decoded.append(file) or real(file))
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
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] == holding.MOST_MEGABYTES
