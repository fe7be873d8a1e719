"""What a run learns from, what it is watched with, and what is held out of it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from digitpad.models.hand import Hand
from digitpad.training.data.datasets import MNIST_CONTENTS, Examples, Mnist
from digitpad.training.data.mixture import Strangers, strangers, together, training_mixture
from digitpad.training.data.strokes import PENDIGITS_CONTENTS, load_pen_digits
from digitpad.training.data.symbols import SYMBOLS_CONTENTS, load_symbols
from digitpad.training.data.unipen import UNIPEN_CHARACTERS, load_unipen
from digitpad.training.data.workshop import NOT_A_DIGIT

VALIDATION_EXAMPLES = 5_000  # the last of MNIST's 60,000 training examples
SHARE = 0.05  # of all examples: what a hand's lessons are together, if that is not too often each
MOST_TIMES = 200  # that one lesson is taken
NO_EXAMPLES = Examples(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))


@dataclass(frozen=True, eq=False)
class Course:
    """The examples of one run; those held out were never learned from.

    Attributes:
        learned: what is learned from.
        validation_mnist: of MNIST, held out; none where writers who are held out tell enough.
        strangers: what people drew who are held out.
        description: for the card: the data sets with their hashes, and how many examples of each kind.
    """

    learned: Examples
    validation_mnist: Examples
    strangers: Strangers
    description: dict[str, Any]

    def with_hand(self, hand: Hand, tells_no_digit: bool) -> "Course":
        """The same, and what a hand was taught, each lesson several times.

        Args:
            hand: whose lessons are learned.
            tells_no_digit: whether what is no digit can be learned too.
        """
        lessons = [each for each in hand if tells_no_digit or each.digit is not None]
        if not lessons:
            return self
        # So often that a few are not lost among hundreds of thousands, and many don't become all that is learned.
        times = max(1, min(MOST_TIMES, round(SHARE * len(self.learned) / len(lessons))))
        glyphs = np.stack([lesson.glyph for lesson in lessons])
        labels = np.array([NOT_A_DIGIT if each.digit is None else each.digit for each in lessons], np.uint8)
        learned = together(self.learned, Examples(np.tile(glyphs, (times, 1, 1)), np.tile(labels, times)))
        hashes = {**self.description["sha256_of_contents"], "hand": hand.sha256}
        told = {"sha256_of_contents": hashes, "trained_on": len(learned), "lessons_of_a_hand": len(lessons)}
        return replace(self, learned=learned, description={**self.description, **told})

    @property
    def validation(self) -> Examples:
        """All that is held out, together."""
        return together(self.validation_mnist, *self.strangers.digits.values(), *self.strangers.others.values())


def plain_course(mnist: Mnist) -> Course:
    """MNIST as it is."""
    learned, validation = _split(mnist)
    return Course(learned, validation, Strangers({}, {}), _description(learned, len(validation), MNIST_CONTENTS))


def mixed_course(mnist: Mnist, data: Path | None, seed: int, trial: bool = False) -> Course:
    """MNIST, pen strokes drawn anew, ways of writing, print, what is no digit; what is lost without a file is said.

    Args:
        mnist: all of it is learned, the last ones excepted where there are no pen strokes.
        data: the folder that has the other data.
        seed: of all that is random.
        trial: hold the last of MNIST back in any case.

    Raises:
        DataError: one of the files is damaged.
    """
    pens, characters, symbols = load_pen_digits(data), load_unipen(data), load_symbols(data)
    if not pens:
        print(
            "There are no pen strokes: digits that people draw will be read worse, and nothing is turned away as no "
            "digit. Name their folder with --data."
        )
    if not characters:
        print(
            "There is no UNIPEN: foreign hands will be read worse, and letters told worse from digits. Name its "
            "folder with --data."
        )
    if not symbols:
        print("There are no symbols: drawings that are no digit will be told worse. Name their folder with --data.")
    # Writers who are held out tell how well it reads; without them, or to choose, some of MNIST's digits must.
    learned_of_mnist, validation = _split(mnist) if trial or not pens else (mnist.train, NO_EXAMPLES)
    learned = training_mixture(learned_of_mnist, pens, characters, symbols, seed)
    used = {**MNIST_CONTENTS}
    if pens:
        used["pendigits"] = PENDIGITS_CONTENTS
    if characters:
        used["unipen"] = UNIPEN_CHARACTERS
    if symbols:
        used["omniglot-symbols"] = SYMBOLS_CONTENTS
    course = Course(learned, validation, strangers(pens, characters, symbols), {})
    return replace(course, description=_description(learned, len(course.validation), used))


def _split(mnist: Mnist) -> tuple[Examples, Examples]:
    """MNIST's training examples without the last ones, and those."""
    return mnist.train[:-VALIDATION_EXAMPLES], mnist.train[-VALIDATION_EXAMPLES:]


def _description(learned: Examples, validated_on: int, hashes: dict[str, str]) -> dict[str, Any]:
    return {"sha256_of_contents": hashes, "trained_on": len(learned), "validated_on": validated_on}
