"""Teaching a hand, in the same words and choices in both apps: corrections, hands and their lessons, practice."""

from datetime import datetime

from digitpad.lesson import Lesson
from digitpad.models.hand import Hand
from digitpad.pad.pad import Pad
from digitpad.pad.words import one_or_none, with_article
from digitpad.reading import Reading, Verdict

# What something can be: a digit, or none.
Choice = int | None
CHOICES: tuple[Choice, ...] = (*range(10), None)
KEYS: dict[str, Choice] = {**{str(digit): digit for digit in range(10)}, "N": None}

# Under the answer.
WHAT_IS_IT = "What is it?"
CHOOSE = "Say what it is, and it is learned at once"
HOW_BY_KEY = "Or press its key: 0 to 9, or N for no digit"
UNTEACH = "Undo the lesson"
TIP_UNTEACH = "Forget what was just taught: all is read as before"
TAUGHT_THIS = "You taught me this one"
TAUGHT_BOTH = "You taught me both"
CANNOT_LEARN = "This model can't learn a hand. Choose another one to teach it."
IS_OFF = "Your hand is switched off. Switch it on to teach it."

# In the history, the table of pictures, and on pages.
CORRECT, TIP_CORRECT = "Correct", "Say what it is"
UNCORRECT, TIP_UNCORRECT = "Undo the correction", "As it was read; what was learned from it is forgotten"
SEVERAL_ON_CANVAS = "Bring it back to correct one of its digits"
LEARN = "Learn from my corrections"
TIP_LEARN = "What you correct is learned, and read rightly the next time"

# Hands.
HANDS = "Hands"
HANDS_MEANING = (
    "A hand is what I learned of how one person writes, from their corrections. It helps to read from then on."
)
READS_WITH = "Read with the hand"
USE_HAND, TIP_USE_HAND = "Use this hand", "Off, all is read as if nothing had been taught; the lessons stay"
NEW_HAND, RENAME_HAND, REMOVE_HAND = "New hand", "Rename hand", "Remove hand"
SAVE_HAND, TIP_SAVE_HAND = "Save hand", "Save all its lessons as one small file"
OPEN_HAND, TIP_OPEN_HAND = "Open hand", "Take in a hand from its file, beside yours"
ADD_LESSONS, TIP_ADD_LESSONS = "Add a hand's lessons", "Give the lessons of another hand's file to this one too"
NAME_OF_HAND = "Name of the hand"
LESSONS = "Lessons"
LESSON_HEADINGS = ("Seen", "Taught", "When")
FORGET_LESSON, FORGET_LESSONS = "Forget lesson", "Forget all lessons"
NO_LESSONS = "Nothing was taught yet. Correct what is read wrongly, or practice."
GONE_AFTER_VISIT = "It is gone at the end of your visit, unless you save it."

# Practice.
PRACTICE = "Practice"
PRACTICE_MEANING = "Write each digit once, and I learn your hand in a minute."
SKIP, BACK, NEXT, DONE, AGAIN = "Skip", "Back", "Next", "Done", "Practice again"
YES_IT_IS, DRAW_AGAIN = "Yes, learn it", "Draw it again"


def key_of(choice: Choice) -> str:
    """The key that teaches a choice."""
    return next(key for key, meant in KEYS.items() if meant == choice and type(meant) is type(choice))


def why_not(pad: Pad) -> str:
    """Why nothing can be taught, whatever is drawn; empty where it can."""
    if not pad.recognizer.can_learn:
        return CANNOT_LEARN
    return "" if pad.hands.current.is_on else IS_OFF


def question(reading: Reading) -> str:
    """What one asks who can say what it is: "Not a 4?" where it was read, else what it is."""
    return f"Not {with_article(reading.digit)}?" if reading.verdict is Verdict.DIGIT else WHAT_IS_IT


def taught(digit: Choice) -> str:
    """What is said after a lesson."""
    return f"Learned: this is {one_or_none(digit)}."


def said_of_lesson(lesson: Lesson) -> str:
    """A lesson for those who hear the screen, or point at it."""
    return f"Taught as {one_or_none(lesson.digit)}, {when(lesson.at)}"


def when(at: datetime) -> str:
    """When a lesson was given, as the clock on the wall has it."""
    return f"{at.astimezone():%x, %H:%M}"


def counted_lessons(hand: Hand) -> str:
    """How many lessons a hand has."""
    count = len(hand)
    return f"{count} lesson{'' if count == 1 else 's'}"


def ask_forget_lessons(hand: Hand) -> str:
    """Asked before all lessons are forgotten."""
    return f"Forget {counted_lessons(hand)} of {hand.name!r}? This can't be undone."


def ask_remove(name: str) -> str:
    """Asked before a hand is removed."""
    return f"Remove the hand {name!r} with all its lessons? This can't be undone."


def added(count: int) -> str:
    """What is said after the lessons of another hand were added."""
    return f"{count or 'No'} new lesson{'' if count == 1 else 's'}."
