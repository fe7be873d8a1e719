"""Many pages of numbers, read by this process and others."""

from pathlib import Path

import pytest
from PIL import Image

import digitpad
from digitpad import PictureError, Recognizer

from .conftest import written

pad = Recognizer("hands")
TEXTS = ("401", "17", "23", "9", "55", "60")


class Content(bytes):
    """What is in a file; knows whether it was sent to another process."""

    was_sent = False

    def __reduce_ex__(self, protocol):
        Content.was_sent = True
        return super().__reduce_ex__(protocol)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A PDF of six pages."""
    path = tmp_path / "scan.pdf"
    first, *others = (Image.fromarray(written(text)) for text in TEXTS)
    first.save(path, save_all=True, append_images=others)
    return path


def told(pictures, workers: int) -> list[str]:
    return [
        str(page) if isinstance(page, PictureError) else page.text
        for page in pad.read_many_numbers(pictures, workers)
    ]


def test_several_processes_read_what_one_does_and_an_error_stands_in_its_place(scan):
    pages = [*digitpad.pages(scan), *digitpad.pages(scan)]
    pages[3] = scan.with_name("gone.png")
    alone, shared = told(pages, 1), told(pages, 2)
    assert shared == alone
    assert alone[3].endswith("gone.png does not exist.")
    assert [text for place, text in enumerate(alone) if place != 3] == [*TEXTS[:3], *TEXTS[4:], *TEXTS]


def test_a_whole_file_is_not_sent_with_each_of_its_pages(scan):
    pages = digitpad.pages(Content(scan.read_bytes()))
    assert told(pages * 2, 2) == [*TEXTS, *TEXTS]
    assert not Content.was_sent


def test_there_is_one_worker_at_least(scan):
    with pytest.raises(ValueError, match="1 or more, not 0"):
        pad.read_many_numbers(digitpad.pages(scan), 0)
