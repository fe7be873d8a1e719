"""How far the maps of why can be believed, on digits of which nothing was learned; and a picture of some."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad import Recognizer
from digitpad.files import write_whole
from digitpad.models.sanity import alike, completeness, deletion, shuffled
from digitpad.models.why import INTEGRATED_GRADIENTS, METHODS
from digitpad.pad.why import overlay
from digitpad.training.data.datasets import load_mnist

MODELS = ("classic", "hands")
DIGITS = 100  # of MNIST's test digits
SEED = 2
SHUFFLED = 30  # of them are explained by shuffled weights too, which takes longer
SHOWN = 4  # from which on of them some are shown
GAP = 6  # pixels between two of them


def measure(picture: Path) -> None:
    """Measure, print a table, and write the picture: for each digit its maps, each beside that of shuffled weights.

    Raises:
        DataError: MNIST is not there.
        OSError: the picture can't be written.
    """
    test = load_mnist().test
    glyphs = test.glyphs[np.random.default_rng(SEED).choice(len(test), DIGITS, replace=False)]
    print(f"{DIGITS} of MNIST's test digits; likeness by shuffled weights of {SHUFFLED}\n")
    print(f"{'model':10}{'method':24}{'deletion won':>14}{'likeness':>10}{'parts off by':>14}{'of':>8}")
    for name in MODELS:
        for method in METHODS:
            print(f"{name:10}{method:24}" + "".join(_figures(Recognizer(name), glyphs, method)), flush=True)
    rows = [_row(glyph) for glyph in glyphs[SHOWN : SHOWN + 3]]
    _, png = cv2.imencode(".png", cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))
    write_whole(picture, png.tobytes())


def _figures(pad: Recognizer, glyphs: NDArray[np.uint8], method: str) -> tuple[str, ...]:
    won, likeness, errors, grown = 0, [], [], []
    for number, glyph in enumerate(glyphs):
        why = pad.explain(glyph, pad.read_one(glyph).digit, method=method)
        by_map, at_random = deletion(pad.model, why)
        won += int(by_map.mean() < at_random.mean())
        if number < SHUFFLED:
            likeness.append(alike(why, shuffled(pad.model, why, seed=number)))
        if method == INTEGRATED_GRADIENTS:
            parts, whole = completeness(pad.model, why)
            errors.append(abs(parts - whole))
            grown.append(whole)
    off = (f"{np.median(errors):14.2f}", f"{np.median(grown):8.1f}") if errors else (f"{'–':>14}", f"{'–':>8}")
    return f"{won:14}", f"{np.mean(likeness):10.2f}", *off


def _row(glyph: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A digit, and what each model's maps of it are, each with that of shuffled weights right of it."""
    plain = 255 - glyph.repeat(4, axis=0).repeat(4, axis=1)
    tiles = [np.repeat(plain[..., np.newaxis], 3, axis=2)]
    for name in MODELS:
        pad = Recognizer(name)
        for method in METHODS:
            why = pad.explain(glyph, pad.read_one(glyph).digit, method=method)
            tiles += [overlay(why, scale=4), overlay(shuffled(pad.model, why), scale=4)]
    return np.hstack([np.pad(tile, ((0, GAP), (0, GAP), (0, 0)), constant_values=255) for tile in tiles])
