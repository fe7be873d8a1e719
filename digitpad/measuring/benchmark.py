"""How fast digitpad reads, beside Keras doing the same in the same run.

Times on one machine say little about another; the ratio of two that are measured in turns says more.
"""

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

import cv2
import numpy as np
import psutil
from numpy.typing import NDArray

from digitpad import Recognizer
from digitpad.errors import DigitpadError
from digitpad.glyphs.glyph import glyph, network_input
from digitpad.glyphs.ink import ink
from digitpad.measuring.figures import FiguresFile
from digitpad.models import catalogue
from digitpad.models.quiet import quiet_stderr
from digitpad.sharing import cores
from digitpad.training import networks
from digitpad.training.data.strokes import draw
from digitpad.training.data.ways import taught

CANVAS = 280  # pixels, the side of the picture that is read
PAGE = (6, 10)  # rows of digits, and digits of each
PAGE_SIDES = (1200, 1700)  # pixels: two million
READS_PER_REPEAT = 20
GLYPHS = 5  # for each picture of those that are read in a row: so many take as long

Picture = NDArray[np.uint8]
Task = Callable[[], Any]
Row = dict[str, float]  # two figures, digitpad's and Keras' but for the last table, and their ratio

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


def benchmark(repeats: int, result: Path, pictures: int, desktop: bool = False, web: bool = False) -> None:
    """Measure, print a table and write the same as JSON.

    Args:
        repeats: how often each is measured; the medians are reported.
        result: the JSON file to write.
        pictures: how many are read in a row where reading many is measured; with few, all cores have no time to help.
        desktop: measure the desktop's window too.
        web: measure the web app's page too, beside one that reads with Keras.

    Raises:
        DigitpadError: a program that was to be measured failed, or the file can't be written.
        ModuleNotFoundError: an app that is to be measured is not installed.
    """
    for wanted, package in ((desktop, "PySide6"), (web, "streamlit")):
        if wanted and importlib.util.find_spec(package) is None:
            raise ModuleNotFoundError(name=package)
    file = FiguresFile(result, "--json")
    with tempfile.TemporaryDirectory() as folder, quiet_stderr():
        picture, keras_file = Path(folder, "seven.png"), Path(folder, "classic.keras")
        drawing = _seven()
        cv2.imwrite(str(picture), drawing)
        network = networks.build("classic", steps=1)  # fresh weights take as long as trained ones
        network.save(keras_file)
        rows = _starts(repeats, picture, keras_file)
        rows |= _readings(repeats, drawing, network)
        rows |= _bulk(repeats, drawing, network, GLYPHS * pictures)
        shared = _on_all_cores(repeats, drawing, pictures, Path(folder))
        numbers = _numbers(repeats)
        rows["model, MB"] = _sizes(keras_file)
        if desktop:
            rows |= _desktop(repeats, Path(folder), rows)
        if web:
            rows |= _web(repeats, picture, keras_file)
    _print_table(rows)
    print()
    _print_table(shared)
    print()
    _print_table(numbers)
    figures = {"medians": rows, "cores": cores(), "on all cores": shared, "numbers": numbers}
    file.write({"repeats": repeats, **figures})


def _seven() -> Picture:
    """A drawing of a 7, uint8 (280, 280), black on white."""
    paper = np.full((CANVAS, CANVAS), 255, np.uint8)
    corners = np.array([[70, 60], [205, 60], [130, 230]], np.int32)
    cv2.polylines(paper, [corners], isClosed=False, color=0, thickness=18, lineType=cv2.LINE_AA)
    return paper


def _starts(repeats: int, picture: Path, keras_file: Path) -> dict[str, Row]:
    """From starting Python to the first digit read, and the memory that is then held."""
    programs = {"digitpad": DIGITPAD_PROGRAM, "Keras": KERAS_PROGRAM}
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for _ in range(repeats):
        for name, program in programs.items():
            measured[name].append(_start(name, [sys.executable, "-c", program, str(picture), str(keras_file)]))
    seconds, megabytes = (
        {name: statistics.median(pair[part] for pair in pairs) for name, pairs in measured.items()} for part in (0, 1)
    )
    return {"start to first reading, s": _with_ratio(seconds), "memory held then, MB": _with_ratio(megabytes)}


def _start(name: str, command: list[str]) -> tuple[float, float]:
    _, seconds, megabytes = _answer(name, command)
    return seconds, megabytes


