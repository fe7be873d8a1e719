"""Whether some ink in a row is just one digit: what the verifier tells."""

import hashlib
import json
import threading

import numpy as np

from digitpad.glyphs.ink import ink
from digitpad.numbers.cuts import Cut
from digitpad.numbers.parts import CutRow, Run
from digitpad.numbers.pieces import pieces_in
from digitpad.numbers.verifier import FILE, verified

from .conftest import written

NONE = 10


def row_of(digits: str, cut: int | None = None) -> CutRow:
    """Written digits; one of them is cut down its middle."""
    pieces = sorted(pieces_in(ink(written(digits))), key=lambda piece: piece.left)
    cuts = [
        [Cut(np.full(piece.height, piece.width // 2), 0.2)] if place == cut else []
        for place, piece in enumerate(pieces)
    ]
    return CutRow(pieces, cuts, float(np.median([piece.height for piece in pieces])))


def test_a_whole_digit_is_one_and_its_half_or_two_of_them_are_none():
    row = row_of("23", cut=1)
    candidates = {one.runs: one for one in row.candidates()}
    wanted = [(Run(1, 0, 2),), (Run(1, 0, 1),), (Run(0, 0, 1), Run(1, 0, 2))]
    whole, half, both = verified(row.views([candidates[runs] for runs in wanted]))
    assert (whole.argmax(), half.argmax(), both.argmax()) == (3, NONE, NONE)


def test_what_ships_is_what_its_card_describes():
    card = json.loads(FILE.with_suffix(".json").read_text(encoding="utf-8"))
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == card["sha256"]
    assert card["digits_told"] > 0.8, "of the groups in rows by people held out"
    assert card["others_told"] > 0.98


def test_many_threads_may_ask_at_once():
    row = row_of("298")
    views = row.views([one for one in row.candidates() if one.end == one.start + 1])
    expected, told = verified(views), []
    threads = [threading.Thread(target=lambda: told.append(verified(views))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 8
    assert all(np.array_equal(one, expected) for one in told)
    assert [int(share.argmax()) for share in expected] == [2, 9, 8]
