"""The window *Inside*: maps that follow the pen, maps that are switched off, and how a value comes about."""

import gc
import shutil
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton
from windowing import open_inside, shows, write

from digitpad.models import catalogue
from digitpad.models.inside import Lens
from digitpad.models.model import Model
from digitpad.pad.inside_words import CAN_IT_LIE, DRAW_FIRST, SWITCH_OFF, SWITCH_ON, WITHOUT_LESSONS
from digitpad.pad.mosaics import MAP_COLOURS
from digitpad_desktop.inside import InsideWindow

pytestmark = pytest.mark.usefixtures("own_settings")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def inside(qtbot, window):
    """The window *Inside* of a window in which a 4 was drawn."""
    write(qtbot, window, 4)
    qtbot.waitUntil(shows(window, "4"))
    return open_inside(qtbot, window)


def place_of(layers, layer, channel):
    """A place on a map, two thirds down and to the right."""
    place = layers.places.place_of(layer, channel)
    return QPoint(round(place.left() + place.width() * 0.66), round(place.top() + place.height() * 0.66))


def hover(layers, place):
    """Move the mouse there with no button held."""
    QTest.mouseMove(layers.window().windowHandle(), layers.mapTo(layers.window(), place))


def painted(layers):
    return layers.grab().toImage()


def answers(inside):
    return [float(each) for each in inside.view.inside.layers[-1].maps]


def test_all_maps_follow_the_pen(qtbot, window, inside, monkeypatch):
    monkeypatch.setattr("digitpad.pad.pad.FRAME", np.inf)  # however busy the machine is
    before = painted(inside.layers[0])
    window.do.clear.trigger()
    canvas, line = window.canvas, [QPoint(60, 40 + 20 * step) for step in range(8)]
    qtbot.mousePress(canvas, LEFT, pos=line[0])
    seen = []
    for place in line[1:]:
        qtbot.mouseMove(canvas, place)
        qtbot.waitUntil(lambda: window._pad.is_read)
        assert np.array_equal(inside.view.inside.glyph, window._pad.reading.glyph)
        seen.append(painted(inside.layers[0]))
    qtbot.mouseRelease(canvas, LEFT, pos=line[-1])
    assert all(one != other for one, other in zip([before, *seen], seen, strict=False))
    qtbot.waitUntil(shows(window, "1"))
    assert inside.view.inside.reading.digit == 1


def test_what_is_painted_are_the_values_of_the_maps(qtbot, inside):
    layers, view = inside.layers[0], inside.view
    inside.resize(1920, 1080)
    qtbot.waitUntil(lambda: layers.width() > 900)
    view.point_at(0, 5, 0)
    image = painted(layers)
    made = view.inside.layers[0]
    brightest = int(made.maps.max(axis=(0, 1)).argmax())
    values = made.map(brightest)
    left, top, wide, _ = layers.places.bands[0].place_of(brightest)
    for row, column in (np.unravel_index(values.argmax(), values.shape), (0, 0)):
        x, y = int(left + (column + 0.5) * wide / 26), int(top + (row + 0.5) * wide / 26)
        share = min(values[row, column] / made.scale[1], 1.0)
        assert image.pixelColor(x, y).getRgb()[:3] == pytest.approx(MAP_COLOURS[round(1 + 254 * share)], abs=3)


def test_one_can_draw_on_the_paper_beside_the_layers(qtbot, window):
    inside = open_inside(qtbot, window)
    write(qtbot, inside, 7, scale=1.8)
    qtbot.waitUntil(shows(window, "7"))
    assert inside.view.inside.reading.digit == 7
    assert inside.layers[0].side.inside.reading.digit == 7


