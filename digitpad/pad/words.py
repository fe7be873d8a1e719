"""What the apps say of a drawing and of what was read in it, the same words in both."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from digitpad.reading import UNSURE_BELOW, Reading, Verdict

if TYPE_CHECKING:  # SQLite is not loaded for the words alone
    from digitpad.numbers.page import Page
    from digitpad.pad.drawing import Drawing
    from digitpad.pad.history import Entry

NO_DIGIT = "no digit"
NOTHING_HERE = "There is nothing here to read."  # on a canvas with a dot, say
TO_DRAW = "Draw a digit or a number"
HOW_TO_DRAW = (
    f"{TO_DRAW} with the mouse or a finger; or with the arrow keys, which move the pen, and Space, which puts it "
    "down and lifts it."
)
NO_NUMBERS = "There are no numbers on it"
NO_DIGIT_HERE = "This is not a digit"
SEVERAL_HERE = "These are several digits"
SEVERAL = "…"  # stands for several digits where they are not read
PRESS_PREDICT, NOT_READ = "Press Predict", "The drawing has not been read yet."
DIGITS_READ = "Digits, one by one"
WHAT_WAS_SEEN = "What the network saw"
TIP_UNDO, TIP_REDO = "Take back the last stroke", "Bring it again"
TIP_UNDO_PAGE, TIP_REDO_PAGE = "Take back the last change of this page", "Make it again"
NEXT_IN_DOUBT = "Next in doubt"
TIP_CLEAR = "Empty the canvas; Undo brings it back"
KEPT_HERE = "What you draw is kept here"
CLEAR_HISTORY = "Clear history"
FORGET_ALL = "Forget all drawings of the history? This can't be undone."
DRAWING_FILE, GLYPH_FILE = "drawing.png", "glyph.png"  # as they are saved, unless told otherwise


class Bar(NamedTuple):
    """One bar of a reading.

    Attributes:
        name: what stands before it: the digit, or NO_DIGIT.
        share: how long it is: the probability, 0 to 1.
        is_read: whether it is what the picture was taken for.
    """

    name: str
    share: float
    is_read: bool


def bars(reading: Reading, tells_no_digit: bool) -> list[Bar]:
    """The bars of a reading, which sum to 1 where there is ink: one for each digit, and after them that it is none.

    Args:
        reading: what is shown.
        tells_no_digit: as of the `Model` that read; one that can't tell gets no bar for it.
    """
    is_digit = reading.verdict in (Verdict.DIGIT, Verdict.UNSURE)
    digits = [
        Bar(str(digit), float(share), is_digit and digit == reading.digit)
        for digit, share in enumerate(reading.shares)
    ]
    none = Bar(NO_DIGIT, reading.no_digit, reading.verdict is Verdict.NOT_A_DIGIT)
    return [*digits, none] if tells_no_digit else digits


def told(shown: Sequence[Bar]) -> str:
    """Bars, for those who hear the screen."""
    return ", ".join(f"{bar.name}: {percent(bar.share)}" for bar in shown)


def hint(drawing: "Drawing", erases: bool) -> str:
    """What a person wonders about who draws where a picture is, or was; nothing where there is nothing to wonder.

    Args:
        drawing: what is on the canvas.
        erases: whether the eraser is in the hand.
    """
    if drawing.hides_picture:
        return "Your drawing took the picture's place. Undo it to bring the picture back."
    return "The eraser leaves a picture as it is." if erases and drawing.content.picture is not None else ""


def invitation(erases: bool) -> str:
    """What stands on an empty canvas.

    Args:
        erases: whether the eraser is in the hand.
    """
    return "There is nothing to erase. Choose the pen to draw." if erases else f"{TO_DRAW} here"


def headline(reading: Reading) -> str:
    """What is shown large: the digit, with a question mark where that is unsure, or what stands for none."""
    return _sign(reading.digit, reading.verdict)


def sentence(reading: Reading) -> str:
    """The verdict as a person would put it."""
    if reading.verdict is Verdict.EMPTY:
        return TO_DRAW
    if reading.is_contradictory:
        said = " or ".join(one_or_none(lesson.digit) for lesson in reading.lessons)
        return f"{said.capitalize()}? You taught me both"
    if reading.is_taught:
        said = one_or_none(None if reading.verdict is Verdict.NOT_A_DIGIT else reading.digit).capitalize()
        is_unsure = reading.verdict is Verdict.UNSURE
        return f"{said}? You taught me one like it" if is_unsure else f"{said}, because you taught me this one"
    if reading.verdict is Verdict.NOT_A_DIGIT:
        return NO_DIGIT_HERE
    if reading.verdict is Verdict.SEVERAL:
        return SEVERAL_HERE
    if reading.verdict is Verdict.UNSURE and reading.is_murky:
        return f"{with_article(reading.digit).capitalize()}? It is hard to see"
    if reading.verdict is Verdict.UNSURE and reading.is_foreign:
        return f"{with_article(reading.digit).capitalize()}? Nobody I know writes it so"
    if reading.verdict is Verdict.UNSURE:
        return f"{with_article(reading.digit)} or {with_article(reading.second)}?"
    return f"Looks like {with_article(reading.digit)}"


def sureness(reading: Reading) -> str:
    """How sure the network is, or why it takes it for none and what it would be; nothing where there is no digit."""
    if reading.verdict in (Verdict.EMPTY, Verdict.SEVERAL):
        return ""
    if reading.verdict is Verdict.NOT_A_DIGIT:
        digit = with_article(reading.digit)
        if reading.no_digit < reading.confidence:  # a longer bar than the verdict's wants a word
            return f"{percent(reading.no_digit)} {NO_DIGIT}: too much to call it {digit}."
        return f"If it were one, it would be {digit}."
    return f"{percent(reading.confidence)} sure"


def headline_of(page: "Page") -> str:
    """What is shown large of several digits: the numbers, by rows, each with a question mark where it is unsure."""
    return "\n".join(
        " ".join(_number(number.text, number.verdict is Verdict.DIGIT) for number in row) for row in page.rows
    )


def sentence_of(page: "Page") -> str:
    """What several digits were taken for, as a person would put it."""
    count = len(page.numbers)
    unsure = sum(digit.reading.verdict is not Verdict.DIGIT for digit in page.digits)
    said = f"Looks like {page.numbers[0].text}" if count == 1 else f"Looks like {count} numbers"
    if not unsure:
        is_sure = all(number.verdict is Verdict.DIGIT for number in page.numbers)
        return said if is_sure else f"{said}, but not all of it is sure"
    return f"{said}; {unsure} {'digit is' if unsure == 1 else 'digits are'} unsure"


def sureness_of(page: "Page") -> str:
    """How sure the network is of all digits together."""
    return f"{percent(page.confidence)} sure of all digits"


def digit_of(page: "Page", place: int) -> str:
    """One of several digits, with a question mark where that is unsure."""
    return headline(page.digits[place].reading)


def said_of_digit(page: "Page", place: int) -> str:
    """One of several digits, for those who hear the screen or point at it."""
    reading = page.digits[place].reading
    return f"Digit {place + 1} of {len(page.digits)}: {headline(reading)}, {percent(reading.confidence)} sure"


def read_by(model: str, milliseconds: float | None = None) -> str:
    """Who read something.

    Args:
        model: its name.
        milliseconds: how long it took; None where that is not told.
    """
    return f"Read by {model}" if milliseconds is None else f"Read by {model} in {milliseconds:.1f} ms"


def label(entry: "Entry") -> str:
    """What stands under a drawing of the past; "9 → 4" where it was read wrongly and a person said what it is."""
    if entry.mark:
        taught = "–" if entry.correction is None else str(entry.correction)
        return f"{entry.mark.was} → {' '.join(entry.text.split()) or taught}"
    if entry.text:
        return _number(" ".join(entry.text.split()), is_sure=entry.confidence >= UNSURE_BELOW)
    return _sign(entry.digit, entry.verdict) or "–"


def said(entry: "Entry") -> str:
    """What was read in a drawing of the past, and what a person said of it."""
    if entry.mark:
        taught = " ".join(entry.text.split()) or one_or_none(entry.correction).capitalize()
        return f"{taught}, as you taught me. It was read as {entry.mark.was}"
    if entry.text:
        return f"{label(entry)}, {percent(entry.confidence)} sure"
    if entry.digit is None:
        return "Not read"
    if entry.verdict is Verdict.NOT_A_DIGIT:
        return "Not a digit"
    return f"{_sign(entry.digit, entry.verdict)}, {percent(entry.confidence)} sure"


def counted_numbers(numbers: int, to_look_at: int) -> str:
    """How many numbers a page or several have, and how many of them a person should look at."""
    counted = f"{numbers} number{'' if numbers == 1 else 's'}"
    return f"{counted}, {to_look_at} to look at" if to_look_at else counted


def percent(share: float) -> str:
    """A share, 0 to 1, as people read it: never a rounded 0 % or 100 %, which would claim certainty."""
    if share > 0.999:
        return "> 99.9 %"
    if share < 0.001:
        return "< 0.1 %"
    return f"{share * 100:.1f} %"


def _number(text: str, is_sure: bool) -> str:
    return text if is_sure else f"{text}?"


def _sign(digit: int | None, verdict: Verdict) -> str:
    """A digit, with a question mark where that is unsure, alone where it is none; nothing where nothing was drawn."""
    if verdict is Verdict.SEVERAL:
        return SEVERAL
    if digit is None:
        return ""
    return {Verdict.NOT_A_DIGIT: "?", Verdict.UNSURE: f"{digit}?"}.get(verdict, str(digit))


def with_article(digit: int | None) -> str:
    """A digit as one says it: a 7, an 8."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def one_or_none(digit: int | None) -> str:
    """A digit as one says it, or that it is none."""
    return NO_DIGIT if digit is None else with_article(digit)


def choice_name(digit: int | None) -> str:
    """What stands on the key by which one says that it is a digit, or none."""
    return NO_DIGIT if digit is None else str(digit)
