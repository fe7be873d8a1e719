"""The address of a look inside, which can be sent: which model, layer and map, what is off, and a short drawing.

Layers and maps are counted from 1 in it, as on the screen. What comes in an address was perhaps written by nobody
who means well: whatever makes no sense in it is left out, and said.
"""

import base64
import binascii
import json
import math
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from digitpad.errors import ModelError
from digitpad.glyphs.strokes import Stroke
from digitpad.models.arithmetic import NOTHING_OFF, Channel
from digitpad.models.model import Model
from digitpad.pad.inside import InsideView

LONGEST = 1500  # characters of a drawing: with more, an address is cut off by some programs
FINEST = 10  # steps to a unit of the canvas
FARTHEST = 20_000  # units from the canvas' corner
MOST_POINTS = 4000
MOST_OFF = 400
PLAIN = 200_000  # bytes that a drawing has unpacked, at most


class Address(NamedTuple):
    """What an address says.

    Attributes:
        model: the name of the model; empty where it names none.
        beside: of the one beside it, likewise.
        side: in which of them a map is pointed at, from 0.
        layer: from 0; None where it points at none.
        channel: likewise.
        row: of the place in the map; None where it names none.
        column: likewise.
        off: the channels that are off, of each side.
        is_presentation: whether it is shown large, without controls.
        strokes: the drawing; empty where it has none.
        told: a sentence about what was left out; empty where nothing was.
    """

    model: str = ""
    beside: str = ""
    side: int = 0
    layer: int | None = None
    channel: int | None = None
    row: int | None = None
    column: int | None = None
    off: tuple[frozenset[Channel], frozenset[Channel]] = (NOTHING_OFF, NOTHING_OFF)
    is_presentation: bool = False
    strokes: tuple[Stroke, ...] = ()
    told: str = ""


def address(view: InsideView, strokes: Sequence[Stroke] = ()) -> dict[str, str]:
    """The parts of a view's address, each with its name; what is as usual is left out.

    Args:
        view: what is seen.
        strokes: the drawing; a long one is left out.
    """
    first, *others = view.sides
    parts = {"model": first.model.name}
    if others:
        parts |= {"beside": others[0].model.name} | ({"side": str(view.side + 1)} if view.side else {})
    parts |= {"layer": str(view.layer + 1), "map": str(view.channel + 1)}
    if view.is_placed and view.inside.layers[view.layer].has_maps:
        parts |= {"row": str(view.row + 1), "column": str(view.column + 1)}
    for name, side in zip(("off", "beside-off"), view.sides, strict=False):
        if side.off:
            parts[name] = " ".join(f"{layer + 1}.{channel + 1}" for layer, channel in sorted(side.off))
    if view.is_presentation:
        parts["present"] = "1"
    drawing = _packed(strokes) if strokes else ""
    return parts | ({"drawing": drawing} if 0 < len(drawing) <= LONGEST else {})


def from_address(parts: Mapping[str, str]) -> Address:
    """What the parts of an address say, each by its name; whatever makes no sense is left out, and said."""
    lacking: list[str] = []

    def number(name: str) -> int | None:
        text = parts.get(name, "")
        if re.fullmatch(r"[1-9][0-9]{0,4}", text):
            return int(text) - 1
        if text:
            lacking.append(name)
        return None

    def channels(name: str) -> frozenset[Channel]:
        pairs = parts.get(name, "").split()
        found = [re.fullmatch(r"([1-9][0-9]{0,2})\.([1-9][0-9]{0,4})", pair) for pair in pairs[:MOST_OFF]]
        if len(pairs) > MOST_OFF or None in found:
            lacking.append(name)
        return frozenset((int(each[1]) - 1, int(each[2]) - 1) for each in found if each)

    strokes: tuple[Stroke, ...] = ()
    if parts.get("drawing"):
        try:
            strokes = _unpacked(parts["drawing"])
        except ValueError:
            lacking.append("drawing")
    found = Address(
        model=parts.get("model", ""),
        beside=parts.get("beside", ""),
        side=min(number("side") or 0, 1),
        layer=number("layer"),
        channel=number("map"),
        row=number("row"),
        column=number("column"),
        off=(channels("off"), channels("beside-off")),
        is_presentation=parts.get("present") == "1",
        strokes=strokes,
    )
    return found._replace(told=_left_out(lacking)) if lacking else found


def go_to(view: InsideView, wanted: Address, models: Mapping[str, Model]) -> str:
    """Show what an address says, but for its drawing.

    Args:
        view: what shows it.
        wanted: what it is to show.
        models: those that there are, by their names.

    Returns:
        a sentence about what could not be shown; empty where all is.
    """
    told = [wanted.told] if wanted.told else []
    for name, put in ((wanted.model, view.use), (wanted.beside, view.put_beside)):
        if name in models:
            try:
                put(models[name])
            except ModelError as error:
                told.append(str(error))
        elif name:
            told.append(f"There is no model {name[:40]!r} here.")
    for number, off in enumerate(wanted.off[: len(view.sides)]):
        view.switch_all(number, off)
    if wanted.layer is not None or wanted.channel is not None:
        place = (wanted.row, wanted.column)
        view.point_at(wanted.side, wanted.layer or 0, wanted.channel or 0, *place)
    view.present(wanted.is_presentation)
    return " ".join(told)


def _left_out(names: Iterable[str]) -> str:
    return f"A part of the address makes no sense and was left out: {', '.join(names)}."


def _packed(strokes: Sequence[Stroke]) -> str:
    """Strokes as letters that an address may have, a tenth of a unit exact."""
    plain = []
    for stroke in strokes:
        widths = [round(width * FINEST) for width in stroke.widths]
        places = [round(value * FINEST) for point in stroke.points for value in point]
        steps = places[:2] + [now - before for before, now in zip(places, places[2:], strict=False)]
        plain.append([int(stroke.erases), widths[:1] if len(set(widths)) == 1 else widths, steps])
    packed = zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _unpacked(text: str) -> tuple[Stroke, ...]:
    """Strokes from such letters.

    Raises:
        ValueError: they are none.
    """
    if len(text) > LONGEST:
        raise ValueError("too long")
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        plain = json.loads(zlib.decompressobj().decompress(packed, PLAIN))
        strokes = tuple(_stroke(*entry) for entry in plain)
    except (binascii.Error, zlib.error, RecursionError, TypeError, LookupError, OverflowError) as error:
        raise ValueError("no strokes") from error
    if sum(len(stroke.points) for stroke in strokes) > MOST_POINTS:
        raise ValueError("too many points")
    return strokes


def _stroke(erases: object, widths: list[float], steps: list[float]) -> Stroke:
    count = len(steps) // 2
    if erases not in (0, 1) or not count or len(steps) % 2 or len(widths) not in (1, count):
        raise ValueError("no stroke")
    if not all(math.isfinite(value) for value in (*widths, *steps)) or min(widths) <= 0:
        raise ValueError("no stroke")
    points, x, y = [], 0.0, 0.0
    for right, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + right, y + down
        points.append((x / FINEST, y / FINEST))
    if max(map(abs, (value for point in points for value in point))) > FARTHEST or max(widths) > FARTHEST:
        raise ValueError("too far")
    wide = [width / FINEST for width in widths]
    return Stroke(tuple(points), tuple(wide * count if len(wide) == 1 else wide), bool(erases))
