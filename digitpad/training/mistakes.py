"""The digits that a model misread, as a training leaves them beside it, and for a model that has none yet.

`python -m digitpad.training.mistakes FOLDER` makes them for a model that an older digitpad trained. It needs no
TensorFlow.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from digitpad.ending import end_quietly, run_script
from digitpad.errors import RunError
from digitpad.files import path_of
from digitpad.models.mistakes import TEST, VALIDATION, Mistakes, save_mistakes
from digitpad.models.model import Model
from digitpad.training.data.course import VALIDATION_EXAMPLES
from digitpad.training.data.datasets import load_mnist
from digitpad.training.evaluation import Evaluation, evaluate

PROGRAM = "python -m digitpad.training.mistakes"


def mistakes_in(evaluation: Evaluation, of: str) -> Mistakes:
    """What was misread, and how often each digit was taken for which.

    Args:
        evaluation: of MNIST's test digits, or of those held back in a trial.
        of: TEST or VALIDATION, which of them these are.
    """
    wrong = evaluation.worst(len(evaluation.examples))
    read = evaluation.read[wrong]
    return Mistakes(
        of,
        evaluation.confusion,
        evaluation.examples.glyphs[wrong],
        evaluation.examples.labels[wrong],
        read.astype(np.uint8),
        evaluation.probabilities[wrong, read],
    )


def make_mistakes(folder: Path, data: Path | None = None) -> Mistakes:
    """Let a finished model read what its card was measured by, and write what it misread into its folder.

    Args:
        folder: of the model.
        data: the folder that has MNIST; None for where it is usually found.

    Raises:
        ModelError: there is no such model.
        RunError: it has no card, does not read as its card says, or its folder can't be written.
        DataError: MNIST can't be had.
    """
    model = Model(folder)
    of = TEST if TEST in model.card else VALIDATION
    if of not in model.card:
        raise RunError(f"The model in {folder} has no card with its accuracy. Name the folder of a trained model.")
    mnist = load_mnist(data)
    evaluation = evaluate(model, mnist.test if of == TEST else mnist.train[-VALIDATION_EXAMPLES:])
    if round(evaluation.accuracy, 4) != round(model.card[of]["accuracy"], 4):
        raise RunError(
            f"The model in {folder} reads {evaluation.accuracy:.2%} of MNIST's {of} digits right here, and "
            f"{model.card[of]['accuracy']:.2%} by its card. Do it on a machine like the one that trained it."
        )
    mistakes = mistakes_in(evaluation, of)
    try:
        save_mistakes(mistakes, folder, model.card["model_sha256"])
    except OSError as error:
        raise RunError(f"{folder} can't be written: {error.strerror or error}.") from error
    return mistakes


def main() -> int:
    """Read the arguments and do it; the exit status says how it went."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Write the digits that a model misreads into its folder, where the apps show them.",
    )
    parser.add_argument("folder", type=path_of, metavar="FOLDER", help="of the model")
    parser.add_argument("--data", type=path_of, metavar="DIR", help="the folder that has MNIST")
    arguments = parser.parse_args()

    def load() -> Callable[[], int]:
        return partial(_make, arguments.folder, arguments.data)

    return run_script(parser.prog, load)


def _make(folder: Path, data: Path | None) -> int:
    mistakes = make_mistakes(folder, data)
    print(f"{len(mistakes)} of {mistakes.confusion.sum():,} digits are misread. They are in {folder}")
    return 0


if __name__ == "__main__":
    end_quietly()
    sys.exit(main())
