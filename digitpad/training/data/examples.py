"""The digits that ship, to show which of them a network finds alike to a drawing: the same ones for the same seed."""

import io
from pathlib import Path

import numpy as np

from digitpad.files import write_whole
from digitpad.glyphs.glyph import glyph
from digitpad.models.neighbours import EXAMPLES
from digitpad.training.data.datasets import load_mnist
from digitpad.training.data.strokes import draw, load_pen_digits

OF_EACH = 20  # of each digit, from each source
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
            glyphs.append(glyph(draw(list(pens[place].strokes), PEN)))
            sources.append(f"pen strokes, writer {pens[place].writer}")
        labels += [digit] * 2 * OF_EACH
    file = io.BytesIO()
    np.savez_compressed(file, glyphs=np.stack(glyphs), labels=np.array(labels, np.uint8), sources=np.array(sources))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, file.getvalue())
