"""A model that reads by a hand: what was taught counts where a drawing is like a lesson; see `memory.py`.

What that may harm is bounded: a lesson never lowers another digit's logit, a guard keeps it from reaching far,
lessons that contradict each other end in doubt, and a reading that lessons made says so.
"""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.models.hand import Hand
from digitpad.models.memory import NO_DIGIT, Felt, Memory
from digitpad.models.model import Model
from digitpad.reading import Reading, Verdict

# The probability that a network is taken to give, at least, to what a glyph was taught to be, and how fast that falls
# with 1 - cosine: what it is sure of is another one only where it is much like the lesson.
LEAST, NARROW = 0.05, 20.0
UNLIKELY = 1e-7  # and to anything else
CHANGED = 0.005  # of a probability: by less lessons change nothing
CLOSE, ALIKE = 0.95, 0.03  # cosine to each of two lessons that contradict each other, and by which the two may differ
SAME = 0.985  # cosine from which on they do so even where the network is sure of one of the two

REMEMBERED = 1_000  # glyphs near lessons, until they are forgotten: a page has fewer


class TaughtModel(Model):
    """A model that reads by a hand. It opens no file: the network is the model's.

    Args:
        model: whose network it is.
        hand: what was taught; what it learns later counts too.

    Raises:
        ModelError: the model has no embedding.
    """

    def __init__(self, model: Model, hand: Hand) -> None:
        self.__dict__.update(model.__dict__)
        self._untaught, self._hand = model, hand
        self._memory = Memory(model, hand)
        self._recent: dict[bytes, _Told] = {}
        if not model.tells_no_digit:  # it knows of no digit what it was taught, and nothing else
            self.not_a_digit_above = self.unsure_above = 0.5

    def __reduce__(self) -> tuple[Any, ...]:
        return TaughtModel, (self._untaught, self._hand)

    def probabilities(self, glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
        """As `Model.probabilities`, with what was taught."""
        look = self._memory.embedder.look
        seen = look(glyphs)
        # By the same interpreter, whose weights are in the processor's cache.
        again = self.after_second_look(glyphs, seen.probabilities, lambda views: look(views).probabilities)
        return self._taught(glyphs, again, seen.embeddings)

    def at_first_sight(self, glyphs: NDArray[np.uint8]) -> NDArray[np.float32]:
        """As `Model.at_first_sight`, with what was taught."""
        seen = self._memory.embedder.look(glyphs)
        return self._taught(glyphs, seen.probabilities, seen.embeddings)

    def reading(
        self,
        glyph: NDArray[np.uint8],
        probabilities: NDArray[np.float32],
        name: str = "",
        note: str = "",
        is_murky: bool = False,
    ) -> Reading:
        """As `Model.reading`, of a glyph whose probabilities were asked for; with the lessons that made it so."""
        reading = super().reading(glyph, probabilities, name, note, is_murky)
        told = self._recent.get(glyph.tobytes()) if self._recent else None
        if told is None:
            return reading
        without = self._untaught.reading(glyph, told.untaught, is_murky=is_murky)
        cosines = np.where(told.pulls > 0, told.cosines, -1)
        second, first = (int(label) for label in cosines.argsort()[-2:])
        is_known = without.verdict is Verdict.DIGIT and without.digit in (first, second)
        if cosines[second] >= max(SAME if is_known else CLOSE, cosines[first] - ALIKE):
            both = tuple(self._memory.nearest(told.embedding, label) for label in (first, second))
            return replace(reading, verdict=Verdict.UNSURE, lessons=both)
        what = NO_DIGIT if reading.verdict is Verdict.NOT_A_DIGIT else reading.digit
        if what is None or not told.pulls[what]:
            return reading
        if (without.digit, without.verdict) == (reading.digit, reading.verdict):
            return reading
        return replace(reading, lessons=(self._memory.nearest(told.embedding, what),))

    def _taught(
        self, glyphs: NDArray[np.uint8], probabilities: NDArray[np.float32], embeddings: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Probabilities, float32 (n, 11), after what lessons add to their logits; what they were is remembered."""
        for glyph in glyphs if self._recent else ():
            self._recent.pop(glyph.tobytes(), None)  # what was said of it may not hold any more
        felt = self._memory.felt(embeddings)
        # Nearly always lessons change nothing: then nobody needs to look at the guard.
        would_be = _pulled(probabilities, felt)
        rows = np.flatnonzero(np.abs(would_be - probabilities).max(axis=1) > CHANGED)
        if not len(rows):
            return probabilities
        felt = self._memory.guarded(Felt(felt.pulls[rows], felt.cosines[rows]), embeddings[rows])
        if len(self._recent) > REMEMBERED:
            self._recent = {}
        for row, pulls, cosines in zip(rows, *felt, strict=True):
            told = _Told(probabilities[row].copy(), embeddings[row], pulls, cosines)
            self._recent[glyphs[row].tobytes()] = told
        taught = probabilities.copy()
        taught[rows] = _pulled(probabilities[rows], felt)
        return taught


def _pulled(probabilities: NDArray[np.float32], felt: Felt) -> NDArray[np.float32]:
    """Probabilities, float32 (n, 11), with what is added to their logits."""
    least = np.where(felt.pulls > 0, LEAST * np.exp(NARROW * (felt.cosines - 1)), UNLIKELY)
    shares = np.maximum(probabilities, least) * np.exp(felt.pulls - felt.pulls.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


class _Told(NamedTuple):
    """What was told of a glyph near which lessons lie.

    Attributes:
        untaught: float32 (11,), its probabilities without them.
        embedding: float32 (units,).
        pulls: float32 (11,), as of `Felt`.
        cosines: float32 (11,), as of `Felt`.
    """

    untaught: NDArray[np.float32]
    embedding: NDArray[np.float32]
    pulls: NDArray[np.float32]
    cosines: NDArray[np.float32]
