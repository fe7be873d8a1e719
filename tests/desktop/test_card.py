"""A model's card as a person reads it."""

import json
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QFormLayout, QLabel

from digitpad.models import catalogue
from digitpad.models.card import DIGITS_MEANING, NO_CARD, PICTURES
from digitpad.models.mistakes import MISTAKES_FILE
from digitpad.models.model import Model
from digitpad.pad.confusion import CONFUSION
from digitpad_desktop.card import CardDialog, Picture
from digitpad_desktop.charts import MisreadBars


@pytest.fixture
def folder(tmp_path):
    """A model of the user's own: a copy of the one that ships."""
    return shutil.copytree(catalogue.SHIPPED / "hands", tmp_path / "mine")


def texts(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def tabs(dialog):
    return [dialog.tabs.tabText(index) for index in range(dialog.tabs.count())]


def write_card(folder, **changes):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**card, **changes}))


def test_the_card_says_what_is_known_in_words(qtbot, folder):
    write_card(
        folder,
        weights=210539,
        seconds=5700,
        seed=12345,
        finished="2026-11-23T06:05:35+00:00",
        test={"accuracy": 0.9943, "accuracy_per_digit": [0.99] * 9 + [0.975]},
        held_out_symbols_turned_away=0.94375,
    )
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    shown = texts(dialog)
    for value in (
        "mine",
        "hands",
        "210,539",
        "1 hour 35 minutes",
        "12345",
        "2026-11-23",
        "99.43 %",
        "94.38 %",
    ):
        assert value in shown
    assert any(text.startswith("MNIST, pen strokes") for text in shown)
    assert any("TensorFlow 2." in text for text in shown)
    [bars] = dialog.findChildren(MisreadBars)
    assert "9: 25" in bars.accessibleDescription()


def test_every_shipped_model_has_a_card_that_fits_a_small_screen(qtbot):
    for name in ("classic", "hands"):
        dialog = CardDialog(catalogue.find(name))
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.width() <= 800
        assert dialog.height() <= 600
        assert dialog.minimumSizeHint().height() <= 600


def test_what_the_card_lacks_is_left_out(qtbot, folder):
    card = {"model_sha256": json.loads((folder / "card.json").read_text())["model_sha256"], "epochs": 3}
    (folder / "card.json").write_text(json.dumps(card))
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    assert {"Epochs", "3"} <= set(texts(dialog))
    assert not {"Seed", "How well it reads"} & set(texts(dialog))
    assert not dialog.findChildren(MisreadBars)


@pytest.mark.parametrize("senseless", ["many", None, [], {}, True, float("nan"), {"accuracy": "all"}, [2.0] * 10])
def test_a_senseless_value_is_as_if_it_were_not_there(qtbot, folder, senseless):
    names = ("network", "weights", "data", "seed", "epochs", "seconds", "finished", "versions", "test", "validation")
    write_card(folder, **dict.fromkeys(names, senseless))
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    assert "mine" in texts(dialog)


def test_a_model_without_a_card_says_so(qtbot, folder):
    (folder / "card.json").unlink()
    for picture in folder.glob("*.png"):
        picture.unlink()
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    assert NO_CARD in texts(dialog)
    assert tabs(dialog) == ["Card"]


def test_the_pictures_of_a_training_are_shown_on_white_as_large_as_they_fit(qtbot, folder):
    picture = QImage(400, 200, QImage.Format.Format_ARGB32)
    picture.fill(QColor("red"))
    for name in ("curves", "worst", "architecture", "calibration"):
        picture.save(str(folder / f"{name}.png"))
    (folder / "worst.png").write_bytes(b"damaged")
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    assert tabs(dialog) == ["Card", "Confusion", "Curves", "Architecture", "Calibration"]
    dark = QPalette(QColor("#202020"))
    dialog.setPalette(dark)
    dialog.show()
    dialog.tabs.setCurrentIndex(2)
    [shown] = dialog.tabs.currentWidget().findChildren(Picture)
    assert shown.accessibleName()
    image = shown.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) == QColor("red")
    assert image.pixelColor(1, image.height() // 2) == QColor("red")
    assert image.pixelColor(image.width() // 2, 1) == QColor("white")


def test_a_model_without_its_misread_digits_has_no_confusion_matrix(qtbot, folder):
    (folder / MISTAKES_FILE).unlink()
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    assert CONFUSION.title not in tabs(dialog)
    assert "Curves" in tabs(dialog)


def test_the_keyboard_walks_the_tabs_and_closes(qtbot, folder):
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.save(str(folder / "curves.png"))
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.tabs, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert dialog.tabs.currentIndex() == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_each_value_has_its_name_for_those_who_hear_the_screen(qtbot, folder):
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    [form] = dialog.findChildren(QFormLayout)
    labels = [form.itemAt(row, QFormLayout.ItemRole.LabelRole) for row in range(form.rowCount())]
    names = {item.widget().text(): item.widget().buddy().text() for item in labels if item is not None}
    assert names["Network"] == "hands"
    assert len(names) > 10


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_each_picture_stands_below_what_there_is_to_be_learned_from_it(qtbot, name):
    dialog = CardDialog(catalogue.find(name))
    qtbot.addWidget(dialog)
    dialog.show()
    assert tabs(dialog) == ["Card", CONFUSION.title, *(what.title for what in PICTURES)]
    for index, what in enumerate(PICTURES, 2):
        dialog.tabs.setCurrentIndex(index)
        page = dialog.tabs.currentWidget()
        explanation = page.findChildren(QLabel)[0]
        [picture] = page.findChildren(Picture)
        assert explanation.text() == what.explanation
        assert explanation.height() >= explanation.heightForWidth(explanation.width())  # all of it is seen
        assert picture.y() >= explanation.geometry().bottom()
        assert picture.height() > 300


def test_the_bars_of_misread_digits_begin_at_nothing(qtbot):
    """A bar twice as long is twice as many."""
    bars = MisreadBars([0, 20, 40, *[5] * 7])
    qtbot.addWidget(bars)
    bars.resize(600, 200)
    image = bars.grab().toImage()
    colour = bars.palette().highlight().color()
    long = [sum(image.pixelColor(60 * digit + 30, y) == colour for y in range(200)) for digit in range(10)]
    assert long[0] == 0
    assert long[2] == pytest.approx(2 * long[1], abs=2)
    assert long[1] == pytest.approx(4 * long[3], abs=4)


def test_the_card_says_what_the_bars_of_the_digits_are(qtbot, folder):
    dialog = CardDialog(Model(folder))
    qtbot.addWidget(dialog)
    assert DIGITS_MEANING in texts(dialog)
