"""What a network makes of a hand's lessons, and which of them a glyph is like.

A cache beside the last layer: each lesson near a glyph, in what comes into that layer, adds to the logit of its
digit, the more the nearer it is (Platt and Matic, "A Constructive RBF Network for Writer Adaptation", NIPS, 1996;
Zhang et al., "Tip-Adapter: Training-free Adaption of CLIP for Few-shot Classification", ECCV, 2022). A lesson counts
only where no known digit or sign of another kind lies nearer, of some that ship: the guard.
"""

import contextlib
import threading
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import ModelError
from digitpad.lesson import Lesson
from digitpad.models.arithmetic import ALONE
from digitpad.models.embedding import Embedder
from digitpad.models.hand import Hand
from digitpad.models.model import Model

# Chosen by `scripts/neighbours.py`: glyphs and labels; whose they are, and the licences, are told beside them.
GUARD = Path(__file__).parent / "shipped" / "neighbours" / "guard.npz"
NO_DIGIT = 10  # the label of what is none
# Chosen on people of whom a network had learned nothing; `scripts/evaluate.py --teach` tells what they give.
# What a lesson adds to a logit, of the glyph that was taught, and how fast that falls with 1 - cosine: one part
# reaches what the same hand writes later, the other settles what is nearly the same drawing.
PULL, WIDTH = 4.0, 8.0  # at a cosine of 0.9 it is 45 % of it
GRIP, TIGHT = 4.0, 60.0  # at 0.95 it is 5 %
SLACK = 0.03  # cosine by which a known glyph of another kind may lie nearer than the lesson


class Felt(NamedTuple):
    """What the lessons of a hand add to the logits of some glyphs, a column for each digit and the last for none.

    Attributes:
        pulls: float32 (n, 11), what is added; 0 where no lesson counts.
        cosines: float32 (n, 11), to the nearest lesson; -1 without one.
    """

    pulls: NDArray[np.float32]
    cosines: NDArray[np.float32]


class Memory:
    """The lessons of a hand as a network has them.

    Args:
        model: whose network it is.
        hand: what was taught; what it learns later counts too.

    Attributes:
        embedder: gives what is compared.

    Raises:
        ModelError: the model has no embedding.
    """

    def __init__(self, model: Model, hand: Hand) -> None:
        self._network = _known_network(model)
        self._hand = hand
        self._learned: tuple[Lesson, ...] = ()
        self._known = _Known((), np.zeros((0, 0), np.float32), np.zeros(0, np.intp), np.zeros(0, np.intp))
        self._lock = threading.Lock()
        self.embedder = self._network.embedder

    def felt(self, embeddings: NDArray[np.float32]) -> Felt:
        """What the lessons would add to the logits of glyphs if there were no guard.

        Args:
            embeddings: float32 (n, units), as `Embedder.look` gives them.
        """
        known = self._up_to_date()
        shape = (len(embeddings), NO_DIGIT + 1)
        pulls, nearest = np.zeros(shape, np.float32), np.full(shape, -1, np.float32)
        if known.lessons:
            cosines = embeddings @ known.embeddings.T
            each = PULL * np.exp(WIDTH * (cosines - 1)) + GRIP * np.exp(TIGHT * (cosines - 1))
            pulls[:, known.labels] = np.add.reduceat(each, known.starts, axis=1)
            nearest[:, known.labels] = np.maximum.reduceat(cosines, known.starts, axis=1)
        return Felt(pulls, nearest)

    def guarded(self, felt: Felt, embeddings: NDArray[np.float32]) -> Felt:
        """The same without what lies too far: nearer than the lesson is a known glyph of another kind."""
        is_near = felt.cosines >= self._network.nearest_of_others(embeddings) - SLACK
        return felt._replace(pulls=felt.pulls * is_near)

    def nearest(self, embedding: NDArray[np.float32], label: int) -> Lesson:
        """The lesson about a digit, or NO_DIGIT, that is the most like a glyph; there must be one.

        Args:
            embedding: float32 (units,).
            label: which digit.
        """
        known = self._up_to_date()
        ends = [*known.starts[1:], len(known.lessons)]
        place = int(np.flatnonzero(known.labels == label)[0])
        own = slice(known.starts[place], ends[place])
        return known.lessons[own][int((known.embeddings[own] @ embedding).argmax())]

    def _up_to_date(self) -> "_Known":
        """The lessons of the hand as it is now; those that are new are looked at, and no others."""
        lessons = self._hand.lessons if self._hand.is_on else ()
        with self._lock:
            if lessons != self._learned:
                known = dict(zip(self._known.lessons, self._known.embeddings, strict=True))
                if fresh := [lesson for lesson in lessons if lesson not in known]:
                    found = self.embedder.look(np.stack([lesson.glyph for lesson in fresh])).embeddings
                    known |= zip(fresh, found, strict=True)
                ordered = sorted(lessons, key=_label)
                labels, starts = np.unique([_label(lesson) for lesson in ordered], return_index=True)
                rows = np.array([known[lesson] for lesson in ordered], np.float32)
                self._known = _Known(tuple(ordered), rows, labels.astype(np.intp), starts)
                self._learned = lessons
            return self._known


