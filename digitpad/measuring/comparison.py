"""Models side by side: every digit held out, in every condition, and what is no digit."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from tqdm import tqdm

from digitpad import Reading, Verdict
from digitpad.measuring.conditions import Picture
from digitpad.measuring.kinds import SIGNS, STRANGERS, kinds, symbols_name
from digitpad.measuring.numbers import Figures, measure_numbers, number_kinds
from digitpad.measuring.readers import Reader
from digitpad.training.data.datasets import Examples
from digitpad.training.data.strokes import PenDigit
from digitpad.training.data.unipen import Character
from digitpad.training.evaluation import Evaluation
from digitpad.training.reliability import expected_calibration_error, share

STEP = 50  # pictures at a time: those of 2,000 × 2,000 pixels take 12 MB each
DIGITS_A_NUMBER = 4  # so many times fewer pictures of numbers take as long
EXAMPLES_KEPT = 8  # pictures of each row, to look at


@dataclass(frozen=True, eq=False)
class Row:
    """One kind of picture, and how each reader read it.

    Attributes:
        group: what kind of kind: "MNIST", "pen", "not a digit" and so on.
        name: which kind.
        labels: (n,), what the pictures show; 10 for no digit.
        examples: the first few pictures.
        readings: for each reader its n readings.
    """

    group: str
    name: str
    labels: NDArray[np.uint8]
    examples: list[Picture]
    readings: dict[str, list[Reading]] = field(default_factory=dict)

    @property
    def is_of_digits(self) -> bool:
        """Whether these are digits to be read, not drawings to be turned away."""
        return bool((self.labels < 10).all())

    def right(self, reader: str) -> NDArray[np.bool_]:
        """(n,), which were read right; of what is no digit, which were turned away."""
        readings = self.readings[reader]
        if not self.is_of_digits:
            turned_away = (Verdict.NOT_A_DIGIT, Verdict.SEVERAL)
            return np.array([reading.verdict in turned_away for reading in readings])
        digits = np.array([-1 if reading.digit is None else reading.digit for reading in readings])
        return np.asarray(digits == self.labels)

    def accepted(self, reader: str) -> NDArray[np.bool_]:
        """(n,), which were called a digit: neither unsure nor turned away."""
        return np.array([reading.verdict is Verdict.DIGIT for reading in self.readings[reader]])

    def evaluation(self, reader: str) -> Evaluation:
        """The readings as an Evaluation of glyphs; pictures that were taken for empty are left out."""
        readings = self.readings[reader]
        seen = np.array([reading.verdict is not Verdict.EMPTY for reading in readings], bool)
        glyphs = np.stack([reading.glyph for reading in readings])
        shares = np.stack([reading.shares for reading in readings])
        shares = np.hstack([shares, 1 - shares.sum(axis=1, keepdims=True)])
        return Evaluation(Examples(glyphs, self.labels)[seen], shares[seen])

    def figures(self, reader: str) -> dict[str, float]:
        """The share read right, or turned away, with its interval; that called a digit, and the wrong of those."""
        right, accepted = self.right(reader), self.accepted(reader)
        middle, low, high = share(int(right.sum()), len(right))
        figures = {"share": middle, "low": low, "high": high, "called_a_digit": float(accepted.mean())}
        if self.is_of_digits:
            figures["wrong_among_those"] = float((~right[accepted]).mean()) if accepted.any() else 0.0
        return figures


@dataclass(frozen=True)
class Comparison:
    """Readers side by side.

    Attributes:
        readers: who read.
        rows: what they read, and how.
        numbers: how well each that can reads numbers, by its name.
    """

    readers: Sequence[Reader]
    rows: Sequence[Row]
    numbers: dict[str, list[Figures]] = field(default_factory=dict)

    def confidences(self, reader: str) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Of all pen digits on a canvas: the confidence, and whether the reading was right."""
        rows = [row for row in self.rows if row.group in ("pen", "size", "place", "colour", "transparency")]
        return _confidences(rows, reader), _all(row.right(reader) for row in rows)

    def calibration_error(self, reader: str) -> float | None:
        """The expected calibration error on pen digits; None where there are none."""
        if not self._has_pens:
            return None
        return expected_calibration_error(*self.confidences(reader))

    def area_under_roc(self, reader: str) -> float | None:
        """How well confidence tells pen digits from symbols; None where either are missing."""
        symbols = [row for row in self.rows if row.name == symbols_name()]
        if not symbols or not self._has_pens:
            return None
        return area_under_roc(self.confidences(reader)[0], _confidences(symbols, reader))

    def trade(self, reader: str) -> dict[str, float]:
        """What it costs to dare: what is called a digit of strangers' digits, letters and signs.

        Returns:
            shares by their names; nothing where digits or letters are missing.
        """
        digits = [row for row in self.rows if row.group == STRANGERS]
        others = [row for row in self.rows if row.name in (symbols_name(), *SIGNS)]
        if not digits or not others:
            return {}
        accepted = _all(row.accepted(reader) for row in digits)
        right = _all(row.right(reader) for row in digits)
        return {
            "strangers' digits called a digit": float(accepted.mean()),
            "wrong among those": float((~right[accepted]).mean()),
            "letters and signs not called a digit": 1 - float(_all(row.accepted(reader) for row in others).mean()),
        }

    @property
    def _has_pens(self) -> bool:
        return any(row.group == "pen" for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """All figures, ready for JSON."""
        return {
            "rows": [
                {
                    "group": row.group,
                    "name": row.name,
                    "cases": len(row.labels),
                    "readers": {reader.name: row.figures(reader.name) for reader in self.readers},
                }
                for row in self.rows
            ],
            "expected_calibration_error": {r.name: self.calibration_error(r.name) for r in self.readers},
            "area_under_roc": {r.name: self.area_under_roc(r.name) for r in self.readers},
            "trade": {r.name: self.trade(r.name) for r in self.readers},
            "numbers": {name: [asdict(each) for each in figures] for name, figures in self.numbers.items()},
        }


def compare(
    readers: Sequence[Reader],
    mnist: Examples,
    pens: Sequence[PenDigit],
    characters: Sequence[Character],
    symbols: dict[str, list[NDArray[np.uint8]]],
    most: int | None = None,
    data: Path | None = None,
    with_numbers: bool = True,
) -> Comparison:
    """Let every reader read everything that is held out.

    Args:
        readers: who reads.
        mnist: MNIST digits that none of the models was trained on.
        pens: pen digits; those of the held-out writers are read.
        characters: UNIPEN's; what the held-out writers wrote is read, mislabelled digits and look-alikes left out.
        symbols: by alphabet; those of the held-out one are read.
        most: read at most so many pictures of each kind.
        data: where the folder with real pictures of numbers is; see `locate`.
        with_numbers: read rows and pages of numbers too, which takes as long as all else.
    """
    found = list(kinds(mnist, pens, characters, symbols, most))
    rows = []
    with tqdm(total=sum(len(kind.labels) for kind in found), unit="picture") as bar:
        for kind in found:
            bar.set_description(f"{kind.group}: {kind.name}")
            examples = [kind.picture(index) for index in range(min(EXAMPLES_KEPT, len(kind.labels)))]
            row = Row(kind.group, kind.name, kind.labels, examples)
            for start in range(0, len(kind.labels), STEP):
                pictures = [kind.picture(index) for index in range(start, min(start + STEP, len(kind.labels)))]
                for reader in readers:
                    row.readings.setdefault(reader.name, []).extend(reader.read(pictures))
                bar.update(len(pictures))
            rows.append(row)
    most_numbers = most and max(1, most // DIGITS_A_NUMBER)
    of_numbers = list(number_kinds(pens, characters, data, most_numbers)) if with_numbers else []
    numbers = {
        reader.name: measure_numbers(reader.recognizer, of_numbers)
        for reader in readers
        if reader.recognizer is not None and of_numbers
    }
    return Comparison(readers, rows, numbers)


def area_under_roc(wanted: NDArray[np.float64], unwanted: NDArray[np.float64]) -> float:
    """How often a wanted one has more confidence than an unwanted one; 1 where always, 0.5 for chance.

    Args:
        wanted: confidences, (n,).
        unwanted: the same of others, (m,).
    """
    statistic = stats.mannwhitneyu(wanted, unwanted).statistic
    return float(statistic / (len(wanted) * len(unwanted)))


def _all(parts: Iterable[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    return np.concatenate([np.zeros(0, bool), *parts])


def _confidences(rows: Sequence[Row], reader: str) -> NDArray[np.float64]:
    return np.array([reading.confidence for row in rows for reading in row.readings[reader]])
