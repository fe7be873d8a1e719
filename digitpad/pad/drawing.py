"""A drawing: strokes as they were made, undone and brought again, and the picture of them that is read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.glyphs.strokes import Stroke, draw
from digitpad.pad.undoing import Undoing

SIDE = 280  # pixels of the picture, more than a glyph can show
LONGER_SIDE = 240  # pixels of what is drawn, at most; a dot stays as small beside the paper as it is
PICTURE_SIDE = 560  # pixels of the longer side of a picture that was brought in: enough to read, and to look at
UNDONE_PICTURES = 10  # of what can be taken back, with a picture that was brought in, which takes up to a megabyte


@dataclass(frozen=True, eq=False)
class Content:
    """What is on the canvas: a picture that was brought in, or strokes.

    Attributes:
        strokes: in the order in which they were made.
        picture: uint8 (H, W), (H, W, 3) or (H, W, 4); None for a drawing.
        number: which drawing of the history this is a state of; None for one that is not kept yet.
        in_place_of_picture: whether it took the place of a picture.
    """

    strokes: tuple[Stroke, ...] = ()
    picture: NDArray[np.uint8] | None = None
    number: int | None = None
    in_place_of_picture: bool = False

    @property
    def has_ink(self) -> bool:
        """Whether anything was drawn, even if it was erased again."""
        return any(not stroke.erases for stroke in self.strokes)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be read."""
        return self.picture is None and not self.has_ink


@dataclass
class Drawing(Undoing[Content]):
    """What is on the canvas, and the way back: by stroke, by clearing, by bringing in a picture.

    Attributes:
        content: what is on the canvas, the stroke that is being made included.
        is_drawing: whether the pen is down.
    """

    content: Content = field(default_factory=Content)
    is_drawing: bool = False

    def begin(self, x: float, y: float, width: float, erases: bool = False) -> None:
        """Put the pen down, as `add` does; nothing happens where there is no ink to be erased."""
        before = self.content
        self.add(Stroke(((x, y),), (width,), erases))
        self.is_drawing = self.content is not before

    def extend(self, x: float, y: float, width: float) -> None:
        """Move the pen; nothing happens while it is up."""
        if self.is_drawing:
            *before, last = self.content.strokes
            longer = Stroke((*last.points, (x, y)), (*last.widths, width), last.erases)
            self.content = replace(self.content, strokes=(*before, longer))

    def end(self) -> None:
        """Lift the pen."""
        self.is_drawing = False

    def add(self, stroke: Stroke) -> None:
        """Make a whole stroke at once.

        A picture that was brought in makes room for the drawing. An eraser where nothing was drawn, or on a picture,
        changes nothing.
        """
        self.end()
        if stroke.erases and not self.content.has_ink:
            return
        if self.content.picture is not None:
            self._become(Content((stroke,), in_place_of_picture=True))
        else:
            self._become(replace(self.content, strokes=(*self.content.strokes, stroke)))

    def keep_as(self, number: int | None) -> None:
        """Say which drawing of the history this is; that is no change to be taken back."""
        self.content = replace(self.content, number=number)

    def clear(self) -> None:
        """Empty the canvas; `undo` brings back what was there."""
        self.end()
        if self.content.strokes or self.content.picture is not None:
            self._become(Content())

    def show(self, content: Content) -> None:
        """Put something else on the canvas, a large picture made smaller; `undo` brings back what was there."""
        self.end()
        self._become(replace(content, picture=_smaller(content.picture)))

    def undo(self) -> None:
        """Take back the last change, if there is one."""
        self.end()
        self.content = self._back(self.content)

    def redo(self) -> None:
        """Bring again what was taken back, if anything was."""
        self.end()
        self.content = self._forth(self.content)

    def forget(self) -> None:
        """Let nothing be taken back or brought again; what is on the canvas stays."""
        self._past.clear()
        self._future.clear()

    @property
    def hides_picture(self) -> bool:
        """Whether taking back all that was drawn would bring back a picture."""
        return self.content.in_place_of_picture and any(past.picture is not None for past in self._past)

    def _become(self, content: Content) -> None:
        self._changed(self.content)
        while sum(past.picture is not None for past in self._past) > UNDONE_PICTURES:
            self._past.popleft()
        self.content = content


def _smaller(picture: NDArray[np.uint8] | None) -> NDArray[np.uint8] | None:
    """A picture that is not larger than what is shown of it: several of them can be taken back."""
    if picture is None or max(picture.shape[:2]) <= PICTURE_SIDE:
        return picture
    image = Image.fromarray(picture)
    image.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    return np.asarray(image)


def picture_of(content: Content) -> NDArray[np.uint8]:
    """The picture to be read: the one that was brought in, or the strokes black on white.

    Returns:
        uint8, as `Content.picture`, or (SIDE, SIDE) with what is drawn in the middle, made smaller if need be.
    """
    if content.picture is not None:
        return content.picture
    paper = np.full((SIDE, SIDE), 255, np.uint8)
    drawn = [stroke for stroke in content.strokes if not stroke.erases]
    if not drawn:
        return paper
    points = np.concatenate([stroke.places for stroke in drawn])
    reach = max(max(stroke.widths) for stroke in drawn) / 2 + 1
    low, high = points.min(axis=0) - reach, points.max(axis=0) + reach
    scale = min(1.0, LONGER_SIDE / float((high - low).max()))
    draw(paper, content.strokes, (low + high) / 2 - SIDE / 2 / scale, scale, ink=0)
    return paper


def to_json(strokes: Iterable[Stroke]) -> str:
    """Strokes as text, a tenth of a unit exact."""
    return f"[{','.join(stroke.as_json for stroke in strokes)}]"


def from_json(text: str) -> tuple[Stroke, ...]:
    """Strokes from text that `to_json` wrote.

    Raises:
        ValueError: it is something else.
    """
    try:
        return tuple(_stroke(entry) for entry in json.loads(text))
    except (TypeError, KeyError) as error:
        raise ValueError(f"these are no strokes: {error}") from error


def _stroke(entry: dict[str, Any]) -> Stroke:
    points = tuple((float(x), float(y)) for x, y in entry["points"])
    widths = tuple(float(width) for width in entry["widths"])
    if not points or len(points) != len(widths):
        raise ValueError("these are no strokes: points and widths don't match")
    return Stroke(points, widths, bool(entry["erases"]))
