"""A model as it is sent to other machines, on which it need not lie, nor at the same path."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from digitpad.models.model import CARD_FILE, WEIGHTS_FILE, Model
from digitpad.recognizer import Recognizer


@dataclass(frozen=True)
class SentModel:
    """What is in a model's files.

    Attributes:
        name: the model's.
        weights: what its file is called, and what is in it.
        card: what is in its card; empty without one.
    """

    name: str
    weights: tuple[str, bytes]
    card: bytes

    @classmethod
    def of(cls, model: Model) -> "SentModel":
        """A model that was opened.

        Raises:
            OSError: its files are gone.
        """
        card = model.path.with_name(CARD_FILE)
        has_card = model.path.name == WEIGHTS_FILE and card.is_file()
        return cls(model.name, (model.path.name, model.path.read_bytes()), card.read_bytes() if has_card else b"")

    @property
    def sha256(self) -> str:
        """What tells it from all others."""
        return hashlib.sha256(self.weights[1] + self.card).hexdigest()

    def recognizer(self) -> Recognizer:
        """The recognizer that reads with it, opened on this machine."""
        name, content = self.weights
        with tempfile.TemporaryDirectory(prefix="digitpad-") as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            if self.card:
                path.with_name(CARD_FILE).write_bytes(self.card)
            return Recognizer(Model(path))
