"""Photos: shade, shadows, grain, ruled lines."""

import io

import cv2
import numpy as np
import pytest
from conftest import draw
from PIL import Image

from digitpad import Recognizer
from digitpad.glyphs.ink import ink
from digitpad.glyphs.photo import as_in_the_light, is_uneven

pad = Recognizer()


def photo(drawing, seed, colour=(30, 40, 110), shadow=0.0, lean=1.0, ruled=False, light_on_dark=False):
    """A photo of a drawing (uint8, black on white) on paper that is darker on one side."""
    rng = np.random.default_rng(seed)
    height, width = drawing.shape
    rows, columns = np.mgrid[0:height, 0:width] / max(height, width)
    ink, paper = (np.array(colour, float), np.array((225.0, 222, 210)))
    if light_on_dark:
        ink, paper = paper, np.array((45.0, 60, 50))
    picture = np.ones((height, width, 3)) * paper
    if ruled:
        picture[:: height // 8] = picture[1 :: height // 8] = paper * 0.75 + np.array((130, 160, 210)) * 0.25
    strength = 0.9 * (1 - drawing[..., np.newaxis] / 255)
    picture = picture * (1 - strength) + ink * strength
    shade = 1 - 0.35 * (columns * rng.uniform(0.3, 1) + rows * rng.uniform(0.3, 1)) / 2
    if shadow:
        shade *= 1 - shadow / (1 + np.exp(-(rows + lean * columns - 0.7) * 30))
    picture = cv2.GaussianBlur(picture * shade[..., np.newaxis], (0, 0), 1) + rng.normal(0, 4, picture.shape)
    saved = io.BytesIO()
    Image.fromarray(picture.clip(0, 255).astype(np.uint8)).save(saved, "jpeg", quality=70)
    return np.asarray(Image.open(saved))


def on_paper(digit, pen=14):
    """A drawing as a smaller part of a larger sheet."""
    return np.pad(draw(digit, pen=pen), ((60, 140), (170, 50)), constant_values=255)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize(
    "circumstances",
    [
        {},
        {"shadow": 0.25},
        {"ruled": True},
        {"shadow": 0.25, "ruled": True},
        {"shadow": 0.65},
        {"colour": (190, 40, 40)},
        {"light_on_dark": True},
    ],
    ids=str,
)
def test_a_digit_on_a_photo_is_read(digit, circumstances):
    picture = photo(on_paper(digit), seed=digit, **circumstances)
    assert pad.read(picture).digit == digit


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("light_on_dark", [False, True])
def test_thin_pens_and_markers_on_photos_are_read(digit, light_on_dark):
    for picture in (on_paper(digit, pen=5), on_paper(digit, pen=30), draw(digit, pen=26)):
        assert pad.read(photo(picture, seed=digit, light_on_dark=light_on_dark)).digit == digit


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("light_on_dark", [False, True])
def test_small_writing_on_a_photo_is_read(digit, light_on_dark):
    small = np.pad(draw(digit, side=90, pen=4), ((180, 210), (100, 290)), constant_values=255)
    assert pad.read(photo(small, seed=digit, light_on_dark=light_on_dark)).digit == digit


def test_a_photo_of_twelve_million_pixels_is_read():
    large = cv2.resize(photo(on_paper(2), seed=1), (4000, 3000), interpolation=cv2.INTER_CUBIC)
    assert pad.read(large).digit == 2


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("shadow", [0.0, 0.25, 0.65])
def test_a_photo_of_empty_paper_reads_empty(seed, shadow):
    blank = photo(np.full((400, 400), 255, np.uint8), seed, shadow=shadow)
    assert pad.read(blank).verdict == "empty"


@pytest.mark.parametrize("lean", [-0.3, 0.15, 0.3, 0.6])
@pytest.mark.parametrize("seed", range(4))
def test_where_a_shadow_meets_the_pictures_edge_there_is_no_ink(lean, seed):
    blank = np.full((360, 480), 255, np.uint8)
    assert pad.read(photo(blank, seed, shadow=0.25, lean=lean)).verdict == "empty"


@pytest.mark.parametrize("seed", range(4))
def test_a_glare_is_no_ink(seed):
    rows, columns = np.mgrid[0:360, 0:480]
    glare = 110 * np.exp(-((columns - 200) ** 2 + (rows - 150) ** 2) / 7000)
    blank = photo(np.full((360, 480), 255, np.uint8), seed) * 0.6
    assert pad.read((blank + glare[..., np.newaxis]).clip(0, 255).astype(np.uint8)).verdict == "empty"


@pytest.mark.parametrize("seed", range(4))
def test_a_ruled_sheet_with_a_margin_and_nothing_on_it_is_empty(seed):
    sheet = np.full((360, 480), 255, np.uint8)
    cv2.line(sheet, (60, 0), (80, 359), 150, 2)
    for colour in (200, 40, 40), (30, 40, 110):
        assert pad.read(photo(sheet, seed, ruled=True, colour=colour)).verdict == "empty"


def test_specks_are_not_ink():
    drawing = on_paper(5)
    for place in ((40, 40), (400, 420), (30, 430)):
        cv2.circle(drawing, place, 3, 0, -1)
    specked = photo(drawing, seed=2)
    clean = photo(on_paper(5), seed=2)
    assert np.abs(pad.read(specked).glyph.astype(float) - pad.read(clean).glyph).mean() < 6


def test_a_digit_that_touches_the_edge_of_a_canvas_does_not_make_it_a_photo():
    drawing = draw(0)
    for crop in (drawing[20:260, 65:215], drawing[:, 90:]):
        assert not is_uneven(crop)


@pytest.mark.parametrize("shape", [(64, 1), (1, 64), (64, 64), (70, 3, 3), (500, 2)])
def test_noise_of_any_shape_gives_ink_of_uint8(shape):
    noise = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    found = ink(noise)
    assert found.dtype == np.uint8
    assert found.ndim == 2


@pytest.mark.parametrize("side", [28, 40, 60])
@pytest.mark.parametrize("light_on_dark", [False, True])
def test_a_small_photo_of_a_digit_in_shade_is_read(side, light_on_dark):
    right = 0
    for digit in range(10):
        drawing = np.pad(draw(digit, pen=20), 30, constant_values=255)
        large = photo(drawing, seed=digit, shadow=0.4, light_on_dark=light_on_dark)
        reading = pad.read(cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA))
        right += (reading.digit, str(reading.verdict)) == (digit, "digit")
    assert right >= 8


@pytest.mark.parametrize("side", [20, 40, 60])
@pytest.mark.parametrize("grain", [1, 3])
def test_blank_paper_in_a_small_picture_is_empty(side, grain):
    rng = np.random.default_rng(side + grain)
    for _ in range(20):
        assert not ink(rng.normal(200, grain, (side, side)).clip(0, 255).astype(np.uint8)).any()


@pytest.mark.parametrize("scale", [1, 2])
def test_a_digit_that_fills_a_small_picture_is_no_shade(mnist, scale):
    taken = 0
    for glyph in mnist.train.glyphs[:500]:
        left, top, width, height = cv2.boundingRect(glyph)
        tight = glyph[top : top + height, left : left + width]
        taken += is_uneven(np.asarray(cv2.resize(tight, None, fx=scale, fy=scale), np.uint8))
    assert taken <= 5


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_paper_without_any_light_is_no_trouble():
    black = np.zeros((9, 9), np.uint8)
    assert not as_in_the_light(black, black).any()
