"""The rows and the CSV file of many pictures, and files that are already open."""

import csv
import io
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pillow_heif
import pytest
from conftest import draw
from PIL import Image

from digitpad import PictureError, Reading, Recognizer, Verdict
from digitpad.pad.results import COLUMNS, EMPTY, MOMENT, Result, csv_lines, for_a_moment, tally, to_csv
from digitpad.pictures.decoding import picture_suffixes

pad = Recognizer()


def png(picture: np.ndarray, **options) -> bytes:
    content = io.BytesIO()
    Image.fromarray(picture).save(content, "PNG", **options)
    return content.getvalue()


def named(content: bytes, name: object) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def rows(*results: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(results).decode(), newline="")))


def test_a_result_says_its_file_digit_words_and_confidence():
    result = Result.of("folder/seven.png", pad.read(draw(7)))
    assert (result.name, result.digit, result.words) == ("seven.png", "7", "Looks like a 7")
    assert result.confidence.endswith(" %")


def test_an_empty_picture_has_neither_digit_nor_confidence():
    result = Result.of("blank.png", pad.read(np.full((90, 90), 255, np.uint8)))
    assert (result.digit, result.words, result.confidence) == ("", EMPTY, "")


def test_what_could_not_be_read_says_why_without_the_folders():
    result = Result.of("a/b/c.png", PictureError("The file a/b/c.png does not exist."))
    assert (result.digit, result.words, result.confidence) == ("", "The file c.png does not exist.", "")


def test_what_is_in_doubt_empty_no_digit_or_unreadable_needs_a_look():
    sure = pad.read(draw(7))
    assert not Result.of("7.png", sure).needs_a_look
    for verdict in (Verdict.UNSURE, Verdict.NOT_A_DIGIT, Verdict.EMPTY):
        assert Result.of("7.png", replace(sure, verdict=verdict)).needs_a_look
    assert Result.of("7.png", PictureError("The file 7.png does not exist.")).needs_a_look


def test_the_error_of_a_result_does_not_keep_the_picture():
    assert isinstance(Result.of("a.png", PictureError("It is broken.")).error, str)


def reading(verdict: Verdict, digit: int | None = 4) -> Reading:
    return replace(pad.read(draw(4)), verdict=verdict, digit=digit)


def test_the_tally_tells_digits_from_what_is_none_and_how_many_are_unsure():
    digit, unsure, none = (
        Result.of("a", reading(verdict)) for verdict in (Verdict.DIGIT, Verdict.UNSURE, Verdict.NOT_A_DIGIT)
    )
    blank, bad = Result.of("c", Reading.empty()), Result("b", None, "It is broken.")
    assert tally([]) == "0 digits"
    assert tally([digit]) == "1 digit"
    assert tally([digit, digit, bad]) == "2 digits, 1 could not be read"
    assert tally([unsure, digit, digit]) == "3 digits (1 unsure)"
    assert tally([none, bad, digit, none, blank, bad]) == "1 digit, 2 not digits, 1 empty, 2 could not be read"
    assert tally([none]) == "0 digits, 1 not a digit"


def test_the_csv_holds_what_was_read_and_why_not():
    read, empty, broken = rows(
        Result.of("seven.png", pad.read(draw(7))),
        Result.of("blank.png", pad.read(np.zeros((90, 90), np.uint8))),
        Result("a, “b”.png", None, "It is broken."),
    )
    assert tuple(read) == COLUMNS
    assert COLUMNS == ("file", "digit", "verdict", "confidence", "likeliest", "corrected", "error", "note")
    assert (read["file"], read["digit"], read["verdict"], read["error"]) == ("seven.png", "7", "digit", "")
    assert read["likeliest"] == "7"
    assert 0.5 < float(read["confidence"]) <= 1
    assert list(empty.values()) == ["blank.png", "", "empty", "", "", "", "", ""]
    assert list(broken.values()) == ["a, “b”.png", "", "", "", "", "", "It is broken.", ""]


def test_what_is_no_digit_has_none_in_the_csv_but_its_likeliest():
    none, unsure = rows(
        Result.of("letter.png", reading(Verdict.NOT_A_DIGIT)), Result.of("scrawl.png", reading(Verdict.UNSURE))
    )
    assert (none["digit"], none["likeliest"], none["verdict"]) == ("", "4", "not a digit")
    assert float(none["confidence"]) > 0
    assert (unsure["digit"], unsure["likeliest"], unsure["verdict"]) == ("4?", "4", "unsure")


def test_the_lines_of_a_csv_come_one_by_one():
    def endless():
        while True:
            yield Result("a.png", None)

    assert [next(lines) for lines in [csv_lines(endless())] * 3] == [",".join(COLUMNS).encode() + b"\r\n"] + [
        b"a.png,,,,,,,\r\n"
    ] * 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r\n@", "\uff1d"])
def test_a_file_name_is_no_formula_in_a_spreadsheet(start):
    name = f'{start}HYPERLINK("http://example.com").png'
    [row] = rows(Result(name, None, f"{name} is broken."))
    assert row["file"] == f"'{name}"
    assert row["error"] == f"'{name} is broken."


