"""What `evaluate.py` does with its arguments, and how it speaks to the person at the terminal."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digitpad.errors import DataError, RunError
from digitpad.measuring.comparison import compare
from digitpad.measuring.readers import plainly_shrunk, through_glyph
from digitpad.measuring.report import print_table, save_report
from digitpad.measuring.teaching import measure_teaching, people_of, print_teaching, save_teaching
from digitpad.models import catalogue
from digitpad.models.model import Model
from digitpad.training.data.course import VALIDATION_EXAMPLES
from digitpad.training.data.datasets import load_mnist
from digitpad.training.data.strokes import load_pen_digits
from digitpad.training.data.symbols import load_symbols
from digitpad.training.data.unipen import load_unipen


def evaluate_command(arguments: Namespace) -> int:
    """Compare models as the arguments say; return the exit status.

    Raises:
        DigitpadError: a model or the data are not there, or the report can't be written.
    """
    models = {name: catalogue.named(name) for name in arguments.models}
    if arguments.teach:
        return _teach(models, arguments)
    learned_all = [name for name, model in models.items() if model.card and "validation" not in model.card]
    if arguments.validation and learned_all:
        raise RunError(
            f"MNIST's validation digits were not held back from {learned_all[0]}. Leave --validation out, or name a "
            "model that was trained with --trial."
        )
    readers = [through_glyph(name, model) for name, model in models.items()]
    if "classic" in models:
        readers.insert(0, plainly_shrunk("classic, plainly shrunk", models["classic"]))
    mnist = load_mnist(arguments.data)
    with _written(arguments.out):  # what can't be is to be known before all that takes long
        arguments.out.mkdir(parents=True, exist_ok=True)
    pens, symbols = load_pen_digits(arguments.data), load_symbols(arguments.data)
    characters = load_unipen(arguments.data)
    if not pens:
        print("There are no pen strokes: only MNIST is read. Name their folder with --data.")
    if not characters:
        print("There is no UNIPEN: no strangers' digits are read. Name its folder with --data.")
    if not symbols:
        print("There are no symbols of other alphabets to be turned away. Name their folder with --data.")
    digits = mnist.train[-VALIDATION_EXAMPLES:] if arguments.validation else mnist.test
    comparison = compare(readers, digits, pens, characters, symbols, arguments.most, arguments.data)
    print_table(comparison)
    with _written(arguments.out):
        page = save_report(comparison, arguments.out)
    print(f"\nThe page with pictures is {page}")
    return 0


def _teach(models: dict[str, Model], arguments: Namespace) -> int:
    """Measure how much hands help that models learn."""
    pens, characters = load_pen_digits(arguments.data), load_unipen(arguments.data)
    people = people_of(pens, characters)[: arguments.most]
    if not people:
        raise DataError(
            "There are no pen strokes and no UNIPEN: nobody's hand is there. Name their folder with --data."
        )
    told = {name: measure_teaching(model, people) for name, model in models.items()}
    print_teaching(told)
    with _written(arguments.out):
        arguments.out.mkdir(parents=True, exist_ok=True)
        file = save_teaching(told, arguments.out)
    print(f"\nThe figures are in {file}")
    return 0


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """What is written to the folder meanwhile; where that can't be, it is said."""
    try:
        yield
    except OSError as error:
        raise RunError(f"{folder} can't be written: {error}. Name another folder with --out.") from error
