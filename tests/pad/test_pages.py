"""A page of numbers that a person looks over: what they change, take back, and take home."""

import csv
import io
import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from conftest import STROKES, draw, fence
from PIL import Image

from digitpad import DigitpadError, PictureError, Recognizer, Verdict
from digitpad.errors import CorrectionError
from digitpad.pad.page_results import NUMBER_COLUMNS, PageResult, numbers_csv, numbers_json
from digitpad.pad.pages import SHOWN_SIDE, CheckedPage, page_or_reading
from digitpad.pad.undoing import UNDONE
from digitpad.pictures.picture import opened

pad = Recognizer("hands")


def paper(*numbers: tuple[str, int, int], wide: int = 900, high: int = 400) -> np.ndarray:
    """Numbers of digits of 60 × 100 pixels at their places: uint8 (high, wide), black on white."""
    picture = np.full((high, wide), 255, np.uint8)
    for text, left, top in numbers:
        for place, digit in enumerate(text):
            for stroke in STROKES[int(digit)]:
                points = np.add(stroke, (left - 20 + 70 * place, top))
                cv2.polylines(picture, [points.round().astype(np.int32)], False, 0, 7, cv2.LINE_AA)
    return picture


PICTURE = paper(("401", 40, 40), ("23", 500, 50), ("8", 40, 220), ("96", 500, 210))


@pytest.fixture(scope="module")
def read():
    return pad.read_numbers(PICTURE)


@pytest.fixture
def checked(read):
    return CheckedPage(read, opened(PICTURE), pad)


def texts(checked: CheckedPage) -> list[tuple[int, int, str]]:
    return [(number.row, number.place, number.text) for number in checked.numbers]


AS_READ = [(1, 1, "401"), (1, 2, "23"), (2, 1, "8"), (2, 2, "96")]


def in_doubt(checked: CheckedPage, text: str) -> int:
    """Make a number of the page an unsure one, as a scrawl would be; its id."""
    [number] = [number for number in checked.numbers if number.text == text]
    unsure = replace(number, number=replace(number.number, confidence=0.3))
    checked.numbers = tuple(unsure if each is number else each for each in checked.numbers)
    return number.id


def test_the_numbers_stand_in_the_order_in_which_one_reads(checked):
    assert texts(checked) == AS_READ
    assert checked.told == "4 numbers"
    assert checked.size == (900, 400)
    assert [number.shown for number in checked.numbers] == ["401", "23", "8", "96"]
    assert all(number.sureness.endswith("%") for number in checked.numbers)


def test_the_most_doubtful_comes_first_until_a_person_has_said_what_it_is(checked):
    id = in_doubt(checked, "8")
    assert checked.told == "4 numbers, 1 to look at"
    assert checked.by_doubt[0].id == id
    assert checked.by_doubt[0].shown == "8?"
    checked.accept(id)
    assert checked.told == "4 numbers"
    assert checked.by_doubt[-1].id == id
    assert checked.number(id).shown == "8"


def test_a_correction_counts_and_what_was_read_is_still_known(checked):
    id = checked.numbers[1].id
    checked.correct(id, " 2,35 ")
    number = checked.number(id)
    assert (number.text, number.read_as, number.corrected) == ("2,35", "23", "2,35")
    assert number.digits == ()  # three were written where two were read
    assert checked.result.text == "401 2,35\n8 96"


@pytest.mark.parametrize("text", ["", "  ", "4a", "-3", "4 5", "3..5", "5.", ".", "١٢", "=1+1"])
def test_what_is_no_number_is_refused_in_a_sentence_and_nothing_changes(checked, text):
    with pytest.raises(CorrectionError, match="Type digits, with a point or comma where there is one"):
        checked.correct(checked.numbers[0].id, text)
    assert texts(checked) == AS_READ
    assert not checked.can_undo


def test_one_digit_is_changed_by_a_tap_and_a_key(checked):
    id = checked.numbers[0].id
    digits = checked.number(id).digits
    checked.change_digit(id, 1, "7")
    assert checked.number(id).text == "471"
    assert checked.number(id).digits == digits
    checked.correct(id, "4,71")
    checked.change_digit(id, 1, "9")
    assert checked.number(id).text == "4,91"
    for which, digit in ((3, "1"), (-1, "1"), (0, "x"), (0, "12"), (0, "")):
        with pytest.raises(CorrectionError):
            checked.change_digit(id, which, digit)
    assert checked.number(id).text == "4,91"


def test_the_digit_to_look_at_first_is_the_least_sure(checked):
    number = checked.numbers[0]
    first, second, third = number.number.digits
    unsure = replace(second, reading=replace(second.reading, confidence=0.2))
    assert replace(number, number=replace(number.number, digits=(first, unsure, third))).least_sure == 1


