"""Programs that are started to be measured: the first reading, the desktop pad and the web app, beside Keras'."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, cast

import psutil

from digitpad.errors import DigitpadError
from digitpad.measuring.timing import Row, with_ratio

# Each says when it has its answer, then waits, so that its memory can be looked at.
DIGITPAD_PROGRAM = """
import sys
from digitpad import Recognizer
print(Recognizer().read(sys.argv[1]).digit, flush=True)
sys.stdin.read()
"""
KERAS_PROGRAM = """
import sys
import keras, numpy as np
from PIL import Image
network = keras.models.load_model(sys.argv[2])
glyph = 1 - np.asarray(Image.open(sys.argv[1]).convert("L").resize((28, 28)), np.float32) / 255
print(network.predict(glyph[None, ..., None], verbose=0).argmax(), flush=True)
sys.stdin.read()
"""
# A web page as textbooks write it: all of it is run for every click.
KERAS_PAGE = """
from pathlib import Path
import keras, numpy as np, streamlit as st
from PIL import Image
network = keras.models.load_model(Path(__file__).with_name("{network}"))
if st.button("Predict"):
    picture = Image.open(Path(__file__).with_name("{picture}"))
    glyph = 1 - np.asarray(picture.convert("L").resize((28, 28)), np.float32) / 255
    st.header(network.predict(glyph[None, ..., None], verbose=0).argmax())
"""


def starts(repeats: int, picture: Path, keras_file: Path) -> dict[str, Row]:
    """From starting Python to the first digit read, and the memory that is then held."""
    programs = {"digitpad": DIGITPAD_PROGRAM, "Keras": KERAS_PROGRAM}
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for _ in range(repeats):
        for name, program in programs.items():
            measured[name].append(_start(name, [sys.executable, "-c", program, str(picture), str(keras_file)]))
    seconds, megabytes = (
        {name: statistics.median(pair[part] for pair in pairs) for name, pairs in measured.items()} for part in (0, 1)
    )
    return {"start to first reading, s": with_ratio(seconds), "memory held then, MB": with_ratio(megabytes)}


def _start(name: str, command: list[str]) -> tuple[float, float]:
    _, seconds, megabytes = answer(name, command)
    return seconds, megabytes


def answer(name: str, command: list[str], variables: dict[str, str] | None = None) -> tuple[str, float, float]:
    """What a program says first, the seconds until then, and the megabytes that it then holds."""
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  # our own programs
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | (variables or {}),
    ) as process:
        answer = cast("IO[str]", process.stdout).readline()
        seconds = time.perf_counter() - began
        if not answer:
            said = process.communicate()[1].strip().splitlines()
            raise DigitpadError(f"The program that measures {name} failed: {said[-1] if said else 'it says nothing'}")
        megabytes = psutil.Process(process.pid).memory_info().rss / 1e6
        process.communicate()
    return answer, seconds, megabytes


def desktop(repeats: int, folder: Path, rows: dict[str, Row]) -> dict[str, Row]:
    """The window, with a history and settings of its own; Keras' figures are those of the other rows."""
    home = {name: str(folder / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    figures: list[dict[str, float]] = []
    for _ in range(repeats):
        command = [sys.executable, "-m", "digitpad_desktop.measure", str(time.time())]
        said, _, megabytes = answer("the desktop pad", command, home)
        inside, _, _ = answer("Inside", [sys.executable, "-m", "digitpad_desktop.measure", "--inside"], home)
        figures.append({**json.loads(said), **json.loads(inside), "megabytes": megabytes})
    medians = {name: statistics.median(figure[name] for figure in figures) for name in figures[0]}
    if medians["has_tensorflow"]:
        raise DigitpadError("The desktop pad has loaded TensorFlow, which it must not need.")
    start, memory, reading = "start to first reading, s", "memory held then, MB", "one reading, ms"
    return {
        "window that reads, s": with_ratio({"digitpad": medians["start"], "Keras": rows[start]["Keras"]}),
        "memory after 1,000 strokes, MB": with_ratio(
            {"digitpad": medians["megabytes"], "Keras": rows[memory]["Keras"]}
        ),
        "pen-up to digit, ms": with_ratio(
            {"digitpad": medians["pen_up_to_digit_ms"], "Keras": rows[reading]["Keras"]}
        ),
        "Inside, move to all maps, ms": with_ratio(
            {"digitpad": medians["move_to_maps_ms"], "Keras": rows[reading]["Keras"]}
        ),
    }


def web(repeats: int, picture: Path, keras_file: Path) -> dict[str, Row]:
    """The page as its server's first visitor meets it, beside a page that loads TensorFlow."""
    textbook = picture.with_name("page.py")
    textbook.write_text(KERAS_PAGE.format(network=keras_file.name, picture=picture.name), encoding="utf-8")
    pages = {"digitpad": "", "Keras": str(textbook)}  # without one, the app's own is measured
    figures: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    waits: list[float] = []
    for _ in range(repeats):
        for name, page in pages.items():
            said, _, _ = answer(name, [sys.executable, "-m", "digitpad_web.measuring.page", page])
            figures[name].append(json.loads(said))
        said, _, _ = answer("Inside", [sys.executable, "-m", "digitpad_web.measuring.inside"])
        waits += json.loads(said)
    medians = {
        figure: {name: statistics.median(each[figure] for each in figures[name]) for name in pages}
        for figure in figures["digitpad"][0]
    }
    return {
        "page on a new server, s": with_ratio(medians["opened"]),
        "Predict to digit, s": with_ratio(medians["predicted"]),
        "server's memory, MB": with_ratio(medians["megabytes"]),
        "Inside, stroke to all maps, s": with_ratio(
            {"digitpad": statistics.median(waits), "Keras": medians["predicted"]["Keras"]}
        ),
        "  of twenty strokes the slowest, s": with_ratio(
            {"digitpad": statistics.quantiles(waits, n=20)[-1], "Keras": medians["predicted"]["Keras"]}
        ),
    }
