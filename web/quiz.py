"""*You or the network*: a quiz of the digits that networks find hardest."""

import html
from collections.abc import Callable

import streamlit as st

from digitpad.pad.quiz import (
    AGAIN,
    HOW_TO_ANSWER,
    NEXT,
    QUIZ_MEANING,
    QUIZ_TITLE,
    QUIZ_WORDS,
    SKIP,
    Quiz,
    asked,
    ending,
    networks_answer,
    said_of,
    score,
    told_of,
    truth,
)
from digitpad_web.answer import plain, show_bars
from digitpad_web.glossary import show_glossary, show_words
from digitpad_web.images import glyph_address
from digitpad_web.readers import choose, chosen, show_notices

ENLARGED, SMALL = 12, 3  # pixels for each of the glyph's: of the one that is asked for, of all at the end


def entry() -> st.Page:
    """The page as the app lists it."""
    return st.Page(page, title="Quiz", icon=":material/quiz:", url_path="quiz")


def page() -> None:
    """Draw the page."""
    st.title(QUIZ_TITLE, anchor=False)
    st.markdown(QUIZ_MEANING)
    show_notices()
    _game()
    choose()
    show_words(QUIZ_WORDS)
    show_glossary()


def the_quiz() -> Quiz:
    """The visitor's game, against the model that reads for them."""
    if "quiz" not in st.session_state:
        st.session_state.quiz = Quiz(chosen())
    quiz: Quiz = st.session_state.quiz
    if quiz.recognizer is not chosen():
        quiz.use(chosen())
    return quiz


@st.fragment
def _game() -> None:
    """All that an answer changes."""
    quiz = the_quiz()
    with st.container(key="quiz"):
        last = quiz.rounds[-1] if quiz.is_answered else None
        said = ending(quiz) if quiz.is_over else truth(last) if last else asked(quiz)
        parts = [said] if quiz.is_over else [said, score(quiz)]
        spans = "".join(f"<span>{html.escape(part)}</span>" for part in parts)
        st.html(f'<p class="said" role="status">{spans}</p>')
        if quiz.is_over:
            _all(quiz)
        else:
            _round(quiz)


def _round(quiz: Quiz) -> None:
    left, right = st.columns(2, gap="medium", vertical_alignment="top")
    seen = glyph_address(quiz.glyph, ENLARGED)
    left.html(f'<img class="asked" src="{seen}" alt="A digit, 28 by 28 pixels">')
    with right:
        if quiz.is_answered:
            last = quiz.rounds[-1]
            with st.container(key="networks"):
                st.markdown(plain(networks_answer(last, quiz.name)))
            st.button(NEXT, type="primary", shortcut="Enter", on_click=quiz.go_on, width="stretch", key="next")
            show_bars(last.reading, quiz.recognizer.model.tells_no_digit, quiz.name)
        else:
            _keys(quiz)


def _keys(quiz: Quiz) -> None:
    """As on a telephone: the 0 last, with *Skip* beside it."""
    with st.container(key="keys"):
        for digit in (*range(1, 10), 0):
            st.button(
                str(digit),
                key=f"answer {digit}",
                shortcut=str(digit),
                on_click=_answer(quiz, digit),
                width="stretch",
            )
        st.button(SKIP, key="skip", shortcut="S", on_click=_answer(quiz, None), width="stretch")
    st.caption(f"{HOW_TO_ANSWER}.")


def _answer(quiz: Quiz, digit: int | None) -> Callable[[], None]:
    return lambda: quiz.answer(digit)


def _all(quiz: Quiz) -> None:
    """The ten digits of the game that is over."""
    figures = "".join(
        f'<figure><img src="{glyph_address(each.glyph, SMALL)}" alt="{html.escape(told_of(each, quiz.name))}">'
        f'<figcaption aria-hidden="true">{html.escape(said_of(each, quiz.name))}</figcaption></figure>'
        for each in quiz.rounds
    )
    st.html(f'<div class="figures">{figures}</div>')
    st.button(AGAIN, type="primary", shortcut="Enter", on_click=quiz.again, key="again")
