"""The quiz in a real browser, by keys and by taps; and without one, what the page says."""

import re

import numpy as np
import pytest
from browsing import go_to
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from digitpad import Recognizer
from digitpad.pad.quiz import DIGITS, QUIZ_TITLE, ROUNDS, Quiz, ending, networks_answer, truth
from digitpad_web.readers import READER


def the_page() -> None:
    """What the app shows under "Quiz"."""
    from digitpad_web import quiz

    quiz.page()


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_function(the_page, default_timeout=60)
    app.session_state.quiz = Quiz(Recognizer("hands"), seed=1)
    return app


def truth_of(glyph):
    with np.load(DIGITS) as kept:
        [place] = np.flatnonzero((kept["glyphs"] == glyph).all(axis=(1, 2)))
        return int(kept["digits"][place])


def said(app: AppTest) -> str:
    return " ".join(element.body for element in app.html)


def test_after_an_answer_the_page_says_what_it_is_and_what_the_network_says(app):
    quiz = app.run().session_state.quiz
    assert app.title[0].value == QUIZ_TITLE
    assert "1 of 10. Which digit is this?" in said(app)
    right = truth_of(quiz.glyph)
    assert f">{right}<" not in said(app)
    app.button(key=f"answer {right}").click().run()
    [first] = quiz.rounds
    assert truth(first) in said(app)
    assert networks_answer(first, "hands") in [element.value.replace("\\", "") for element in app.markdown]
    assert f"You 1, hands {int(first.is_networks)}" in said(app)
    app.button(key="next").click().run()
    assert "2 of 10. Which digit is this?" in said(app)


def test_after_ten_rounds_all_are_shown_and_another_game_begins(app):
    quiz = app.run().session_state.quiz
    for _ in range(ROUNDS):
        app.button(key="skip").click().run()
        app.button(key="next").click().run()
    assert ending(quiz) in said(app)
    assert said(app).count("<figure>") == ROUNDS
    app.button(key="again").click().run()
    assert "1 of 10. Which digit is this?" in said(app)


def test_the_model_that_reads_for_the_visitor_plays(app):
    app.session_state[READER] = "classic"
    app.run()
    assert not app.exception
    app.button(key="skip").click().run()
    assert any(element.value.startswith("classic says ") for element in app.markdown)


@pytest.fixture
def quiz(page: Page, address: str) -> Page:
    page.goto(f"{address}/quiz")
    expect(page.get_by_role("button", name="Skip")).to_be_visible()
    return page


def status(page: Page):
    return page.locator(".st-key-quiz .said")


def test_keys_answer_and_enter_goes_on(quiz):
    for number, key in enumerate("4s7", 1):
        expect(status(quiz)).to_contain_text(f"{number} of 10. Which digit is this?")
        expect(quiz.get_by_role("button", name="Skip")).to_be_visible()
        quiz.keyboard.press(key)
        expect(status(quiz)).to_contain_text(re.compile(r"Right, it is an? \d\.|It is an? \d\. You (said|skipped)"))
        expect(quiz.get_by_role("img", name=re.compile("^hands reads 0: "))).to_be_visible()
        quiz.keyboard.press("Enter")
    expect(status(quiz)).to_contain_text("4 of 10")


def test_a_game_goes_on_after_a_look_at_another_page(quiz):
    quiz.keyboard.press("s")
    expect(quiz.get_by_role("button", name="Next")).to_be_visible()
    go_to(quiz, "Models")
    expect(quiz.get_by_role("heading", name="Models")).to_be_visible()
    go_to(quiz, "Quiz")
    expect(status(quiz)).to_contain_text("You skipped it.")


def test_the_digit_and_all_keys_are_in_sight_at_once(quiz):
    for width, height in ((360, 740), (1366, 650), (1920, 1080)):
        quiz.set_viewport_size({"width": width, "height": height})
        digit = quiz.get_by_role("img", name="A digit, 28 by 28 pixels")
        expect(digit).to_be_in_viewport(ratio=1)
        for name in (*map(str, range(10)), "Skip"):
            expect(quiz.locator(".st-key-keys").get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        assert digit.bounding_box()["height"] > 0.3 * height
        quiz.get_by_role("button", name="Skip").click()
        expect(quiz.get_by_role("button", name="Next")).to_be_in_viewport(ratio=1)
        quiz.get_by_role("button", name="Next").click()
