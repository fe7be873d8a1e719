"""`digitpad models` and `digitpad use`: which models there are, and who reads."""

import json
from pathlib import Path
from typing import Any

from digitpad.command.display import printable
from digitpad.command.reading import tell
from digitpad.models import catalogue
from digitpad.models.card import facts, figures
from digitpad.models.model import Model

NOT_KNOWN = "not known"


def show_models(as_json: bool) -> int:
    """Say of each model whether it is in use, how well it reads as its card says, its size, and where it lies.

    Raises:
        ModelError: not even the shipped model can be opened.
    """
    installed = catalogue.installed()
    in_use, notice = catalogue.in_use()
    for name, model in installed.models.items():
        is_in_use = model.path == in_use.path
        print(json.dumps(_row(name, model, is_in_use)) if as_json else "\n".join(_lines(model, is_in_use)))
    for line in dict.fromkeys([*installed.notices, notice]):
        tell(line)
    return 0


def use(name: str) -> int:
    """Make a model the one that reads from now on.

    Raises:
        ModelError: there is no such model, it is broken, or the choice can't be written down.
    """
    model = catalogue.named(name)
    catalogue.use(name if name in catalogue.installed().models else Path(name))
    print(f"{printable(model.name)} reads from now on.")
    return 0


def _lines(model: Model, is_in_use: bool) -> list[str]:
    known = {fact: value for rows in facts(model).values() for fact, value in rows}
    told = {
        "MNIST's test digits": known.get("MNIST's test digits", NOT_KNOWN),
        "digits of held-out writers": known.get("Digits of held-out writers", NOT_KNOWN),
        "size": known.get("File size", NOT_KNOWN),
        "where": printable(str(model.path)),
    }
    return [
        f"{printable(model.name)}{' (in use)' if is_in_use else ''}",
        *(f"  {fact:28}{value}" for fact, value in told.items()),
    ]


def _row(name: str, model: Model, is_in_use: bool) -> dict[str, Any]:
    return {"name": name, "in_use": is_in_use, "path": str(model.path), **figures(model)}
