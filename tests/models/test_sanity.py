"""Whether a map of why can be believed."""

import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer
from digitpad.models.sanity import alike, completeness, deletion, shuffled


@pytest.fixture(scope="module", params=["classic", "hands"])
def pad(request) -> Recognizer:
    return Recognizer(request.param)


@pytest.fixture(scope="module")
def held(mnist) -> np.ndarray:
    """100 of MNIST's test digits, of which nothing was learned."""
    return mnist.test.glyphs[np.random.default_rng(2).choice(10_000, 100, replace=False)]


def test_taking_out_what_occlusion_marks_changes_the_answer_faster_than_ink_at_random(pad, held):
    beats = 0
    for glyph in held:
        by_map, at_random = deletion(pad.model, pad.explain(glyph, pad.read_one(glyph).digit))
        beats += by_map.mean() < at_random.mean()
    assert beats >= 95


@pytest.mark.parametrize("method", ["occlusion", "integrated gradients"])
def test_the_map_of_shuffled_weights_is_unlike_it(pad, held, method):
    explained = [pad.explain(glyph, method=method) for glyph in held[:20]]
    likeness = [alike(why, shuffled(pad.model, why, seed)) for seed, why in enumerate(explained)]
    assert np.mean(likeness) <= 0.2


def test_a_map_is_like_itself_and_unlike_its_opposite(pad):
    four, nine = pad.explain(draw(4), 4, against=9), pad.explain(draw(4), 9, against=4)
    assert alike(four, four) == pytest.approx(1)
    assert alike(four, nine) == pytest.approx(-1)


def test_the_same_seed_shuffles_in_the_same_way(pad):
    why = pad.explain(draw(4), method="integrated gradients")
    one, again, other = (shuffled(pad.model, why, seed).map for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


def test_the_parts_of_integrated_gradients_sum_to_what_the_answer_grew_by(pad, held):
    errors, grown = [], []
    for glyph in held[:20]:
        parts, whole = completeness(pad.model, pad.explain(glyph, method="integrated gradients"))
        errors.append(abs(parts - whole))
        grown.append(abs(whole))
    assert np.median(errors) < 0.02 * np.median(grown)
    assert max(errors) < 2


def test_occlusion_promises_no_such_sum(pad):
    with pytest.raises(ValueError, match="Only what integrated gradients give"):
        completeness(pad.model, pad.explain(draw(4)))


def test_of_empty_paper_there_is_nothing_to_shuffle(pad):
    why = pad.explain(np.full((280, 280), 255, np.uint8))
    assert shuffled(pad.model, why) is why
    assert alike(why, why) == 0
