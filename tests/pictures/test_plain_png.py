"""Plain PNG files are decoded without PIL, to what PIL makes of them; all else is left to PIL."""

import io
import struct
import zlib

import numpy as np
import pytest
from conftest import draw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from digitpad import PictureError
from digitpad.pictures import decoding, picture
from digitpad.pictures.arrays import LONGEST_SIDE
from digitpad.pictures.decoding import decoded
from digitpad.pictures.picture import to_array
from digitpad.pictures.plain_png import SIGNATURE, plain_content, plain_png


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def saved(image, **how):
    file = io.BytesIO()
    image.save(file, "PNG", **how)
    return file.getvalue()


def with_chunk(content, kind, data):
    """The same PNG with one more chunk after its header."""
    header_ends = len(SIGNATURE) + 12 + 13
    return content[:header_ends] + chunk(kind, data) + content[header_ends:]


GREY = saved(Image.fromarray(draw(4)))


def with_header(width, height, compression=0, interlaced=0):
    """The same PNG with another header."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, compression, 0, interlaced)
    return SIGNATURE + chunk(b"IHDR", header) + GREY[33:]


ROTATED = Image.Exif()
ROTATED[0x0112] = 6


@given(st.sampled_from(["L", "RGB", "RGBA"]), st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_plain_file_is_decoded_as_pil_decodes_it(tmp_path, mode, width, height, seed):
    values = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    image = Image.fromarray(values).convert(mode)
    path = tmp_path / "picture.png"
    image.save(path)
    plain = plain_png(path)
    assert plain is not None
    assert plain.dtype == np.uint8
    np.testing.assert_array_equal(plain, np.asarray(image))
    np.testing.assert_array_equal(plain, decoded(path).array)


@pytest.mark.parametrize("named", [str, lambda path: path, lambda path: str(path).encode()])
def test_a_name_a_path_and_what_is_said_in_passing_are_as_good(tmp_path, named):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Title", "a four")
    path = tmp_path / "four"  # by any name
    path.write_bytes(saved(Image.fromarray(draw(4)), pnginfo=notes, dpi=(72, 72)) + b"what follows")
    np.testing.assert_array_equal(plain_png(named(path)), draw(4))
    np.testing.assert_array_equal(plain_content(path.read_bytes()), draw(4))


ODD = {
    "palette": saved(Image.fromarray(draw(4)).convert("P")),
    "grey and alpha": saved(Image.fromarray(draw(4)).convert("LA")),
    "one bit": saved(Image.fromarray(draw(4)).convert("1")),
    "16 bits": saved(Image.fromarray(draw(4).astype(np.uint16) * 257)),
    "a transparent colour": saved(Image.fromarray(draw(4)), transparency=255),
    "rotated": saved(Image.fromarray(draw(4)), exif=ROTATED),
    "animated": saved(Image.fromarray(draw(4)), save_all=True, append_images=[Image.fromarray(draw(5))]),
    "too large": saved(Image.new("L", (LONGEST_SIDE + 1, 3))),
    "something unknown": with_chunk(GREY, b"xxXx", b"?"),
    "interlaced": with_header(280, 280, interlaced=1),
    "without a width": with_header(0, 280),
    "without a height": with_header(280, 0),
    "of another compression": with_header(280, 280, compression=1),
    "no header": SIGNATURE + GREY[33:],
    "nothing but its signature": SIGNATURE,
    "no pixels": GREY[:33] + chunk(b"IEND", b""),
    "cut off": GREY[:-20],
    "without its end": GREY[:-12],
    "damaged": GREY[:200] + bytes([GREY[200] ^ 1]) + GREY[201:],
    "damaged, but of the right sum": GREY[:33] + chunk(b"IDAT", b"rubbish") + chunk(b"IEND", b""),
    "a JPEG": b"\xff\xd8\xff\xe0",
    "empty": b"",
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_what_is_odd_or_damaged_is_left_to_pil(tmp_path, content):
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    assert plain_png(path) is None
    assert plain_content(content) is None


@pytest.mark.parametrize("none", ["missing.png", ".", "a\0b.png", "a" * 5000])
def test_what_is_no_file_is_left_to_the_errors_of_others(tmp_path, monkeypatch, none):
    monkeypatch.chdir(tmp_path)
    assert plain_png(none) is None
    with pytest.raises(PictureError):
        to_array(none)


def test_a_file_with_any_byte_changed_is_read_as_without_the_shortcut(tmp_path, monkeypatch):
    content = saved(Image.fromarray(draw(4)[::7, ::7]).convert("RGB"))
    path = tmp_path / "picture.png"

    def told(broken):
        path.write_bytes(broken)
        try:
            return to_array(path).tolist()
        except PictureError as error:
            return str(error)

    flipped = [(place, bytes([byte ^ 0x24])) for place, byte in enumerate(content)]
    broken = [content[:place] + other + content[place + 1 :] for place, other in flipped]
    with_it = [told(one) for one in broken]
    monkeypatch.setattr(picture, "plain_png", lambda given: None)
    assert with_it == [told(one) for one in broken]


def test_what_is_in_a_plain_file_is_read_without_pil_too(monkeypatch):
    monkeypatch.setattr(decoding, "decoded", None)
    opened = io.BytesIO(GREY)
    for content in (GREY, opened):
        np.testing.assert_array_equal(to_array(content), draw(4))
    assert opened.tell() == 0
