"""The wheel is whole: what it installs, outside the clone and without it, reads, trains and opens both apps."""

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import sysconfig
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from conftest import save
from serving import served
from waiting import SECONDS, until

from digitpad.pad.history import History
from digitpad.training.data.datasets import Mnist
from digitpad_web.measuring.hand import written
from digitpad_web.measuring.visitor import SIDE, Visitor, to

ROOT = Path(__file__).parents[1]
INSTALLED_AS = {"digitpad": "digitpad", "desktop": "digitpad_desktop", "web": "digitpad_web"}
# `python -m digitpad.training`, but with so few digits that it takes seconds.
TRAINING = """
import sys
from digitpad.training.arguments import main
from digitpad.training.data import datasets

everything = datasets.load_mnist()
few = datasets.Mnist(everything.train[-6000:], everything.test[:500], everything.source)
datasets.load_mnist = lambda folder: few
sys.exit(main(["-m", "digitpad.training"]))
"""


def run(*command, **options):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def files() -> set[Path]:
    """The files of the project, relative to its folder."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout, to know which files are the project's")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).splitlines()
    return {Path(name) for name in listed if (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def wheel(files, tmp_path_factory) -> Path:
    """Built from the source package, which is built from the project's files alone."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for file in files:
        (source / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, source / file)
    run(sys.executable, "-m", "uv", "build", "--quiet", "--out-dir", built, source)
    [wheel] = built.glob("digitpad-*-none-any.*")
    return wheel


@pytest.fixture(scope="module")
def programs(wheel, tmp_path_factory) -> Path:
    """The folder of the programs of an environment that has the wheel, this one's libraries, and no clone."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, environment)
    programs = environment / Path(sysconfig.get_path("scripts")).name
    run(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--python", programs / "python", wheel)
    # After the environment's own folder, in which the wheel lies. A line that only names a folder runs none of the
    # .pth files in it, and so not the one by which this environment finds the clone.
    own = run(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(own, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


@pytest.fixture
def empty(tmp_path) -> Path:
    """A folder to start from that knows nothing of digitpad."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_every_file_of_the_packages_is_in_the_wheel_and_nothing_else_is(files, wheel):
    expected = {Path(INSTALLED_AS[file.parts[0]], *file.parts[1:]) for file in files if file.parts[0] in INSTALLED_AS}
    names = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in names if not name.parts[0].endswith(".dist-info")} == expected


def test_each_package_comes_from_the_wheel(programs, empty):
    program = "import digitpad, digitpad_desktop, digitpad_web as web, digitpad.training.networks as networks\n"
    program += "print(digitpad.__file__, digitpad_desktop.__file__, web.__file__, networks.__file__, sep='\\n')"
    places = run(programs / "python", "-c", program, cwd=empty).split()
    assert len(places) == 4
    assert all(Path(place).is_relative_to(programs.parent) for place in places)


def test_it_reads(programs, empty):
    save(empty / "seven.png", 7)
    program = "from digitpad import Recognizer; print(Recognizer().read('seven.png').digit)"
    assert run(programs / "python", "-c", program, cwd=empty).strip() == "7"


def test_it_trains(programs, empty, mnist: Mnist):
    surroundings = os.environ | {"DIGITPAD_DATA": str(mnist.source)}
    command = [programs / "python", "-c", TRAINING, "--epochs", "1", "--out", empty / "run"]
    said = run(*command, cwd=empty, env=surroundings)
    assert "Done: " in said
    assert {"model.tflite", "card.json", "curves.png"} <= {file.name for file in (empty / "run").iterdir()}


def test_it_opens_the_desktop_pad(programs, empty):
    surroundings = os.environ | {f"XDG_{kind}_HOME": str(empty) for kind in ("DATA", "CONFIG", "CACHE")}
    file = empty / "digitpad" / "history.sqlite"

    def remembered():
        with closing(History(file)) as history:
            return [entry.digit for entry in history.latest(1)]

    command = [programs / "digitpad-desktop", save(empty / "seven.png", 7)]
    pad = subprocess.Popen(command, cwd=empty, env=surroundings, stderr=subprocess.PIPE)
    try:
        assert until(lambda: file.exists() and remembered(), pad.stderr.read, pad) == [7]
    finally:
        pad.terminate()
    assert b"Traceback" not in pad.communicate(timeout=SECONDS)[1]
    assert pad.returncode == 128 + signal.SIGTERM


def test_it_serves_the_web_app(programs, empty):
    async def visit(address):
        async with to(address) as connection:
            visitor = Visitor(connection, random.Random(1))
            await visitor.open()
            return [await visitor.draw(stroke) for stroke in written(7, SIDE, visitor.chance)][-1]

    # In a thread of its own, as the browser's tests leave a loop running in this one.
    with served(empty, command=[str(programs / "digitpad-web")]) as address, ThreadPoolExecutor() as beside:
        assert "7" in beside.submit(asyncio.run, visit(address)).result().headings
