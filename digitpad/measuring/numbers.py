"""How well numbers are read: rows and pages by people of whom nothing was learned, and real pictures."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad import Page, Recognizer
from digitpad.glyphs.strokes import Stroke
from digitpad.measuring.conditions import photograph
from digitpad.measuring.grids import grid_of
from digitpad.measuring.lists import list_row
from digitpad.measuring.rows import SPACINGS, Ink, on_ruled_paper, page_of, row_of, strokes_of_row
from digitpad.training.data.mixture import HELD_OUT_WRITERS, is_held_out, pen_digits
from digitpad.training.data.sources import locate
from digitpad.training.data.strokes import PenDigit
from digitpad.training.data.unipen import Character

ROWS, PAGES, GRIDS = 300, 100, 50  # of each kind
LENGTHS, PAIR = (2, 7), (2, 3)  # digits of a row, from and below
TOUCHING = ("touching", "overlapping")  # spacings of pairs that have figures of their own
ROWS_OF_A_PAGE = (3, 7)
PENS = (3.0, 10.0)  # pixels that a pen is wide where a digit is 80 high
FEWEST = 10  # digits that are needed of a person to write numbers with
SEED = 21

Picture = NDArray[np.uint8] | Path
Drawing = tuple[Stroke, ...]
Writer = tuple[list[PenDigit], list[Character]]  # digits; capitals and signs


@dataclass(frozen=True)
class Kind:
    """Pictures with numbers that are yet to be made, one by one.

    Attributes:
        name: which kind.
        count: how many.
        picture: from a number below `count` to a picture, or the strokes of a drawing, and what it shows, rows apart
            by "/".
        has_words: whether there are words, signs and points too, so that it matters where numbers end: what it shows
            is then told as `Page.text` does, but for the rows.
    """

    name: str
    count: int
    picture: Callable[[int], tuple[Picture | Drawing, str]]
    has_words: bool = False


@dataclass(frozen=True)
class Figures:
    """How well one kind was read.

    Attributes:
        name: of the kind.
        pictures: how many.
        exact: the share in which every digit is right and none too many or too few.
        errors: digits to be changed, added or taken out, for each digit that there is.
    """

    name: str
    pictures: int
    exact: float
    errors: float


def measure_numbers(recognizer: Recognizer, kinds: Sequence[Kind]) -> list[Figures]:
    """Read every picture or drawing of every kind."""
    figures = []
    with tqdm(total=sum(kind.count for kind in kinds), unit="picture") as bar:
        for kind in kinds:
            bar.set_description(f"numbers: {kind.name}")
            exact = errors = digits = 0
            for index in range(kind.count):
                picture, label = kind.picture(index)
                if isinstance(picture, tuple):
                    page = recognizer.read_strokes(picture)
                else:
                    page = recognizer.read_numbers(picture)
                read = page.text.replace("\n", "/") if kind.has_words else digits_of(page)
                exact += read == label
                errors += distance(read, label)
                digits += len(label.replace("/", ""))
                bar.update()
            figures.append(Figures(kind.name, kind.count, exact / max(1, kind.count), errors / max(1, digits)))
    return figures


def digits_of(page: Page) -> str:
    """All digits of a page, rows apart by "/"; spaces and points don't count."""
    return "/".join("".join(str(digit.reading.digit) for n in row for digit in n.digits) for row in page.rows)


def distance(read: str, label: str) -> int:
    """How many signs are to be changed, added or taken out (Levenshtein, 1966)."""
    costs = list(range(len(label) + 1))
    for row, sign in enumerate(read, start=1):
        before, costs[0] = costs[0], row
        for column, wanted in enumerate(label, start=1):
            change = before + (sign != wanted)
            before, costs[column] = costs[column], min(change, costs[column] + 1, costs[column - 1] + 1)
    return costs[-1]


def number_kinds(
    pens: Sequence[PenDigit], characters: Sequence[Character], data: Path | None, most: int | None = None
) -> Iterator[Kind]:
    """All that is read: rows by held-out writers in every spacing and on every paper, pages, and real pictures."""
    people = _people(pens, characters)
    if people:
        rows, pages = (min(count, most or count) for count in (ROWS, PAGES))
        for name in SPACINGS:
            yield Kind(f"rows, {name}", rows, _maker(people, name, 1, _on_white))
        for name in TOUCHING:
            yield Kind(f"pairs, {name}", rows, _maker(people, name, 1, _on_white, PAIR))
        for name in SPACINGS:
            yield Kind(f"rows as strokes, {name}", rows, partial(_drawn, people, name))
        yield Kind("rows, on ruled paper", rows, _maker(people, "separate", 1, on_ruled_paper))
        yield Kind("rows, on photos", rows, _maker(people, "separate", 1, _photographed))
        yield Kind("pages, on white", pages, _maker(people, "separate", None, _on_white))
        yield Kind("pages, on photos", pages, _maker(people, "separate", None, _photographed))
        yield Kind("filled grids and tables, on photos", min(GRIDS, pages), partial(_grid, people))
        writers = _writers(pens, characters)
        yield Kind("rows with words", rows, _lister(writers, 1, _on_white), has_words=True)
        yield Kind("shopping lists, on photos", pages, _lister(writers, None, _photographed), has_words=True)
    for name, prefixes in (("real pictures of numbers", ("number",)), ("real pages and grids", ("page", "grid"))):
        if pictures := _real(data, prefixes)[:most]:
            yield Kind(name, len(pictures), pictures.__getitem__)