def test_a_click_switches_a_map_off_and_another_one_on_again(qtbot, inside):
    layers, whole = inside.layers[0], answers(inside)
    sure = inside.view.inside.reading.confidence
    qtbot.mouseClick(layers, LEFT, pos=place_of(layers, 3, 5))
    assert inside.view.pointed.off == {(3, 5)}
    assert answers(inside) != whole
    assert inside.view.inside.reading.confidence != sure
    assert not inside.view.inside.layers[3].map(5).any()
    assert inside.one_map.switch.text() == SWITCH_ON
    assert inside.do.all_on.isEnabled()
    qtbot.mouseClick(layers, LEFT, pos=place_of(layers, 3, 5))
    assert inside.view.pointed.off == frozenset()
    assert answers(inside) == whole
    assert inside.one_map.switch.text() == SWITCH_OFF


def test_what_is_off_is_crossed_out_and_all_on_puts_all_back(qtbot, inside):
    layers, whole = inside.layers[0], answers(inside)
    before = painted(layers)
    for channel in (3, 9, 20):
        qtbot.mouseClick(layers, LEFT, pos=place_of(layers, 4, channel))
    assert len(inside.view.pointed.off) == 3
    orange = QColor(213, 94, 0)
    image = painted(layers)
    for channel in (3, 9):  # the third one is pointed at too
        corner = layers.places.place_of(4, channel).topLeft().toPoint()
        around = [image.pixelColor(corner + QPoint(x, y)) for x in range(-1, 3) for y in range(-1, 3)]
        assert orange in around
    qtbot.keyClick(inside, Qt.Key.Key_A)
    assert inside.view.pointed.off == frozenset()
    assert answers(inside) == whole
    inside.view.point_at(0, 0, 0)
    hover(layers, QPoint(0, 0))
    assert painted(layers).size() == before.size()
    assert not inside.do.all_on.isEnabled()


def test_what_is_off_stays_off_while_one_draws_on(qtbot, window, inside):
    inside.view.switch(0, 0, 2)
    window.do.clear.trigger()
    write(qtbot, window, 1)
    qtbot.waitUntil(shows(window, "1"))
    assert inside.view.pointed.off == {(0, 2)}
    assert not inside.view.inside.layers[0].map(2).any()
    assert window.answer.digit.text() == "1"  # the pad reads with all of it


def test_pointing_with_the_mouse_shows_the_map_large_with_the_place_under_the_mouse(qtbot, inside):
    layers = inside.layers[0]
    hover(layers, place_of(layers, 1, 7))
    qtbot.waitUntil(lambda: (inside.view.layer, inside.view.channel) == (1, 7))
    assert (inside.view.row, inside.view.column) == layers.places.found(place_of(layers, 1, 7).toPointF())[2:]
    assert {inside.view.row, inside.view.column} <= {7, 8}  # of 12: two thirds
    assert "Map 8 of 32" in inside.one_map.name.text()
    assert "convolution_2" in inside.one_map.name.text()
    value = float(inside.view.inside.layers[1].maps[inside.view.row, inside.view.column, 7])
    assert inside.one_map.map.accessibleName() == f"map 8: {value:.2f}".replace("-", "−")


def test_a_mouse_that_passes_over_maps_on_its_way_points_at_none(qtbot, inside):
    layers = inside.layers[0]
    here = (inside.view.layer, inside.view.channel)
    hover(layers, place_of(layers, 1, 7))
    hover(layers, QPoint(layers.width() - 1, 1))
    qtbot.wait(150)
    assert (inside.view.layer, inside.view.channel) == here


@pytest.mark.parametrize("model", ["classic", "hands"])
def test_formula_numbers_and_map_agree(qtbot, window, inside, model):
    window._use_model(catalogue.find(model))
    view, shown = inside.view, inside.one_map
    for layer in (0, 2):
        view.point_at(0, layer, 11)
        found = view.sum
        by_hand = max(0.0, float((found.patch * found.kernel).sum()) + found.bias)
        value = float(view.inside.layers[layer].maps[view.row, view.column, 11])
        assert by_hand == pytest.approx(value, abs=1e-4 if model == "classic" or layer == 0 else 0.02)
        assert shown.formula.text().endswith(f"= {value:.3f}")
        assert "ReLU" in shown.formula.text()
        assert shown.sum.isVisible()
        assert shown.before.isVisible()
        told = [
            float(part.split(": ")[1].replace("−", "-")) for part in shown.sum.accessibleDescription().split("; ")
        ]
        amounts = found.products.sum(axis=(0, 1))
        assert told[0] == pytest.approx(amounts[np.abs(amounts).argmax()], abs=0.006)


