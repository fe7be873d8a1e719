"""Who waits for whom: requests take turns, and nobody suffers from what another sends, or from who has gone."""

import asyncio
import io
import time

from conftest import draw
from PIL import Image

from digitpad import SAMPLE
from digitpad.api import app
from digitpad.api.lanes import Lane, Named

from .conftest import asked, run


def test_a_request_with_many_pictures_lets_others_in_between():
    read = []

    def slowly(_, pictures):
        time.sleep(0.02)  # meanwhile all come
        read.extend(picture.name for picture in pictures)
        return [picture.name for picture in pictures]

    async def two_requests():
        lane = Lane(slowly, at_once=2, room=100)
        many, one = [Named(str(number), b"") for number in range(8)], [Named("alone", b"")]
        answers = await asyncio.gather(*(lane.ask(None, iter(some), len(some)) for some in (many, one)))
        assert answers == [[picture.name for picture in many], ["alone"]]

    run(two_requests())
    assert read.index("alone") <= 4


def test_an_error_of_the_program_is_told_to_who_sent_the_picture_and_to_the_log(monkeypatch, caplog):
    seven, poison = SAMPLE.read_bytes(), b"poison"
    read = app.read_digits

    def or_break(recognizer, pictures):
        if any(picture.picture.file == poison for picture in pictures):
            raise RuntimeError("what nobody thought of")
        return read(recognizer, pictures)

    monkeypatch.setattr(app, "read_digits", or_break)
    server = app.create(app.Settings())

    async def together():
        return await asyncio.gather(*(asked(server, "/v1/read", body) for body in (seven, poison, seven)))

    statuses, answers = zip(*run(together()), strict=True)
    assert statuses == (200, 500, 200)
    assert answers[1] == {
        "error": "The program has an error here. The server's log tells more, under this request's id."
    }
    assert answers[2]["results"][0]["digit"] == 7
    [record] = caplog.records
    assert record.getMessage() == "Request mine"
    assert "what nobody thought of" in caplog.text


def test_who_hangs_up_is_not_read_any_longer(monkeypatch):
    sheet, file, read = Image.fromarray(draw(7)), io.BytesIO(), []
    sheet.save(file, "TIFF", save_all=True, append_images=[sheet] * 19)
    read_pages = app.read_pages
    monkeypatch.setattr(app, "read_pages", lambda *given: (read.append(1), time.sleep(0.02), read_pages(*given))[2])
    server = app.create(app.Settings())

    async def leave():
        return await asked(server, "/v1/numbers", file.getvalue(), "image/tiff", leaves=True)

    read.clear()
    status, _ = run(leave())
    assert status == 499
    time.sleep(0.2)  # in which it would read several more
    assert len(read) <= 5
