"""Pictures that are brought into the window: opened, dropped, pasted."""

import re
from pathlib import Path

import numpy as np
import pytest
from conftest import draw
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog
from windowing import shows

from digitpad_desktop.images import to_image
from digitpad_desktop.results import ResultsDialog

pytestmark = pytest.mark.usefixtures("own_settings")


def says(window, words):
    """What `qtbot.waitUntil` takes to wait for a notice with these words."""
    return lambda: words in window.notices.text.text()


@pytest.mark.parametrize("name", ["a" * 300 + ".png", "<h1>huge</h1>" * 15 + ".png"])
def test_a_name_that_is_too_long_or_looks_like_html_is_only_a_name(qtbot, window, name):
    width = window.width()
    window.opening.bring([Path(name)])
    qtbot.waitUntil(says(window, name[:40]))
    assert window.notices.text.textFormat() is Qt.TextFormat.PlainText
    qtbot.wait(20)
    assert window.width() == width


def test_of_several_frames_it_is_told_that_the_first_is_on_the_pad(qtbot, window, tmp_path):
    first, second = (Image.fromarray(draw(digit)) for digit in (7, 4))
    first.save(tmp_path / "film.gif", save_all=True, append_images=[second])
    window.opening.bring([tmp_path / "film.gif"])
    qtbot.waitUntil(says(window, "film.gif: The first of its 2 frames was read."))


def test_a_picture_that_is_too_large_to_paste_is_refused(qtbot, window):
    window.opening.bring([np.zeros((9000, 9000), np.uint8)])
    qtbot.waitUntil(says(window, "too large"))


def test_an_address_on_the_web_is_refused(qtbot, window):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/7.png")])
    assert window.opening.take(data)
    assert "stays offline" in window.notices.text.text()


def test_a_picture_file_is_opened_onto_the_canvas(qtbot, window, tmp_path, monkeypatch):
    file = tmp_path / "six.png"
    Image.fromarray(draw(6)).save(file)
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *words: asked.append(words) or ([str(file)], ""))
    window.do.open.trigger()
    qtbot.waitUntil(shows(window, "6"))
    assert {"*.png", "*.heic", "*.jpeg"} <= set(re.findall(r"\*\.\w+", asked[0][-1]))
    file.write_bytes(b"rubbish")
    window.do.open.trigger()
    qtbot.waitUntil(says(window, "six.png"))
    assert window.answer.digit.text() == "6"


def test_what_was_wrong_with_a_picture_is_no_longer_told_once_another_is_opened(qtbot, window, tmp_path):
    window.notices.tell("The history was damaged.")
    window.opening.bring([tmp_path / "gone.png"])
    qtbot.waitUntil(says(window, "gone.png"))
    window.opening.bring([draw(6)])
    qtbot.waitUntil(shows(window, "6"))
    assert window.notices.text.text() == "The history was damaged."
    window.notices.hide()
    window.opening.bring([tmp_path / "gone.png"])
    qtbot.waitUntil(says(window, "gone.png"))
    assert "damaged" not in window.notices.text.text()
    window.opening.bring([draw(5)])
    qtbot.waitUntil(shows(window, "5"))
    assert window.notices.isHidden()


def test_several_files_that_are_dropped_are_read_in_a_table(qtbot, window, tmp_path):
    data = QMimeData()
    for digit in (3, 5):
        Image.fromarray(draw(digit)).save(tmp_path / f"{digit}.png")
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{digit}.png")) for digit in (3, 5)])
    drop = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    qtbot.waitUntil(lambda: bool(window.findChildren(ResultsDialog)))
    [dialog] = window.findChildren(ResultsDialog)
    qtbot.waitUntil(lambda: "2 digits" in " ".join(label_texts(dialog)), timeout=60_000)
    dialog.close()


def label_texts(dialog):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in dialog.findChildren(QLabel)]


def test_a_picture_is_pasted_and_copied(qtbot, window):
    QGuiApplication.clipboard().setImage(to_image(draw(9)))
    window.do.paste_picture.trigger()
    qtbot.waitUntil(shows(window, "9"))
    QGuiApplication.clipboard().setText("no picture")
    window.do.paste_picture.trigger()
    assert "no picture on the clipboard" in window.notices.text.text()
    window.do.copy_drawing.trigger()
    assert QGuiApplication.clipboard().image().width() == 280