def test_a_missed_number_is_added_in_its_row_and_read(checked):
    eight = checked.numbers[2]
    checked.remove(eight.id)
    assert texts(checked) == [(1, 1, "401"), (1, 2, "23"), (2, 1, "96")]
    left, top, right, bottom = eight.box
    id = checked.add((right + 4, bottom + 3, left - 4, top - 3))  # drawn from its lower right corner
    assert texts(checked) == AS_READ
    added = checked.number(id)
    assert added.by_hand
    assert added.box == (left - 4, top - 3, right + 4, bottom + 3)
    assert id not in {number.id for number in checked.numbers if number is not added}


def test_a_box_between_the_rows_is_a_row_of_its_own_and_in_doubt_where_nothing_was_read(checked):
    id = checked.add((300, 155, 350, 205))
    assert texts(checked) == [*AS_READ[:2], (2, 1, ""), *((3, place, text) for _, place, text in AS_READ[2:])]
    assert checked.number(id).shown == "?"
    assert checked.told == "5 numbers, 1 to look at"
    with pytest.raises(CorrectionError, match="Nothing was read here"):
        checked.accept(id)
    checked.correct(id, "7")
    assert checked.told == "5 numbers"


def test_a_box_is_moved_and_read_anew(checked):
    number = checked.numbers[0]
    left, top, right, bottom = number.box
    checked.move(number.id, (left + 85, top, right, bottom))
    moved = checked.number(number.id)
    assert (moved.text, moved.by_hand, moved.place) == ("01", True, 1)
    checked.move(number.id, checked.numbers[-1].box)
    assert texts(checked) == [(1, 1, "23"), (2, 1, "8"), (2, 2, "96"), (2, 3, "96")]


def test_a_persons_word_stays_when_the_box_is_made_larger_and_goes_when_it_is_put_elsewhere(checked):
    id = checked.numbers[0].id
    checked.correct(id, "407")
    left, top, right, bottom = checked.number(id).box
    checked.move(id, (left - 10, top - 10, right + 10, bottom + 10))
    assert checked.number(id).text == "407"
    checked.move(id, checked.numbers[-1].box)
    assert checked.number(id).text == "96"


def test_a_box_reaches_no_further_than_the_picture_and_none_lies_outside(checked):
    id = checked.add((-50, 210, 140, 700))
    assert checked.number(id).box == (0, 210, 140, 400)
    before = checked.numbers
    with pytest.raises(PictureError, match="is nothing of the picture, which is 900 × 400"):
        checked.add((950, 10, 990, 90))
    with pytest.raises(PictureError):
        checked.move(before[0].id, (10, 10, 10, 90))
    assert checked.numbers == before


def test_every_change_is_taken_back_and_brought_again(checked):
    first, *_, last = checked.numbers
    checked.correct(first.id, "407")
    checked.remove(last.id)
    checked.add((300, 155, 350, 205))
    after = texts(checked)
    for _ in range(4):  # once more than there is
        checked.undo()
    assert texts(checked) == AS_READ
    assert (checked.can_undo, checked.can_redo) == (False, True)
    for _ in range(4):
        checked.redo()
    assert texts(checked) == after
    assert not checked.can_redo
    checked.undo()
    checked.correct(first.id, "4")
    assert not checked.can_redo


def test_a_change_that_changes_nothing_needs_not_be_taken_back(checked):
    number = checked.numbers[0]
    checked.move(number.id, number.box)
    checked.undo()
    checked.redo()
    checked.accept(number.id)
    checked.accept(number.id)
    checked.correct(number.id, "401")
    checked.undo()
    assert not checked.can_undo


def test_the_way_back_has_an_end(checked):
    for count in range(UNDONE + 20):
        checked.correct(checked.numbers[0].id, str(count))
    for _ in range(UNDONE + 20):
        checked.undo()
    assert checked.numbers[0].text == "19"


def test_what_was_removed_can_not_be_changed_any_more(checked):
    id = checked.numbers[0].id
    checked.remove(id)
    for change in (
        lambda: checked.correct(id, "4"),
        lambda: checked.remove(id),
        lambda: checked.move(id, (0, 0, 50, 50)),
    ):
        with pytest.raises(CorrectionError, match="This number is not on the page any more"):
            change()


def test_a_large_picture_is_kept_small_and_its_boxes_are_those_of_the_large_one(tmp_path):
    file = tmp_path / "photo.png"
    large = cv2.resize(PICTURE, None, fx=5, fy=5, interpolation=cv2.INTER_NEAREST)
    Image.fromarray(large).save(file)
    checked = CheckedPage.read(file, pad)
    assert (checked.name, checked.size) == (str(file), (4500, 2000))
    shown = Image.open(io.BytesIO(checked.image))
    assert SHOWN_SIDE * 0.9 < max(shown.size) <= SHOWN_SIDE
    number = checked.numbers[1]
    checked.remove(number.id)
    id = checked.add(number.box)
    assert checked.number(id).text == "23"
    assert checked.number(id).number.box == pytest.approx(number.box, abs=20)


