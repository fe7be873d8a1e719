"""What a person's correction is: of what, whether it is one, and whether it is learned."""

from typing import TYPE_CHECKING

from digitpad.reading import Verdict

if TYPE_CHECKING:  # SQLite is not loaded for that
    from digitpad.pad.hands import Hands
    from digitpad.recognizer import Recognizer

ONE = (Verdict.DIGIT, Verdict.UNSURE, Verdict.NOT_A_DIGIT)  # what one digit, or what is none, is taken for


def is_right(digit: int | None, verdict: Verdict, read: int | None) -> bool:
    """Whether what something is, a digit or None for none, was read for sure."""
    return digit == read if verdict is Verdict.DIGIT else verdict is Verdict.NOT_A_DIGIT and digit is None


def learns(hands: "Hands | None", recognizer: "Recognizer") -> bool:
    """Whether what a person corrects in tables and on pages is learned."""
    return hands is not None and hands.learns and hands.current.is_on and recognizer.can_learn
