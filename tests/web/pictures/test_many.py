"""Many pictures become a table, each read once, the first ones first."""

import base64
import io

import numpy as np
import pytest
from bringing import SVG, bring, column, content, texts
from conftest import draw
from PIL import Image

from digitpad import Recognizer
from digitpad.pad.results import DOUBTFUL
from digitpad_web import batch
from digitpad_web.batch import AT_ONCE


@pytest.fixture
def counted(monkeypatch) -> list[int]:
    """Grows by one with every picture that is read."""
    read, real = [], Recognizer.read_one
    monkeypatch.setattr(Recognizer, "read_one", lambda self, picture: read.append(1) or real(self, picture))
    return read


def test_many_are_read_in_their_order_and_what_cannot_be_is_named(app):
    good = [(f"{digit}.png", content(draw(digit))) for digit in (3, 1, 4)]
    broken = ("broken.png", content(draw(1))[:200])
    bring(app, good[0], broken, good[1], ("lie.png", SVG), good[2])
    assert app.dataframe[0].value.columns.tolist() == ["Seen", "File", "Digit", "In words", "Confidence"]
    assert column(app, "File") == ["3.png", "broken.png", "1.png", "lie.png", "4.png"]
    assert column(app, "Digit") == ["3", "", "1", "", "4"]
    assert column(app, "In words")[0] == "Looks like a 3"
    assert [share > 0 for share in column(app, "Confidence")] == [True, False, True, False, True]
    assert app.markdown[0].value == "**3 digits, 2 could not be read**"
    assert [text.split(" is ")[0] for text in texts(app)] == ["The file broken.png", "The file lie.png"]


def test_the_table_shows_what_the_network_saw(app):
    bring(app, ("3.png", content(draw(3))), ("lie.png", SVG))
    seen, nothing = column(app, "Seen")
    shown = np.asarray(Image.open(io.BytesIO(base64.b64decode(seen.removeprefix("data:image/png;base64,")))))
    np.testing.assert_array_equal(shown[::2, ::2], Recognizer().read(draw(3)).glyph)
    assert nothing == ""


def test_very_many_are_read_in_turns_the_first_ones_first_and_those_that_wait_are_named(app):
    names = [f"{number}.png" for number in range(2 * AT_ONCE + 1)]
    bring(app, *[(name, content(draw(5, side=60, pen=5))) for name in names])
    assert app.markdown[0].value == "**These are 401 pictures. The first 200 are read.**"
    assert column(app, "File") == names[:AT_ONCE]
    assert app.markdown[1].value == "**200 digits**"
    assert texts(app)[0].split("\n") == names[AT_ONCE:]
    next_ones(app).click().run()
    assert column(app, "File") == names[: 2 * AT_ONCE]
    assert texts(app) == [names[-1]]
    next_ones(app).click().run()
    assert column(app, "File") == names
    assert app.markdown[0].value == "**401 digits**"
    assert not next_ones(app)
    bring(app, *[(name, content(draw(3, side=60, pen=5))) for name in names])
    assert column(app, "Digit") == ["3"] * AT_ONCE  # of others it is the first ones again


def next_ones(app):
    """The button that reads more, if there is one."""
    return next((button for button in app.button if button.label.startswith("Read the next")), None)


def test_the_table_is_filtered_to_what_needs_a_look(app):
    star = draw(0, strokes={0: [[(50, 8), (76, 90), (8, 38), (92, 38), (24, 90), (50, 8)]]})
    fine, blank = ("3.png", content(draw(3))), ("blank.png", content(Image.new("L", (90, 90), 255)))
    bring(app, fine, blank, ("star.png", content(star)), ("lie.png", SVG), ("4.png", content(draw(4))))
    choice = app.button_group[-1]
    assert choice.options == ["All 5", "Needs a look: 3"]
    choice.set_value(DOUBTFUL).run()
    assert column(app, "File") == ["blank.png", "star.png", "lie.png"]
    bring(app, fine, ("4.png", content(draw(4))))
    assert "none is in doubt" in app.info[0].value
    assert not app.dataframe


def test_no_confidence_is_shown_as_certainty_and_what_has_none_has_no_number(app):
    bring(app, ("7.png", content(draw(7))), ("lie.png", SVG))
    first, second = column(app, "Confidence")
    assert 50 < first <= 99.9
    assert second is None or np.isnan(second)


def test_what_was_read_is_not_read_again(app, counted):
    files = [("3.png", content(draw(3))), ("4.png", content(draw(4)))]
    bring(app, *files)
    assert len(counted) == 2
    for _ in range(3):
        app.run()
    assert column(app, "Digit") == ["3", "4"]
    assert len(counted) == 2


def test_what_is_taken_away_is_forgotten(app):
    bring(app, ("3.png", content(draw(3))), ("4.png", content(draw(4))))
    assert len(app.session_state.kept.outcomes) == 2
    app.file_uploader[0].clear().run()
    assert not app.exception
    assert app.session_state.kept.outcomes == {}
    assert "Choose pictures" in app.info[0].value


def test_what_takes_long_says_how_far_it_is(app, monkeypatch):
    told = []
    monkeypatch.setattr(batch, "PATIENCE", 0.0)
    real = batch.st.delta_generator.DeltaGenerator.progress
    monkeypatch.setattr(
        batch.st.delta_generator.DeltaGenerator,
        "progress",
        lambda self, share, text: (told.append(text), real(self, share, text))[1],
    )
    bring(app, *[(f"{number}.png", content(draw(5))) for number in range(3)])
    assert told[-1] == "3 of 3 read"
