"""Tool tips: every letter as it is, in lines that can be read, of widgets, tabs, menus and lists alike."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QFontMetricsF, Qt, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMenu, QTabBar, QToolTip, QVBoxLayout, QWidget

from latent_explorer.controls.tool_tips import TERMS, WIDTH, ToolTips, laid_out
from tests.latent_explorer.tips import ask_tip

NAMES = ("a&b", "&amp;", "&lt;", "<b>x</b>", "<img src=x>", "R&D <i>x", "&&", "<", "Loss < 3, and β > 0", "plain")
LONG = "The share of real pictures that have a sample nearer than their fifth real neighbour, of all. " * 4


@pytest.fixture
def tips(qtbot):
    holder = QObject()
    yield ToolTips(holder)
    QToolTip.hideText()
    holder.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def letters(tip: str) -> str:
    """What Qt makes of a tool tip, by its own reading of HTML."""
    return QTextDocumentFragment.fromHtml(tip).toPlainText() if Qt.mightBeRichText(tip) else tip


@pytest.fixture
def host(qtbot):
    made = QWidget()
    made.setLayout(QVBoxLayout())
    qtbot.addWidget(made)
    made.resize(400, 200)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_a_tip_shows_a_name_as_it_is(qtbot, tips, host, name):
    label = QLabel("x", host)
    host.layout().addWidget(label)
    host.show()
    label.setToolTip(f"Image of\n{name}")
    ask_tip(label)
    assert letters(QToolTip.text()) == f"Image of\n{name}"


def test_lines_are_no_wider_than_can_be_read(qtbot):
    for text in (LONG, LONG.replace("share", "<b>share</b>"), "所有真实图片中最近邻样本的比例。" * 20):
        lines = letters(laid_out(text)).split("\n")
        assert len(lines) > 2
        assert all(QFontMetricsF(QToolTip.font()).horizontalAdvance(line) < 1.3 * WIDTH for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_of_their_own_stay(qtbot):
    assert laid_out("one\n\ntwo") == "one\n\ntwo"


def test_a_widget_without_a_tip_leaves_it_to_its_parent(qtbot, tips, host):
    label = QLabel("x", host)
    host.layout().addWidget(label)
    host.setToolTip("The parent's.")
    host.show()
    ask_tip(label)
    assert QToolTip.text() == "The parent's."


def test_tabs_entries_and_items(qtbot, tips, host):
    bar, items, menu = QTabBar(host), QListWidget(host), QMenu(host)
    for widget in (bar, items):
        host.layout().addWidget(widget)
    bar.setTabToolTip(bar.addTab("Loss"), "<i>Loss</i>")
    items.addItem("one")
    items.item(0).setToolTip("<i>one</i>")
    host.show()
    ask_tip(bar, bar.tabRect(0).center())
    assert letters(QToolTip.text()) == "<i>Loss</i>"
    ask_tip(items.viewport(), items.visualItemRect(items.item(0)).center())
    assert letters(QToolTip.text()) == "<i>one</i>"
    menu.setToolTipsVisible(True)
    reported, silent = menu.addAction("&Told"), menu.addAction("&Silent")
    reported.setToolTip("<i>told</i>")
    menu.popup(host.mapToGlobal(QPoint(0, 0)))
    ask_tip(menu, menu.actionGeometry(reported).center())
    assert letters(QToolTip.text()) == "<i>told</i>"
    ask_tip(menu, menu.actionGeometry(silent).center())
    assert not QToolTip.isVisible() or letters(QToolTip.text()) != "Silent"
    menu.close()


def test_a_number_says_where_there_is_more(qtbot, tips, host):
    label = QLabel("0.97", host)
    host.layout().addWidget(label)
    host.show()
    label.setToolTip("AUROC.")
    ask_tip(label)
    assert QToolTip.text() == "AUROC."
    label.setProperty(TERMS, "auroc")
    ask_tip(label)
    assert QToolTip.text().endswith("Shift+F1: more in the glossary")