def test_units_pooling_and_the_answer_are_explained_too(qtbot, window, inside):
    window._use_model(catalogue.find("classic"))
    view, shown = inside.view, inside.one_map
    view.point_at(0, 1, 4)  # pooling
    assert shown.formula.text().startswith("the largest of")
    assert shown.sum.isVisible()
    view.point_at(0, 5, 17)  # dense
    assert shown.bars.isVisible()
    assert not shown.map.isVisible()
    assert "bias" in shown.bars.accessibleDescription()
    view.point_at(0, 7, 4)  # softmax
    assert shown.formula.text().startswith("e^")
    assert not shown.switch.isEnabled()


def test_the_maps_that_it_listens_to_lead_there(qtbot, inside):
    inside.view.point_at(0, 2, 30)
    [first, *_] = inside.view.listened_to
    button = inside.one_map.sources[0]
    assert f"map {first.channel + 1}" in button.accessibleName()
    button.click()
    assert (inside.view.layer, inside.view.channel) == (1, first.channel)


def test_all_of_it_by_keyboard(qtbot, window, inside):
    layers, view = inside.layers[0], inside.view
    layers.setFocus()
    qtbot.keyClick(layers, Qt.Key.Key_Home)
    assert view.layer == 0
    channel = view.channel
    qtbot.keyClick(layers, Qt.Key.Key_Right)
    assert view.channel == channel + 1
    qtbot.keyClick(layers, Qt.Key.Key_PageDown)
    assert view.layer == 1
    for _ in range(4):
        qtbot.keyClick(layers, Qt.Key.Key_Down)
    assert view.layer >= 2  # down leads into the layers below
    for _ in range(9):
        qtbot.keyClick(layers, Qt.Key.Key_Up)
    assert view.layer == 0
    qtbot.keyClick(layers, Qt.Key.Key_Space)
    assert view.is_off
    qtbot.keyClick(layers, Qt.Key.Key_A)
    assert not view.is_off
    qtbot.keyClick(layers, Qt.Key.Key_End)
    assert view.layer == len(view.inside.layers) - 1
    qtbot.keyClick(layers, Qt.Key.Key_PageUp)
    view.point_at(0, 1, 3, 5, 5)
    picture = inside.one_map.map
    picture.setFocus()
    qtbot.keyClick(picture, Qt.Key.Key_Down)
    qtbot.keyClick(picture, Qt.Key.Key_Left)
    assert (view.row, view.column) == (6, 4)
    for place in range(inside.tabs.count()):
        qtbot.keyClick(inside, Qt.Key(Qt.Key.Key_1 + place), Qt.KeyboardModifier.ControlModifier)
        assert inside.tabs.currentIndex() == place
    qtbot.keyClick(inside, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not inside.view.inside.glyph.any())
    assert window._pad.drawing.content.is_empty


def test_maps_have_words_for_those_who_cannot_see_them(qtbot, inside):
    layers = inside.layers[0]
    assert layers.accessibleName() == "Layers of hands"
    inside.view.point_at(0, 1, 7)
    assert layers.accessibleDescription().startswith("Map 8 of 32")
    inside.view.switch()
    assert "switched off" in layers.accessibleDescription()
    for widget in (inside.models, inside.beside, inside.canvas, inside.evidence.bars, inside.evidence.all):
        assert widget.accessibleName()
    for button in inside.one_map.findChildren(QToolButton):
        assert button.accessibleName()


