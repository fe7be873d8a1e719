"""The hands of a visit in the browser: there they outlive a reload, and a server that has forgotten the visit."""

import base64
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from digitpad.errors import HandError
from digitpad.models.hand import Hand
from digitpad.pad.hands import Hands
from digitpad_web.canvas import PAD, PRACTICE

KEY, KEPT = "hands in the browser", "hands on their way"  # in the session
MOST_HANDS = 20  # of a visitor, who has them in the server's memory
MOST_KEPT = 2**22  # characters of all of them: a tab's storage has room for hardly more
_component = st.components.v2.component(
    "digitpad.keeping", html="<span></span>", js=Path(__file__).with_name("keeping.js").read_text(encoding="utf-8")
)


@dataclass
class Kept:
    """What of a visit's hands is on its way to the browser.

    Attributes:
        hands: the visit's.
        visit: its name; a browser still has the hands of the one before.
        version: how often something was changed.
        known: which version the browser has.
        files: what would be in each hand's file, by its name.
    """

    hands: Hands
    visit: str = field(default_factory=lambda: secrets.token_hex(8))
    version: int = 0
    known: int = 0
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files[self.hands.current.name] = self.hands.current.to_bytes()
        self.hands.subscribe(self.note)

    def note(self, hand: Hand) -> None:
        """Something of the hand that helps to read was changed, or it has become another one."""
        self.version += 1
        self.files[hand.name] = hand.to_bytes()
        self.files = {name: file for name, file in self.files.items() if name in self.hands.names}


def keep_hands(hands: Hands) -> None:
    """Give the browser what it does not have, in the fragment that runs when something is taught; once on a page.

    That it has it, it says with the next stroke, as `canvas.js` sends it: a run for that alone, right after a lesson,
    would take away a button whose file is being fetched, and what was pressed just then.
    """
    kept = _kept(hands)
    with st.container(key="kept-hands"):
        _component(
            key=KEY,
            data={
                "visit": kept.visit,
                "version": kept.version,
                "fresh": kept.version == 0,
                "hands": None if kept.known == kept.version else _packed(kept),
            },
            on_again_change=_nothing,
        )


def take_hands(hands: Hands) -> None:
    """Take up what came from the browser since the last time; the page runs again if it was another visit's hands."""
    if _take(hands):
        st.rerun()  # the page reads by them


def _take(hands: Hands) -> bool:
    """Take it up; whether it was the hands of the visit before."""
    kept, state = _kept(hands), st.session_state.get(KEY) or {}
    try:
        for name in (PAD, PRACTICE):
            known = ((st.session_state.get(name) or {}).get("strokes") or {}).get("kept")
            if known and known["visit"] == kept.visit:
                kept.known = min(int(known["version"]), kept.version)
        again = state.get("again")
        if again and again["visit"] == kept.visit and kept.version == 0:
            kept.version = 1  # first, so that it is not tried twice
            _unpack(again["hands"], hands)
            return True
    except (TypeError, AttributeError, KeyError, ValueError, OverflowError):
        pass  # it does not come from our page
    return False


def _packed(kept: Kept) -> str | None:
    hand = kept.hands.current
    files = [[name, base64.b64encode(file).decode()] for name, file in kept.files.items()]
    packed = json.dumps({"hands": files, "current": hand.name, "is_on": hand.is_on})
    return packed if len(packed) <= MOST_KEPT else None


def _unpack(packed: str, hands: Hands) -> None:
    """Have the hands of the visit before.

    Raises:
        TypeError, KeyError, ValueError: they are none.
    """
    if len(packed) > MOST_KEPT:
        raise ValueError("too much")
    told = json.loads(packed)
    files = {str(name): base64.b64decode(file, validate=True) for name, file in told["hands"][:MOST_HANDS]}
    [first] = hands.names
    try:
        for name, file in files.items():
            if name == first:
                hands.choose(first)
                hands.merge(file)
            else:
                hands.bring(file, name)
        if files and first not in files:
            hands.remove(first)
        hands.choose(str(told["current"]))
        hands.switch(bool(told["is_on"]))
    except HandError as error:
        raise ValueError("no hands") from error


def _kept(hands: Hands) -> Kept:
    if KEPT not in st.session_state:
        st.session_state[KEPT] = Kept(hands)
    kept: Kept = st.session_state[KEPT]
    return kept


def _nothing() -> None:
    """Streamlit keeps what a component says only for those who listen; what is new is taken up in the next run."""
