"""Reading what a visitor brought in: each picture once, however often the page is drawn again."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from digitpad import Recognizer
from digitpad.errors import PictureError
from digitpad.models.hand import Hand
from digitpad.models.model import Model
from digitpad.pad.hands import Hands
from digitpad.pad.pad import Pad
from digitpad.pad.pages import CheckedPage, page_or_reading
from digitpad.pad.results import Result, for_a_moment, read_again
from digitpad.pictures.pages import pages
from digitpad.pictures.picture import FilePage
from digitpad.stopping import stoppable
from digitpad_web.holding import MOST_FILES, in_turn
from digitpad_web.uploads import copied, too_large

AT_ONCE = 200  # pictures, a class's worth of sheets: so many are read at a click
MOST_PAGES = MOST_FILES  # of one visitor: a PDF may have any number
PATIENCE = 1.0  # seconds until a bar says how far it is
KEPT = "kept"  # in the session: what came of the pictures
OFTEN = 0.2  # seconds between two looks whether the visitor has done something else, at least
TURNS = "turns"  # in the session: how often the next pictures were asked for

# What came of a picture, or of a page of a file with several: a page of numbers, where it shows several digits; else
# what was read in it, or why nothing was.
Outcome = Result | CheckedPage
Reader = tuple[Model, Hand, bool]  # a model, a hand, and whether that helps
Place = tuple[str, int]  # the id of an upload, and which of its pages, from 1


@dataclass
class Kept:
    """What came of the pictures that are on the page.

    Attributes:
        reader: who read them, the model and the hand; with another they are read again.
        counts: how many pages each upload has, by their ids.
        outcomes: those so far.
        pages: the same for those that stand among pages of numbers, where a single digit is one too.
    """

    reader: Reader
    counts: dict[str, int] = field(default_factory=dict)
    outcomes: dict[Place, Outcome] = field(default_factory=dict)
    pages: dict[Place, Outcome] = field(default_factory=dict)

    def become(self, reader: Reader) -> None:
        """Let another one read: only what a person has worked on is not read again."""
        self.reader = reader
        for kept in (self.outcomes, self.pages):
            for place, outcome in list(kept.items()):
                if not (outcome.can_undo if isinstance(outcome, CheckedPage) else outcome.is_corrected):
                    del kept[place]

    def forget_all_but(self, files: Sequence[UploadedFile]) -> None:
        """Only these are on the page."""
        ids = {file.file_id for file in files}
        self.counts = {id: count for id, count in self.counts.items() if id in ids}
        self.outcomes = {place: each for place, each in self.outcomes.items() if place[0] in ids}
        self.pages = {place: each for place, each in self.pages.items() if place[0] in ids}

    def is_done(self, file: UploadedFile, kept: dict[Place, Outcome]) -> bool:
        """Whether all pages of a file were read."""
        count = self.counts.get(file.file_id, 0)
        return count > 0 and all((file.file_id, number) in kept for number in range(1, count + 1))


class Batch(NamedTuple):
    """What was read of the files that a visitor brought in.

    Attributes:
        sources: the files, and which of its pages, in the order of the outcomes.
        outcomes: what came of each.
        waiting: the files that were not read to their end.
    """

    sources: list[tuple[UploadedFile, int]]
    outcomes: list[Outcome]
    waiting: Sequence[UploadedFile]


def read_more() -> None:
    """Let the next ones be read too."""
    of, turns = st.session_state[TURNS]
    st.session_state[TURNS] = of, turns + 1


def read_all(files: Sequence[UploadedFile], pad: Pad) -> Batch:
    """What came of the first files, in their order; what was read before is not read again.

    Where there is a page of numbers among them, all that could be read are pages of numbers. What is said of them
    teaches the hand of the pad.
    """
    recognizer, hands = pad.recognizer, pad.hands
    reader = (recognizer.model, hands.current, hands.current.is_on)
    kept: Kept = st.session_state.setdefault(KEPT, Kept(reader))
    if kept.reader != reader:
        kept.become(reader)
    kept.forget_all_but(files)
    most = min(_turns(files) * AT_ONCE, MOST_PAGES)
    _read(files, kept, kept.outcomes, most, lambda page: _read_one(page, recognizer, hands))
    outcomes = kept.outcomes
    if len(outcomes) > 1 and any(isinstance(outcome, CheckedPage) for outcome in outcomes.values()):
        kept.pages |= {
            place: each for place, each in outcomes.items() if isinstance(each, CheckedPage) or each.reading is None
        }
        outcomes = kept.pages
        _read(files, kept, outcomes, most, lambda page: _teaching(CheckedPage.read(page, recognizer), hands))
    sources = [(file, number) for file in files for number in range(1, kept.counts.get(file.file_id, 0) + 1)]
    sources = [(file, number) for file, number in sources if (file.file_id, number) in outcomes]
    waiting = [file for file in files if not kept.is_done(file, outcomes)]
    return Batch(sources, [outcomes[file.file_id, number] for file, number in sources], waiting)


def _turns(files: Sequence[UploadedFile]) -> int:
    """How often the next ones were asked for since these files were brought in, and once without."""
    turns: int
    of, turns = st.session_state.get(TURNS, (None, 1))
    if not files or of != files[0].file_id:
        of, turns = st.session_state[TURNS] = files[0].file_id if files else None, 1
    return turns


def keep_correction(source: tuple[UploadedFile, int], result: Result, recognizer: Recognizer) -> None:
    """Keep what a person said of a picture, or that they took it back, in the place of what was read.

    Others that are in doubt are read again by what that taught.
    """
    file, number = source
    kept: Kept = st.session_state[KEPT]
    kept.outcomes[file.file_id, number] = result
    rows = {place: outcome for place, outcome in kept.outcomes.items() if isinstance(outcome, Result)}
    kept.outcomes |= zip(rows, read_again(list(rows.values()), recognizer), strict=True)


def _read_one(page: FilePage, recognizer: Recognizer, hands: Hands) -> Outcome:
    shown = page_or_reading(page, recognizer)
    return _teaching(shown, hands) if isinstance(shown, CheckedPage) else Result.of(page.name, shown)


def _teaching(page: CheckedPage, hands: Hands) -> CheckedPage:
    """The page, whose corrections teach the hand from now on."""
    page.hands = hands
    return page


def _read(
    files: Sequence[UploadedFile],
    kept: Kept,
    outcomes: dict[Place, Outcome],
    most: int,
    read: Callable[[FilePage], Outcome],
) -> None:
    """Read what was not, and keep what came of each page at once: the visitor may do something else meanwhile.

    Args:
        files: of which the pages are read, in their order.
        kept: what is known of them.
        outcomes: what was read; it grows.
        most: how many it has in the end.
        read: gives what comes of a page, or fails.
    """
    place, began, pages = st.empty(), time.monotonic(), _unread(files, kept, outcomes, most)
    told = began

    def tell() -> None:
        """Say how far it is; where the page has begun anew meanwhile, Streamlit ends this run here."""
        nonlocal told
        told = time.monotonic()
        if told - began > PATIENCE:
            known = sum(kept.counts.get(file.file_id, 1) for file in files)
            total = min(known, most)
            place.progress(min(len(outcomes) / max(total, 1), 1.0), f"{len(outcomes)} of {total} read")
        else:
            place.empty()

    def tell_often() -> bool:
        if time.monotonic() - told > OFTEN:
            tell()
        return False  # as long as Streamlit lets it

    is_over = False
    while not is_over:
        with in_turn(), stoppable(tell_often):
            tell()  # this run may have waited long for its turn
            is_over = True
            for id, page in for_a_moment(pages):
                try:
                    outcomes[id, page.number] = read(page)
                except PictureError as error:
                    outcomes[id, page.number] = Result.of(page.name, error)
                is_over = False
    place.empty()


def _unread(
    files: Sequence[UploadedFile], kept: Kept, outcomes: dict[Place, Outcome], most: int
) -> Iterator[tuple[str, FilePage]]:
    """The pages that were not read, each with the id of its upload; a file is opened when its turn comes."""
    for file in files:
        id = file.file_id
        if kept.is_done(file, outcomes):
            continue
        if len(outcomes) >= most:
            return
        try:
            found = _pages(file)
        except PictureError as error:
            kept.counts[id] = 1
            outcomes[id, 1] = Result.of(file.name, error)
            continue
        kept.counts[id] = len(found)
        for page in found:
            if len(outcomes) < most and (id, page.number) not in outcomes:
                yield id, page


def _pages(file: UploadedFile) -> list[FilePage]:
    """The pages of a file.

    Raises:
        PictureError: it is too large, or can't be read.
    """
    if error := too_large(file):
        raise PictureError(error)
    return pages(copied(file))
