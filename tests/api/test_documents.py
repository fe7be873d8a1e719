"""What a newcomer copies from the guide works as it stands there; so does the page that the server has of itself."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digitpad import SAMPLE
from digitpad.api.app import Settings, create

from ..web.conftest import browser_type_launch_args  # noqa: F401 - a fixture, by which the system's browser is found
from .conftest import asked, run

ROOT = Path(__file__).parents[2]
OWN = "http://127.0.0.1:8500"
DRAW = """(strokes) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 280, height: 280 });
    const pen = canvas.getContext("2d");
    Object.assign(pen, { lineWidth: 18, lineCap: "round", lineJoin: "round" });
    for (const [first, ...others] of strokes) {
        pen.beginPath();
        pen.moveTo(...first);
        for (const point of others) pen.lineTo(...point);
        pen.stroke();
    }
    return read(canvas);
}"""


def examples(guide: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / guide).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("guide", ["README.md", "docs/api.md"])
def test_the_line_for_curl_reads_the_sample(guide, server):
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    [line] = [line for example in examples(guide, "sh") for line in example.splitlines() if line.startswith("curl ")]
    words = shlex.split(line.replace(OWN, server.address), comments=True)
    done = subprocess.run([words[0], "--silent", "--fail", *words[1:]], cwd=ROOT, capture_output=True, text=True)
    assert '"digit":7,"verdict":"digit"' in done.stdout


def test_the_lines_of_python_read_a_picture(server, tmp_path):
    shutil.copy(SAMPLE, tmp_path / "seven.png")
    [program] = examples("docs/api.md", "py")
    command = [sys.executable, "-c", program.replace(OWN, server.address)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.startswith("7 digit 0.9"), done.stderr


def test_in_a_browser_the_servers_page_needs_nothing_from_elsewhere_and_the_lines_of_javascript_read_a_canvas(
    page, server
):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.address}/docs")
    page.get_by_text("Read one digit in each picture").wait_for()
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(server.address).netloc}
    [script] = examples("docs/api.md", "js")
    page.add_script_tag(content=script.replace(OWN, server.address))
    row = page.evaluate(DRAW, [[[70, 60], [205, 60], [130, 230]]])
    assert (row["digit"], row["verdict"]) == (7, "digit")


def test_below_a_path_of_a_proxy_the_servers_page_finds_its_description():
    status, description = run(asked(create(Settings()), "/digits/openapi.json", root_path="/digits"))
    assert (status, description["servers"]) == (200, [{"url": "/digits"}])
