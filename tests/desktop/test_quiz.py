"""The quiz on the desktop: keys and clicks answer, and the network answers after them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from digitpad import Recognizer
from digitpad.pad.quiz import DIGITS, ROUNDS, ending, networks_answer, said_of, truth
from digitpad_desktop.images import to_array
from digitpad_desktop.quiz import QuizDialog


@pytest.fixture
def dialog(qtbot):
    dialog = QuizDialog(Recognizer("hands"), seed=1)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def truth_of(glyph):
    with np.load(DIGITS) as kept:
        [place] = np.flatnonzero((kept["glyphs"] == glyph).all(axis=(1, 2)))
        return int(kept["digits"][place])


def test_a_key_answers_then_truth_and_network_are_shown_and_enter_goes_on(qtbot, dialog):
    assert dialog.said.text() == "1 of 10. Which digit is this?"
    assert not dialog.truth.isVisible()
    right = truth_of(dialog.quiz.glyph)
    qtbot.keyClicks(dialog, str(right))
    [first] = dialog.quiz.rounds
    assert dialog.truth.isVisible()
    assert dialog.truth.text() == truth(first)
    assert dialog.truth.text().startswith("Right")
    assert dialog.network.text() == networks_answer(first, "hands")
    assert f"{first.reading.digit}: " in dialog.bars.accessibleDescription()
    assert dialog.score.text() == f"You 1, hands {int(first.is_networks)}"
    assert dialog.next.hasFocus()
    qtbot.keyClick(dialog.next, Qt.Key.Key_Return)
    assert dialog.said.text() == "2 of 10. Which digit is this?"
    assert not dialog.truth.isVisible()


def test_a_click_answers_and_s_skips(qtbot, dialog):
    qtbot.mouseClick(dialog.keys[7], Qt.MouseButton.LeftButton)
    assert dialog.quiz.rounds[0].answer == 7
    dialog.next.click()
    qtbot.keyClicks(dialog, "s")
    assert dialog.quiz.rounds[1].answer is None
    assert "You skipped it" in dialog.truth.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_who_goes_on_with_a_key_too_many_has_answered_nothing(qtbot, dialog, key):
    qtbot.keyClicks(dialog, "3")
    qtbot.keyClick(dialog.focusWidget(), key)
    qtbot.keyClick(dialog.focusWidget() or dialog, key)
    assert len(dialog.quiz.rounds) == 1


def test_the_digit_is_shown_as_large_as_it_fits(qtbot, dialog):
    dialog.resize(1000, 700)
    shown = to_array(dialog.glyph.grab().toImage())[..., 0]
    rows, columns = np.flatnonzero(shown.max(axis=1) == 255), np.flatnonzero(shown.max(axis=0) == 255)
    ink = np.argwhere(dialog.quiz.glyph == 255)
    enlarged = (np.ptp(rows) + 1) / (np.ptp(ink[:, 0]) + 1)
    assert enlarged >= 10
    assert (np.ptp(columns) + 1) / (np.ptp(ink[:, 1]) + 1) == pytest.approx(enlarged, rel=0.1)


def test_after_ten_rounds_all_are_shown_and_another_game_has_others(qtbot, dialog):
    for _ in range(ROUNDS):
        qtbot.keyClicks(dialog, str(truth_of(dialog.quiz.glyph)))
        dialog.next.click()
    assert dialog.said.text() == ending(dialog.quiz)
    assert dialog.said.text().startswith("You win: you read 10 of 10")
    captions = [dialog.digits.item(row).text() for row in range(dialog.digits.count())]
    assert captions == [said_of(each, "hands") for each in dialog.quiz.rounds]
    first = {each.glyph.tobytes() for each in dialog.quiz.rounds}
    qtbot.keyClicks(dialog, "5")  # which answers nothing any more
    assert len(dialog.quiz.rounds) == ROUNDS
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    assert dialog.said.text() == "1 of 10. Which digit is this?"
    assert dialog.score.text() == "You 0, hands 0"
    assert dialog.quiz.glyph.tobytes() not in first


def test_another_model_plays_and_reads_on_the_pad_from_then_on(qtbot, dialog):
    qtbot.keyClicks(dialog, "3")
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.models.setCurrentText("classic")
        dialog.models.activated.emit(dialog.models.currentIndex())
    assert told.args[0].name == "classic"
    assert dialog.network.text().startswith("classic says ")
    assert "classic" in dialog.score.text()
    assert not any("no digit" in text for text in [dialog.bars.accessibleDescription()])


def test_the_letters_grow_with_the_window_and_a_small_one_shows_all(qtbot, dialog):
    assert dialog.minimumSizeHint().height() < 560
    before = dialog.said.font().pointSizeF()
    dialog.resize(1880, 1000)
    assert dialog.said.font().pointSizeF() > 1.7 * before


def test_the_menu_opens_it(qtbot, window, monkeypatch):
    shown = []
    monkeypatch.setattr(QuizDialog, "exec", lambda dialog: shown.append(dialog))
    window.do.quiz.trigger()
    assert [dialog.quiz.name for dialog in shown] == ["hands"]
