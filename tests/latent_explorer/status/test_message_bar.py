"""Messages: how long they stay, and copying, answering and closing them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from latent_explorer.core.notifications import Notifications
from latent_explorer.status.message_bar import MessageBar


@pytest.fixture
def notifications():
    return Notifications()


@pytest.fixture
def bar(qtbot, notifications):
    host = QWidget()
    qtbot.addWidget(host)
    # Another widget has the focus, as in the real window.
    field = QLineEdit(host)
    made = MessageBar(notifications, host)
    column = QVBoxLayout(host)
    column.addWidget(made)
    column.addWidget(field)
    host.resize(800, 100)
    host.show()
    field.setFocus()
    QTest.mouseMove(host, QPoint(798, 98))  # move the pointer away: a message under it would stay
    yield made
    host.close()


def test_hidden_until_there_is_something_to_say(bar, notifications):
    assert not bar.isVisible()
    notifications.post("error", "The folder is empty.")
    assert bar.isVisible()
    assert bar.sentence.text() == "The folder is empty."
    assert bar.accessibleName() == "Error: The folder is empty."
    assert not bar.more.isVisible()


def test_early_messages_are_shown(qtbot):
    early = Notifications()
    early.post("warning", "3 files were skipped.")
    bar = MessageBar(early)
    qtbot.addWidget(bar)
    assert bar.isVisible()


def test_errors_stay_and_infos_leave(qtbot, bar, notifications):
    bar._timer.setInterval(10)
    notifications.post("error", "Wrong.")
    assert not bar._timer.isActive()
    notifications.post("info", "Saved.")
    qtbot.waitUntil(lambda: bar.sentence.text() == "Wrong.")
    assert bar.isVisible()


def test_an_info_waits_while_the_keyboard_is_in_it(qtbot, bar, notifications):
    notifications.post("info", "Saved.")
    bar.activateWindow()
    bar.copy.setFocus()
    qtbot.waitUntil(bar.copy.hasFocus)
    bar._expire()
    assert bar.isVisible()
    bar.copy.clearFocus()
    bar._expire()
    assert not bar.isVisible()


def test_details_and_copy(qtbot, bar, notifications):
    notifications.post("error", "Wrong.", "Traceback: line 1")
    assert not bar.details.isVisible()
    qtbot.mouseClick(bar.more, Qt.MouseButton.LeftButton)
    assert bar.details.isVisible()
    assert bar.details.toPlainText() == "Traceback: line 1"
    qtbot.mouseClick(bar.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Wrong.\n\nTraceback: line 1"


def test_others_are_counted_and_come_back(qtbot, bar, notifications):
    notifications.post("error", "First.")
    notifications.post("error", "Second.")
    assert bar.others.text() == "1 more"
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.sentence.text() == "First."
    assert not bar.others.isVisible()
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_equal_messages_are_merged(bar, notifications):
    for _ in range(3):
        notifications.post("error", "The disk is full.")
    assert bar.sentence.text() == "The disk is full. (3 times)"
    assert len(bar.messages) == 1


def test_a_closed_message_is_news_again(bar, notifications):
    notifications.post("error", "The disk is full.")
    bar.dismiss()
    notifications.post("error", "The disk is full.")
    assert bar.sentence.text() == "The disk is full."


def test_actions_are_answered(qtbot, bar, notifications):
    notifications.post("info", "Older.")
    notifications.post("error", "No images.", actions=(("Choose folder…", "choose"), ("Ignore", "ignore")))
    button = bar.findChild(QPushButton, "messageAction1")
    assert button.text() == "Ignore"
    with qtbot.waitSignal(notifications.action_chosen) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == ["ignore"]
    assert not bar.isVisible()


def test_a_question_stays_behind_what_comes_after_it(qtbot, bar, notifications):
    notifications.post("info", "An unfinished run was found.", actions=(("Open it", "recover-run"),))
    notifications.post("info", "Saved.")
    assert bar.sentence.text() == "Saved."
    bar._timer.setInterval(10)
    bar._timer.start()
    qtbot.waitUntil(lambda: bar.sentence.text() == "An unfinished run was found.")
    assert not bar._timer.isActive()
    assert bar.findChild(QPushButton, "messageAction0").text() == "Open it"


def test_what_there_is_to_read_of_the_data_is_not_lost_behind_what_went_well(qtbot, bar, notifications):
    notifications.post("info", "3 rows name no image.", "x.jpg, y.jpg", about="data")
    notifications.post("info", "One in ten is held out.", about="data")
    notifications.post("info", "The selection is kept.")
    assert bar.others.text() == "2 more"
    bar._timer.setInterval(10)
    bar._timer.start()
    qtbot.waitUntil(lambda: bar.sentence.text() == "3 rows name no image.")
    assert not bar._timer.isActive()  # its details are still to be read
    assert bar.more.isVisible()
    notifications.outdate("data")
    assert not bar.isVisible()


def test_messages_that_differ_in_figures_are_one_and_nothing_is_lost(bar, notifications):
    notifications.post("warning", "3 files were left out.", "a.png")
    notifications.post("error", "The disk is full.")
    notifications.post("warning", "1,200 files were left out.", "b.png")
    notifications.post("error", "3 files were left out.")
    assert [message.sentence for message in bar.messages] == [
        "The disk is full.",
        "1,200 files were left out.",
        "3 files were left out.",
    ]
    bar.dismiss()
    assert bar.sentence.text() == "1,200 files were left out. (the last of 2 alike)"
    assert "b.png" in bar.details.toPlainText()
    assert "3 files were left out." in bar.details.toPlainText()


def test_what_is_out_of_date_goes(bar, notifications):
    notifications.post("error", "The disk is full.")
    notifications.post("warning", "3 files were left out of Cats.", about="data")
    notifications.post("error", "The loss is not finite.", about="run")
    notifications.outdate("data")
    assert bar.sentence.text() == "The loss is not finite."
    assert bar.others.text() == "1 more"
    notifications.outdate("run")
    assert bar.sentence.text() == "The disk is full."
    notifications.outdate("run")
    assert bar.isVisible()


def test_early_messages_go_out_of_date_too(qtbot):
    early = Notifications()
    early.post("warning", "3 files were left out.", about="data")
    early.outdate("data")
    bar = MessageBar(early)
    qtbot.addWidget(bar)
    assert not bar.isVisible()


def test_all_are_closed_at_once(qtbot, bar, notifications):
    notifications.post("error", "First.")
    assert not bar.close_all.isVisible()
    notifications.post("error", "Second.")
    qtbot.mouseClick(bar.close_all, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert bar.messages == []


def test_a_message_neither_takes_the_focus_nor_the_button_under_the_hand(qtbot, bar, notifications):
    field = bar.parentWidget().findChild(QLineEdit)
    bar.parentWidget().activateWindow()
    qtbot.waitUntil(field.hasFocus)
    notifications.post("warning", "New data replace the run.", actions=(("Replace it", "replace"),))
    assert field.hasFocus()
    button = bar.findChild(QPushButton, "messageAction0")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    notifications.post("error", "The disk is full.")
    assert button.hasFocus()
    assert bar.sentence.text() == "New data replace the run."
    assert bar.others.text() == "1 more"
    with qtbot.waitSignal(notifications.action_chosen) as heard:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert heard.args == ["replace"]
    assert bar.sentence.text() == "The disk is full."
