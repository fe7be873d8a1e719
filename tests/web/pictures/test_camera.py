"""The camera of a visitor, which shows a sheet with a digit on it."""

import pytest
from bringing import open_pictures
from browsing import digit
from conftest import draw
from PIL import Image, ImageOps
from playwright.sync_api import Page, expect


@pytest.fixture
def video(tmp_path):
    """What the camera sees, as Chromium plays it again and again: a 7 on a sheet, black on white."""
    file = tmp_path / "sheet.mjpeg"
    sheet = ImageOps.pad(Image.fromarray(draw(7)), (640, 480), color="white")
    sheet.convert("RGB").save(file, "JPEG")
    return file


@pytest.fixture
def pictures(browser_type, browser_type_launch_args, address, video) -> Page:
    """The page in a browser of its own, to which the visitor has lent that camera."""
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    camera += [f"--use-file-for-fake-video-capture={video}"]
    options = browser_type_launch_args | {"args": browser_type_launch_args["args"] + camera}
    with browser_type.launch(**options) as browser:
        page = browser.new_page()
        open_pictures(page, address)
        yield page


# Whether the live picture is bright: the sheet is there, and not yet the dark before a camera's first picture.
IS_BRIGHT = """() => {
    const video = document.querySelector("video");
    if (!video?.videoWidth) return false;
    const drawing = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
    drawing.drawImage(video, 0, 0, 1, 1);
    return drawing.getImageData(0, 0, 1, 1).data[1] > 128;
}"""


def test_a_photo_is_taken_and_read(pictures):
    pictures.get_by_role("radio", name="Camera").click()
    pictures.wait_for_function(IS_BRIGHT)  # as a person would wait, to see what is in the photo
    pictures.get_by_role("button", name="Take Photo").click()
    expect(digit(pictures)).to_have_text("7")
