"""Where the glyphs that are learned from are drawn, batch by batch, on all cores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad.glyphs.glyph import glyph
from digitpad.sharing import cores, shared
from digitpad.training.data.appearance import any_pen, drawn, enlarged
from digitpad.training.data.datasets import Examples
from digitpad.training.data.hands import Company, swung, vary
from digitpad.training.data.others import (
    TOUCHING,
    any_of,
    cut_off,
    half,
    halves,
    letter,
    like_a_digit,
    piece,
    scribble,
    side_by_side,
    turned,
    variants,
    with_a_part,
)
from digitpad.training.data.strokes import PenDigit, draw
from digitpad.training.data.typeset import letter_of_print, printed
from digitpad.training.data.unipen import Character
from digitpad.training.data.ways import taught

NOT_A_DIGIT = 10  # the label of everything that is no digit
BATCH = 400  # items: a second's work at most

Ink = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Batch:
    """Work for the workshop.

    Attributes:
        way: the name of one of the workshop's ways of making glyphs.
        items: what each is made of; how many, where that is nothing.
        seed: of what is left to chance.
    """

    way: str
    items: Sequence[Any]
    seed: tuple[int, ...]


class Workshop:
    """Makes glyphs, each way from one item: what is drawn depends on the batch alone, not on where it is made.

    Args:
        digits: as people wrote them.
        symbols: the ink of symbols that are no digits, uint8 (H, W).
    """

    def __init__(self, digits: Sequence[PenDigit], symbols: Sequence[Ink]) -> None:
        self._digits = digits
        self._lying = [digit for digit in digits if digit.label > 1]
        self._symbols = symbols
        self._company = Company(digits)

    def __call__(self, batch: Batch) -> Examples:
        """The examples that are made of a batch, those without ink left out."""
        rng = np.random.default_rng(batch.seed)
        made = [(glyph(ink), label) for item in batch.items for ink, label in WAYS[batch.way](self, item, rng)]
        seen = [(each, label) for each, label in made if each.any()]
        return Examples(
            np.array([each for each, _ in seen], np.uint8).reshape(-1, 28, 28),
            np.array([label for _, label in seen], np.uint8),
        )

    def examples(self, work: Iterable[tuple[str, Sequence[Any]]], seed: int) -> Iterator[Examples]:
        """All that is to be made, in its order, on all cores.

        Args:
            work: ways with their items.
            seed: of all that is random.
        """
        batches = [
            Batch(way, items[start : start + BATCH], (seed, number, start))
            for number, (way, items) in enumerate(work)
            for start in range(0, len(items), BATCH)
        ]
        bar = tqdm(total=sum(len(batch.items) for batch in batches), desc="Drawing", unit="drawing", smoothing=0)
        with bar:
            helpers = cores() - 1
            for batch, made in zip(
                batches, shared(self, batches, helpers) if helpers else map(self, batches), strict=True
            ):
                bar.update(len(batch.items))
                yield made

    def _enlarged(self, item: tuple[Ink, int], rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        small, label = item
        yield enlarged(small, rng), label

    def _as_written(self, digit: PenDigit, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield drawn(list(digit.strokes), rng), digit.label

    def _by_another_hand(self, digit: PenDigit, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield drawn(self._company.other_hand(digit, rng), rng), digit.label

    def _taught(self, digit: int, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield drawn(vary(taught(digit, rng), rng), rng), digit

    def _printed(self, digit: int, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield printed(digit, rng), digit

    def _symbol(self, item: tuple[Ink, int], rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        for view in variants(*item, rng):
            if not like_a_digit(view):
                yield view, NOT_A_DIGIT

    def _halves_of_symbols(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        if self._symbols:
            one, other = rng.integers(0, len(self._symbols), 2)
            yield halves(self._symbols[one], self._symbols[other], rng), NOT_A_DIGIT

    def _character(self, item: tuple[Character, bool], rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        one, as_written = item
        strokes = list(one.strokes)
        if not as_written:
            strokes = vary(tuple(swung(strokes, rng) if rng.random() < 0.5 else strokes), rng)
        yield drawn(strokes, rng), NOT_A_DIGIT

    def _printed_letter(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield letter_of_print(rng), NOT_A_DIGIT

    def _letter(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield drawn(letter(rng), rng), NOT_A_DIGIT

    def _scribble(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield drawn(scribble(rng), rng), NOT_A_DIGIT

    def _piece(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield drawn(piece(any_of(self._digits, rng), rng), rng), NOT_A_DIGIT

    def _turned(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield drawn(turned(any_of(self._lying, rng), rng), rng), NOT_A_DIGIT

    def _half(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        yield half(any_of(self._digits, rng), any_pen(rng), rng), NOT_A_DIGIT

    def _pair(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        both = side_by_side(any_of(self._digits, rng), any_of(self._digits, rng), rng)
        yield draw(both, any_pen(rng) / 2 + 1), NOT_A_DIGIT

    def _touching(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        both = side_by_side(any_of(self._lying, rng), any_of(self._lying, rng), rng, TOUCHING)
        yield draw(both, any_pen(rng) / 2 + 1), NOT_A_DIGIT

    def _cut_off(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        part = cut_off(any_of(self._digits, rng), any_of(self._digits, rng), any_pen(rng) / 2 + 1, rng)
        if part is not None:
            ink, label = part
            yield ink, NOT_A_DIGIT if label is None else label

    def _with_a_part(self, _: object, rng: np.random.Generator) -> Iterator[tuple[Ink, int]]:
        both = with_a_part(any_of(self._lying, rng), any_of(self._lying, rng), rng)
        yield draw(both, any_pen(rng) / 2 + 1), NOT_A_DIGIT


WAYS: dict[str, Callable[[Workshop, Any, np.random.Generator], Iterator[tuple[Ink, int]]]] = {
    "enlarged": Workshop._enlarged,
    "as written": Workshop._as_written,
    "by another hand": Workshop._by_another_hand,
    "taught": Workshop._taught,
    "printed": Workshop._printed,
    "symbol": Workshop._symbol,
    "halves of symbols": Workshop._halves_of_symbols,
    "character": Workshop._character,
    "printed letter": Workshop._printed_letter,
    "letter": Workshop._letter,
    "scribble": Workshop._scribble,
    "piece": Workshop._piece,
    "turned": Workshop._turned,
    "half": Workshop._half,
    "pair": Workshop._pair,
    "touching": Workshop._touching,
    "cut off": Workshop._cut_off,
    "with a part": Workshop._with_a_part,
}
