"""One picture of any kind is read upright, and its whole reading shown."""

import io

import pillow_heif
import pytest
from bringing import bring, column, content, reads, texts
from conftest import draw
from PIL import Image

from digitpad_web.holding import MOST_FILES, MOST_MEGABYTES


def transparent(digit: int) -> Image.Image:
    image = Image.new("LA", (280, 280))
    image.putalpha(Image.fromarray(255 - draw(digit)))
    return image


def test_the_empty_page_says_what_to_do_and_what_the_limits_are(app):
    assert not app.exception
    assert "Choose pictures of handwritten digits or numbers" in app.info[0].value
    assert f"Up to {MOST_FILES} at once, at most {MOST_MEGABYTES}\N{NO-BREAK SPACE}MB each" in app.info[0].value
    assert not app.dataframe
    assert not app.camera_input


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"])
def test_one_picture_of_any_common_kind_is_read_and_shown_whole(app, kind):
    assert reads(bring(app, (f"seven.{kind.lower()}", content(draw(7), kind))), 7)
    assert texts(app) == [f"seven.{kind.lower()}"]


def test_a_photo_held_sideways_is_read_upright(app):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    sideways = Image.fromarray(draw(7)).rotate(90, expand=True)
    assert reads(bring(app, ("photo.jpg", content(sideways, "JPEG", exif=exif))), 7)


def test_of_several_pages_each_is_read(app):
    first, second = (Image.fromarray(draw(digit)) for digit in (7, 4))
    pages = content(first, "TIFF", save_all=True, append_images=[second])
    bring(app, ("pages.tiff", pages))
    assert column(app, "File") == ["pages.tiff, page 1", "pages.tiff, page 2"]
    assert column(app, "Digit") == ["7", "4"]


def test_a_transparent_picture_is_read(app):
    assert reads(bring(app, ("two.png", content(transparent(2)))), 2)


def test_an_iphones_photo_is_read(app):
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(draw(7)).convert("RGB")).save(file)
    assert reads(bring(app, ("IMG_0001.HEIC", file.getvalue())), 7)


def test_an_empty_picture_is_said_to_be_empty(app):
    bring(app, ("blank.png", content(Image.new("L", (90, 90), 255))))
    assert app.info[0].value == "Nothing is drawn on it."
    assert not app.title