def test_two_models_are_seen_side_by_side(qtbot, window, inside):
    inside.beside.setCurrentIndex(inside.beside.findText("classic"))
    inside.beside.activated.emit(inside.beside.currentIndex())
    assert [layers.side.model.name for layers in inside.layers] == ["hands", "classic"]
    first, second = inside.layers
    qtbot.waitUntil(lambda: second.width() > 300)
    assert first.side.inside.reading.digit == second.side.inside.reading.digit == 4
    qtbot.mouseClick(second, LEFT, pos=place_of(second, 0, 3))
    assert second.side.off == {(0, 3)}
    assert first.side.off == frozenset()
    assert "classic" in inside.one_map.name.text()
    inside.beside.activated.emit(0)
    assert len(inside.layers) == 1


def test_another_model_is_chosen_in_either_window(qtbot, window, inside):
    inside.models.activated.emit(inside.models.findText("classic"))
    assert window._pad.recognizer.model.name == "classic"
    assert window.models.currentText() == "classic"
    assert inside.layers[0].side.model.name == "classic"
    window.models.activated.emit(window.models.findText("hands"))
    assert inside.layers[0].side.model.name == "hands"
    assert inside.models.currentText() == "hands"


def test_ones_own_model_is_looked_into(qtbot, window, inside, tmp_path):
    own = tmp_path / "mine.tflite"
    shutil.copy(catalogue.SHIPPED / "classic" / "model.tflite", own)
    window._use_model(own)
    assert inside.layers[0].side.model.name == "mine"
    assert inside.models.currentText() == "mine"
    qtbot.mouseClick(inside.layers[0], LEFT, pos=place_of(inside.layers[0], 2, 3))
    assert inside.view.pointed.off == {(2, 3)}


def test_a_model_whose_file_has_gone_is_said_and_the_other_stays(qtbot, window, inside, tmp_path):
    own = tmp_path / "mine.tflite"
    shutil.copy(catalogue.SHIPPED / "classic" / "model.tflite", own)
    model = Model(own)
    own.unlink()
    inside.beside.addItem("mine", model)
    inside.beside.activated.emit(inside.beside.count() - 1)
    assert "mine.tflite" in inside.notices.text.text()
    assert len(inside.layers) == 1
    window._use_model(model)
    assert "mine.tflite" in inside.notices.text.text()
    assert inside.layers[0].side.model.name == "hands"
    assert window._pad.recognizer.model.name == "mine"  # which reads on
    inside.close()
    window.notices.hide()
    window.show_inside()
    assert "mine.tflite" in window.notices.text.text()


def test_there_is_one_window_and_it_takes_nothing_once_it_is_closed(qtbot, window, inside):
    window.show_inside()
    assert len(window.findChildren(InsideWindow)) == 1
    inside.beside.activated.emit(1)
    lenses = [weakref.ref(side.lens) for side in inside.view.sides]
    own = {id(side.lens) for side in inside.view.sides}
    of_others = {id(each) for each in gc.get_objects() if isinstance(each, Lens)} - own  # other tests may hold some
    heard = len(window._pad._listeners)
    inside.close()
    assert len(window._pad._listeners) == heard - 2  # the window's and its canvas'
    qtbot.waitUntil(lambda: not window.findChildren(InsideWindow))
    write(qtbot, window, 7)
    gc.collect()
    assert not any(lens() for lens in lenses)
    assert {id(each) for each in gc.get_objects() if isinstance(each, Lens)} <= of_others
    window.activateWindow()
    again = open_inside(qtbot, window)
    assert again.view.inside.glyph.any()


def test_the_pad_closes_it_too(qtbot, window, inside):
    window.close()
    assert not inside.isVisible()


def test_it_is_said_that_what_was_taught_is_left_out(qtbot, window, inside):
    write(qtbot, window, 4)
    qtbot.waitUntil(shows(window, "4"))
    assert WITHOUT_LESSONS not in inside.notices.text.text()
    window._pad.teach(7)
    qtbot.waitUntil(lambda: WITHOUT_LESSONS in inside.notices.text.text())
    assert inside.view.inside.reading.digit == 4
    window._pad.unteach()
    qtbot.waitUntil(lambda: WITHOUT_LESSONS not in inside.notices.text.text())


