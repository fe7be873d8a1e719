"""What comes in as a picture, and what is refused with a sentence."""

import io
import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from conftest import draw
from PIL import ExifTags, Image

from digitpad import PictureError, Recognizer
from digitpad.pictures.arrays import LONGEST_SIDE
from digitpad.pictures.picture import opened, to_array

pad = Recognizer()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (None, "None is no picture"),
        ([[0, 1], [1, 0]], "A list is no picture"),
        (b"\x89PNG", "What is in these bytes is no picture"),
        (7, "of type int is no picture"),
        (np.zeros(784), r"shape \(784,\)"),
        (np.zeros((28, 28, 1)), r"shape \(28, 28, 1\)"),
        (np.zeros((28, 28, 2)), r"shape \(28, 28, 2\)"),
        (np.zeros((1, 28, 28, 3)), r"shape \(1, 28, 28, 3\)"),
        (np.zeros(()), r"shape \(\)"),
        (np.zeros((0, 28)), "empty"),
        (np.zeros((28, 0, 3)), "empty"),
        (np.full((28, 28), np.nan), "NaN"),
        (np.full((28, 28), np.inf), "infinite"),
        (np.full((28, 28), -1), "-1"),
        (np.full((28, 28), 300), "300"),
        (np.full((28, 28), 255.5), "255.5"),
        (np.full((28, 28), "a"), "<U1"),
        (np.full((28, 28), 1j), "complex"),
        (np.full((28, 28), None), "object"),
        (np.broadcast_to(np.uint8(0), (100_000, 100_000)), "too large"),
        (Image.new("L", (0, 5)), "empty"),
        ("a" * 5000, "too long"),
        ("a\0b.png", "no path of a file"),
    ],
    ids=lambda value: "" if isinstance(value, str) else type(value).__name__,
)
def test_what_is_no_picture_is_refused_with_what_came_and_what_is_expected(wrong, says):
    with pytest.raises(ValueError, match=says) as refusal:
        pad.read(wrong)
    assert isinstance(refusal.value, PictureError)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.uint16, np.float32, np.float64])
def test_every_kind_of_number_reads_alike(dtype):
    assert pad.read(draw(4).astype(dtype)).digit == 4


def test_floats_from_0_to_1_booleans_and_16_bits_read_alike():
    drawing = draw(4)
    expected = pad.read(drawing).glyph
    np.testing.assert_array_equal(pad.read(drawing / 255).glyph, expected)
    np.testing.assert_array_equal(pad.read(drawing.astype(np.uint16) * 257).glyph, expected)
    assert pad.read(drawing > 128).digit == 4


def test_16_bits_are_read_in_any_order_of_their_bytes():
    drawing = draw(4).astype(np.uint16) * 257
    np.testing.assert_array_equal(pad.read(drawing.astype(">u2")).glyph, pad.read(drawing).glyph)


def test_a_file_with_numbers_that_are_no_brightness_is_named(tmp_path: Path):
    Image.fromarray(np.array([[0, 1e6], [np.nan, 1]], np.float32)).save(tmp_path / "heights.tiff")
    with pytest.raises(PictureError, match=r"heights\.tiff holds NaN"):
        pad.read(tmp_path / "heights.tiff")


def test_mirrored_and_transposed_views_are_read():
    drawing = draw(8)
    assert pad.read(np.dstack([drawing] * 3)[::-1]).digit == 8
    assert pad.read(np.asfortranarray(drawing)).digit == 8


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "bmp", "gif", "tiff"])
@pytest.mark.parametrize("as_text", [True, False])
def test_files_are_read(tmp_path: Path, suffix, as_text):
    file = tmp_path / f"seven.{suffix}"
    Image.fromarray(draw(7)).save(file)
    assert pad.read(str(file) if as_text else file).digit == 7


PATHS = {"La": "LA", "PA": "P", "RGBa": "RGBA"}  # modes that PIL makes only of certain others
MODES = ["1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", "HSV", "I", "F", "I;16"]


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_of_pil_is_read(mode):
    image = Image.fromarray(draw(2))
    if mode == "I;16":
        image = Image.fromarray(draw(2).astype(np.uint16) * 257)
    else:
        image = image.convert("RGB").convert(PATHS.get(mode, mode)).convert(mode)
    assert image.mode == mode
    assert pad.read(image).digit == 2


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [("L", "jpg"), ("RGB", "png"), ("I;16", "png"), ("I;16", "tiff"), ("I", "tiff"), ("F", "tiff")],
)
def test_a_large_picture_is_made_smaller_whatever_its_mode(tmp_path: Path, mode, suffix):
    drawing = draw(2, side=5000, pen=300)[:, :4000]
    image = Image.fromarray(drawing.astype(np.uint16) * 257 if mode == "I;16" else drawing)
    image = image if mode == "I;16" else image.convert(mode)
    image.save(tmp_path / f"large.{suffix}")
    made = to_array(tmp_path / f"large.{suffix}")
    assert 1000 < max(made.shape[:2]) <= LONGEST_SIDE
    assert np.array_equal(to_array(image), made) or suffix == "jpg"
    assert pad.read(made).digit == 2