class _Known(NamedTuple):
    """Lessons in the order of their labels.

    Attributes:
        lessons: what was taught.
        embeddings: float32 (n, units), of the lessons.
        labels: those that there are, rising.
        starts: at which lesson each begins.
    """

    lessons: tuple[Lesson, ...]
    embeddings: NDArray[np.float32]
    labels: NDArray[np.intp]
    starts: NDArray[np.intp]


def _label(lesson: Lesson) -> int:
    return NO_DIGIT if lesson.digit is None else lesson.digit


class _KnownNetwork:
    """What all hands that read by a network share: its embedder, and the guard.

    The guard is looked at beside, which takes a tenth of a second: who teaches is not to wait for it.
    """

    def __init__(self, model: Model) -> None:
        self.embedder = Embedder(model)
        self._guard: tuple[list[NDArray[np.float32]], NDArray[np.intp]] | None = None
        self._looking = threading.Thread(target=self._look_ahead)
        self._looking.start()

    def nearest_of_others(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """How near the nearest of the guard is that is of another kind: float32 (n, 11), a cosine for each label."""
        self._looking.join()
        if self._guard is None:  # the thread has failed: what is wrong is to show here
            self._guard = self._look_at_guard()
        parts, starts = self._guard
        cosines = np.concatenate([embeddings @ part.T for part in parts], axis=1)
        of_each = np.maximum.reduceat(cosines, starts, axis=1)
        first, second = (np.sort(of_each, axis=1)[:, [place]] for place in (-1, -2))
        return np.where(of_each == first, second, first)

    def _look_ahead(self) -> None:
        with contextlib.suppress(Exception):
            self._guard = self._look_at_guard()

    def _look_at_guard(self) -> tuple[list[NDArray[np.float32]], NDArray[np.intp]]:
        with np.load(GUARD) as file:
            found = self.embedder.look(file["glyphs"]).embeddings
            starts = np.searchsorted(file["labels"], range(NO_DIGIT + 1))
        # In parts that are so small that NumPy leaves each to one thread; see `arithmetic.py`.
        return np.array_split(found, -(-found.size // ALONE)), starts


def can_learn(model: Model) -> bool:
    """Whether a model has an embedding, in which lessons can be near a glyph."""
    try:
        _known_network(model)
    except ModelError:
        return False
    return True


_networks: WeakKeyDictionary[Model, _KnownNetwork | str] = WeakKeyDictionary()  # or why one can't learn
_turn = threading.Lock()


def _known_network(model: Model) -> _KnownNetwork:
    with _turn:
        found = _networks.get(model)
        if found is None:
            try:
                found = _KnownNetwork(model)
            except ModelError as error:
                found = str(error)  # the apps ask after every stroke
            _networks[model] = found
    if isinstance(found, str):
        raise ModelError(found)
    return found
