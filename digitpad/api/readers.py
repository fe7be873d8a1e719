"""Who reads: the models that were there when the server started, each opened once."""

from pathlib import Path
from typing import Any

from digitpad import Recognizer
from digitpad.api.replies import NOT_UNDERSTOOD, RequestError
from digitpad.models import catalogue
from digitpad.models.card import figures


class Readers:
    """A recognizer for each model.

    Args:
        model: who reads where no other is asked for, by name or path; None for the one in use.

    Attributes:
        notices: sentences about models that can't be used, for who started the server.

    Raises:
        ModelError: there is no such model, or it is broken.
    """

    def __init__(self, model: str | None) -> None:
        own = Recognizer(None if model is None else catalogue.named(model))
        installed = catalogue.installed()
        self._by_name = {name: Recognizer(found) for name, found in installed.models.items() if not _is_path(name)}
        self.default = own.model.name
        self._by_name[self.default] = own  # also where an installed one has the same name
        self.notices = list(dict.fromkeys(filter(None, [own.notice, *installed.notices])))

    def named(self, name: str | None) -> tuple[str, Recognizer]:
        """A model's name, and who reads by it.

        Args:
            name: None for the one that reads where no other is asked for.

        Raises:
            RequestError: there is no such model.
        """
        name = self.default if name is None else name
        if name not in self._by_name:
            known = ", ".join(sorted(self._by_name))
            raise RequestError(NOT_UNDERSTOOD, f"There is no model {name!r}. This server has {known}.")
        return name, self._by_name[name]

    def rows(self) -> list[dict[str, Any]]:
        """What is told of each; where it lies on the server is nothing for others."""
        return [
            {"name": name, "in_use": name == self.default, **figures(recognizer.model)}
            for name, recognizer in self._by_name.items()
        ]


def _is_path(name: str) -> bool:
    """Whether the catalogue names a model by where it lies, as its name is taken."""
    return Path(name).is_absolute()
