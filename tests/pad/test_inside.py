"""The state of a look inside: what is pointed at, what is off, which models stand beside each other."""

import gc
import weakref

import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer
from digitpad.models.catalogue import SHIPPED
from digitpad.models.inside import Lens
from digitpad.models.model import Model
from digitpad.pad.inside import InsideChange, InsideView

MODELS = {name: Model(SHIPPED / name) for name in ("classic", "hands")}


class Watched:
    """A view, and what it told of its changes."""

    def __init__(self, name: str = "classic") -> None:
        self.view = InsideView(MODELS[name])
        self.told: list[InsideChange] = []
        self.view.subscribe(self.told.append)

    def place(self) -> tuple[int, ...]:
        return self.view.side, self.view.layer, self.view.channel, self.view.row, self.view.column


def glyph(digit: int) -> np.ndarray:
    return Recognizer(MODELS["classic"]).read_one(draw(digit)).glyph


def test_the_maps_follow_what_is_drawn_and_the_same_again_costs_nothing():
    watched = Watched()
    assert watched.view.is_empty
    watched.view.look(glyph(4))
    seen = watched.view.inside
    assert seen.reading.digit == 4
    assert not watched.view.is_empty
    watched.view.look(glyph(4))
    assert watched.view.inside is seen
    assert watched.told == [InsideChange.PICTURE]
    watched.view.look(glyph(4), is_murky=True)
    assert watched.view.inside.reading.is_murky


def test_a_map_is_pointed_at_where_it_is_strongest_and_stays_there_while_one_draws_as_long_as_there_is_something():
    watched = Watched()
    view = watched.view
    view.look(glyph(7))
    view.point_at(0, 2, 14)

    def value():
        return view.inside.layers[2].map(14)[view.row, view.column]

    assert value() == view.inside.layers[2].map(14).max() > 0
    assert watched.told == [InsideChange.PICTURE, InsideChange.POINTED]
    row, column = view.row, view.column
    for number in (1, 4, 7, 2, 9):
        view.look(glyph(number))
        view.point_at(0, 2, 14)
        assert value() > 0
        was = view.inside.layers[2].map(14)[row, column]
        assert ((view.row, view.column) == (row, column)) == (was > 0)
        row, column = view.row, view.column
    assert watched.told[2:] == [InsideChange.PICTURE] * 5
    view.point_at(0, 2, 14, 0, 0)
    for number in (1, 4):
        view.look(glyph(number))
        assert (view.row, view.column) == (0, 0)  # who chose a place sees that one
    assert watched.view.sum.value == watched.view.inside.layers[2].map(14)[watched.view.row, watched.view.column]


def test_nothing_beyond_the_last_map_and_place_can_be_pointed_at():
    watched = Watched()
    watched.view.point_at(0, 7, 31, 25, 3)
    assert watched.place() == (0, 7, 9, 0, 0)
    watched.view.point_at(-5, -99, -1, 99, -7)
    assert watched.place() == (0, 0, 0, 25, 0)
    watched.view.point_at(5, 99, 99, 99, 99)
    assert watched.place() == (0, 7, 9, 0, 0)


def test_a_map_is_switched_off_and_on_again():
    watched = Watched()
    watched.view.look(glyph(4))
    before = watched.view.inside.reading
    watched.view.point_at(0, 2, 14)
    watched.view.switch()
    assert watched.view.is_off
    assert not watched.view.inside.layers[2].map(14).any()
    assert watched.view.inside.reading == watched.view.pointed.lens.look(glyph(4)).without(2, 14)
    watched.view.look(glyph(5))
    assert watched.view.is_off
    watched.view.look(glyph(4))
    watched.view.switch()
    assert watched.view.inside.reading == before
    assert watched.told.count(InsideChange.OFF) == 2
    watched.view.switch(0, 5, 7)
    watched.view.switch(0, 0, 1)
    watched.view.all_on()
    assert not watched.view.pointed.off
    assert watched.view.inside.reading == before
    watched.view.all_on()
    assert watched.told.count(InsideChange.OFF) == 5


def test_the_answer_itself_cannot_be_switched_off_and_it_is_said_why():
    watched = Watched("hands")
    watched.view.point_at(0, 8, 3)
    assert not watched.view.can_switch
    assert "before it" in watched.view.why_not
    watched.view.switch()
    assert not watched.view.pointed.off
    assert not watched.told.count(InsideChange.OFF)
    watched.view.point_at(0, 5, 3)
    assert watched.view.can_switch
    assert not watched.view.why_not


def test_two_models_stand_side_by_side_each_with_what_is_off_in_it():
    watched = Watched()
    watched.view.look(glyph(9))
    watched.view.put_beside(MODELS["hands"])
    assert [side.model.name for side in watched.view.sides] == ["classic", "hands"]
    assert {side.inside.reading.digit for side in watched.view.sides} == {9}
    watched.view.point_at(1, 8, 10)
    watched.view.switch(1, 0, 2)
    assert [len(side.off) for side in watched.view.sides] == [0, 1]
    assert "hands" in watched.view.said()
    watched.view.put_beside(None)
    assert watched.place()[:3] == (0, 7, 9)  # classic has a layer less, and no output for no digit
    watched.view.use(MODELS["hands"])
    assert watched.view.inside.model is MODELS["hands"]
    assert watched.view.inside.reading.digit == 9
    assert watched.told.count(InsideChange.MODELS) == 3
    watched.view.use(MODELS["hands"])
    watched.view.put_beside(None)
    assert watched.told.count(InsideChange.MODELS) == 3


def test_who_has_a_lens_open_already_can_share_it():
    shared = {name: model.lens() for name, model in MODELS.items()}
    asked: list[Model] = []

    def open_lens(model: Model) -> Lens:
        asked.append(model)
        return shared[model.name]

    views = [InsideView(MODELS["hands"], open_lens) for _ in range(2)]
    views[0].look(glyph(3))
    views[1].look(glyph(8))
    assert [view.inside.reading.digit for view in views] == [3, 8]
    assert all(view.pointed.lens is shared["hands"] for view in views)
    assert asked == [MODELS["hands"]] * 2


def test_a_presentation_is_begun_and_ended():
    watched = Watched()
    for is_presentation in (True, True, False):
        watched.view.present(is_presentation)
        assert watched.view.is_presentation is is_presentation
    assert watched.told == [InsideChange.PRESENTATION] * 2


@pytest.mark.parametrize("name", MODELS)
def test_every_map_and_place_can_be_pointed_at(name):
    watched = Watched(name)
    watched.view.look(glyph(2))
    for layer, made in enumerate(watched.view.inside.layers):
        for channel in {0, made.channels - 1}:
            watched.view.point_at(0, layer, channel)
            assert watched.view.sum is not None
            assert watched.view.said()


@pytest.mark.parametrize("name", MODELS)
def test_what_a_map_listens_to_is_what_the_layer_before_gave(name):
    watched = Watched(name)
    watched.view.look(glyph(4))
    watched.view.point_at(0, 2, 5)
    given = watched.view.listened_to
    assert given == watched.view.inside.listens_to(2, 5)
    assert {each.layer for each in given} == {1}


def test_who_closes_a_look_is_told_nothing_more_and_holds_no_lens():
    watched = Watched()
    lens = weakref.ref(watched.view.sides[0].lens)
    watched.view.close()
    gc.collect()
    assert lens() is None
    assert watched.told == []
