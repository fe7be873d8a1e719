"""A layer's maps as one picture."""

import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer
from digitpad.models.catalogue import SHIPPED
from digitpad.models.layers import Layer, Operation
from digitpad.models.model import Model
from digitpad.pad import mosaics
from digitpad.pad.mosaics import mosaic


def layer(maps: np.ndarray, scale: tuple[float, float] = (0, 1)) -> Layer:
    return Layer(Operation("x", "convolution", maps.shape), maps.astype(np.float32), scale)


def test_a_small_mosaic_by_hand():
    maps = np.zeros((2, 2, 3))
    maps[0, 1, 0], maps[1, 0, 1], maps[1, 1, 2] = 1, 0.5, 7
    assert mosaic(layer(maps), columns=2).tolist() == [
        [1, 255, 0, 1, 1],
        [1, 1, 0, 128, 1],
        [0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 255, 0, 0, 0],
    ]


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_every_map_stands_in_its_place(name):
    inside = Model(SHIPPED / name).lens().look(Recognizer("classic").read_one(draw(3)).glyph)
    for made in inside.layers:
        columns = mosaics.columns_of(made)
        picture = mosaic(made, columns)
        high, wide = made.map(0).shape
        assert picture.shape == (-(-made.channels // columns) * (high + 1) - 1, columns * (wide + 1) - 1)
        for channel in range(made.channels):
            top, left = channel // columns * (high + 1), channel % columns * (wide + 1)
            one = mosaics.one_map(made, channel)
            np.testing.assert_array_equal(picture[top : top + high, left : left + wide], one)
            assert not picture[top + high : top + high + 1, left : left + wide].any()


def test_a_value_has_the_same_shade_whatever_was_drawn_and_the_shade_tells_the_value():
    lens = Model(SHIPPED / "hands").lens()
    layers = [lens.look(Recognizer("classic").read_one(draw(digit)).glyph).layers for digit in (0, 1, 8)]
    for same in zip(*layers, strict=True):
        assert len({mosaics.scale_of(made) for made in same}) == 1
        made = same[-1]
        low, high = mosaics.scale_of(made)
        shades = np.stack([mosaics.one_map(made, channel) for channel in range(made.channels)], axis=-1)
        values = low + (shades.astype(float) - 1) / 254 * (high - low)
        expected = made.maps.clip(low, high)
        np.testing.assert_allclose(values.reshape(expected.shape), expected, atol=(high - low) / 254)


def test_what_can_be_below_0_has_0_in_the_middle():
    made = layer(np.array([[[-2.0, 0.0, 1.0]]]), (-2, 1))
    assert mosaic(made, 3).tolist() == [[1, 0, 128, 0, 192]]
    assert mosaics.colours_of(made) is mosaics.SIGNED_COLOURS
    assert mosaics.signed(np.array([0.5, 0, -0.25], np.float32)).tolist() == [255, 128, 65]


def test_colours_are_all_different_and_tell_more_from_less():
    for table in (mosaics.MAP_COLOURS, mosaics.SIGNED_COLOURS):
        assert table.shape == (256, 3)
        assert len(np.unique(table, axis=0)) == 256
    brightness = mosaics.MAP_COLOURS @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(brightness) > 0).all()
    away = mosaics.SIGNED_COLOURS @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(away[:128]) < 0).all()
    assert (np.diff(away[128:]) > 0).all()


def test_products_that_are_all_0_are_neither_for_nor_against():
    assert (mosaics.signed(np.zeros((3, 3), np.float32)) == 128).all()
    assert (mosaics.signed(np.zeros((3, 3), np.float32), 0.0) == 128).all()


def test_a_part_of_a_map_has_the_shades_that_it_has_in_the_mosaic():
    maps = np.random.default_rng(3).uniform(0, 2, (4, 5, 1))
    made = layer(maps, (0, 2))
    part = made.map(0)[1:3, 2:4]
    assert np.array_equal(mosaics.shades(part, made), mosaics.one_map(made, 0)[1:3, 2:4])
    beyond = mosaics.shades(np.array([[np.nan, 1.0]], np.float32), None)  # of a glyph, over its edge
    assert beyond.tolist() == [[1, 255]]