def test_an_ordinary_name_is_exported_as_it_is():
    assert [row["file"] for row in rows(Result("a=b-c@d+.png", None), Result("/x/'y'.png", None))] == [
        "a=b-c@d+.png",
        "/x/'y'.png",
    ]


def test_a_moment_has_one_item_at_least_and_ends_when_it_is_over(monkeypatch):
    assert list(for_a_moment([1, 2, 3])) == [1, 2, 3]
    assert list(for_a_moment([1, 2, 3], lambda: True)) == [1]
    assert list(for_a_moment([])) == []
    times = iter([0.0, MOMENT / 2, MOMENT * 2])
    monkeypatch.setattr("digitpad.pad.results.time.monotonic", lambda: next(times))
    assert list(for_a_moment([1, 2, 3])) == [1, 2]


def test_an_open_file_is_read_from_its_beginning_and_left_open(tmp_path):
    (tmp_path / "four.png").write_bytes(png(draw(4)))
    with (tmp_path / "four.png").open("rb") as file:
        file.seek(7)
        assert pad.read(file).digit == 4
        assert not file.closed
        assert pad.read(file).digit == 4
    assert pad.read(io.BytesIO(png(draw(4)))).digit == 4


def test_the_name_of_an_open_file_is_told_and_never_opened(tmp_path):
    (tmp_path / "secret.png").write_bytes(png(draw(4)))
    with pytest.raises(PictureError, match=r"secret\.png is no picture that digitpad can read"):
        pad.read(named(b"no picture", str(tmp_path / "secret.png")))
    assert pad.read(named(png(draw(7)), str(tmp_path / "secret.png"))).digit == 7
    with pytest.raises(PictureError, match=r"^The file is no picture"):
        pad.read(named(b"no picture", 3))


@pytest.mark.parametrize("content", [b"%!PS-Adobe-3.0", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG"])
def test_an_open_file_that_holds_no_picture_is_refused(content):
    with pytest.raises(PictureError, match=r"lie\.png is no picture that digitpad can read"):
        pad.read(named(content, "lie.png"))


def test_an_open_file_that_is_cut_off_or_claims_to_be_huge_is_refused():
    noise = np.random.default_rng(1).integers(0, 256, (90, 90), dtype=np.uint8)
    with pytest.raises(PictureError, match=r"half\.png"):
        pad.read(named(png(noise)[:2000], "half.png"))
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    with pytest.raises(PictureError, match=r"bomb\.png is too large"):
        pad.read(named(bomb.getvalue(), "bomb.png"))


def test_a_file_opened_as_text_or_closed_is_refused(tmp_path):
    with pytest.raises(PictureError, match="of type StringIO is no picture"):
        pad.read(io.StringIO("7"))
    closed = io.BytesIO(png(draw(4)))
    closed.close()
    with pytest.raises(PictureError, match="closed"):
        pad.read(closed)


def heic(picture: np.ndarray) -> bytes:
    content = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(picture).convert("RGB")).save(content)
    return content.getvalue()


def test_an_iphones_photo_is_read_from_a_file_or_an_open_one(tmp_path):
    (tmp_path / "seven.heic").write_bytes(heic(draw(7)))
    assert pad.read(tmp_path / "seven.heic").digit == 7
    assert pad.read(io.BytesIO(heic(draw(7)))).digit == 7
    assert {".heic", ".png"} <= picture_suffixes()


def test_the_reader_of_iphones_photos_is_loaded_for_them_alone(tmp_path):
    (tmp_path / "seven.png").write_bytes(png(draw(7)))
    (tmp_path / "seven.heic").write_bytes(heic(draw(7)))
    program = """
import sys
from digitpad.pictures.decoding import picture_suffixes
from digitpad.pictures.picture import to_array
picture_suffixes()
to_array(sys.argv[1])
assert "pillow_heif" not in sys.modules
to_array(sys.argv[2])
assert "pillow_heif" in sys.modules
"""
    files = [str(tmp_path / "seven.png"), str(tmp_path / "seven.heic")]
    subprocess.run([sys.executable, "-c", program, *files], check=True, timeout=60)


def test_a_broken_iphone_photo_is_refused():
    whole = heic(draw(7))
    for length in (12, 40, len(whole) // 2):
        with pytest.raises(PictureError, match=r"half\.heic"):
            pad.read(named(whole[:length], "half.heic"))


def test_without_its_reader_an_iphones_photo_is_no_picture(monkeypatch):
    photo = heic(draw(7))
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(PictureError, match="is no picture that digitpad can read"):
        pad.read(named(photo, "photo.heic"))


def test_what_was_not_read_of_a_file_is_told_in_the_table_and_the_csv():
    reading = replace(pad.read(draw(7)), note="The first of its 12 pages was read.")
    result = Result.of("pages.tiff", reading)
    assert result.words == "Looks like a 7. The first of its 12 pages was read."
    assert b"The first of its 12 pages was read." in to_csv([result])
