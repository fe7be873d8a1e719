"""The strip of the last drawings, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from digitpad import Recognizer
from digitpad.glyphs.strokes import Stroke
from digitpad.pad.history import History
from digitpad.pad.pad import Pad
from digitpad_web import strip
from digitpad_web.strip import SHOWN, SLOTS

REMEMBERED = SHOWN + 3  # fewer than in the app, so that a visit becomes long sooner


def the_page() -> None:
    """What the app shows under "Draw"."""
    from digitpad_web import draw

    draw.page()


@pytest.fixture
def pad(monkeypatch) -> Pad:
    for place in ("digitpad.pad.pad", "digitpad_web.strip"):
        monkeypatch.setattr(f"{place}.REMEMBERED", REMEMBERED)
    return Pad(Recognizer(), History(None, most=REMEMBERED))


@pytest.fixture
def app(pad) -> AppTest:
    app = AppTest.from_function(the_page, default_timeout=60)
    app.session_state["pad"] = pad
    return app


def draw_bar(pad: Pad, left: int) -> None:
    """Draw a 1 with its foot at this place."""
    pad.clear()
    pad.add(Stroke(((100.0, 20.0), (float(left), 240.0)), (18.0, 18.0)))


def buttons(app: AppTest) -> set[str]:
    """The ids of the drawings' buttons."""
    return {button.proto.id for button in app.button if str(button.key).startswith("drawing")}


def test_a_long_visit_needs_no_more_buttons_than_drawings_are_remembered(app, pad):
    seen: set[str] = set()
    for number in range(3 * REMEMBERED):
        draw_bar(pad, 90 + number % 20)
        seen |= buttons(app.run())
    assert not app.exception
    assert SHOWN < len(seen) <= REMEMBERED + 1


def test_a_drawings_button_is_never_anothers_while_it_is_remembered(app, pad):
    before: dict[int, int] = {}
    for number in range(REMEMBERED + 20):
        draw_bar(pad, 90 + number % 20)
        slots = app.run().session_state[SLOTS]
        assert len(set(slots.values())) == len(slots)
        assert all(slots[drawing] == slot for drawing, slot in before.items() if drawing in slots)
        # Nor is it the one's that has just been forgotten: a click on it may be on its way.
        [new] = slots.keys() - before.keys()
        assert slots[new] not in before.values()
        before = slots


def test_all_that_are_remembered_can_be_seen_at_once(app, pad):
    for number in range(REMEMBERED + 5):
        draw_bar(pad, 90 + number % 20)
    app.run().button(key="older").click()
    assert len(buttons(app.run())) == REMEMBERED
    assert not app.exception


def test_drawings_are_zipped_only_for_one_who_wants_to_save(app, pad, monkeypatch):
    made, real = [], strip.zipped
    monkeypatch.setattr(strip, "zipped", lambda pad: (made.append(1), real(pad))[1])
    draw_bar(pad, 90)
    app.run().run()
    assert not made
    app.button(key="save").click().run()
    assert len(made) == 1
    assert not app.exception
