"""`digitpad export`: a model written for another program."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from digitpad.command.display import printable
from digitpad.command.reading import tell
from digitpad.errors import ExportError, not_installed
from digitpad.exporting.export import COMPARED, export, load, refuse
from digitpad.exporting.formats import FORMATS
from digitpad.models import catalogue
from digitpad.models.model import CARD_FILE, Model
from digitpad.models.quiet import quiet_stderr


def ready(name: str, form: str, out: Path | None, check: bool, data: Path | None) -> Callable[[], int]:
    """An export that only needs to be done: what it needs is loaded, and its place is free.

    Args:
        name: of the model, or the path of its folder or file.
        form: one of `FORMATS`.
        out: the new folder; None for one in the current folder that has the name of model and format.
        check: see `export`.
        data: see `export`.

    Raises:
        ModelError: there is no such model, or it is broken.
        ExportError: the folder is taken, or something is not installed.
    """
    model = catalogue.named(name)
    folder = out or Path(f"{model.name}-{form}")
    refuse(folder)
    if FORMATS[form].by_keras:
        tell("Starting TensorFlow …")
    sys.stderr.flush()
    try:
        with quiet_stderr():
            load(form, check)
    except ModuleNotFoundError as error:
        raise ExportError(not_installed(error, f"an export as {FORMATS[form].title}", "export")) from error
    return partial(_export, model, form, folder, check, data)


def _export(model: Model, form: str, folder: Path, check: bool, data: Path | None) -> int:
    card = export(model, form, folder, check, data, tell)["export"]
    print(f"{printable(model.name)} as {card['format']}: {printable(str(folder / card['file']))}, with {CARD_FILE}")
    if card["compared"]:
        print("\n".join(_lines(card["compared"], card["read_again_by"], FORMATS[form].by_keras)))
    return 0


def _lines(compared: dict[str, Any], by: str, in_32_bits: bool) -> list[str]:
    exact = compared["largest_difference_in_32_bits"]
    told = {
        "largest difference": f"{compared['largest_difference']:.2g} of a probability",
        "mean difference": f"{compared['mean_difference']:.2g}",
        "with 32 bits here too": f"{exact:.2g} at most" if in_32_bits and exact is not None else "",
        "another digit": f"{compared['differing_digits']} of {compared['glyphs']:,}",
        "another verdict": f"{compared['differing_verdicts']} of {compared['glyphs']:,}",
    }
    head = f"Read again by {by}, beside digitpad's own reading of {COMPARED:,} of MNIST's test digits:"
    return [head, *(f"  {name:23}{value}" for name, value in told.items() if value)]
