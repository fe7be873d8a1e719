"""The lines of JavaScript in the guide read glyphs in a real browser, as digitpad does."""

import functools
import re
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "export.md"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def site(exports, onnxruntime_web, tmp_path):
    """The address of a folder as the guide says: the script, the runtime's files and the export."""
    folder = shutil.copytree(onnxruntime_web, tmp_path / "site")
    shutil.copytree(exports["onnx"][0], folder / "hands-onnx")
    [script] = re.findall(r"```js\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "read.mjs").write_text(script, encoding="utf-8")
    (folder / "index.html").write_text("<!doctype html><title>Reads</title>", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_javascript_of_the_guide_reads_as_digitpad_does(site, page, hands, glyphs):
    page.goto(site)
    answers = page.evaluate(
        """async (glyphs) => {
            const { read } = await import("/read.mjs");
            const answers = [];
            for (const glyph of glyphs) answers.push(await read(glyph));
            return [...answers, await read(new Array(784).fill(0))];
        }""",
        glyphs.reshape(-1, 784).tolist(),
    )
    assert answers.pop() == {"verdict": "empty"}
    first = hands.at_first_sight(glyphs)
    expected = [hands.reading(glyph, each) for glyph, each in zip(glyphs, first, strict=True)]
    wrong = [
        (answer, reading)
        for answer, reading in zip(answers, expected, strict=True)
        if (answer["digit"], answer["verdict"]) != (reading.digit, reading.verdict)
    ]
    assert len(wrong) <= 2, wrong  # rounding to 8 bits may move what lies on a line
    assert {answer["verdict"] for answer in answers} >= {"digit", "not a digit"}
    moved = [
        abs(answer["confidence"] - reading.confidence) for answer, reading in zip(answers, expected, strict=True)
    ]
    assert sum(moved) / len(moved) < 5e-3
