"""Reading a page ends in its midst where nobody wants it any more."""

import itertools

import pytest

from digitpad import Recognizer
from digitpad.stopping import Stopped, stoppable

from .conftest import written

pad = Recognizer("hands")


def test_a_page_is_read_no_further_once_it_is_not_wanted():
    picture = written("401723", "864529")
    asked = itertools.count()
    with stoppable(lambda: next(asked) < 0):
        assert pad.read_numbers(picture).text == "401723\n864529"
    steps = next(asked)
    assert steps > 10, "a digit is not waited for"
    for last in (0, steps // 2, steps - 2):
        asked = itertools.count()
        with pytest.raises(Stopped), stoppable(lambda last=last, asked=asked: next(asked) >= last):
            pad.read_numbers(picture)
        assert next(asked) == last + 1
    assert pad.read_numbers(picture).numbers, "what was stopped leaves nothing behind"
