"""What can't be read is refused with a sentence, and the next is read; a name is a name, whatever it looks like."""

import re

import pytest
from bringing import SVG, bring, content, reads, texts, upload
from browsing import chooser
from conftest import draw
from PIL import Image
from playwright.sync_api import expect

from digitpad.pictures.arrays import MOST_PIXELS
from digitpad_web.holding import MOST_MEGABYTES

HOSTILE = "_a_ *b* <b>c<b> :red[d] `e`.png"


def bomb() -> bytes:
    return content(Image.new("1", (20_000, 20_000)))  # some kilobytes, 400 million pixels


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("half.png", content(draw(1))[:200], "The file half.png is damaged or cut off"),
        ("lie.png", SVG, "The file lie.png is no picture that digitpad can read"),
        ("nothing.png", b"", "The file nothing.png is empty (0 bytes). Get another copy of it."),
        (
            "bomb.png",
            bomb(),
            f"The file bomb.png is too large: at most {MOST_PIXELS // 10**6} million pixels are read.",
        ),
        ("huge.bmp", bytes(MOST_MEGABYTES * 2**20 + 1), f"The file huge.bmp is larger than {MOST_MEGABYTES} MB."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_and_the_next_is_read(app, name, data, says):
    bring(app, (name, data))
    assert app.error
    assert texts(app)[0].startswith(says)
    assert texts(app)[0].endswith(".")
    assert reads(bring(app, ("seven.png", content(draw(7)))), 7)


def test_one_file_that_is_too_large_is_refused_before_it_is_sent(pictures, tmp_path):
    huge = tmp_path / "huge.png"
    huge.write_bytes(bytes(MOST_MEGABYTES * 2**20 + 1))
    chooser(pictures).set_input_files(huge)
    expect(pictures.get_by_text(re.compile("File must be 10.*MB or smaller"))).to_be_visible()


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "/etc/passwd", "/dev/zero"])
def test_a_name_like_a_path_is_a_name_alone(app, name):
    assert reads(bring(app, (name, content(draw(7)))), 7)
    assert texts(app) == [name.rpartition("/")[2]]
    bring(app, (name, SVG))
    assert texts(app)[0].startswith(f"The file {name.rpartition('/')[2]} is no picture")


def test_a_name_is_never_taken_for_markup(app):
    bring(app, (HOSTILE, content(draw(7))))
    assert texts(app) == [HOSTILE]
    bring(app, (HOSTILE, SVG))
    marked = [*app.markdown, *app.error, *app.info, *app.caption, *app.warning]
    assert not [element for element in marked if "*b*" in element.value]


def test_names_are_shown_in_the_browser_as_they_are(pictures):
    upload(pictures, (HOSTILE.replace("`", ""), SVG))
    expect(pictures.get_by_test_id("stText")).to_contain_text("_a_ *b* <b>c<b> :red[d]")
