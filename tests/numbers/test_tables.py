"""Filled grids and tables: what stands in each cell, though lines are faint, digits small, and print is near."""

import cv2
import numpy as np
import pytest
from conftest import STROKES
from numpy.typing import NDArray

from digitpad import Recognizer
from digitpad.numbers.grid import find_grid

from .conftest import written

pad = Recognizer("hands")
CELL = 46  # pixels
ROWS = ("2537169", "8974231", "4168952", "7216583")


def table(*rows: str, wide: int = CELL, high: int = CELL, tall: int = 24) -> NDArray[np.float32]:
    """A sheet with a grid of faint lines; cells apart by a space, or one digit in each: float32 (H, W), 0 to 255."""
    cells = [row.split() if " " in row else list(row) for row in rows]
    sheet = np.full((len(rows) * high + 120, len(cells[0]) * wide + 160), 235, np.float32)
    for line in range(len(rows) + 1):
        cv2.line(sheet, (60, 60 + line * high), (60 + len(cells[0]) * wide, 60 + line * high), 190, 1, cv2.LINE_AA)
    for line in range(len(cells[0]) + 1):
        cv2.line(sheet, (60 + line * wide, 60), (60 + line * wide, 60 + len(rows) * high), 190, 1, cv2.LINE_AA)
    for row, some in enumerate(cells):
        for column, text in enumerate(some):
            left = 60 + column * wide + (wide - len(text) * 0.75 * tall) / 2
            top = 60 + row * high + (high - tall) / 2
            shade = 130 if (row + column) % 3 == 0 else 40  # some is printed in grey
            for place, sign in enumerate(text):
                for stroke in STROKES[int(sign)]:
                    points = np.array(stroke, float) * tall / 100 + (left + place * 0.75 * tall, top)
                    line = np.rint(points * 16).astype(np.int32)
                    cv2.polylines(sheet, [line], False, shade, 2, cv2.LINE_AA, 4)
    return sheet


def photo(sheet: NDArray[np.float32], seed: int = 1) -> NDArray[np.uint8]:
    """A sheet as a camera sees it: from a little aside, bent, in shade, with grain: uint8 (H, W)."""
    high, wide = sheet.shape
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:high, 0:wide].astype(np.float32)
    bent = rows + 3 * np.sin(np.pi * columns / wide).astype(np.float32) + 0.02 * columns
    seen = cv2.remap(sheet, columns + 0.02 * rows, bent, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.GaussianBlur(seen, (0, 0), 0.8) * (1 - 0.3 * columns / wide)
    return np.asarray((seen + rng.normal(0, 3, seen.shape)).clip(0, 255), np.uint8)


def rows_of(text: str) -> list[str]:
    return [line.replace(" ", "") for line in text.splitlines()]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_filled_grid_is_read_cell_by_cell(seed):
    picture = photo(table(*ROWS), seed)
    page = pad.read_numbers(picture)
    assert page.text == "\n".join(" ".join(row) for row in ROWS)
    for row, numbers in enumerate(page.rows):
        for column, number in enumerate(numbers):
            left, top, right, bottom = number.box
            assert abs((left + right) / 2 - (60 + (column + 0.5) * CELL)) < CELL / 2
            assert abs((top + bottom) / 2 - (60 + (row + 0.5) * CELL)) < CELL / 2
            assert 15 < bottom - top < 36


def test_a_cell_may_hold_a_number():
    page = pad.read_numbers(photo(table("401 17 238", "9 62 53", "74 861 20", wide=110)))
    assert rows_of(page.text) == ["40117238", "96253", "7486120"]
    assert page.rows[0][0].text == "401"


def test_an_empty_cell_has_no_number():
    sheet = table(*ROWS)
    sheet[60 + CELL + 6 : 60 + 2 * CELL - 6, 60 + 3 * CELL + 6 : 60 + 4 * CELL - 6] = 235
    wanted = [ROWS[0], ROWS[1][:3] + ROWS[1][4:], *ROWS[2:]]
    assert rows_of(pad.read_numbers(photo(sheet)).text) == wanted


def test_print_beside_a_grid_is_none_of_it():
    sheet = np.pad(table(*ROWS), ((0, 60), (0, 220)), constant_values=235).astype(np.uint8)
    for line, words in enumerate(("Complete the", "grid so that", "each row has", "all of 1 to 9")):
        place = (sheet.shape[1] - 280, 80 + 36 * line)
        cv2.putText(sheet, words, place, cv2.FONT_HERSHEY_SIMPLEX, 0.7, 60, 1, cv2.LINE_AA)
    assert rows_of(pad.read_numbers(photo(sheet.astype(np.float32))).text) == list(ROWS)


@pytest.mark.parametrize("quarters", [1, 3])
def test_a_grid_on_its_side_is_read_as_if_it_were_turned(quarters):
    picture = np.ascontiguousarray(np.rot90(photo(table(*ROWS)), quarters))
    assert rows_of(pad.read_numbers(picture).text) == list(ROWS)


def test_on_squared_paper_numbers_stay_whole():
    picture = written("4017", "238")
    for place in range(10, max(picture.shape), 24):
        picture[place : place + 1] = np.minimum(picture[place : place + 1], 190)
        picture[:, place : place + 1] = np.minimum(picture[:, place : place + 1], 190)
    assert pad.read_numbers(picture).text == "4017\n238"


def test_lines_are_found_where_they_are_and_digits_are_no_lines():
    strength = np.asarray(235 - table(*ROWS).clip(0, 235), np.uint8)
    mesh = find_grid(strength)
    assert mesh.shape == (len(ROWS) + 1, len(ROWS[0]) + 1, 2)
    rows, columns = np.mgrid[0 : mesh.shape[0], 0 : mesh.shape[1]]
    assert np.abs(mesh - (60 + CELL * np.stack([columns, rows], axis=-1))).max() < 2
    assert find_grid(255 - written("4017", "1111")) is None