def test_light_ink_transparency_and_colours_are_read_anew_as_they_were():
    see_through = np.zeros((*PICTURE.shape, 4), np.uint8)
    see_through[..., 3] = 255 - PICTURE
    coloured = np.stack([PICTURE, PICTURE // 2 + 127, np.full_like(PICTURE, 255)], axis=-1)
    for picture in (255 - PICTURE, see_through, coloured):
        checked = CheckedPage.read(picture, pad)
        assert texts(checked) == AS_READ
        number = checked.numbers[0]
        left, top, right, bottom = number.box
        checked.move(number.id, (left - 3, top - 3, right + 3, bottom + 3))
        assert checked.numbers[0].text == "401"


def rows(*results: PageResult) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(numbers_csv(results).decode(), newline="")))


def test_many_pages_are_one_table_with_boxes(checked):
    checked.correct(checked.numbers[1].id, "28")
    blank = pad.read_numbers(np.full((90, 90), 255, np.uint8))
    crossed = pad.read_numbers(fence())
    found = rows(
        replace(checked.result, file="a.pdf, page 2"),
        PageResult.of("blank.png", blank),
        PageResult.of("fence.png", crossed),
        PageResult.of("=b.png", PictureError("The file =b.png does not exist.")),
    )
    assert tuple(found[0]) == NUMBER_COLUMNS
    assert [row["file"] for row in found] == ["a.pdf, page 2"] * 4 + ["blank.png", "fence.png", "'=b.png"]
    second = found[1]
    assert (second["row"], second["place"], second["number"], second["read_as"]) == ("1", "2", "28", "23")
    assert (second["corrected"], second["verdict"], found[0]["corrected"]) == ("28", "digit", "")
    box = tuple(int(second[side]) for side in ("left", "top", "right", "bottom"))
    assert box == checked.numbers[1].box
    assert [row["verdict"] for row in found[4:]] == ["empty", "not a digit", ""]
    assert (found[6]["number"], found[6]["error"]) == ("", "The file =b.png does not exist.")


def test_many_pages_are_one_json_file_with_every_digit_and_its_box(checked):
    checked.correct(checked.numbers[0].id, "407")
    told = json.loads(numbers_json([checked.result, PageResult.of("gone.png", PictureError("It is gone."))]))
    first = told[0]["rows"][0][0]
    assert (first["text"], first["read_as"], first["corrected"], first["by_hand"]) == ("407", "401", "407", False)
    assert first["box"] == list(checked.numbers[0].box)
    assert [digit["digit"] for digit in first["digits"]] == [4, 0, 1]
    assert told[0]["text"] == "407 23\n8 96"
    assert told[0]["size"] == [900, 400]
    assert (told[1]["error"], told[1]["rows"], told[1]["verdict"]) == ("It is gone.", [], None)
    assert json.loads(numbers_json([])) == []


def test_a_page_is_in_doubt_while_one_of_its_numbers_is(checked):
    assert checked.result.kind is Verdict.DIGIT
    id = in_doubt(checked, "8")
    assert checked.result.kind is Verdict.UNSURE
    checked.accept(id)
    assert checked.result.kind is Verdict.DIGIT


def test_a_picture_that_can_not_be_read_is_refused_as_by_the_recognizer(tmp_path):
    with pytest.raises(DigitpadError, match="does not exist"):
        CheckedPage.read(tmp_path / "gone.png", pad)


def test_several_digits_are_a_page_and_one_or_none_a_reading():
    page = page_or_reading(PICTURE, pad)
    assert [number.text for number in page.numbers] == ["401", "23", "8", "96"]
    assert page_or_reading(paper(("42", 40, 40)), pad).result.text == "42"
    star = draw(0, strokes={0: [[(50, 8), (76, 90), (8, 38), (92, 38), (24, 90), (50, 8)]]})
    for picture in (draw(7), fence(), star, np.full((300, 400), 255, np.uint8)):
        assert page_or_reading(picture, pad) == pad.read_one(picture)


@pytest.mark.parametrize(("rows", "digits"), [(6, 5), (7, 8)])
def test_a_page_full_of_digits_is_a_page_also_where_it_looks_like_one_of_them_from_afar(rows, digits):
    numbers = (("40172389"[:digits], 40, 40 + 160 * place) for place in range(rows))
    picture = paper(*numbers, wide=80 + 70 * digits, high=160 * rows)
    assert pad.read_one(picture).verdict is Verdict.DIGIT
    assert len(page_or_reading(picture, pad).result.rows) == rows


def test_one_digit_that_could_be_two_is_one():
    marker = draw(8, pen=40)
    assert pad.read_numbers(marker).count_of_digits == 2
    assert page_or_reading(marker, pad) == pad.read_one(marker)