def _answer(name: str, command: list[str], variables: dict[str, str] | None = None) -> tuple[str, float, float]:
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


def _readings(repeats: int, drawing: Picture, network: Any) -> dict[str, Row]:
    """One reading of a drawing as large as a canvas, and its steps, beside `model.predict` of a ready glyph."""
    recognizer = Recognizer()
    drawn = ink(drawing)
    seen = glyph(drawn)
    inputs = network_input(seen[np.newaxis])
    tasks: dict[str, Task] = {
        "Keras": lambda: network.predict(inputs, verbose=0),
        "one reading, ms": lambda: recognizer.read(drawing),
        "  of which ink, ms": lambda: ink(drawing),
        "  of which glyph, ms": lambda: glyph(drawn),
        "  of which network, ms": lambda: recognizer.model.probabilities(seen[np.newaxis]),
    }
    medians = {name: 1000 * seconds for name, seconds in _timed(repeats, READS_PER_REPEAT, tasks).items()}
    keras_alone = medians.pop("Keras")
    return {name: _with_ratio({"digitpad": median, "Keras": keras_alone}) for name, median in medians.items()}


def _bulk(repeats: int, drawing: Picture, network: Any, count: int) -> dict[str, Row]:
    """Glyphs that are ready, by the thousand: `read_many` beside `model.predict`, which takes all cores by itself."""
    in_use, classic = Recognizer(), Recognizer("classic")
    seen = in_use.read(drawing).glyph
    inputs = network_input(np.stack([seen] * count))
    tasks: dict[str, Task] = {
        "Keras": lambda: network.predict(inputs, batch_size=256, verbose=0),
        "glyphs a second": lambda: list(in_use.read_many([seen] * count)),
        "  by classic, too": lambda: list(classic.read_many([seen] * count)),
        "  by classic, on all cores": lambda: list(classic.read_many([seen] * count, cores())),
    }
    rates = {name: count / seconds for name, seconds in _timed(repeats, 1, tasks).items()}
    keras = rates.pop("Keras")
    return {name: {"digitpad": rate, "Keras": keras, "ratio": rate / keras} for name, rate in rates.items()}


def _on_all_cores(repeats: int, drawing: Picture, count: int, folder: Path) -> dict[str, Row]:
    """Pictures as large as a canvas, files and arrays, a second: `read_many` on one core and on all."""
    recognizer = Recognizer()
    content = cv2.imencode(".png", drawing)[1].tobytes()
    files = [folder / f"{number}.png" for number in range(count)]
    for file in files:
        file.write_bytes(content)
    arrays = [drawing.copy() for _ in files]
    tasks: dict[str, Task] = {
        "files, one core": lambda: list(recognizer.read_many(files)),
        "files, all cores": lambda: list(recognizer.read_many(files, cores())),
        "arrays, one core": lambda: list(recognizer.read_many(arrays)),
        "arrays, all cores": lambda: list(recognizer.read_many(arrays, cores())),
    }
    rates = {name: count / seconds for name, seconds in _timed(repeats, 1, tasks).items()}
    rows = {}
    for kind in ("files", "arrays"):
        one, many = rates[f"{kind}, one core"], rates[f"{kind}, all cores"]
        rows[f"{kind} a second"] = {"all cores": many, "one core": one, "ratio": many / one}
    return rows


def _numbers(repeats: int) -> dict[str, Row]:
    """A row and a page read by `read_numbers`, beside `read` of as many digits, each in a picture of its own."""
    recognizer = Recognizer()
    digit, row, page = _seven(), _page(1, 4), _page(*PAGE)
    tasks: dict[str, Task] = {
        "read": lambda: recognizer.read(digit),
        "a row of 4, ms": lambda: recognizer.read_numbers(row),
        f"a page of {PAGE[0] * PAGE[1]}, ms": lambda: recognizer.read_numbers(page),
    }
    medians = {name: 1000 * seconds for name, seconds in _timed(repeats, 5, tasks).items()}
    alone = medians.pop("read")
    digits = dict(zip(medians, (4, PAGE[0] * PAGE[1]), strict=True))
    return {
        name: {"in one": median, "one by one": alone * digits[name], "ratio": alone * digits[name] / median}
        for name, median in medians.items()
    }


