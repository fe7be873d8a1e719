"""How fast digitpad reads, beside Keras doing the same in the same run.

Times on one machine say little about another; the ratio of two that are measured in turns says more.
"""

import importlib.util
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad import Recognizer
from digitpad.glyphs.glyph import glyph, network_input
from digitpad.glyphs.ink import ink
from digitpad.measuring.figures import FiguresFile
from digitpad.measuring.programs import desktop as measure_desktop
from digitpad.measuring.programs import starts
from digitpad.measuring.programs import web as measure_web
from digitpad.measuring.timing import Row, Task, print_table, timed, with_ratio
from digitpad.models import catalogue
from digitpad.models.inside import Inside
from digitpad.models.quiet import quiet_stderr
from digitpad.pad.mosaics import columns_of, mosaic
from digitpad.sharing import cores
from digitpad.training import networks
from digitpad.training.data.strokes import draw
from digitpad.training.data.ways import taught

CANVAS = 280  # pixels, the side of the picture that is read
PAGE = (6, 10)  # rows of digits, and digits of each
PAGE_SIDES = (1200, 1700)  # pixels: two million
READS_PER_REPEAT = 20
LOOKS_PER_REPEAT = 5
GLYPHS = 5  # for each picture of those that are read in a row: so many take as long

Picture = NDArray[np.uint8]


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
        rows = starts(repeats, picture, keras_file)
        rows |= _readings(repeats, drawing, network)
        rows |= _bulk(repeats, drawing, network, GLYPHS * pictures)
        shared = _on_all_cores(repeats, drawing, pictures, Path(folder))
        numbers = _numbers(repeats)
        inside = _inside(repeats, drawing)
        rows["model, MB"] = _sizes(keras_file)
        if desktop:
            rows |= measure_desktop(repeats, Path(folder), rows)
        if web:
            rows |= measure_web(repeats, picture, keras_file)
    print_table(rows)
    print()
    print_table(shared)
    print()
    print_table(numbers)
    print()
    print_table(inside)
    figures = {"medians": rows, "cores": cores(), "on all cores": shared, "numbers": numbers, "inside": inside}
    file.write({"repeats": repeats, **figures})


def _seven() -> Picture:
    """A drawing of a 7, uint8 (280, 280), black on white."""
    paper = np.full((CANVAS, CANVAS), 255, np.uint8)
    corners = np.array([[70, 60], [205, 60], [130, 230]], np.int32)
    cv2.polylines(paper, [corners], isClosed=False, color=0, thickness=18, lineType=cv2.LINE_AA)
    return paper


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
    medians = {name: 1000 * seconds for name, seconds in timed(repeats, READS_PER_REPEAT, tasks).items()}
    keras_alone = medians.pop("Keras")
    return {name: with_ratio({"digitpad": median, "Keras": keras_alone}) for name, median in medians.items()}


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
    rates = {name: count / seconds for name, seconds in timed(repeats, 1, tasks).items()}
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
    rates = {name: count / seconds for name, seconds in timed(repeats, 1, tasks).items()}
    rows = {}
    for kind in ("files", "arrays"):
        one, many = rates[f"{kind}, one core"], rates[f"{kind}, all cores"]
        rows[f"{kind} a second"] = {"all cores": many, "one core": one, "ratio": many / one}
    return rows


def _inside(repeats: int, drawing: Picture) -> dict[str, Row]:
    """A look inside both models, and what the apps show of it, beside a reading by the same model."""
    rows: dict[str, Row] = {}
    for name in ("classic", "hands"):
        recognizer = Recognizer(name)
        seen = recognizer.read(drawing).glyph
        lens = recognizer.model.lens()
        medians = timed(
            repeats,
            LOOKS_PER_REPEAT,
            {
                "reading": partial(recognizer.read, drawing),
                f"look inside {name}, ms": partial(lens.look, seen),
                "  with a map off, ms": partial(lens.look, seen, {(0, 1)}),
                "  all its mosaics, ms": partial(_mosaics, lens.look(seen)),
                "  to open the lens, ms": recognizer.model.lens,
                "  why, by occlusion, ms": partial(recognizer.explain, drawing),
            },
        )
        reading = 1000 * medians.pop("reading")
        for task, seconds in medians.items():
            task = task if name in task else task.replace("  ", f"  {name}: ")
            rows[task] = {"this": 1000 * seconds, "one reading": reading, "ratio": 1000 * seconds / reading}
    return rows


def _mosaics(inside: Inside) -> list[Picture]:
    return [mosaic(layer, columns_of(layer)) for layer in inside.layers]


def _numbers(repeats: int) -> dict[str, Row]:
    """A row and a page read by `read_numbers`, beside `read` of as many digits, each in a picture of its own."""
    recognizer = Recognizer()
    digit, row, page = _seven(), _page(1, 4), _page(*PAGE)
    tasks: dict[str, Task] = {
        "read": lambda: recognizer.read(digit),
        "a row of 4, ms": lambda: recognizer.read_numbers(row),
        f"a page of {PAGE[0] * PAGE[1]}, ms": lambda: recognizer.read_numbers(page),
    }
    medians = {name: 1000 * seconds for name, seconds in timed(repeats, 5, tasks).items()}
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
    return with_ratio(
        {"digitpad": catalogue.in_use()[0].path.stat().st_size / 1e6, "Keras": keras_file.stat().st_size / 1e6}
    )
