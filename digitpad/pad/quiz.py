"""*You or the network*: a quiz of MNIST's hardest test digits, without a screen.

The digits are those that the shipped models were least sure of, read right or wrong; `digitpad/training/hardest.py`
chose them. What the network says is read anew in every round, so that any model can play.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad import Reading, Recognizer, Verdict
from digitpad.pad.words import NO_DIGIT, percent, with_article

QUIZ_TITLE = "You or the network"
QUIZ_MEANING = "Ten of the digits that networks find hardest. Who reads more of them right?"
QUESTION = "Which digit is this?"
HOW_TO_ANSWER = "Press its key, 0 to 9, or S to skip it"
SKIP, NEXT, AGAIN = "Skip", "Next", "Again, with others"
QUIZ_WORDS = ("confidence", "test digits", "MNIST", "probability")
ROUNDS = 10
DIGITS = Path(__file__).with_name("hardest.npz")


@dataclass(frozen=True, eq=False)
class Round:
    """One digit, and what was said of it.

    Attributes:
        glyph: uint8 (28, 28), ink 255 on 0.
        digit: what it is.
        reading: what the network says of it.
        answer: what the person said; None for a digit that was skipped.
    """

    glyph: NDArray[np.uint8]
    digit: int
    reading: Reading
    answer: int | None

    @property
    def is_mine(self) -> bool:
        """Whether the person was right."""
        return self.answer == self.digit

    @property
    def is_networks(self) -> bool:
        """Whether the network was right; calling it no digit is as good as skipping it."""
        return self.reading.verdict is not Verdict.NOT_A_DIGIT and self.reading.digit == self.digit


class Quiz:
    """Games of ten rounds, each with other digits until all were shown.

    Args:
        recognizer: who plays against the person.
        seed: of the order of the digits; another one each time without.

    Attributes:
        recognizer: who plays.
        glyph: uint8 (28, 28), the digit that is asked for, or was answered just now.
        is_answered: whether the digit was answered, and waits for `go_on`.
    """

    def __init__(self, recognizer: Recognizer, seed: int | None = None) -> None:
        with np.load(DIGITS, allow_pickle=False) as kept:
            self._glyphs, self._digits = kept["glyphs"], kept["digits"]
        self.recognizer = recognizer
        self._readings: dict[int, Reading] = {}  # what it says of the digits that were answered
        self._chance = random.Random(seed)  # noqa: S311  # a game
        self._waiting: list[int] = []  # digits that were not shown yet, the next one last
        self._shown: list[tuple[int, int | None]] = []  # of this game, with what the person said
        self.is_answered = False
        self.again()

    def again(self) -> None:
        """Begin a game with digits that were not shown yet, as long as there are enough."""
        if len(self._waiting) < ROUNDS:
            self._waiting = list(range(len(self._digits)))
            self._chance.shuffle(self._waiting)
        self._shown = []
        self._take()

    def answer(self, digit: int | None) -> None:
        """Say which digit it is; nothing happens where that was said already, or the game is over.

        Args:
            digit: 0 to 9; None to skip it.
        """
        if not self.is_answered and not self.is_over:
            self._shown.append((self._place, digit))
            self.is_answered = True

    def go_on(self) -> None:
        """Go to the next digit, once this one was answered; after the last one the game is over."""
        if self.is_answered and len(self._shown) < ROUNDS:
            self._take()
        elif self.is_answered:
            self.is_answered = False

    def use(self, recognizer: Recognizer) -> None:
        """Let another network play, and have answered all along."""
        self.recognizer = recognizer
        self._readings = {}

    @property
    def rounds(self) -> Sequence[Round]:
        """Those that were answered in this game."""
        return [self._round(place, answer) for place, answer in self._shown]

    @property
    def number(self) -> int:
        """Which round it is, 1 to ROUNDS."""
        return len(self._shown) + (not self.is_answered and not self.is_over)

    @property
    def is_over(self) -> bool:
        """Whether all rounds were answered and looked at."""
        return len(self._shown) == ROUNDS and not self.is_answered

    @property
    def mine(self) -> int:
        """How many the person read right in this game."""
        return sum(each.is_mine for each in self.rounds)

    @property
    def networks(self) -> int:
        """How many the network read right in this game."""
        return sum(each.is_networks for each in self.rounds)

    @property
    def name(self) -> str:
        """The network's."""
        return self.recognizer.model.name

    def _take(self) -> None:
        self._place = self._waiting.pop()
        self.glyph: NDArray[np.uint8] = self._glyphs[self._place]
        self.is_answered = False

    def _round(self, place: int, answer: int | None) -> Round:
        glyph = self._glyphs[place]
        if place not in self._readings:
            self._readings[place] = self.recognizer.read_one(glyph)
        return Round(glyph, int(self._digits[place]), self._readings[place], answer)


def asked(quiz: Quiz) -> str:
    """What stands above the digit."""
    return f"{quiz.number} of {ROUNDS}. {QUESTION}"


def score(quiz: Quiz) -> str:
    """How many each has read right so far."""
    return f"You {quiz.mine}, {quiz.name} {quiz.networks}"


def truth(last: Round) -> str:
    """What the digit is, and what the person said."""
    if last.is_mine:
        return f"Right, it is {with_article(last.digit)}."
    return f"It is {with_article(last.digit)}. You {'skipped it' if last.answer is None else f'said {last.answer}'}."


def networks_answer(last: Round, name: str) -> str:
    """What the network says of it."""
    reading = last.reading
    if reading.verdict is Verdict.NOT_A_DIGIT:
        return f"{name} calls it {NO_DIGIT}."
    judged = "right" if last.is_networks else "wrong"
    return f"{name} says {reading.digit}, {percent(reading.confidence)} sure: {judged}."


def ending(quiz: Quiz) -> str:
    """Who has won."""
    won = "You win" if quiz.mine > quiz.networks else f"{quiz.name} wins" if quiz.mine < quiz.networks else "A draw"
    return f"{won}: you read {quiz.mine} of {ROUNDS} right, {quiz.name} {quiz.networks}."


def said_of(each: Round, name: str) -> str:
    """A round in short, as it stands under its digit at the end."""
    read = NO_DIGIT if each.reading.verdict is Verdict.NOT_A_DIGIT else str(each.reading.digit)
    answer = "–" if each.answer is None else str(each.answer)
    return f"{each.digit}\nyou: {answer} {_tick(each.is_mine)}\n{name}: {read} {_tick(each.is_networks)}"


def told_of(each: Round, name: str) -> str:
    """The same for those who hear the screen."""
    return f"{truth(each)} {networks_answer(each, name)}"


def _tick(is_right: bool) -> str:
    return "✓" if is_right else "✗"
