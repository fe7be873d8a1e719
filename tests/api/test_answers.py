"""What a program gets that sends pictures over HTTP."""

import base64
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from conftest import draw, fence, save
from PIL import Image

from digitpad import SAMPLE


def command(*arguments: object) -> list[dict]:
    """The rows that the command gives."""
    program = Path(sys.executable).with_name("digitpad")
    done = subprocess.run([program, *arguments, "--json"], capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> list[Path]:
    """A digit, no digit, an empty sheet, several digits, and what is no picture."""
    folder = tmp_path_factory.mktemp("pictures")
    seven = save(folder / "seven.png", 7)
    for name, picture in {"fence": fence(), "empty": fence() * 0 + 255}.items():
        Image.fromarray(picture).save(folder / f"{name}.png")
    both = Image.new("L", (560, 280), 255)
    both.paste(Image.fromarray(draw(4)), (0, 0))
    both.paste(Image.fromarray(draw(2)), (280, 0))
    both.save(folder / "both.jpg")
    (folder / "broken.png").write_bytes(seven.read_bytes()[:300])
    return [folder / name for name in ("seven.png", "fence.png", "empty.png", "both.jpg", "broken.png")]


def form(files: list[Path]) -> list[tuple]:
    return [("file", (str(file), file.read_bytes())) for file in files]


def test_every_picture_has_the_row_that_the_command_gives_it_and_the_probabilities(server, files):
    answer = server.post("/v1/read", files=form(files))
    assert answer.status_code == 200
    assert answer.json()["model"] == "hands"
    rows = answer.json()["results"]
    more = [(row.pop("probabilities"), row.pop("no_digit")) for row in rows]
    assert rows == command("read", *files)
    assert [row["verdict"] for row in rows] == ["digit", "not a digit", "empty", "several digits", None]
    assert [shares and round(sum(shares), 3) for shares, _ in more] == [1, 1, 1, 1, None]
    assert more[0][0][7] > 0.9
    assert more[1][1] > 0.5


def test_every_page_has_the_row_that_the_command_gives_it(server, files, tmp_path):
    pages = [Image.open(files[3]).convert("L"), Image.open(files[0]).convert("L")]
    pages[0].save(tmp_path / "two.pdf", save_all=True, append_images=pages[1:])
    files = [files[3], tmp_path / "two.pdf", files[4]]
    answer = server.post("/v1/numbers", files=form(files))
    assert answer.json()["results"] == command("read", "--numbers", *files)
    assert [row["text"] for row in answer.json()["results"]] == ["42", "42", "7", None]
    chosen = server.post("/v1/numbers", params={"pages": "2"}, files=form(files[1:2]))
    assert [row["text"] for row in chosen.json()["results"]] == ["7"]


def test_a_picture_comes_as_it_is_in_a_form_or_in_base64_and_is_read_alike(server):
    content = SAMPLE.read_bytes()
    encoded = base64.b64encode(content).decode()
    by_itself = server.post("/v1/read", data=content, headers={"Content-Type": "image/png"})
    in_a_form = server.post("/v1/read", files={"file": ("", content)})
    texts = (encoded, f"data:image/png;base64,{encoded}", re.sub("(.{76})", r"\1\n", encoded))
    in_json = server.post("/v1/read", json={"pictures": [{"name": "a", "base64": text} for text in texts]})
    rows = [row | {"file": ""} for way in (by_itself, in_a_form, in_json) for row in way.json()["results"]]
    assert len(rows) == 5
    assert all(row == rows[0] for row in rows)
    assert rows[0]["digit"] == 7


def test_one_can_ask_which_models_there_are_and_for_one_of_them(server):
    rows = server.get("/v1/models").json()["models"]
    assert rows == [{name: value for name, value in row.items() if name != "path"} for row in command("models")]
    asked = server.post("/v1/read", params={"model": "classic"}, files={"file": SAMPLE.read_bytes()})
    assert asked.json()["model"] == "classic"
    assert asked.json()["results"][0]["digit"] == 7


def test_a_request_keeps_its_id_or_gets_one(server):
    own = server.get("/v1/models", headers={"X-Request-ID": "night-7:42"})
    assert own.headers["X-Request-ID"] == "night-7:42"
    others = {
        server.get("/nowhere", headers={"X-Request-ID": bad}).headers["X-Request-ID"]
        for bad in ("", "a b", "x" * 200)
    }
    assert len(others) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", other) for other in others)


def test_what_was_read_is_counted_by_verdict_and_how_long_it_took(server, files):
    def counted(sign):
        [value] = re.findall(rf"^{re.escape(sign)} (\S+)$", server.get("/metrics").text, re.MULTILINE) or ["0"]
        return float(value)

    signs = [
        f'digitpad_pictures_total{{read="digit",verdict="{verdict}"}}' for verdict in ("not a digit", "unreadable")
    ]
    signs += [
        f'digitpad_request_seconds_count{{path="{path}",status="{status}"}}'
        for path, status in (("/v1/read", 200), ("/v1/read", 415), ("other", 404))
    ]
    signs += ['digitpad_request_seconds_bucket{le="+Inf",path="/v1/read",status="200"}']
    before = [counted(sign) for sign in signs]
    server.post("/v1/read", files=form(files))
    server.post("/v1/read", data="seven")
    server.get("/nowhere")
    assert [counted(sign) - first for sign, first in zip(signs, before, strict=True)] == [1] * len(signs)


def test_it_says_that_it_is_alive_and_ready(server):
    for path in ("/health/live", "/health/ready"):
        assert server.get(path).json() == {"status": "ok"}


def test_a_page_that_was_let_in_may_ask_and_no_other(server):
    for origin, is_let_in in (("https://example.org", True), ("https://example.com", False)):
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        told = requests.options(f"{server.address}/v1/read", headers=asked).headers
        assert (told.get("Access-Control-Allow-Origin") == origin) == is_let_in
