"""The boxes of a page on a canvas, where a mouse moves them, draws what was missed, and takes away what is none.

`streamlit-drawable-canvas` makes it. It begins anew, without the tool in the hand, whenever one of its arguments
changes; so it keeps those of when it was opened until something else changes the page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from digitpad.errors import DigitpadError
from digitpad.numbers.page import Box
from digitpad.pad.checked import CheckedNumber
from digitpad.pad.pages import CheckedPage
from digitpad_web.boxes import kind_of, picture_address
from digitpad_web.holding import in_turn
from digitpad_web.mounting import BOXES, Mounted, mounted

WIDTH = 704  # pixels of the canvas, which can't follow the window: what Streamlit's page has beside its margins
HIGHEST = 4000  # pixels of the same, for a long strip: browsers have no canvas of any height
LINE, LETTERS = 2, 14  # pixels of a box's line and of its label
STILL = 0.5  # pixels that a box can't be moved by a hand
NARROW = 36  # pixels below which the handles would cover a box, so that a hand could not move it
COLOURS = {"sure": "#2563eb", "unsure": "#b45309", "corrected": "#0f766e"}  # as in boxes.css

Drawn = dict[str, Any]  # a box as the library gives it: label, left, top, width, height, in pixels of the canvas


@dataclass
class Opened:
    """What a canvas shows.

    Attributes:
        drawing: its boxes when it was opened, as the library takes them.
        known: of each of those by its mark, and where it is there, the number that it is on the page, and the box.
        new: the same of those that were drawn since, which have no mark.
    """

    drawing: dict[str, Any]
    known: dict[int, tuple[int, Drawn]]
    new: list[tuple[int, Drawn]] = field(default_factory=list)


def show_box_canvas(page: CheckedPage) -> str:
    """Show the canvas, and do to the page what was done on it; why something of that can't be, or nothing."""
    from streamlit_drawable_canvas import st_canvas  # for who changes boxes alone

    scale = min(WIDTH / page.size[0], HIGHEST / page.size[1])
    canvas = mounted(BOXES, page, lambda page: _opened(page, scale))
    result = st_canvas(
        fill_color="rgba(0, 0, 0, 0)",
        stroke_width=LINE,
        stroke_color=COLOURS["sure"],
        background_image=picture_address(page),
        width=round(page.size[0] * scale),
        height=round(page.size[1] * scale),
        drawing_mode="labeled_rect",
        initial_drawing=canvas.given.drawing,
        font_size=LETTERS,
        key=f"{BOXES} {canvas.generation}",
    )
    objects = [each for each in (result.json_data or {}).get("objects", []) if each.get("type") == "LabeledRect"]
    return _Taking(page, canvas, scale).take([round(each.get(MARK, 0)) for each in objects], result.boxes)


# Fabric, which draws the boxes, keeps no property of ours, but it does this one, which means little with dashes and
# nothing without: it tells which number a box is.
MARK = "strokeDashOffset"


def _opened(page: CheckedPage, scale: float) -> Opened:
    from streamlit_drawable_canvas import boxes_to_drawing

    known = {mark: (number.id, _on_canvas(number, scale)) for mark, number in enumerate(page.numbers, 1)}
    drawing = boxes_to_drawing([box for _, box in known.values()], stroke_width=LINE)
    for mark, (each, number) in enumerate(zip(drawing["objects"], page.numbers, strict=True), 1):
        each[MARK] = mark
        each["fontSize"] = LETTERS
        each["stroke"] = COLOURS[kind_of(number)]
        each["strokeDashArray"] = [6, 4] if number.needs_a_look else None
        each["lockScalingFlip"] = True
        each["hasControls"] = min(each["width"], each["height"]) >= NARROW
    return Opened(drawing, known)


def _on_canvas(number: CheckedNumber, scale: float) -> Drawn:
    left, top, right, bottom = (side * scale for side in number.box)
    return {"label": number.shown, "left": left, "top": top, "width": right - left, "height": bottom - top}


class _Taking:
    """The way of what was done on a canvas to the page.

    Args:
        page: what is changed.
        canvas: what the canvas was given.
        scale: pixels of the canvas for one of the picture.
    """

    def __init__(self, page: CheckedPage, canvas: Mounted, scale: float) -> None:
        self._page, self._canvas, self._scale = page, canvas, scale
        self._refused = ""

    def take(self, marks: list[int], boxes: list[Drawn]) -> str:
        """Do it; why something of it can't be, or nothing.

        Args:
            marks: of all boxes on the canvas; 0 of those that were drawn on it.
            boxes: the same boxes.
        """
        opened: Opened = self._canvas.given
        marked = {mark: box for mark, box in zip(marks, boxes, strict=True) if mark}
        drawn = [box for mark, box in zip(marks, boxes, strict=True) if not mark]
        for mark in [mark for mark in opened.known if mark not in marked]:
            id, _ = opened.known.pop(mark)
            self._remove(id)
        for mark, box in marked.items():
            opened.known[mark] = self._follow(opened.known.get(mark), box)
        opened.new = self._follow_new(opened.new, drawn)
        return self._refused

    def _follow_new(self, before: list[tuple[int, Drawn]], drawn: list[Drawn]) -> list[tuple[int, Drawn]]:
        """Those that were drawn: which of them are where they were, which others are the rest of those before."""
        still = {place: item for place, box in enumerate(drawn) for item in before if _is_same(item[1], box)}
        rest = [item for item in before if item not in still.values()]
        after = []
        for place, box in enumerate(drawn):
            item = still.get(place) or (rest.pop(0) if rest else None)
            after.append(self._follow(item, box))
        for id, _ in rest:
            self._remove(id)
        return after

    def _follow(self, item: tuple[int, Drawn] | None, box: Drawn) -> tuple[int, Drawn]:
        """Do to a number what was done to its box; a box without one is a number that was missed."""
        if item is None:
            return self._do(lambda: self._page.add(self._in_picture(box)), -1), box
        id, before = item
        if not _is_same(before, box):
            self._do(lambda: self._page.move(id, self._in_picture(box)), None)
        label = "".join(box["label"].split())  # Enter writes a line break
        if label != "".join(before["label"].split()):
            self._do(lambda: self._page.correct(id, label), None)
        return id, box

    def _remove(self, id: int) -> None:
        self._do(lambda: self._page.remove(id), None)

    def _do(self, work: Callable[[], Any], instead: Any) -> Any:
        try:
            with in_turn():
                done = work()
        except DigitpadError as error:
            self._refused = str(error)
            return instead
        self._canvas.knows()
        return done

    def _in_picture(self, box: Drawn) -> Box:
        left, top = box["left"] / self._scale, box["top"] / self._scale
        right, bottom = left + box["width"] / self._scale, top + box["height"] / self._scale
        return round(left), round(top), round(right), round(bottom)


def _is_same(one: Drawn, other: Drawn) -> bool:
    return all(abs(one[side] - other[side]) < STILL for side in ("left", "top", "width", "height"))