def _page(rows: int, columns: int) -> Picture:
    """So many digits of a simple hand, black on white; a page of PAGE has two megapixels."""
    rng = np.random.default_rng(1)
    high, wide = PAGE_SIDES[0] // PAGE[0], PAGE_SIDES[1] // PAGE[1]
    paper = np.zeros((rows * high, columns * wide), np.uint8)
    for place in range(rows * columns):
        ink = draw(list(taught(int(rng.integers(10)), rng)), 7, min(high, wide))
        top, left = place // columns * high, place % columns * wide
        paper[top : top + len(ink), left : left + len(ink)] = ink
    return np.asarray(255 - paper, np.uint8)


def _sizes(keras_file: Path) -> Row:
    return _with_ratio(
        {"digitpad": catalogue.in_use()[0].path.stat().st_size / 1e6, "Keras": keras_file.stat().st_size / 1e6}
    )


def _desktop(repeats: int, folder: Path, rows: dict[str, Row]) -> dict[str, Row]:
    """The window, with a history and settings of its own; Keras' figures are those of the other rows."""
    home = {name: str(folder / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    figures: list[dict[str, float]] = []
    for _ in range(repeats):
        command = [sys.executable, "-m", "digitpad_desktop.measure", str(time.time())]
        answer, _, megabytes = _answer("the desktop pad", command, home)
        inside, _, _ = _answer("Inside", [sys.executable, "-m", "digitpad_desktop.measure", "--inside"], home)
        figures.append({**json.loads(answer), **json.loads(inside), "megabytes": megabytes})
    medians = {name: statistics.median(figure[name] for figure in figures) for name in figures[0]}
    if medians["has_tensorflow"]:
        raise DigitpadError("The desktop pad has loaded TensorFlow, which it must not need.")
    start, memory, reading = "start to first reading, s", "memory held then, MB", "one reading, ms"
    return {
        "window that reads, s": _with_ratio({"digitpad": medians["start"], "Keras": rows[start]["Keras"]}),
        "memory after 1,000 strokes, MB": _with_ratio(
            {"digitpad": medians["megabytes"], "Keras": rows[memory]["Keras"]}
        ),
        "pen-up to digit, ms": _with_ratio(
            {"digitpad": medians["pen_up_to_digit_ms"], "Keras": rows[reading]["Keras"]}
        ),
        "Inside, move to all maps, ms": _with_ratio(
            {"digitpad": medians["move_to_maps_ms"], "Keras": rows[reading]["Keras"]}
        ),
    }


def _web(repeats: int, picture: Path, keras_file: Path) -> dict[str, Row]:
    """The page as its server's first visitor meets it, beside a page that loads TensorFlow."""
    textbook = picture.with_name("page.py")
    textbook.write_text(KERAS_PAGE.format(network=keras_file.name, picture=picture.name), encoding="utf-8")
    pages = {"digitpad": "", "Keras": str(textbook)}  # without one, the app's own is measured
    figures: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for _ in range(repeats):
        for name, page in pages.items():
            answer, _, _ = _answer(name, [sys.executable, "-m", "digitpad_web.measuring.page", page])
            figures[name].append(json.loads(answer))
    medians = {
        figure: {name: statistics.median(each[figure] for each in figures[name]) for name in pages}
        for figure in figures["digitpad"][0]
    }
    return {
        "page on a new server, s": _with_ratio(medians["opened"]),
        "Predict to digit, s": _with_ratio(medians["predicted"]),
        "server's memory, MB": _with_ratio(medians["megabytes"]),
    }


def _timed(repeats: int, in_a_row: int, tasks: dict[str, Task]) -> dict[str, float]:
    """The median seconds of each task, measured in turns."""
    for task in tasks.values():
        task()  # the first one makes ready what later ones find
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(repeats):
        for name, task in tasks.items():
            # Several in a row: TensorFlow's threads go on spinning for a while and would slow down what comes next.
            for _ in range(in_a_row):
                began = time.perf_counter()
                task()
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(values) for name, values in times.items()}


def _with_ratio(medians: Row) -> Row:
    """Both, and how many times as much Keras needs."""
    return {**medians, "ratio": medians["Keras"] / medians["digitpad"]}


def _print_table(rows: dict[str, Row]) -> None:
    first, second, _ = next(iter(rows.values()))
    print(f"{'':32}{first:>12}{second:>12}{'ratio':>12}")
    for name, row in rows.items():
        print(f"{name:32}{row[first]:12,.2f}{row[second]:12,.2f}{row['ratio']:11.1f}×")