def _people(pens: Sequence[PenDigit], characters: Sequence[Character]) -> list[list[PenDigit]]:
    """The digits of each person of whom nothing was learned."""
    return [digits for digits, _ in _writers(pens, characters)]


def _writers(pens: Sequence[PenDigit], characters: Sequence[Character]) -> list[Writer]:
    """The digits of each person of whom nothing was learned, and their capitals and signs."""
    people: dict[tuple[str, int], Writer] = {}
    for digit in pens:
        if digit.writer in HELD_OUT_WRITERS:
            people.setdefault(("", digit.writer), ([], []))[0].append(digit)
    for one in characters:
        if is_held_out(one):
            digits, letters = people.setdefault((one.site, one.writer), ([], []))
            digits.extend(pen_digits([one]))
            if one.kind != "digit":
                letters.append(one)
    return [people[key] for key in sorted(people) if len(people[key][0]) >= FEWEST]


def _maker(
    people: Sequence[list[PenDigit]],
    spacing: str,
    rows: int | None,
    paper: Callable[[Ink, np.random.Generator], NDArray[np.uint8]],
    lengths: tuple[int, int] = LENGTHS,
) -> Callable[[int], tuple[Picture, str]]:
    """Makes pictures of so many rows, or of as many as pages have."""

    def made(index: int) -> tuple[Picture, str]:
        rng = np.random.default_rng([SEED, index])
        person = people[int(rng.integers(len(people)))]
        pen = float(rng.uniform(*PENS))
        inks, labels = [], []
        for _ in range(rows or int(rng.integers(*ROWS_OF_A_PAGE))):
            digits = _some_of(person, rng, lengths)
            inks.append(row_of(digits, SPACINGS[spacing], pen, rng))
            labels.append(_label(digits))
        return paper(page_of(inks, rng), rng), "/".join(labels)

    return made


def _lister(
    writers: Sequence[Writer], rows: int | None, paper: Callable[[Ink, np.random.Generator], NDArray[np.uint8]]
) -> Callable[[int], tuple[Picture, str]]:
    """Makes pictures of so many rows of words and numbers, or of as many as pages have."""

    def made(index: int) -> tuple[Picture, str]:
        rng = np.random.default_rng([SEED, index])
        digits, letters = writers[int(rng.integers(len(writers)))]
        pen = float(rng.uniform(*PENS))
        count = rows or int(rng.integers(*ROWS_OF_A_PAGE))
        inks, labels = zip(*(list_row(digits, letters, pen, rng) for _ in range(count)), strict=True)
        return paper(page_of(inks, rng), rng), "/".join(filter(None, labels))

    return made


def _grid(people: Sequence[list[PenDigit]], index: int) -> tuple[Picture, str]:
    """A photo of a filled grid."""
    rng = np.random.default_rng([SEED, index])
    return grid_of(people[int(rng.integers(len(people)))], rng)


def _drawn(people: Sequence[list[PenDigit]], spacing: str, index: int) -> tuple[Drawing, str]:
    """The strokes of the row that `_maker` makes a picture of."""
    rng = np.random.default_rng([SEED, index])
    person = people[int(rng.integers(len(people)))]
    pen = float(rng.uniform(*PENS))
    digits = _some_of(person, rng)
    strokes = (
        Stroke(tuple((float(x), float(y)) for x, y in stroke), (pen,) * len(stroke))
        for each in strokes_of_row(digits, SPACINGS[spacing], pen, rng)
        for stroke in each
    )
    return tuple(strokes), _label(digits)


def _some_of(
    person: Sequence[PenDigit], rng: np.random.Generator, lengths: tuple[int, int] = LENGTHS
) -> list[PenDigit]:
    """The digits of one row."""
    return [person[number] for number in rng.integers(0, len(person), int(rng.integers(*lengths)))]


def _label(digits: Sequence[PenDigit]) -> str:
    return "".join(str(digit.label) for digit in digits)


def _on_white(ink: Ink, rng: np.random.Generator) -> NDArray[np.uint8]:
    return np.asarray(255 - ink, np.uint8)


def _photographed(ink: Ink, rng: np.random.Generator) -> NDArray[np.uint8]:
    return photograph((np.pad(ink, 40) / np.float32(255)).astype(np.float32), rng)


def _real(data: Path | None, prefixes: tuple[str, ...]) -> list[tuple[Picture, str]]:
    """Pictures that people published, with what they show; none where they are not at hand."""
    table = locate(data, "numbers", "labels.csv")
    if table is None:
        return []
    with table.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].startswith(prefixes)]
    return [(table.with_name(row["file"]), row["label"]) for row in rows]
