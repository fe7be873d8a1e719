"""`digitpad read --numbers`: what is on pages, as a person sees it and as programs get it."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import draw, fence
from PIL import Image

from digitpad.command.main import main
from digitpad.pad.page_results import NUMBER_COLUMNS

from .conftest import COMMAND, at_a_terminal, interrupted, run


def row(*digits: int) -> Image.Image:
    """Digits side by side."""
    return Image.fromarray(np.hstack([draw(digit, 100, pen=7) for digit in digits]))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A PDF of three pages, the second with two rows."""
    two_rows = Image.new("L", (300, 200), 255)
    two_rows.paste(row(8, 9), (0, 0))
    two_rows.paste(row(7), (100, 100))
    path = tmp_path / "scan.pdf"
    row(4, 0, 1).save(path, save_all=True, append_images=[two_rows, row(2, 3)])
    return path


@pytest.fixture
def folder(scan: Path) -> Path:
    """A folder with a scan, a TIFF of two pages, a picture, and what has no numbers or can't be read."""
    row(1, 7).save(scan.with_name("b.tiff"), save_all=True, append_images=[row(5)])
    row(6, 6).save(scan.with_name("c.png"))
    Image.new("L", (90, 90), 255).save(scan.with_name("blank.png"))
    Image.fromarray(fence()).save(scan.with_name("fence.png"))
    scan.with_name("broken.pdf").write_bytes(b"%PDF-1.4\n")
    scan.with_name("notes.txt").touch()
    return scan.parent


def words(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_each_row_of_each_page_is_a_line_with_its_confidence(scan, capsys):
    assert main(["read", "--numbers", str(scan)]) == 0
    shown = capsys.readouterr()
    lines = [re.sub(r"(> )?\d+\.\d %", "%", line) for line in words(shown.out)]
    assert lines == [
        f"{scan}, page 1 1 % 401",
        f"{scan}, page 2 1 % 89",
        f"{scan}, page 2 2 % 7",
        f"{scan}, page 3 1 % 23",
    ]
    assert shown.err == "3 pages, 4 numbers\n"


def test_a_folder_is_read_page_by_page_and_what_is_wrong_gets_a_sentence(folder, capsys):
    assert main(["read", "--numbers", str(folder)]) == 1
    shown = capsys.readouterr()
    lines = words(shown.out)
    assert f"{folder}/blank.png – Nothing is drawn on it" in lines
    assert f"{folder}/fence.png – There are no numbers on it" in lines
    sentence = "The file broken.pdf is damaged, or has no pages. Get another copy of it."
    assert f"{folder}/broken.pdf – {sentence}" in lines
    assert lines[0].startswith(f"{folder}/b.tiff, page 1 1 ")
    assert lines[0].endswith(" 17")
    assert shown.err.splitlines() == [
        "8 pages, 7 numbers, 1 could not be read",
        f"Passed over in {folder.name}: 1 that is no picture",
    ]


def test_json_is_a_line_a_page_with_every_box(scan, capsys):
    assert main(["read", "--numbers", "--json", str(scan), "gone.png"]) == 1
    pages = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [page["file"] for page in pages] == [f"{scan}, page {number}" for number in (1, 2, 3)] + ["gone.png"]
    assert [page["text"] for page in pages] == ["401", "89\n7", "23", None]
    assert pages[3]["error"] == "The file gone.png does not exist."
    second = pages[1]["rows"][1][0]
    assert second["text"] == "7"
    left, top, right, bottom = second["box"]
    width, height = pages[1]["size"]
    assert width / 3 < left < right < width * 2 / 3
    assert height / 2 < top < bottom < height


def test_csv_is_a_row_a_number_with_its_box(folder, capsysbinary):
    main(["read", "--numbers", "--csv", str(folder / "scan.pdf"), str(folder / "fence.png")])
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    assert tuple(rows[0]) == NUMBER_COLUMNS
    assert [(row["number"], row["row"], row["place"]) for row in rows[:4]] == [
        ("401", "1", "1"),
        ("89", "1", "1"),
        ("7", "2", "1"),
        ("23", "1", "1"),
    ]
    assert all(int(row["left"]) < int(row["right"]) for row in rows[:4])
    assert (rows[4]["number"], rows[4]["verdict"]) == ("", "not a digit")


def test_where_a_digit_was_expected_and_several_are_there_it_says_how_to_read_them(folder, capsys):
    assert main(["read", str(folder / "c.png")]) == 0
    shown = capsys.readouterr()
    assert "These are several digits" in shown.out
    assert shown.err == "Several digits are read with --numbers\n"
    main(["read", "--numbers", str(folder / "c.png")])
    assert capsys.readouterr().err == ""


def test_pages_are_chosen(scan, capsys):
    assert main(["read", "--numbers", "--json", "--pages", "3,1", str(scan)]) == 0
    assert [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()] == ["23", "401"]
    assert main(["read", "--numbers", "--pages", "2-4", str(scan)]) == 1
    assert "scan.pdf has 3 pages: there is no page 4." in capsys.readouterr().out


def test_a_digit_on_each_page_is_read_where_pages_are_chosen(tmp_path, capsys):
    scan = tmp_path / "scan.tiff"
    first, *others = (Image.fromarray(draw(digit)) for digit in (4, 0, 7))
    first.save(scan, save_all=True, append_images=others)
    assert main(["read", "--json", "--pages", "2-", str(scan)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["file"], row["digit"], row["note"]) for row in rows] == [
        (f"{scan}, page 2", 0, None),
        (f"{scan}, page 3", 7, None),
    ]


def test_standard_input_may_be_a_pdf(scan):
    done = subprocess.run(
        [*COMMAND, "read", "--numbers", "--json", "-"], input=scan.read_bytes(), capture_output=True, timeout=60
    )
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [page["file"] for page in pages] == [f"standard input, page {number}" for number in (1, 2, 3)]
    assert pages[0]["text"] == "401"
    done = run("read", "--numbers", "-", input="%PDF-1.4")
    assert "The file standard input is damaged, or has no pages." in done.stdout


def test_a_pdf_without_the_library_says_what_to_install(scan, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert main(["read", "--numbers", str(scan)]) == 1
    said = capsys.readouterr().out
    assert "pypdfium2 is not installed, and a PDF needs it. Install it with:" in said
    assert '"digitpad[pdf]"' in said


def test_at_a_terminal_there_is_a_table_with_the_files_alone(scan):
    shown = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", at_a_terminal("read", "--numbers", scan))
    assert words(shown)[0] == "File Row Confidence Numbers"
    assert re.search(r"scan\.pdf, page 2 +2 +(> )?\d+\.\d % +7 ", shown)
    assert "3 pages, 4 numbers" in shown


def test_a_long_scan_shows_how_far_it_is_and_is_stopped_by_ctrl_c(tmp_path):
    page = row(4, 0, 1)
    page.save(tmp_path / "long.tiff", save_all=True, append_images=[page] * 600)
    words = ("read", "--numbers", "--json", tmp_path / "long.tiff")
    said = interrupted(*words, into=tmp_path / "pages.json", until=r"[1-9]\d*/601")
    count = int(re.search(r"Stopped after (\d+) of 601: \1 pages?, \1 numbers?", said)[1])
    lines = (tmp_path / "pages.json").read_text().splitlines()
    assert [json.loads(line)["file"].split()[-1] for line in lines[:count]] == [str(n + 1) for n in range(count)]