def test_pen_and_eraser_are_those_of_the_pad(qtbot, window, inside):
    assert inside.do.tools.pen.isChecked()
    qtbot.waitUntil(inside.isActiveWindow)
    qtbot.keyClick(inside.canvas, Qt.Key.Key_E)
    assert inside.do.tools.eraser.isChecked()
    assert window.do.tools.eraser.isChecked()
    assert window._pad.erases
    names = {button.text().replace("&", "") for button in inside.findChildren(QToolButton)}
    assert {"Pen", "Eraser", "Undo", "Redo", "Clear"} <= names


def test_a_presentation_is_large_and_without_controls_and_escape_leaves_it(qtbot, inside):
    letters = inside.layers[0].font().pointSizeF()
    qtbot.keyClick(inside, Qt.Key.Key_F11)
    assert inside.isFullScreen()
    for part in (inside.menuBar(), inside.models, inside.beside, inside.one_map.switch, inside.tabs.tabBar()):
        assert not part.isVisible()
    assert inside.layers[0].isVisible()
    assert inside.canvas.isVisible()
    qtbot.keyClick(inside.layers[0], Qt.Key.Key_Escape)
    assert not inside.isFullScreen()
    assert inside.models.isVisible()
    assert inside.one_map.switch.isVisible()
    assert inside.layers[0].font().pointSizeF() == letters


@pytest.mark.parametrize("size", [(960, 640), (1920, 1080)])
def test_a_small_and_a_large_window_show_all_layers_and_scroll_only_down(qtbot, inside, size):
    inside.resize(*size)
    qtbot.waitUntil(lambda: (inside.width(), inside.height()) == size)
    for place in range(inside.tabs.count()):
        inside.tabs.setCurrentIndex(place)
        qtbot.wait(20)
        for area in inside.findChildren(QScrollArea):
            assert not area.isVisible() or not area.horizontalScrollBar().isVisible()
        page = inside.tabs.currentWidget().widget()
        assert page.minimumSizeHint().width() <= page.width()
    layers = inside.layers[0]
    last = layers.places.place_of(len(layers.side.inside.layers) - 1, 10)
    assert layers.rect().contains(last.toRect())


def test_no_height_leaves_a_page_without_rest(qtbot, inside):
    """Where a page just fits, the scroll bar must not come and go for ever."""
    for place in range(inside.tabs.count()):
        inside.tabs.setCurrentIndex(place)
        for height in range(560, 1000, 40):
            inside.resize(960, height)
            QApplication.processEvents()
        assert inside.isVisible()


def test_in_the_dark_the_colours_are_those_for_the_dark(qtbot, inside):
    light = painted(inside.layers[0])
    inside.setPalette(QPalette(QColor("#202124")))
    dark = painted(inside.layers[0])
    place = inside.layers[0].places.place_of(len(inside.view.inside.layers) - 1, 4).center().toPoint()
    bar = QPoint(place.x(), round(inside.layers[0].places.top_of(len(inside.view.inside.layers) - 1)) + 3)
    assert light.pixelColor(bar) == QColor(0, 114, 178)
    assert dark.pixelColor(bar) == QColor(86, 180, 233)


def test_of_several_digits_the_one_that_is_pointed_at_is_looked_into(qtbot, window):
    for place, digit in enumerate((4, 2)):
        write(qtbot, window, digit, scale=1.6, left=20 + place * 130, top=60)
    qtbot.waitUntil(shows(window, "42"))
    inside = open_inside(qtbot, window)
    for place, digit in enumerate((4, 2)):
        window._pad.point_at(place)
        assert inside.view.inside.reading.digit == digit
        qtbot.waitUntil(lambda: bool(inside.steps.rows.names))


def test_an_empty_paper_is_looked_into_too(qtbot, window):
    inside = open_inside(qtbot, window)
    assert inside.view.is_empty
    assert not painted(inside.layers[0]).isNull()
    inside.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: inside.why.notice.text() == DRAW_FIRST)
    write(qtbot, window, 4)
    qtbot.waitUntil(inside.why.picture.isVisible)
    window.do.clear.trigger()
    qtbot.waitUntil(lambda: not inside.why.picture.isVisible())


