"""The field's words where they stand, and as a list."""

from PySide6.QtCore import Qt

from digitpad.pad.glossary import GLOSSARY, explained
from digitpad_desktop.glossary import GlossaryDialog, Words


def test_a_word_that_is_chosen_shows_what_it_means_and_chosen_again_hides_it(qtbot):
    words = Words(("kernel", "map"))
    qtbot.addWidget(words)
    words.show()
    assert ">kernel</a>" in words.row.text()
    assert not words.meaning.isVisible()
    words.row.linkActivated.emit("kernel")
    assert words.meaning.isVisible()
    assert explained("kernel") in words.meaning.text()
    words.row.linkActivated.emit("map")
    assert explained("map") in words.meaning.text()
    words.row.linkActivated.emit("map")
    assert not words.meaning.isVisible()


def test_the_keyboard_reaches_the_words(qtbot):
    words = Words(("kernel", "map"))
    qtbot.addWidget(words)
    words.show()
    words.row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(words.row, Qt.Key.Key_Tab)
    qtbot.keyClick(words.row, Qt.Key.Key_Return)
    assert explained("kernel") in words.meaning.text()


def test_the_list_has_all_words(qtbot):
    dialog = GlossaryDialog()
    qtbot.addWidget(dialog)
    text = dialog.text.toPlainText()
    for word, meaning in GLOSSARY.items():
        assert word in text
        assert meaning in text
