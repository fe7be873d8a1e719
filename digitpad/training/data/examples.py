"""The glyphs that ship, the same ones for the same seed.

Digits, to show which of them a network finds alike to a drawing; and digits and signs that no lesson may reach, the
guard.
"""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import DataError
from digitpad.files import write_whole
from digitpad.glyphs.glyph import glyph
from digitpad.models.memory import GUARD
from digitpad.models.neighbours import EXAMPLES
from digitpad.training.data.datasets import load_mnist
from digitpad.training.data.mixture import HELD_OUT_ALPHABET, HELD_OUT_WRITERS, WRITTEN_LIKE_DIGITS, is_held_out
from digitpad.training.data.mixture import pen_digits as digits_of
from digitpad.training.data.strokes import Stroke, draw, load_pen_digits
from digitpad.training.data.symbols import load_symbols
from digitpad.training.data.unipen import load_unipen
from digitpad.training.data.workshop import NOT_A_DIGIT

OF_EACH = 20  # of each digit, from each source
GUARDS, SIGNS, SYMBOLS = 20, 800, 400  # of each digit, from each source; of capitals and signs; of alphabets
PEN = 12.0  # pixels of 160, a medium pen
SEED = 1


def save_examples(path: Path = EXAMPLES) -> None:
    """Choose some of MNIST's training digits and of the tablet's pen strokes, and write them.

    Args:
        path: of a compressed file of NumPy's: `glyphs`, uint8 (n, 28, 28); `labels`, uint8 (n,); `sources`, where
            each is from.

    Raises:
        DataError: the data are not there.
        OSError: the file can't be written.
    """
    rng = np.random.default_rng(SEED)
    train, pens = load_mnist().train, load_pen_digits()
    pen_labels = np.array([each.label for each in pens])
    glyphs, labels, sources = [], [], []
    for digit in range(10):
        for place in rng.choice(np.flatnonzero(train.labels == digit), OF_EACH, replace=False):
            glyphs.append(train.glyphs[place])
            sources.append(f"MNIST, training digit {place + 1}")
        for place in rng.choice(np.flatnonzero(pen_labels == digit), OF_EACH, replace=False):
            glyphs.append(_drawn(pens[place].strokes))
            sources.append(f"pen strokes, writer {pens[place].writer}")
        labels += [digit] * 2 * OF_EACH
    file = io.BytesIO()
    np.savez_compressed(file, glyphs=np.stack(glyphs), labels=np.array(labels, np.uint8), sources=np.array(sources))
    _write(path, file)


def save_guard(path: Path = GUARD) -> None:
    """Choose digits and signs of all that is learned from, and write them; nothing of what is held out.

    Args:
        path: of a compressed file of NumPy's: `glyphs`, uint8 (n, 28, 28); `labels`, uint8 (n,), 0 to
            9 or NOT_A_DIGIT.

    Raises:
        DataError: the data are not there.
        OSError: the file can't be written.
    """
    rng = np.random.default_rng(SEED)
    train = load_mnist().train
    known = [one for one in load_unipen() if not is_held_out(one)]
    pens = [digit for digit in load_pen_digits() if digit.writer not in HELD_OUT_WRITERS]
    inks = [ink for name, some in load_symbols().items() if name != HELD_OUT_ALPHABET for ink in some]
    signs = [one for one in known if one.kind != "digit" and one.label not in WRITTEN_LIKE_DIGITS]
    if not (known and pens and inks):
        raise DataError("UNIPEN, the pen strokes and the symbols are all needed. Name their folder in DIGITPAD_DATA.")
    glyphs, labels = [], []
    for digit in range(10):
        glyphs += [*train.glyphs[rng.choice(np.flatnonzero(train.labels == digit), GUARDS, replace=False)]]
        for source in (pens, digits_of(known)):
            own = [each for each in source if each.label == digit]
            glyphs += [_drawn(own[place].strokes) for place in rng.choice(len(own), GUARDS, replace=False)]
        labels += [digit] * 3 * GUARDS
    glyphs += [_drawn(signs[place].strokes) for place in rng.choice(len(signs), SIGNS, replace=False)]
    glyphs += [glyph(inks[place]) for place in rng.choice(len(inks), SYMBOLS, replace=False)]
    labels += [NOT_A_DIGIT] * (SIGNS + SYMBOLS)
    file = io.BytesIO()
    np.savez_compressed(file, glyphs=np.stack(glyphs), labels=np.array(labels, np.uint8))
    _write(path, file)


def _drawn(strokes: Sequence[Stroke]) -> NDArray[np.uint8]:
    return glyph(draw(list(strokes), PEN))


def _write(path: Path, file: io.BytesIO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, file.getvalue())
