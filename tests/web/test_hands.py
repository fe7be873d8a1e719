"""The pages *Hands* and *Practice*, without a browser; and what is corrected among pictures."""

import json

import numpy as np
import pytest
from bringing import bring, column, content
from conftest import draw, drawn
from streamlit.testing.v1 import AppTest

from digitpad import Recognizer
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.lesson import Lesson
from digitpad.models.hand import Hand
from digitpad.pad.drawing import Content
from digitpad.pad.history import History
from digitpad.pad.pad import Pad
from digitpad.pad.practice import DIGITS
from digitpad.pad.teaching import GONE_AFTER_VISIT, LEARN, NO_LESSONS, taught

from ..numbers.conftest import written


def the_page(name: str) -> None:
    """One of the app's pages."""
    import importlib

    importlib.import_module(f"digitpad_web.{name}").page()


def opened(name: str, pad: Pad) -> AppTest:
    app = AppTest.from_function(the_page, args=(name,), default_timeout=60)
    app.session_state.pad = pad
    return press(app)


def press(app: AppTest, name: str = "") -> AppTest:
    """Press a button, if one is named, and see what the page shows then."""
    for button in [button for button in app.button if button.label == name]:
        button.click()
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def pad() -> Pad:
    return Pad(Recognizer(), History(None))


def glyph(place: int) -> np.ndarray:
    glyph = np.zeros((GLYPH_SIDE, GLYPH_SIDE), np.uint8)
    glyph[4:24, place] = 255
    return glyph


def test_hands_are_made_renamed_switched_off_and_removed(pad):
    app = opened("hands", pad)
    assert GONE_AFTER_VISIT in app.markdown[0].value
    assert app.info[0].value == NO_LESSONS
    for what, name in (("New hand", "Ada"), ("Rename hand", "The class"), ("New hand", "my HAND")):
        [line] = [line for line in app.text_input if str(line.key).startswith(what)]
        line.input(name)
        press(app, what)
    assert pad.hands.names == app.selectbox[0].options == ["My hand", "The class"]
    assert "There is a hand named 'My hand' already" in app.warning[0].value
    app.toggle[0].set_value(False).run()
    assert not pad.hands.current.is_on
    app.selectbox[0].select("My hand").run()
    assert pad.hands.current.name == "My hand"
    press(press(app, "Remove hand"), "Remove it")
    assert pad.hands.names == ["The class"]


def test_a_lesson_is_forgotten_by_its_row_and_all_of_them_by_who_says_so_twice(pad):
    for place in range(3):
        pad.hands.current.teach(glyph(5 + 5 * place), place)
    app = opened("hands", pad)
    assert column(app, "Taught") == ["2", "1", "0"]
    press(app, "Forget all lessons")
    assert len(pad.hands.current) == 3
    press(app, "Forget them")
    assert len(pad.hands.current) == 0
    assert app.info[0].value == NO_LESSONS


def test_hands_that_the_operator_offers_are_copied_into_the_visit(pad, home, caplog):
    (home / "hands").mkdir(parents=True)
    Hand("The class", [Hand().teach(glyph(9), 1)]).save(home / "hands" / "class.hand")
    (home / "hands" / "broken.hand").write_bytes(b"PK broken")
    app = opened("hands", pad)
    assert "Not all hands that are offered here can be used" in app.warning[0].value
    assert str(home / "hands" / "broken.hand") in caplog.text
    app.selectbox(key="begin with").select("The class").run()
    assert pad.hands.names == ["My hand", "The class"]
    pad.hands.forget_all()
    other = Pad(Recognizer(), History(None))
    opened("hands", other).selectbox(key="begin with").select("The class").run()
    assert len(other.hands.current) == 1


def test_the_browser_gets_the_hands_until_it_says_with_a_stroke_that_it_keeps_them(pad):
    app = opened("draw", pad)

    def sent(kept=None):
        app.session_state["canvas"] = {"strokes": {"visit": "", "strokes": [], "kept": kept}}
        [part] = [part.proto.json for part in press(app).get("bidi_component") if '"hands"' in part.proto.json]
        return json.loads(part)

    assert sent()["hands"] is None
    for digit in (1, 2):
        pad.hands.teach(Lesson(glyph(9 + digit), digit))
        first, again = sent(), sent()
        assert first["version"] == digit
        assert first["hands"] == again["hands"] is not None
        of_another = {"visit": "another", "version": digit}
        assert sent(of_another)["hands"] == first["hands"]
        assert sent({"visit": first["visit"], "version": digit})["hands"] is None
    assert sent({"visit": first["visit"], "version": "x"})["hands"] is None  # it does not come from our page


def test_practice_asks_for_each_digit_once_and_asks_back_in_doubt(pad):
    app = opened("practice", pad)
    practice = app.session_state["practice so far"]
    for number in range(DIGITS):
        practice.pad.show(Content(picture=draw(number)))
        press(app, "Next")
    assert [lesson.digit for lesson in pad.hands.current] == list(range(DIGITS))
    press(app, "Back")
    practice.pad.show(Content(picture=draw(2, pen=26)))
    press(app, "Next")
    assert app.warning[0].value == "This looks like a 2. Is it your 9?"
    press(app, "Yes, learn it")
    assert len(pad.hands.current) == DIGITS
    assert pad.hands.current.lessons[-1].digit == 9
    press(app, "Practice again")
    assert "1 of 10. Write a 0" in app.html[0].body


def test_a_picture_and_a_row_of_many_are_corrected_learned_and_taken_back(pad):
    app = opened("pictures", pad)
    bring(app, ("seven.png", content(draw(7))))
    app.session_state["ask"] = True  # *Not a 7?* was pressed
    press(press(app), "1")
    assert f"**{taught(1)}**" in [element.value for element in app.markdown]
    assert [lesson.digit for lesson in pad.hands.current] == [1]
    press(app, "Undo the lesson")
    assert len(pad.hands.current) == 0
    bring(app, ("seven.png", content(draw(7))), ("four.png", content(draw(4))))
    toggle(app).set_value(False).run()
    assert column(app, "Digit") == ["7", "4"]


def toggle(app: AppTest):
    [found] = [toggle for toggle in app.toggle if toggle.label == LEARN]
    return found


def test_a_corrected_page_teaches_only_who_wants_it(pad):
    app = opened("pictures", pad)
    bring(app, ("meter.png", content(written("4017", "23"))))
    [page] = app.session_state.kept.outcomes.values()
    [first, _] = page.numbers
    page.correct(first.id, "4011")
    assert [lesson.digit for lesson in pad.hands.current] == [1]
    press(press(app), "Undo")
    assert len(pad.hands.current) == 0
    toggle(app).set_value(False).run()
    page.correct(first.id, "4011")
    assert len(pad.hands.current) == 0


def test_another_hand_reads_pictures_anew_but_those_that_were_corrected(pad):
    pad.add(*drawn("7"))
    pad.teach(1)
    app = opened("pictures", pad)
    bring(app, ("seven.png", content(draw(7))))
    [first] = app.session_state.kept.outcomes.values()
    pad.hands.switch(False)
    press(app)
    [again] = app.session_state.kept.outcomes.values()
    assert again is not first