@pytest.mark.parametrize("mode", ["LA", "PA", "RGBA"])
def test_modes_with_alpha_are_read_by_their_alpha(mode):
    image = Image.new("LA", (280, 280))
    image.putalpha(Image.fromarray(255 - draw(2)))
    if mode == "PA":
        image = image.convert("RGBA").convert("P").convert("PA")
        image.putalpha(Image.fromarray(255 - draw(2)))
    image = image.convert(mode)
    assert image.mode == mode
    assert pad.read(image).digit == 2


def test_masks_of_0_and_1_are_read():
    mask = (draw(6) < 128).astype(np.uint8)
    for array in (mask, mask.astype(np.int64), 1 - mask):
        assert pad.read(array).digit == 6


def test_floats_that_are_off_by_a_rounding_are_read():
    assert pad.read(draw(6) / 255 * (1 + 1e-7)).digit == 6


def test_a_file_in_a_path_given_as_bytes_is_read(tmp_path: Path):
    class Place:
        def __fspath__(self):
            return os.fsencode(tmp_path / "seven.png")

    Image.fromarray(draw(7)).save(tmp_path / "seven.png")
    assert pad.read(Place()).digit == 7


def test_a_16_bit_png_is_read(tmp_path: Path):
    Image.fromarray(draw(2).astype(np.uint16) * 257).save(tmp_path / "deep.png")
    assert pad.read(tmp_path / "deep.png").digit == 2


@pytest.mark.parametrize("bits", [10, 12, 16])
def test_a_scan_of_10_or_12_bits_in_16_is_read(tmp_path: Path, bits):
    deep = (draw(2).astype(np.uint16) + 1) * 2 ** (bits - 8) - 1
    assert pad.read(deep).digit == 2
    Image.fromarray(deep).save(tmp_path / "scan.tiff")
    assert pad.read(tmp_path / "scan.tiff").digit == 2


def test_a_large_array_is_made_smaller_as_a_file_is():
    drawing = draw(2, side=5000, pen=300)
    for array in (drawing, drawing / 255, drawing.astype(np.uint16) * 257):
        assert np.array_equal(to_array(array), to_array(Image.fromarray(drawing)))


def test_a_photo_held_sideways_is_turned_as_its_exif_says(tmp_path: Path):
    sideways = Image.fromarray(draw(7)).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    sideways.save(tmp_path / "photo.jpg", exif=exif)
    assert pad.read(tmp_path / "photo.jpg").digit == 7


def test_a_missing_file_is_named():
    with pytest.raises(PictureError, match=r"no-such\.png does not exist"):
        pad.read("no-such.png")


def test_a_folder_is_no_picture(tmp_path: Path):
    with pytest.raises(PictureError, match="is a folder"):
        pad.read(tmp_path)


def test_a_temporary_file_that_is_open_is_read():
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        Image.fromarray(draw(4)).save(file, "png")
        assert pad.read(file).digit == 4
    with tempfile.NamedTemporaryFile("w+") as text, pytest.raises(PictureError, match=r"damaged|no picture"):
        pad.read(text)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such device")
def test_an_endless_device_is_not_opened():
    with pytest.raises(PictureError, match="is not a file"):
        pad.read("/dev/zero")


LIES = [b"%!PS-Adobe-3.0 EPSF-3.0\n", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG"]


@pytest.mark.parametrize("content", LIES)
def test_a_file_that_holds_no_picture_is_named(tmp_path: Path, content):
    file = tmp_path / "lie.png"
    file.write_bytes(content)
    with pytest.raises(PictureError, match=r"lie\.png is no picture that digitpad can read"):
        pad.read(file)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "gif", "tiff"])
def test_a_file_that_is_cut_off_is_named(tmp_path: Path, suffix):
    whole = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 256, (90, 90), dtype=np.uint8)
    Image.fromarray(noise).save(whole, {"jpg": "jpeg"}.get(suffix, suffix))
    file = tmp_path / f"half.{suffix}"
    file.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(PictureError, match=rf"half\.{suffix} "):
        pad.read(file)


def test_a_file_without_content_is_said_to_be_empty(tmp_path: Path):
    (tmp_path / "lost.png").touch()
    with pytest.raises(PictureError, match=r"lost\.png is empty \(0 bytes\)\. Get another copy of it\."):
        pad.read(tmp_path / "lost.png")
    for nothing in (io.BytesIO(), b""):
        with pytest.raises(PictureError, match=r" empty \(0 bytes\)"):
            pad.read(nothing)


