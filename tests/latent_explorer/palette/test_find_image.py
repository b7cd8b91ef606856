"""Finding an image: by number, class and file name, with real keys, among very many."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.palette.find_image import FindImage, image_words
from latent_explorer.palette.image_search import Found, ImageSearch, number_in
from tests.latent_explorer.build import explorer_state, pane_state


def found(data: DataView, typed: str) -> Found:
    return [step for step in ImageSearch(data).steps(typed) if step is not None][-1]


def data_of(explorer: ExplorerState) -> DataView:
    assert explorer.data is not None
    return explorer.data


@pytest.mark.parametrize(
    "typed", ["1234", "1,234", "１２３４", "１，２３４", "1.234", "1 234", "1’234", " #1234 "]
)
def test_numbers_as_people_write_them(typed: str):
    assert number_in(typed) == 1234


@pytest.mark.parametrize("typed", ["", "12a", "1,23", "-3", "1234567890123456789", "½"])
def test_what_is_no_number(typed: str):
    assert number_in(typed) is None


def test_a_number_is_that_of_the_source():
    data = data_of(explorer_state(count=200))
    rows = np.random.default_rng(0).permutation(5000)[:200]
    data = replace(data, source_rows=rows, label_names=tuple("abcdefghij"))
    assert found(data, f"{rows[17]:,}").rows.tolist() == [17]
    assert found(data, "4999999").total == 0


def test_every_word_is_in_class_or_file():
    data = data_of(explorer_state(count=4, classes=2))
    files = ("Tom & Jerry/Käse 1.png", "cat/käse 2.png", "cat/x.png", "dog/y.png")
    data = replace(data, files=files, labels=np.array([0, 1, 1, -1]), label_names=("Tom & Jerry", "cat"))
    assert found(data, "tom &").rows.tolist() == [0]
    assert found(data, unicodedata.normalize("NFD", "KÄSE")).rows.tolist() == [0, 1]
    assert found(data, "cat käse").rows.tolist() == [1]
    assert found(data, "cat").rows.tolist() == [1, 2]
    assert found(data, "dog").rows.tolist() == [3]
    assert found(data, ".png").total == 4


def test_a_whole_class_name_goes_before_parts_and_an_exact_number_before_all():
    data = data_of(explorer_state(count=6, classes=3))
    data = replace(data, labels=np.array([1, 1, 0, 0, 2, 2]), label_names=("2", "12", "x"))
    assert found(data, "2").rows.tolist() == [2, 3, 0, 1]
    assert found(data, "12").rows.tolist() == [0, 1]
    assert found(data, "4").rows.tolist() == [4]


def test_no_freeze_at_ten_thousand_classes_and_seventy_thousand_files():
    data = data_of(explorer_state(count=70_000))
    labels = np.arange(70_000) % 10_000
    data = replace(
        data,
        labels=labels,
        label_names=tuple(f"class {number}" for number in range(10_000)),
        files=tuple(f"folder {number % 100}/picture {number}.png" for number in range(70_000)),
    )
    search = ImageSearch(data)
    longest = []
    for typed in ("class", "png", "class 77 picture", "class 9999"):
        start = time.thread_time()
        for step in search.steps(typed):
            longest.append(time.thread_time() - start)
            if step is not None:
                result = step
            start = time.thread_time()
    assert result.rows[:7].tolist() == [9999 + 10_000 * turn for turn in range(7)]
    assert sorted(longest)[-2] < 0.1  # steps of a few ms, with room for slow machines
    whole = found(data, "png")
    assert (len(whole.rows), whole.total) == (200, 70_000)


class Desk:
    def __init__(self, qtbot: QtBot, count: int = 2000) -> None:
        self.explorer = explorer_state(count=count)
        self.panes = (pane_state(0, count=count), pane_state(1, count=count))
        self.wanted: list[tuple[int, np.ndarray]] = []
        self.looked: list[ViewTransform] = []
        for pane in self.panes:
            pane.set_view(ViewTransform(400, 300))
            pane.code_wanted.connect(lambda code, pane=pane: self.wanted.append((pane.index, code)))
            pane.look_requested.connect(self.looked.append)
        self.window = QWidget()
        self.window.resize(800, 600)
        qtbot.addWidget(self.window)
        self.window.show()
        self.bot = qtbot

    def open(self) -> FindImage:
        finder = FindImage(self.explorer, self.panes, self.window)
        finder.open_over(self.window)
        return finder


def test_enter_goes_to_the_image_in_both_maps(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    finder = desk.open()
    QTest.keyClicks(finder.field, "1,234")
    qtbot.waitUntil(lambda: not finder.searching)
    assert finder.count.text() == "1 found"
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert desk.explorer.picked == 1234
    assert [index for index, _ in desk.wanted] == [1, 0]
    for index, code in desk.wanted:
        codes = desk.panes[index].codes
        assert codes is not None
        np.testing.assert_array_equal(code, codes.codes[1234])


def test_a_map_that_does_not_show_it_is_moved(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    pane: PaneState = desk.panes[0]
    assert pane.codes is not None
    pane.set_view(ViewTransform(400, 300, 1000.0, 1000.0, 50.0))
    finder = desk.open()
    QTest.keyClicks(finder.field, "7")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert [(view.x, view.y) for view in desk.looked] == [tuple(map(float, pane.codes.points[7]))]
    assert desk.looked[0].scale == 50.0


def test_many_are_counted_and_the_keyboard_moves_among_them(qtbot: QtBot) -> None:
    desk = Desk(qtbot, 20_000)
    finder = desk.open()
    assert finder.count.text() == "200 of 20,000"
    QTest.keyClicks(finder.field, "nothing at all")
    qtbot.waitUntil(lambda: not finder.searching)
    assert finder.count.text() == "No image"
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert desk.explorer.picked is None
    finder.field.clear()
    qtbot.waitUntil(lambda: not finder.searching)
    for _ in range(3):
        QTest.keyClick(finder.field, Qt.Key.Key_Down)
    QTest.keyClick(finder.field, Qt.Key.Key_Up)
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert desk.explorer.picked == 2


def test_a_click_takes_it(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    finder = desk.open()
    index = finder.rows.index(3)
    place = finder.list.visualRect(index).center()
    QTest.mouseClick(finder.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.explorer.picked == 3


def test_a_line_says_number_class_file_and_split(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    data = data_of(desk.explorer)
    label = data.label(1500)
    assert image_words(1500, desk.explorer) == ("1,500", label, "", "held-out")
    assert image_words(3, desk.explorer)[3] == "training"


def test_without_data_there_is_a_sentence(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    finder = FindImage(ExplorerState(), (), window)
    finder.open_over(window)
    assert finder.count.text() == "There are no images yet."
    QTest.keyClicks(finder.field, "7")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
