"""Many pictures: in batches, on one core or on several, each with what came of it or its error."""

import itertools
import math
import operator
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import PictureError
from digitpad.pictures.picture import FilePage, opened, several

if TYPE_CHECKING:
    from digitpad.pictures.picture import Picture

    Sent: TypeAlias = Picture | PictureError
    _Turn: TypeAlias = list[Sent] | NDArray[np.generic]

T = TypeVar("T")

FEW = 8  # pictures of a first batch, by which one sees how long they take
WORTH_HELP = 0.2  # seconds of reading, past or known to come, for which others are started: that takes as long
TURN = 0.03  # seconds of reading that each of them gets at a time, or one picture
SHARES = 4  # of what is left that each gets one after the other, at the end


def read_in_batches(
    pictures: "Iterable[Sent]", workers: int, read: "Callable[[Iterable[Sent]], list[T]]", at_once: int
) -> Iterator[T]:
    """What `read` gives of many pictures, on this process and others.

    Args:
        pictures: as of `Recognizer.read_many`.
        workers: how many processes read.
        read: gives what comes of each of a batch, in their order. With several workers it can be pickled.
        at_once: pictures of a batch.

    Raises:
        PictureError: what came is one picture, or nothing that holds pictures.
        ValueError: there can't be so many workers.
    """
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise ValueError(f"workers says how many processes read: 1 or more, not {workers!r}.")
    return _in_batches(several(pictures), workers, read, at_once)


def _in_batches(
    pictures: "Iterator[Sent]", workers: int, read: "Callable[[Iterable[Sent]], list[T]]", at_once: int
) -> Iterator[T]:
    seconds, count, known_to_come = 0.0, 0, 0.0
    while workers == 1 or max(seconds, known_to_come) < WORTH_HELP:
        began = time.perf_counter()
        batch = read(itertools.islice(pictures, at_once if workers == 1 else min(at_once, FEW)))
        if not batch:
            return
        seconds, count = seconds + time.perf_counter() - began, count + len(batch)
        known_to_come = operator.length_hint(pictures) * seconds / count
        yield from batch
    from digitpad.sharing import shared  # takes a tenth of the start

    turns = _turns(pictures, math.ceil(count / seconds * TURN), workers)
    for done in shared(partial(_read_turn, read, at_once), turns, workers - 1):
        yield from done


def _turns(pictures: "Iterator[Sent]", most: int, workers: int) -> "Iterator[_Turn]":
    """The pictures, some at a time; where it is known how many are left, ever fewer: all end at about one time."""
    while True:
        left = operator.length_hint(pictures)
        count = min(most, max(FEW, math.ceil(left / (SHARES * workers)))) if left else most
        if not (turn := list(map(_to_send, itertools.islice(pictures, count)))):
            return
        yield _at_once(turn)


def _at_once(turn: "list[Sent]") -> "_Turn":
    """Arrays of one kind as one, which is sent in a fraction of the time."""
    first = turn[0]
    if len(turn) == 1 or type(first) is not np.ndarray or first.ndim < 2 or first.dtype.hasobject:
        return turn
    kind = first.shape, first.dtype
    are_alike = all(type(one) is np.ndarray and (one.shape, one.dtype) == kind for one in turn)
    return np.stack(cast("list[NDArray[np.generic]]", turn)) if are_alike else turn


def _read_turn(read: "Callable[[Iterable[Sent]], list[T]]", at_once: int, pictures: "_Turn") -> list[T]:
    return list(_in_batches(iter(pictures), 1, read, at_once))


def or_error(read: "Callable[[Picture], T]", picture: "Sent") -> T | PictureError:
    """What `read` gives of a picture, or why it can't be read."""
    if isinstance(picture, PictureError):
        return picture
    try:
        return read(picture)
    except PictureError as error:
        return error


def _to_send(picture: "Sent") -> "Sent":
    """What is sent to another process: pictures of two kinds are opened before, others there.

    An image of PIL's lacks its EXIF and its pages once it is pickled; with a page of a file that lies in memory all
    of the file would be sent.
    """
    has_all_pages = isinstance(picture, FilePage) and isinstance(picture.file, bytes)
    if isinstance(picture, PictureError) or not (has_all_pages or hasattr(picture, "getexif")):
        return picture
    return or_error(opened, picture)
