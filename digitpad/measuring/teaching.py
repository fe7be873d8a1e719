"""How much a hand helps: people whose digits are read in their order, each mistake corrected once, at once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad import Hand, Reading, Recognizer, Verdict
from digitpad.files import write_whole
from digitpad.measuring.conditions import CANVAS, PEN
from digitpad.models.model import Model
from digitpad.training.data.mixture import HELD_OUT_WRITERS, WRITTEN_LIKE_DIGITS, is_held_out, pen_digits
from digitpad.training.data.strokes import PenDigit, Stroke, draw
from digitpad.training.data.unipen import Character

FEWEST = 10  # digits that are needed of a person
OTHERS = 200  # digits of other people that each hand is tried on
STEPS = (0, 1, 2, 4, 8, 16)  # lessons from which on the curve has a point
SEED = 22


@dataclass(frozen=True, eq=False)
class Person:
    """What one person wrote, of whom nothing was learned.

    Attributes:
        digits: each drawn on a canvas, uint8 (280, 280), in the order in which they were written.
        labels: what they are.
        letters: the same of their capitals and signs that look like no digit.
    """

    digits: list[NDArray[np.uint8]]
    labels: list[int]
    letters: list[NDArray[np.uint8]]


@dataclass
class Point:
    """Digits that were read after so many lessons, and how many of them wrong or turned away.

    Attributes:
        lessons: from how many on.
        digits: how many were read.
        missed: of those, with what was taught.
        missed_without: without it.
    """

    lessons: int
    digits: int = 0
    missed: int = 0
    missed_without: int = 0


@dataclass
class Learned:
    """What lessons gave, and what they broke.

    Attributes:
        people: how many.
        digits, missed, missed_without: as of `Point`, of all digits.
        later, later_missed, later_missed_without: the same of each one's second half.
        lessons: how many were taught.
        broken: digits of the writers that were right without lessons and are not with them.
        others, others_broken: digits by others that were right without lessons, and of those what a hand broke.
        letters, letters_taken, letters_taken_without: the writers' own letters, and those taken for a digit.
        curve: by lessons.
    """

    people: int = 0
    digits: int = 0
    missed: int = 0
    missed_without: int = 0
    later: int = 0
    later_missed: int = 0
    later_missed_without: int = 0
    lessons: int = 0
    broken: int = 0
    others: int = 0
    others_broken: int = 0
    letters: int = 0
    letters_taken: int = 0
    letters_taken_without: int = 0
    curve: list[Point] = field(default_factory=lambda: [Point(lessons) for lessons in STEPS])


def people_of(pens: Sequence[PenDigit], characters: Sequence[Character]) -> list[Person]:
    """Those of whom nothing was learned, their digits in the order in which they wrote them."""
    digits: dict[tuple[str, int], list[PenDigit]] = {}
    letters: dict[tuple[str, int], list[NDArray[np.uint8]]] = {}
    for digit in pens:
        if digit.writer in HELD_OUT_WRITERS:
            digits.setdefault(("", digit.writer), []).append(digit)
    for one in filter(is_held_out, characters):
        who = (one.site, one.writer)
        if one.kind == "digit":
            digits.setdefault(who, []).extend(pen_digits([one]))
        elif one.label not in WRITTEN_LIKE_DIGITS:
            letters.setdefault(who, []).append(_drawn(one.strokes))
    return [
        Person([_drawn(each.strokes) for each in some], [each.label for each in some], letters.get(who, []))
        for who, some in sorted(digits.items())
        if len(some) >= FEWEST
    ]


def measure_teaching(model: Model, people: Sequence[Person]) -> Learned:
    """Let a model learn each person's hand, from nothing but corrections of what it missed.

    Whoever is read wrong, or is not called a digit, is corrected once, at once. A whole hand is then tried on the
    writer's own letters and on digits by others.

    Args:
        model: who reads.
        people: as `people_of` gives them.
    """
    told = Learned(people=len(people))
    plain = Recognizer(model)
    without = [list(plain.read_many(person.digits)) for person in people]
    rng = np.random.default_rng(SEED)
    for number, person in enumerate(tqdm(people, unit="person", desc=f"{model.name} learns hands")):
        pad = Recognizer(model, Hand())
        for place, (picture, label) in enumerate(zip(person.digits, person.labels, strict=True)):
            lessons = len(pad.hand)
            reading, before = pad.read(picture), without[number][place]
            missed, missed_without = not _is_right(reading, label), not _is_right(before, label)
            point = max((each for each in told.curve if each.lessons <= lessons), key=lambda each: each.lessons)
            for each in (told, point):
                each.digits += 1
                each.missed += missed
                each.missed_without += missed_without
            if place >= len(person.digits) // 2:
                told.later += 1
                told.later_missed += missed
                told.later_missed_without += missed_without
            told.broken += missed and not missed_without
            if missed:
                pad.teach(reading, label)
        told.lessons += len(pad.hand)
        told.letters += len(person.letters)
        told.letters_taken_without += _taken(plain.read_many(person.letters))
        told.letters_taken += _taken(pad.read_many(person.letters))
        _try_on_others(pad, [each for each in range(len(people)) if each != number], people, without, rng, told)
    return told


def print_teaching(told: dict[str, Learned]) -> None:
    """Print what lessons gave each model."""
    for name, each in told.items():
        print(f"\n{name} learns {each.people} hands: {each.digits:,} digits, {each.lessons} lessons")
        print(f"{'wrong or turned away':40}{'without':>12}{'taught':>12}")
        rows = [
            ("all", each.digits, each.missed_without, each.missed),
            ("each one's second half", each.later, each.later_missed_without, each.later_missed),
            *(
                (f"after {point.lessons} lessons or more", point.digits, point.missed_without, point.missed)
                for point in each.curve
                if point.digits
            ),
        ]
        for title, count, before, after in rows:
            print(f"{title:32}{count:8,}{before / count:12.2%}{after / count:12.2%}")
        taken = f"{each.letters_taken_without} without, {each.letters_taken} taught"
        print(f"own letters taken for digits, of {each.letters:,}: {taken}")
        print(f"right before, and broken: {each.broken} of the writers' {each.digits:,}, ", end="")
        print(f"{each.others_broken} of {each.others:,} by others")


def save_teaching(told: dict[str, Learned], folder: Path) -> Path:
    """Write `teaching.json`; the folder is there.

    Raises:
        OSError: it can't be written.
    """
    file = folder / "teaching.json"
    write_whole(file, json.dumps({name: asdict(each) for name, each in told.items()}, indent=2) + "\n")
    return file


def _try_on_others(
    pad: Recognizer,
    numbers: Sequence[int],
    people: Sequence[Person],
    without: Sequence[Sequence[object]],
    rng: np.random.Generator,
    told: Learned,
) -> None:
    """Whether a hand breaks what others wrote."""
    places = [(number, place) for number in numbers for place in range(len(people[number].digits))]
    some = [places[each] for each in rng.permutation(len(places))[:OTHERS]]
    right = [(n, p) for n, p in some if _is_right(without[n][p], people[n].labels[p])]
    readings = pad.read_many([people[n].digits[p] for n, p in right]) if right else ()
    told.others += len(right)
    told.others_broken += sum(
        not _is_right(reading, people[n].labels[p]) for reading, (n, p) in zip(readings, right, strict=True)
    )


def _is_right(reading: object, label: int) -> bool:
    return isinstance(reading, Reading) and reading.verdict is Verdict.DIGIT and reading.digit == label


def _taken(readings: Iterable[object]) -> int:
    return sum(isinstance(reading, Reading) and reading.verdict is Verdict.DIGIT for reading in readings)


def _drawn(strokes: Sequence[Stroke]) -> NDArray[np.uint8]:
    """Strokes on a canvas, black on white."""
    return np.asarray(255 - draw(list(strokes), PEN, CANVAS), np.uint8)
