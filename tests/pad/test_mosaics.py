"""A layer's maps as one picture."""

import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer
from digitpad.models.catalogue import SHIPPED
from digitpad.models.layers import Layer, Operation
from digitpad.models.model import Model
from digitpad.pad import mosaics
from digitpad.pad.mosaics import Place, mosaic


def layer(maps: np.ndarray, scale: tuple[float, float] = (0, 1)) -> Layer:
    return Layer(Operation("x", "convolution", maps.shape), maps.astype(np.float32), scale)


def test_a_small_mosaic_by_hand():
    maps = np.zeros((2, 2, 3))
    maps[0, 1, 0], maps[1, 0, 1], maps[1, 1, 2] = 1, 0.5, 7
    small = mosaic(layer(maps), columns=2)
    assert small.tolist() == [
        [1, 255, 0, 1, 1],
        [1, 1, 0, 128, 1],
        [0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 255, 0, 0, 0],
    ]
    large = mosaic(layer(maps), columns=2, enlarged=3, gap=2)
    assert large.shape == (14, 14)
    assert (large[:3, 3:6] == 255).all()
    assert not large[:, 6:8].any()
    assert (large[3:6, 8:11] == 128).all()


@pytest.mark.parametrize("name", ["classic", "hands"])
@pytest.mark.parametrize(("enlarged", "gap"), [(1, 1), (4, 2), (3, 0)])
def test_every_place_is_found_where_it_stands(name, enlarged, gap):
    inside = Model(SHIPPED / name).lens().look(Recognizer("classic").read_one(draw(3)).glyph)
    rng = np.random.default_rng(1)
    for made in inside.layers:
        columns = mosaics.columns_of(made)
        picture = mosaic(made, columns, enlarged, gap)
        for _ in range(10):
            channel = int(rng.integers(made.channels))
            left, top, width, height = mosaics.box_of(made, columns, channel, enlarged, gap)
            one = mosaics.one_map(made, channel)
            assert (height, width) == tuple(side * enlarged for side in one.shape)
            large = one.repeat(enlarged, axis=0).repeat(enlarged, axis=1)
            np.testing.assert_array_equal(picture[top : top + height, left : left + width], large)
            row, column = (int(rng.integers(side)) for side in one.shape)
            x, y = left + (column + 0.5) * enlarged, top + (row + 0.5) * enlarged
            assert mosaics.place_at(made, columns, x, y, enlarged, gap) == Place(channel, row, column)
        assert mosaics.place_at(made, columns, -1, 0, enlarged, gap) is None
        assert mosaics.place_at(made, columns, 0, picture.shape[0] + 1, enlarged, gap) is None
        assert mosaics.place_at(made, columns, picture.shape[1] + 1, 0, enlarged, gap) is None


def test_between_maps_there_is_nothing_to_point_at():
    maps = layer(np.zeros((2, 2, 3)))
    assert mosaics.place_at(maps, 2, 6.5, 1, enlarged=3, gap=2) is None
    assert mosaics.place_at(maps, 2, 9, 9, enlarged=3, gap=2) is None  # a fourth map there would be
    assert mosaics.place_at(maps, 2, 1, 9, enlarged=3, gap=2) == Place(2, 0, 0)


def test_a_value_has_the_same_shade_whatever_was_drawn_and_the_shade_tells_the_value():
    lens = Model(SHIPPED / "hands").lens()
    layers = [lens.look(Recognizer("classic").read_one(draw(digit)).glyph).layers for digit in (0, 1, 8)]
    for same in zip(*layers, strict=True):
        assert len({mosaics.scale_of(made) for made in same}) == 1
        made = same[-1]
        low, high = mosaics.scale_of(made)
        for channel in range(made.channels):
            values = [mosaics.value_of(made, int(shade)) for shade in mosaics.one_map(made, channel).ravel()]
            expected = made.map(channel).ravel().clip(low, high)
            np.testing.assert_allclose(values, expected, atol=(high - low) / 254)


def test_what_can_be_below_0_has_0_in_the_middle():
    made = layer(np.array([[[-2.0, 0.0, 1.0]]]), (-2, 1))
    assert mosaic(made, 3, gap=0).tolist() == [[1, 128, 192]]
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


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_all_layers_of_a_model_fit_the_same_width(name):
    for made in Model(SHIPPED / name).lens().look(np.zeros((28, 28), np.uint8)).layers:
        columns = mosaics.columns_of(made)
        enlarged = mosaics.enlarged_to(made, columns, 960)
        assert 960 * 0.6 < mosaic(made, columns, enlarged).shape[1] <= 960


def test_a_part_of_a_map_has_the_shades_that_it_has_in_the_mosaic():
    maps = np.random.default_rng(3).uniform(0, 2, (4, 5, 1))
    made = layer(maps, (0, 2))
    part = made.map(0)[1:3, 2:4]
    assert np.array_equal(mosaics.shades(part, made), mosaics.one_map(made, 0)[1:3, 2:4])
    beyond = mosaics.shades(np.array([[np.nan, 1.0]], np.float32), None)  # of a glyph, over its edge
    assert beyond.tolist() == [[1, 255]]
