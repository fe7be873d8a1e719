"""What a server does with requests that it can't answer, or that were made to hurt it."""

import base64
import io
import json
import socket
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from conftest import draw
from PIL import Image
from waiting import SECONDS

from digitpad import SAMPLE

from .conftest import serving

SEVEN = SAMPLE.read_bytes()
FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="7.png"\r\n\r\n' + SEVEN + b"\r\n--x--\r\n"
PNG, JSON, IN_FORM = "image/png", "application/json", "multipart/form-data; boundary=x"
# So little of everything that a test can reach it.
TIGHT = """
from digitpad.api import app, connection, guard
connection.REQUEST_WITHIN, guard.BODY_WITHIN, connection.MOST_CONNECTIONS = 0.5, 0.5, 8
app.MOST_WAITING, app.MOST_FILES_WAITING = 2, 2
guard.MOST_HELD = 2_000_000
"""


def bomb(width: int, height: int) -> bytes:
    """A PNG file of a few kilobytes that claims so many pixels, and has them."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compressobj(9)
    content = b"".join(rows.compress(bytes(1 + width)) for _ in range(height)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


def encoded(*texts: str) -> bytes:
    return json.dumps({"pictures": [{"base64": text} for text in texts]}).encode()


@pytest.mark.parametrize(
    ("kind", "body", "status", "says"),
    [
        (PNG, b"", 422, "The request has no body"),
        (PNG, SEVEN[:300], 422, "damaged or cut off"),
        (PNG, b"not a picture", 422, "is no picture that digitpad can read"),
        (PNG, bomb(9000, 9000), 422, "too large (9000 × 9000)"),
        (PNG, bytes(17 << 20), 413, "larger than 16 MB"),
        ("application/pdf", b"%PDF-1.7 and no more", 422, "damaged, or has no pages"),
        ("text/plain", SEVEN, 415, "text/plain is not understood. Send a picture"),
        ("", SEVEN, 415, "A request without a Content-Type is not understood"),
        (IN_FORM, b"", 422, "cut off"),
        (IN_FORM, FORM[:-8], 422, "cut off: its last line, the closing boundary, is missing"),
        (IN_FORM, b"nothing of the kind", 422, "The form can't be read"),
        (IN_FORM, FORM.replace(b'; filename="7.png"', b""), 422, "field file is text, not a file"),
        (IN_FORM, FORM.removesuffix(b"--x--\r\n") * 65 + b"--x--\r\n", 422, "Too many files"),
        ("multipart/form-data", FORM, 422, "boundary"),
        (JSON, b"", 422, "The JSON is not as expected"),
        (JSON, b"[" * 100_000, 422, "The JSON is not as expected"),
        (JSON, b'{"pictures": [{"base64": "\xff"}]}', 422, "The JSON is not as expected"),
        (JSON, b'{"pictures": [{"base64": "aaaa", "name": "\\ud800"}]}', 422, "The JSON is not as expected"),
        (JSON, encoded(), 422, "The JSON is not as expected: pictures: List should have at least 1 item"),
        (JSON, encoded(*["aaaa"] * 65), 422, "The JSON is not as expected: pictures: List should have at most 64"),
        (JSON, encoded("a!"), 422, "pictures.0.base64 is no base64"),
        (JSON, encoded(base64.b64encode(b"text").decode()), 422, "is no picture that digitpad can read"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/read", "/v1/numbers"])
def test_what_cannot_be_read_is_refused_in_a_sentence(server, path, kind, body, status, says):
    headers = {"Content-Type": kind} if kind else {}
    answer = server.post(path, data=body, headers=headers)
    assert answer.status_code == status
    [(name, sentence)] = answer.json().items()
    assert name == "error"
    assert says in sentence


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "says"),
    [
        ("GET", "/nowhere", {}, 404, "There is nothing at /nowhere. /docs says what there is."),
        ("GET", "/v1/read", {}, 405, "/v1/read does not take GET. /docs says what it takes."),
        ("POST", "/v1/read?model=nobody", {}, 422, "There is no model 'nobody'. This server has classic, hands."),
        ("POST", "/v1/numbers?pages=two", {}, 422, "'two' names no pages. Name them so: 1,3-5"),
        ("POST", "/v1/numbers?pages=9", {}, 422, "This file has one page: there is no page 9."),
        ("POST", "/v1/read", {"Content-Encoding": "gzip"}, 415, "A request that is packed (gzip) is not unpacked."),
    ],
)
def test_what_cannot_be_found_is_said_in_a_sentence(server, method, path, headers, status, says):
    answer = requests.request(method, server.address + path, data=SEVEN, headers={"Content-Type": PNG, **headers})
    assert answer.status_code == status
    assert answer.json()["error"].startswith(says)


def test_of_many_pages_one_is_told_to_name_some(server):
    file = io.BytesIO()
    sheet = Image.fromarray(draw(3))
    sheet.save(file, "TIFF", save_all=True, append_images=[sheet] * 50)
    answer = server.post("/v1/numbers", files={"file": ("scan.tif", file.getvalue())})
    assert answer.status_code == 422
    assert "scan.tif has 51 pages to be read, and of one request 50 are read" in answer.json()["error"]


def test_nothing_of_a_picture_is_kept_or_logged(server):
    name = "a name that nobody else has.png"
    server.post("/v1/read", files={"file": (name, SEVEN * 100)})
    assert server.log.read_text().count("\n") == 1
    files = [file for file in server.log.parent.rglob("*") if file.is_file()]
    assert files == [server.log]


@pytest.fixture(scope="module")
def tight(tmp_path_factory):
    """A server with little room and little patience."""
    with serving(tmp_path_factory.mktemp("tight"), changes=TIGHT) as server:
        yield server


def connected(server) -> socket.socket:
    host, port = server.address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), SECONDS)


def received(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    return b"".join(iter(lambda: connection.recv(1 << 16), b""))


@pytest.mark.parametrize("sent", [b"", b"POST /v1/read HTTP/1.1\r\nHost: here\r\nX-Slow: "])
def test_who_sends_no_whole_request_is_let_go(tight, sent):
    with connected(tight) as slow:
        slow.sendall(sent)
        assert received(slow) == b""


def test_who_sends_the_picture_too_slowly_is_told_so(tight):
    with connected(tight) as slow:
        slow.sendall(
            b"POST /v1/read HTTP/1.1\r\nHost: here\r\nContent-Type: image/png\r\nContent-Length: 9000\r\n\r\n"
        )
        for _ in range(5):
            slow.sendall(b"a")
            time.sleep(0.05)
        said = received(slow)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b'{"error":"The request did not come whole within' in said


def test_what_is_no_http_gets_an_answer_of_the_same_form(tight):
    with connected(tight) as other:
        other.sendall(b"HELO digitpad\r\n\r\n")
        said = received(other)
    assert said.startswith(b"HTTP/1.1 400 ")
    assert json.loads(said.partition(b"\r\n\r\n")[2])["error"].startswith("This is no request of HTTP/1.1.")


def test_who_comes_while_too_many_are_connected_is_told_to_come_again(tight):
    others = [connected(tight) for _ in range(8)]
    with connected(tight) as one_more:
        said = received(one_more)
    for other in others:
        other.close()
    assert said.startswith(b"HTTP/1.1 429 ")
    assert b"retry-after: 1\r\n" in said


def test_who_comes_while_too_many_pictures_wait_is_told_to_come_again_and_others_are_read(tight):
    page = io.BytesIO()
    Image.fromarray(draw(7, side=2000, pen=120)).save(page, "PNG")
    with ThreadPoolExecutor(6) as people:
        sent = [people.submit(tight.post, "/v1/numbers", files={"file": page.getvalue()}) for _ in range(6)]
        answers = [each.result() for each in sent]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert {answer.headers["Retry-After"] for answer in refused} == {"1"}
    assert {answer.json()["error"] for answer in refused} == {
        "The server is busy: more pictures wait to be read than it takes. Try again in a moment."
    }
    read = [answer for answer in answers if answer not in refused]
    assert read
    assert {answer.status_code for answer in read} == {200}


def test_more_bytes_than_there_is_room_for_are_not_taken_in(tight):
    answer = tight.post("/v1/read", data=bytes(3_000_000), headers={"Content-Type": PNG})
    assert answer.status_code == 429
