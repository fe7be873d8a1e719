"""Hands that an operator offers to all visitors, as files in a folder."""

from digitpad.errors import HandError
from digitpad.models import catalogue
from digitpad.models.hand import SUFFIX, Hand

FOLDER = "hands"  # among the user's own things, beside the models


def offered() -> tuple[dict[str, Hand], list[str]]:
    """Every hand in the folder by its name, or its file's where it has none; and a sentence about each broken one.

    Each visitor takes a copy, by `Hands.bring(hand.to_bytes())`: what they teach is theirs.
    """
    hands: dict[str, Hand] = {}
    notices = []
    for file in sorted((catalogue.user_data() / FOLDER).glob(f"*{SUFFIX}")):
        try:
            hand = Hand.open(file)
        except HandError as error:
            notices.append(f"{error} It was passed over.")
        else:
            hands[hand.name if hand.name and hand.name not in hands else file.stem] = hand
    return hands, notices
