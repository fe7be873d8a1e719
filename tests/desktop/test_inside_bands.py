"""Where the maps of all layers stand."""

import pytest

from digitpad_desktop.inside_bands import GAP, bands

HANDS = [(28, 28, 1), (26, 26, 16), (12, 12, 32), (10, 10, 64), (8, 8, 64), (3, 3, 128), (1, 1, 192), (1, 1, 192)]
CLASSIC = [(28, 28, 1), (26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64), (1, 1, 1600), (1, 1, 128)]
ODD = [(28, 28, 1), (24, 20, 7), (1, 1, 1), (3, 5, 13), (1, 1, 2000)]
HEADING = 20


@pytest.mark.parametrize("shapes", [HANDS, CLASSIC, ODD])
@pytest.mark.parametrize("size", [(340, 400), (700, 700), (1300, 950)])
def test_each_map_has_a_place_of_its_own_within_the_width(shapes, size):
    width, height = size
    below = 0
    for band in bands(shapes, width, height, HEADING):
        assert band.top >= below + HEADING
        places = [band.place_of(channel) for channel in range(band.shape[2])]
        taken = {(left, top) for left, top, _, _ in places}
        assert len(taken) == len(places)
        for left, top, wide, high in places:
            assert left >= 0
            assert left + wide <= width
            assert top + high <= band.top + band.height
        below = band.top + band.height


@pytest.mark.parametrize("shapes", [HANDS, CLASSIC])
def test_all_layers_end_at_the_same_edge_and_are_seen_at_once(shapes):
    placed = bands(shapes, 900, 800, HEADING)
    for band in placed[1:]:
        left, _, wide, _ = band.place_of(band.columns - 1)
        assert left + wide == 900
    assert placed[-1].top + placed[-1].height <= 800


def test_a_larger_window_shows_larger_maps():
    small, large = (bands(HANDS, *size, HEADING) for size in ((500, 500), (1300, 1000)))
    assert all(one.side[0] < other.side[0] for one, other in zip(small, large, strict=True))


@pytest.mark.parametrize("shapes", [HANDS, CLASSIC, ODD])
def test_what_lies_at_a_place_is_the_map_that_stands_there(shapes):
    for band in bands(shapes, 900, 800, HEADING):
        for channel in {0, band.shape[2] // 2, band.shape[2] - 1}:
            left, top, wide, high = band.place_of(channel)
            assert band.at(left, top) == (channel, 0, 0)
            last = (channel, band.shape[0] - 1, band.shape[1] - 1)
            assert band.at(left + wide - 0.01, top + high - 0.01) == last
            if wide > GAP:
                assert band.at(left + wide + 0.5, top) in (None, (channel + 1, 0, 0))
        assert band.at(-1, band.top) is None
        assert band.at(0, band.top + band.height + 1) is None


def test_each_pixel_of_the_screen_shows_one_of_a_map_or_the_gap():
    [_, band] = bands([(28, 28, 1), (3, 3, 4)], 400, 300, HEADING)
    rows, columns = band.picked
    assert len(columns) == 400
    assert len(rows) == band.height
    for channel in range(band.columns):
        left, _, wide, _ = band.place_of(channel)
        shown = columns[left : left + wide] - channel * 4
        assert set(shown) == {0, 1, 2}
    assert {3} == set(columns) - {channel * 4 + each for channel in range(band.columns) for each in range(3)}
