"""The pages of PDFs and TIFFs: each is a picture, and what can't be read is told in a sentence."""

import io
import pickle
import sys

import numpy as np
import pytest
from conftest import draw
from PIL import Image, TiffImagePlugin

import digitpad
from digitpad import SAMPLE, PictureError, Recognizer
from digitpad.pictures.arrays import LONGEST_SIDE
from digitpad.pictures.decoding import picture_suffixes
from digitpad.pictures.picture import opened

pad = Recognizer()
DIGITS = (4, 0, 7)


@pytest.fixture(params=["pdf", "tiff"])
def scan(request, tmp_path):
    """A file of three pages with a digit each."""
    path = tmp_path / f"scan.{request.param}"
    first, *others = (Image.fromarray(draw(digit)) for digit in DIGITS)
    first.save(path, save_all=True, append_images=others)
    return path


def pdf(media_box: str = "0 0 200 100", kids: str = "3 0 R", count: int = 1, trailer: str = "") -> bytes:
    """A PDF of one empty page; PDFium works out where its parts are."""
    return f"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [{kids}] /Count {count}>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [{media_box}]>> endobj
trailer <</Root 1 0 R {trailer}>>
%%EOF
""".encode()


LOCKED = pdf(
    trailer=f"/Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}>>> /ID [<43> <43>]"
)


def test_each_page_is_read_and_has_its_name(scan):
    found = digitpad.pages(scan)
    assert [page.name for page in found] == [f"{scan}, page {number}" for number in (1, 2, 3)]
    readings = [pad.read(page) for page in found]
    assert [reading.digit for reading in readings] == list(DIGITS)
    assert [(reading.name, reading.note) for reading in readings] == [(page.name, "") for page in found]
    assert [page.text for page in pad.read_many_numbers(found)] == list(map(str, DIGITS))
    assert [reading.digit for reading in pad.read_many(found)] == list(DIGITS)


def test_an_open_file_and_what_is_in_one_have_the_same_pages(scan):
    content = scan.read_bytes()
    with scan.open("rb") as file:
        file.seek(50)
        named = digitpad.pages(file)
    unnamed = digitpad.pages(content)
    assert [pad.read(page).digit for page in named] == list(DIGITS)  # the file is closed by now
    assert [pad.read(page).digit for page in unnamed] == list(DIGITS)
    assert [page.name for page in unnamed] == ["page 1", "page 2", "page 3"]
    assert named[0].name == f"{scan}, page 1"


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ("", [1, 2, 3]),
        ("2", [2]),
        ("1,3", [1, 3]),
        ("2-3", [2, 3]),
        (" 3 , 1-2 ", [3, 1, 2]),
        ("2-", [2, 3]),
        ("1,1-2", [1, 2]),
    ],
)
def test_pages_are_chosen_by_their_numbers(scan, chosen, numbers):
    assert [page.number for page in digitpad.pages(scan, chosen)] == numbers


@pytest.mark.parametrize("chosen", ["x", "1-x", "-2", "1;2", ",", "1-2-3", "1.5", "3-2"])
def test_what_names_no_pages_is_refused(scan, chosen):
    with pytest.raises(PictureError, match=r"names (no pages|pages backwards)\. Name them so: 1,3-5"):
        digitpad.pages(scan, chosen)


@pytest.mark.parametrize(
    ("chosen", "missing"), [("4", 4), ("0", 0), ("2-7", 7), ("9-", 9), ("1-999999999", 999999999)]
)
def test_a_page_that_is_not_there_is_named(scan, chosen, missing):
    with pytest.raises(PictureError, match=f"{scan.name} has 3 pages: there is no page {missing}\\."):
        digitpad.pages(scan, chosen)


@pytest.mark.parametrize("given", [None, np.zeros((9, 9)), [SAMPLE], io.StringIO("%PDF"), Image.new("L", (9, 9))])
def test_what_is_no_file_is_refused_in_a_sentence(given):
    with pytest.raises(PictureError, match=r"An object of type \w+ has no pages\. Expected is the path of a file,"):
        digitpad.pages(given)


def test_a_picture_is_its_only_page():
    [page] = digitpad.pages(SAMPLE)
    assert page.name == str(SAMPLE)
    assert pad.read(page) == pad.read(SAMPLE)
    with pytest.raises(PictureError, match="has one page: there is no page 2"):
        digitpad.pages(SAMPLE, "2")


def test_where_one_picture_is_read_the_first_page_is_and_the_rest_is_told(scan):
    reading = pad.read(scan)
    assert (reading.digit, reading.note) == (4, "The first of its 3 pages was read.")


def test_a_page_that_waits_holds_nothing_but_its_file(scan):
    first, *_ = digitpad.pages(scan)
    assert len(pickle.dumps(first)) < 1000
    scan.unlink()
    with pytest.raises(PictureError, match="does not exist"):
        pad.read(first)


def test_a_page_is_drawn_with_200_dots_per_inch_and_a_huge_one_with_fewer():
    assert opened(pdf("0 0 360 144")).array.shape == (400, 1000, 3)
    for side in ("14400", "1000000", "1e9"):
        assert max(opened(pdf(f"0 0 {side} 7200")).array.shape) <= LONGEST_SIDE + 1
    narrow = opened(pdf("0 0 100000 0.01")).array
    assert narrow.shape[0] == 1
    assert narrow.shape[1] <= LONGEST_SIDE + 1


@pytest.mark.parametrize("content", [pdf()[:40], pdf(kids="", count=0), b"%PDF-1.4\n", b"%PDF-" + bytes(2000)])
def test_a_pdf_that_is_damaged_or_empty_says_so(content, tmp_path):
    file = tmp_path / "scan.pdf"
    file.write_bytes(content)
    for read in (digitpad.pages, pad.read, pad.read_numbers):
        with pytest.raises(PictureError, match=r"scan\.pdf is damaged, or has no pages\. Get another copy of it\."):
            read(file)


def test_a_locked_pdf_says_what_to_do(tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(LOCKED)
    for read in (digitpad.pages, pad.read):
        with pytest.raises(PictureError, match=r"letter\.pdf is locked with a password. Save it without one first\."):
            read(file)


def test_a_pdf_without_the_library_says_what_to_install(scan, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    if scan.suffix == ".tiff":
        assert len(digitpad.pages(scan)) == 3
        return
    for read in (digitpad.pages, pad.read_numbers):
        with pytest.raises(PictureError, match=r'pypdfium2 is not installed, and a PDF needs it.*"digitpad\[pdf\]"'):
            read(scan)


def test_a_folder_has_its_pdfs_read_where_the_library_is():
    assert ".pdf" in picture_suffixes()


def test_a_damaged_page_does_not_keep_the_others_from_being_read(tmp_path):
    path = tmp_path / "scan.tiff"
    first, second = (Image.fromarray(draw(digit)) for digit in (4, 7))
    first.save(path, save_all=True, append_images=[second], compression="tiff_lzw")
    content = bytearray(path.read_bytes())
    with Image.open(path) as image:
        image.seek(1)
        start = image.tag_v2[TiffImagePlugin.STRIPOFFSETS][0]
    content[start : start + 200] = b"\xff" * 200
    whole, damaged = pad.read_many(digitpad.pages(bytes(content)))
    assert whole.digit == 4
    assert isinstance(damaged, PictureError)
    [gone] = pad.read_many_numbers(digitpad.pages(pdf(kids="")))
    assert "is damaged, or has no pages" in str(gone)


def test_a_file_that_claims_countless_pages_is_refused_but_for_a_few_of_them():
    content = pdf(count=1_000_000)
    with pytest.raises(
        PictureError, match=r"This file has 1,000,000 pages\. Name those to be read, 10,000 at most\."
    ):
        digitpad.pages(content)
    assert [page.number for page in digitpad.pages(content, "1")] == [1]


@pytest.mark.parametrize("kind", ["pdf", "tiff"])
def test_a_changed_file_gives_pages_or_a_sentence(kind, tmp_path):
    rng = np.random.default_rng(3)
    whole = io.BytesIO()
    first, second = (Image.fromarray(draw(digit)).resize((70, 60)) for digit in (4, 7))
    first.save(whole, kind, save_all=True, append_images=[second])
    for _ in range(150):
        content = bytearray(whole.getvalue())
        for place in rng.integers(len(content), size=12):
            content[place] = rng.integers(256)
        for outcome in pad.read_many(pages_or_error(bytes(content))):
            assert not isinstance(outcome, PictureError) or str(outcome).endswith(".")


def pages_or_error(content: bytes) -> list:
    try:
        return digitpad.pages(content)[:3]
    except PictureError as error:
        return [error]
