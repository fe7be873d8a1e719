"""One visitor of the web app, without a browser: what is sent and received is Streamlit's own protocol."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from digitpad.errors import DigitpadError
from digitpad.pad.pad import PEN
from digitpad_web.measuring.hand import Points

SIDE, WIDTH = 360, float(PEN)  # units of the page's canvas, and the pen's width there
CANVAS = "digitpad.canvas"  # as the page names it; it has other components too
KEPT_RUNS = 2  # of the page, for which a browser keeps what is large; Streamlit's own figure
PATIENCE = 60.0  # seconds until a page that does not answer is given up


class VisitError(DigitpadError):
    """A page that did not do what a visitor expects."""


def to(address: str) -> connect:
    """The connection to a server, to be entered; an OSError or WebSocketException says that there is none."""
    parts = urlsplit(address)
    stream = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path.rstrip('/')}/_stcore/stream"
    return connect(stream, max_size=None, open_timeout=PATIENCE)


@dataclass
class Answer:
    """What the server sent for one thing that the visitor did."""

    elements: list[tuple[Element, str]] = field(default_factory=list)  # with the fragment that each is in

    @property
    def headings(self) -> list[str]:
        """The page's headings; the digit that was read is one."""
        return [element.heading.body for element, _ in self.elements if element.WhichOneof("type") == "heading"]


class Visitor:
    """One session: a page that is open, and a hand that draws on it."""

    def __init__(self, connection: ClientConnection, chance: random.Random) -> None:
        self._connection = connection
        self.chance = chance
        self._runs = 0
        # Large messages, and the run in which each was seen last: a browser keeps them, and has them sent by name.
        self._cached: dict[str, tuple[int, ForwardMsg]] = {}
        self._states: dict[str, WidgetState] = {}
        # The ids of what can be used, each with the part of the page that it runs.
        self._canvas: tuple[str, str] | None = None
        self._buttons: dict[str, tuple[str, str]] = {}
        self._switches: dict[str, tuple[str, str]] = {}
        self._page = ""
        self._visit = ""  # what the server calls it
        self._count = 0

    @property
    def has_canvas(self) -> bool:
        """Whether the page, once it is open, can be drawn on."""
        return self._canvas is not None

    async def open(self) -> None:
        """Load the page."""
        answer = await self._run([], "")
        for element, fragment in answer.elements:
            match element.WhichOneof("type"):
                case "bidi_component" if element.bidi_component.component_name == CANVAS:
                    self._canvas = element.bidi_component.id, fragment
                    self._visit = json.loads(element.bidi_component.json)["visit"]
                case "button":
                    self._buttons[element.button.label] = element.button.id, fragment
                case "checkbox":
                    self._switches[element.checkbox.label] = element.checkbox.id, fragment

    async def draw(self, stroke: Points) -> Answer:
        """Draw a stroke, and wait for all that the page then shows.

        Raises:
            VisitError: the page has no canvas.
        """
        if self._canvas is None:
            raise VisitError("The page has no canvas.")
        canvas, fragment = self._canvas
        self._count += 1
        points = [[round(x, 1), round(y, 1)] for x, y in stroke]
        drawn = {"id": self._count, "points": points, "widths": [WIDTH] * len(points), "erases": False}
        value = json.dumps({"strokes": {"visit": self._visit, "strokes": [drawn]}})
        self._states[canvas] = WidgetState(id=canvas, json_value=value)
        return await self._run([], fragment)

    async def click(self, label: str) -> Answer:
        """Click a button, and wait for all that the page then shows.

        Raises:
            VisitError: the page has no such button.
        """
        button, fragment = _named(self._buttons, label)
        return await self._run([WidgetState(id=button, trigger_value=True)], fragment)

    async def switch(self, label: str, on: bool) -> None:
        """Put a switch on or off.

        Raises:
            VisitError: the page has no such switch.
        """
        switch, fragment = _named(self._switches, label)
        self._states[switch] = WidgetState(id=switch, bool_value=on)
        await self._run([], fragment)

    async def _run(self, clicks: list[WidgetState], fragment: str) -> Answer:
        """Have the server run the page or a part of it, and collect what it sends until it has finished."""
        self._runs += 1
        self._cached = {name: kept for name, kept in self._cached.items() if self._runs - kept[0] <= KEPT_RUNS}
        state = ClientState(
            page_script_hash=self._page, fragment_id=fragment, cached_message_hashes=list(self._cached)
        )
        state.widget_states.widgets.extend([*self._states.values(), *clicks])
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())
        answer = Answer()
        while True:
            message = ForwardMsg.FromString(await self._receive())
            if message.WhichOneof("type") == "ref_hash":
                message = self._cached[message.ref_hash][1]
            if message.metadata.cacheable:
                self._cached[message.hash] = (self._runs, message)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._page = message.new_session.page_script_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise VisitError(f"The page shows an error: {element.exception.type}")
                answer.elements.append((element, message.delta.fragment_id))
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise VisitError("The page can't be run.")
                return answer

    async def _receive(self) -> bytes:
        # Not `wait_for`, which in Python 3.11 may swallow that the visitor is to stop.
        async with asyncio.timeout(PATIENCE):
            message = await self._connection.recv()
        if isinstance(message, str):
            raise VisitError("The server speaks another protocol.")
        return message


def _named(controls: dict[str, tuple[str, str]], label: str) -> tuple[str, str]:
    if label not in controls:
        raise VisitError(f"The page has no {label}.")
    return controls[label]