def test_a_file_that_claims_to_be_huge_is_refused_unopened(tmp_path: Path):
    file = tmp_path / "bomb.png"
    Image.new("1", (20_000, 20_000)).save(file)  # some kilobytes, 400 million pixels
    with pytest.raises(PictureError, match=r"bomb\.png is too large"):
        pad.read(file)


A4_AT_600_DPI = (7016, 4960)


@pytest.fixture(scope="module")
def sheet():
    """A 7 on a sheet of paper, as a scanner sees it at its finest."""
    sheet = np.full(A4_AT_600_DPI, 255, np.uint8)
    sheet[2000:4000, 1500:3500] = draw(7, side=2000, pen=100)
    return Image.fromarray(sheet)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "png"), ("L", "png"), ("P", "png"), ("RGB", "png"), ("RGBA", "png"), ("I;16", "png"), ("RGB", "tiff")],
)
def test_a_scanned_sheet_is_read_whatever_its_mode_and_kind(sheet, mode, kind):
    image = Image.fromarray(np.asarray(sheet).astype(np.uint16) * 257) if mode == "I;16" else sheet.convert(mode)
    file = io.BytesIO()
    image.save(file, kind, **({"compress_level": 1} if kind == "png" else {"compression": "tiff_lzw"}))
    made = to_array(file)
    assert made.shape[:2] == (1754, 1240)
    assert pad.read(made).digit == 7


def test_a_picture_that_its_decoder_keeps_whole_may_have_fewer_pixels(tmp_path: Path):
    large = Image.new("RGB", (6000, 5000), "white")
    large.save(tmp_path / "progressive.jpg", progressive=True)
    with pytest.raises(PictureError, match=r"jpg is too large \(6000 × 5000\): .* at most 25 million pixels"):
        pad.read(tmp_path / "progressive.jpg")
    large.save(tmp_path / "photo.jpg")
    assert pad.read(tmp_path / "photo.jpg").verdict == "empty"


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "I;16"])
def test_a_large_picture_that_is_made_smaller_in_stripes_is_as_if_it_was_made_so_at_once(mode):
    noise = np.random.default_rng(1).integers(0, 256, (2500, 2100)).astype(np.uint8)
    image = Image.fromarray(noise.astype(np.uint16) * 257) if mode == "I;16" else Image.fromarray(noise).convert(mode)
    file = io.BytesIO()
    image.save(file, "png", compress_level=1)
    plain = image.convert({"P": "RGB", "I;16": "I"}.get(mode, mode))
    at_once = np.asarray(plain.reduce(2))
    np.testing.assert_array_equal(to_array(file), np.rint(at_once / 257) if mode == "I;16" else at_once)


def test_a_large_picture_held_sideways_is_turned_too(tmp_path: Path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(draw(7, side=2400, pen=150)).rotate(90).save(tmp_path / "photo.png", exif=exif)
    assert pad.read(tmp_path / "photo.png").digit == 7


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("tiff", "The first of its 3 pages was read."),
        ("gif", "The first of its 3 frames was read."),
        ("webp", "The first of its 3 frames was read."),
        ("png", "The first of its 3 frames was read."),
    ],
)
def test_where_a_file_has_several_pictures_it_is_told_that_the_first_was_read(tmp_path: Path, kind, says):
    first, *others = (Image.fromarray(draw(digit)) for digit in (7, 4, 2))
    file = tmp_path / f"pages.{kind}"
    first.save(file, save_all=True, append_images=others)
    [reading] = pad.read_many([file])
    assert (reading.digit, reading.note) == (7, says)
    assert reading.to_dict()["note"] == says
    first.save(file)
    assert pad.read(file).note == ""


def test_a_jpeg_that_goes_over_its_pixels_again_and_again_is_refused(tmp_path: Path):
    whole = io.BytesIO()
    Image.fromarray(draw(7)).save(whole, "jpeg", progressive=True)
    content = whole.getvalue()
    assert pad.read(io.BytesIO(content)).digit == 7
    last = content[content.rindex(b"\xff\xda") : -2]
    file = tmp_path / "again.jpg"
    file.write_bytes(content[:-2] + last * 1000 + content[-2:])
    with pytest.raises(PictureError, match=r"again\.jpg is damaged: a JPEG of 10\d\d scans"):
        pad.read(file)


def test_how_large_a_photo_was_is_known_also_where_it_was_made_smaller_and_turned(tmp_path):
    for side in (300, 5000):
        image = Image.new("RGB", (side, side // 2), "white")
        exif = image.getexif()
        exif[ExifTags.Base.Orientation] = 6  # a phone that was held upright
        image.save(tmp_path / "photo.jpg", exif=exif)
        came = opened(tmp_path / "photo.jpg")
        assert came.size == (side // 2, side)
        assert came.array.shape[0] == pytest.approx(2 * came.array.shape[1], abs=2)