def test_the_steps_from_the_drawing_to_the_glyph_are_told(qtbot, inside):
    qtbot.waitUntil(lambda: len(inside.steps.rows.names) == 5)
    assert inside.steps.rows.names == ["Picture", "Ink", "One stroke width", "Box", "Centre of mass"]


def test_the_evidence_of_each_digit_sums_to_what_softmax_takes(qtbot, inside):
    qtbot.keyClick(inside, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    evidence, made = inside.evidence, inside.view.inside
    assert evidence.digits.currentText() == "4"
    told = dict(part.split(": ") for part in evidence.bars.accessibleDescription().split(", "))
    logit = float(made.layers[made.last].maps[4])
    assert float(told["sum"].replace("−", "-")) == pytest.approx(logit, abs=0.006)
    qtbot.waitUntil(lambda: evidence.all.height() > 100)
    qtbot.mouseClick(evidence.all, LEFT, pos=QPoint(50, evidence.all.height() * 15 // 22))
    assert evidence.digits.currentText() == "7"
    qtbot.keyClick(evidence.bars, Qt.Key.Key_Return)
    assert inside.view.layer == made.last - 1


def test_can_such_a_picture_lie_shows_the_map_of_shuffled_weights_beside_it(qtbot, inside):
    why = inside.why
    inside.tabs.setCurrentIndex(2)
    assert why.can_lie.text() == CAN_IT_LIE
    assert not why.shuffled.isVisible()
    why.can_lie.click()
    assert why.shuffled.isVisible()
    assert why.shuffled.x() > why.picture.x()
    assert why.shuffled.grab().toImage() != why.picture.grab().toImage()
    assert "shuffled" in why.lie.text()
    for method in range(why.method.count()):
        why.method.setCurrentIndex(method)
        why.method.activated.emit(method)
        assert why.source.text().lower().startswith(why.method.itemText(method))
    why.can_lie.click()
    assert not why.shuffled.isVisible()


def test_the_neighbours_are_digits_that_the_network_finds_alike(qtbot, window, inside):
    qtbot.keyClick(inside, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    found = inside.neighbours.rows.names
    assert len(found) > 3
    assert found[0] == "4"
    window.do.clear.trigger()
    write(qtbot, window, 7)
    qtbot.waitUntil(lambda: inside.neighbours.rows.names[:1] == ["7"])
    window.do.clear.trigger()
    qtbot.waitUntil(lambda: inside.neighbours.rows.names == [])
    assert inside.neighbours.words.text() == DRAW_FIRST


def test_of_the_model_beside_it_is_told_why_too(qtbot, window, inside):
    inside.beside.activated.emit(inside.beside.findText("classic"))
    inside.tabs.setCurrentIndex(2)
    inside.view.point_at(1, 0, 0)
    qtbot.waitUntil(lambda: inside.why.digit.findText("no digit") < 0)  # of which classic knows nothing
    inside.view.point_at(0, 0, 0)
    qtbot.waitUntil(lambda: inside.why.digit.findText("no digit") > 0)


def test_why_is_said_over_the_drawing_and_another_digit_can_be_asked_for(qtbot, window, inside):
    why = inside.why
    qtbot.keyClick(inside, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert why.asked.text() == "Why a 4?"
    assert why.sentence.text()
    assert "Zeiler" in why.source.text()
    plain = why.picture.grab().toImage()
    why.against.setCurrentIndex(why.against.findText("7"))
    why.against.activated.emit(why.against.currentIndex())
    assert why.asked.text() == "Why a 4 rather than a 7?"
    assert why.picture.grab().toImage() != plain
    why.digit.setCurrentIndex(why.digit.findText("no digit"))
    why.digit.activated.emit(why.digit.currentIndex())
    assert "no digit" in why.asked.text()
    window._use_model(catalogue.find("classic"))  # which does not know it
    qtbot.waitUntil(lambda: why.digit.findText("no digit") < 0)
    assert why.asked.text().startswith("Why a 4")
