"""Which digits a model takes for which: how often, and the misread ones themselves, kept beside its weights."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.files import write_whole
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.models.model import WEIGHTS_FILE, Model

MISTAKES_FILE = "mistakes.npz"
TEST, VALIDATION = "test", "validation"  # which of MNIST's digits were read, as the card names them
MOST_BYTES = 10_000_000  # of such a file, as of 10,000 misread digits: what is larger is none


@dataclass(frozen=True, eq=False)
class Mistakes:
    """Which digits were taken for which.

    Attributes:
        of: TEST or VALIDATION.
        confusion: int64 (10, 10), how many digits `row` were read as `column`.
        glyphs: uint8 (n, 28, 28), ink 255 on 0, of all that were misread, the surest mistake first.
        digits: uint8 (n,), what each of them is.
        read: uint8 (n,), as what it was read.
        confidences: float32 (n,), how sure the model was of that, 0 to 1.
    """

    of: str
    confusion: NDArray[np.int64]
    glyphs: NDArray[np.uint8]
    digits: NDArray[np.uint8]
    read: NDArray[np.uint8]
    confidences: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.digits)


def save_mistakes(mistakes: Mistakes, folder: Path, model_sha256: str) -> None:
    """Write them into a model's folder, whole or not at all.

    Args:
        mistakes: what is written.
        folder: of the model.
        model_sha256: of its weights, by which they are known to be of these.

    Raises:
        OSError: the folder can't be written.
    """
    content = io.BytesIO()
    np.savez_compressed(
        content,
        model_sha256=np.array(model_sha256),
        of=np.array(mistakes.of),
        confusion=mistakes.confusion.astype(np.uint16),
        glyphs=mistakes.glyphs,
        digits=mistakes.digits,
        read=mistakes.read,
        confidences=mistakes.confidences,
    )
    write_whole(folder / MISTAKES_FILE, content.getvalue())


def mistakes_of(model: Model) -> Mistakes | None:
    """What lies beside a model; None where that is nothing, is damaged, or is of other weights than these."""
    if model.path.name != WEIGHTS_FILE:  # a file by another name may lie beside what is not of it
        return None
    path = model.path.with_name(MISTAKES_FILE)
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        with np.load(path, allow_pickle=False) as kept:
            if str(kept["model_sha256"]) != model.card.get("model_sha256"):
                return None
            found = Mistakes(
                str(kept["of"]),
                kept["confusion"].astype(np.int64),
                kept["glyphs"],
                kept["digits"],
                kept["read"],
                kept["confidences"],
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return found if _is_whole(found) else None


def _is_whole(mistakes: Mistakes) -> bool:
    """Whether the parts are what they should be, and fit each other."""
    count = len(mistakes)
    parts = (mistakes.confusion, mistakes.glyphs, mistakes.digits, mistakes.read, mistakes.confidences)
    shapes = ((10, 10), (count, GLYPH_SIDE, GLYPH_SIDE), (count,), (count,), (count,))
    kinds = ("int64", "uint8", "uint8", "uint8", "float32")
    if tuple(part.shape for part in parts) != shapes or tuple(str(part.dtype) for part in parts) != kinds:
        return False
    misread = np.zeros((10, 10), np.int64)
    if max(mistakes.digits, default=0) > 9 or max(mistakes.read, default=0) > 9:
        return False
    np.add.at(misread, (mistakes.digits, mistakes.read), 1)
    is_beside = ~np.eye(10, dtype=bool)
    return mistakes.of in (TEST, VALIDATION) and bool(
        (misread[is_beside] == mistakes.confusion[is_beside]).all() and not misread[~is_beside].any()
    )
