"""MNIST's hardest test digits, for the quiz of the apps.

`python -m digitpad.training.hardest digitpad/pad/hardest.npz` writes those that are hardest for the shipped models.
"""

import argparse
import io
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.ending import end_quietly, run_script
from digitpad.errors import RunError
from digitpad.files import path_of, write_whole
from digitpad.glyphs.glyph import is_glyph
from digitpad.models import catalogue
from digitpad.models.model import Model
from digitpad.training.data.datasets import Examples, load_mnist
from digitpad.training.evaluation import Evaluation, evaluate

PROGRAM = "python -m digitpad.training.hardest"
OF_EACH = 25  # digits that a model reads right, and as many that it reads wrong


def hardest(evaluation: Evaluation) -> NDArray[np.intp]:
    """Where the digits are of which a model was least sure: OF_EACH of those read right, and of those read wrong."""
    confidences = evaluation.probabilities[:, :10].max(axis=1)
    is_right = evaluation.read == evaluation.examples.labels
    order = np.argsort(confidences, kind="stable")
    return np.concatenate([order[is_right[order]][:OF_EACH], order[~is_right[order]][:OF_EACH]])


def choose(digits: Examples) -> Examples:
    """Those that are hardest for any model that ships, in the order of MNIST.

    Args:
        digits: MNIST's test digits.
    """
    framed = digits[np.flatnonzero([is_glyph(glyph) for glyph in digits.glyphs])]  # others a Recognizer frames anew
    models = [Model(card.parent) for card in sorted(catalogue.SHIPPED.glob("*/card.json"))]
    return framed[np.unique(np.concatenate([hardest(evaluate(model, framed)) for model in models]))]


def main() -> int:
    """Read the arguments and do it; the exit status says how it went."""
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Choose MNIST's hardest test digits for the quiz.")
    parser.add_argument("file", type=path_of, metavar="FILE", help="where they are written, a .npz file")
    parser.add_argument("--data", type=path_of, metavar="DIR", help="the folder that has MNIST")
    arguments = parser.parse_args()

    def load() -> Callable[[], int]:
        return partial(_write, arguments.file, arguments.data)

    return run_script(parser.prog, load)


def _write(file: Path, data: Path | None) -> int:
    chosen = choose(load_mnist(data).test)
    content = io.BytesIO()
    np.savez_compressed(content, glyphs=chosen.glyphs, digits=chosen.labels)
    try:
        write_whole(file, content.getvalue())
    except OSError as error:
        raise RunError(f"{file} can't be written: {error.strerror or error}.") from error
    print(f"{len(chosen)} digits were chosen. They are in {file}")
    return 0


if __name__ == "__main__":
    end_quietly()
    sys.exit(main())
