"""What the apps say of a Reading, the same words in both."""

from digitpad.pad.history import Entry
from digitpad.reading import Reading, Verdict


def headline(reading: Reading) -> str:
    """The one sign that is shown large: the digit, or what stands for none."""
    if reading.verdict is Verdict.EMPTY:
        return ""
    return "?" if reading.verdict is Verdict.NOT_A_DIGIT else str(reading.digit)


def sentence(reading: Reading) -> str:
    """The verdict as a person would put it."""
    if reading.verdict is Verdict.EMPTY:
        return "Draw a digit"
    if reading.verdict is Verdict.NOT_A_DIGIT:
        return "This is not a digit"
    if reading.verdict is Verdict.UNSURE:
        return f"{_with_article(reading.digit)} or {_with_article(reading.second)}?"
    return f"Looks like {_with_article(reading.digit)}"


def sureness(reading: Reading) -> str:
    """How sure the network is, or what it would take for a digit's what is none; nothing for an empty picture."""
    if reading.verdict is Verdict.EMPTY:
        return ""
    if reading.verdict is Verdict.NOT_A_DIGIT:
        return f"If it were one, it would be {_with_article(reading.digit)}."
    return f"{percent(reading.confidence)} sure"


def label(entry: Entry) -> str:
    """The one sign that stands under a drawing of the past."""
    if entry.digit is None:
        return "–"
    return "?" if entry.verdict is Verdict.NOT_A_DIGIT else str(entry.digit)


def said(entry: Entry) -> str:
    """What was read in a drawing of the past."""
    if entry.digit is None:
        return "Not read"
    if entry.verdict is Verdict.NOT_A_DIGIT:
        return "Not a digit"
    return f"{entry.digit}, {percent(entry.confidence)} sure"


def percent(share: float) -> str:
    """A share, 0 to 1, as people read it: never a rounded 0 % or 100 %, which would claim certainty."""
    if share > 0.999:
        return "> 99.9 %"
    if share < 0.001:
        return "< 0.1 %"
    return f"{share * 100:.1f} %"


def _with_article(digit: int | None) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"
