"""What lessons give, measured: corrections of what was missed, and what they break."""

import json
from functools import cache

import numpy as np

from digitpad import Recognizer, Verdict
from digitpad.measuring.conditions import CANVAS, PEN
from digitpad.measuring.teaching import Person, measure_teaching, people_of, print_teaching, save_teaching
from digitpad.training.data.strokes import draw, load_pen_digits


@cache
def stemless(seed: int) -> np.ndarray:
    """A 4 without a stem, which no network knows: uint8 (280, 280)."""
    points = np.array([(0.9, 0.0), (0.1, 0.55), (0.75, 0.6), (0.95, 0.35)])
    return 255 - draw([points + np.random.default_rng(seed).normal(0, 0.02, points.shape)], PEN, CANVAS)


def test_who_writes_another_way_is_read_after_a_few_lessons_and_others_as_before(tmp_path, capsys):
    model = Recognizer().model
    known = people_of(load_pen_digits(), [])
    assert len(known) == 6
    foreign = Person([stemless(seed) for seed in range(30)], [4] * 30, [stemless(99)])
    some = [Person(each.digits[:40], each.labels[:40], []) for each in known[:2]]
    told = measure_teaching(model, [foreign, *some])
    missed = sum(
        (reading.digit, reading.verdict) != (4, Verdict.DIGIT)
        for reading in Recognizer(model).read_many(foreign.digits)
    )
    assert told.people == 3
    assert told.digits == 30 + 40 + 40
    assert told.missed_without >= missed > 20
    assert told.lessons == told.missed <= 6
    assert (told.broken, told.others_broken) == (0, 0)
    assert told.others > 100
    assert (told.letters, told.letters_taken) == (1, 1)  # the same shape, whatever it is called
    assert sum(point.digits for point in told.curve) == told.digits
    print_teaching({"hands": told})
    assert "hands learns 3 hands: 110 digits" in capsys.readouterr().out
    assert json.loads(save_teaching({"hands": told}, tmp_path).read_text())["hands"]["missed"] == told.missed
