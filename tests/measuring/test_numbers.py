"""Rows and pages that numbers are measured on, and the figures."""

import cv2
import numpy as np
import pytest
from conftest import STROKES

from digitpad import Recognizer
from digitpad.measuring.numbers import Kind, distance, measure_numbers, number_kinds
from digitpad.measuring.rows import DIGIT, SPACINGS, on_ruled_paper, page_of, row_of
from digitpad.training.data.strokes import PenDigit, load_pen_digits

DIGITS = [PenDigit(label, 1, tuple(np.array(stroke, float) for stroke in STROKES[label])) for label in range(10)]


def row(spacing: str, seed: int = 1, pen: float = 6):
    return row_of([DIGITS[2], DIGITS[0], DIGITS[8]], SPACINGS[spacing], pen, np.random.default_rng(seed))


def pieces(ink) -> int:
    return cv2.connectedComponents((ink >= 128).astype(np.uint8))[0] - 1


@pytest.mark.parametrize(("spacing", "apart"), [("separate", True), ("close", True), ("touching", False)])
def test_digits_stand_apart_or_touch_as_the_spacing_says(spacing, apart):
    for seed in range(5):
        assert pieces(row(spacing, seed)) == (3 if apart else 1)


def test_overlapping_digits_take_less_room_than_separate_ones():
    assert row("overlapping").shape[1] < row("touching").shape[1] < row("separate").shape[1]


def test_a_slanted_row_rises_or_falls_and_all_of_it_is_in_the_picture():
    heights = [cv2.boundingRect(row("slanted and uneven", seed))[3] for seed in range(10)]
    assert max(heights) > 1.3 * DIGIT
    for seed in range(10):
        ink = row("slanted and uneven", seed)
        assert not ink[[0, -1]].any()
        assert not ink[:, [0, -1]].any()


def test_a_page_has_all_its_rows_and_ruled_paper_keeps_the_ink():
    rng = np.random.default_rng(1)
    some = [row("separate", seed) for seed in range(3)]
    page = page_of(some, rng)
    assert page.sum(dtype=int) == sum(each.sum(dtype=int) for each in some)
    ruled = on_ruled_paper(page, rng)
    assert (ruled <= 255 - page).all()
    assert (ruled.min(axis=1) < 255).sum() > (page.max(axis=1) > 0).sum()


@pytest.mark.parametrize(
    ("read", "label", "errors"), [("", "", 0), ("12", "12", 0), ("", "12", 2), ("1/2", "12", 1), ("4417", "417", 1)]
)
def test_errors_are_digits_to_be_changed_added_or_taken_out(read, label, errors):
    assert distance(read, label) == errors


def test_figures_count_what_is_exact_and_what_is_wrong():
    pictures = [(255 - row("separate"), "208"), (255 - row("separate"), "20"), (255 - row("separate"), "708")]
    [figures] = measure_numbers(Recognizer("hands"), [Kind("three", 3, pictures.__getitem__)])
    assert figures.exact == pytest.approx(1 / 3)
    assert figures.errors == pytest.approx(2 / 8)


def test_rows_by_held_out_writers_are_read():
    pens = load_pen_digits()
    if not pens:
        pytest.skip("needs the pen strokes; name a folder that has them with $DIGITPAD_DATA")
    kinds = {kind.name: kind for kind in number_kinds(pens, [], None, 20)}
    chosen = [kinds[name] for name in ("rows, separate", "pages, on white", "rows as strokes, touching")]
    [separate, pages, touching] = measure_numbers(Recognizer("hands"), chosen)
    assert separate.exact >= 0.9
    assert separate.errors <= 0.03
    assert pages.errors <= 0.02
    assert touching.errors <= 0.04


def test_filled_grids_are_photographed_and_read():
    pens = load_pen_digits()
    if not pens:
        pytest.skip("needs the pen strokes; name a folder that has them with $DIGITPAD_DATA")
    kinds = {kind.name: kind for kind in number_kinds(pens, [], None, 2)}
    grids = kinds["filled grids and tables, on photos"]
    picture, label = grids.picture(0)
    assert picture.shape == (480, 640, 3)
    assert set(label) <= set("0123456789/")
    [figures] = measure_numbers(Recognizer("hands"), [grids])
    assert figures.errors <= 0.15


def test_a_row_is_the_same_as_strokes_and_as_a_picture():
    pens = load_pen_digits()
    if not pens:
        pytest.skip("needs the pen strokes; name a folder that has them with $DIGITPAD_DATA")
    kinds = {kind.name: kind for kind in number_kinds(pens, [], None, 3)}
    picture, label = kinds["rows, touching"].picture(2)
    strokes, also = kinds["rows as strokes, touching"].picture(2)
    assert label == also
    points = np.concatenate([stroke.places for stroke in strokes])
    *_, width, height = cv2.boundingRect(255 - picture)
    assert np.ptp(points, axis=0) + strokes[0].widths[0] == pytest.approx((width, height), abs=3)
