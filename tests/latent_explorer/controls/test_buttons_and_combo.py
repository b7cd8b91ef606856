from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt
from PySide6.QtWidgets import QApplication, QStyledItemDelegate

from latent_explorer.appearance.stylesheet import put_on, stylesheet
from latent_explorer.appearance.theme import theme
from latent_explorer.controls.combo import Combo
from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.labelled_button import LabelledButton
from latent_explorer.panes.colour_menu import ColourMenu
from latent_explorer.toolbar.data_menu import DataMenu
from tests.latent_explorer.build import explorer_state
from tests.latent_explorer.wheel import turn_wheel


def test_icons_follow_the_appearance(qtbot) -> None:
    button = LabelledButton("play", "Train", role="primary")
    plain = IconButton("fit", "Fit")
    qtbot.addWidget(button)
    qtbot.addWidget(plain)
    theme().set_appearance("dark")
    dark = [b.icon().pixmap(16).toImage() for b in (button, plain)]
    theme().set_appearance("light")
    light = [b.icon().pixmap(16).toImage() for b in (button, plain)]
    theme().set_appearance("dark")
    assert all(one != other for one, other in zip(dark, light, strict=True))
    assert plain.accessibleName() == plain.toolTip() == "Fit"


def test_a_menu_that_opens_again_and_again_keeps_nothing(qtbot) -> None:
    explorer = explorer_state(count=20)
    colours, data = ColourMenu(explorer), DataMenu(explorer)
    for button, menu in ((colours, colours.menu_shown), (data, data.menu())):
        qtbot.addWidget(button)
        counts = []
        for _ in range(4):
            menu.aboutToShow.emit()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            counts.append(len(menu.findChildren(QObject)))
        assert menu.actions()
        assert len(set(counts)) == 1


def test_a_combo_shows_what_is_set(qtbot) -> None:
    combo = Combo((("One", 1, "first"), ("Two", (2, 3), "second")))
    qtbot.addWidget(combo)
    combo.choose((2, 3))
    assert combo.currentText() == "Two"
    assert combo.itemData(0, Qt.ItemDataRole.ToolTipRole) == "first"
    assert isinstance(combo.itemDelegate(), QStyledItemDelegate)


def test_a_list_shows_its_last_line_whole(qtbot) -> None:
    theme().set_appearance("dark")
    put_on(QApplication.instance(), stylesheet(theme().tokens))
    combo = Combo(tuple((f"Choice {number}", number, "") for number in range(6)))
    qtbot.addWidget(combo)
    combo.show()
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(lambda: view.isVisible())
    QApplication.processEvents()
    last = view.visualRect(view.model().index(5, 0))
    assert view.viewport().rect().contains(last)
    combo.hidePopup()
    QApplication.instance().setStyleSheet("")


def test_the_wheel_passes_over_a_control_without_the_focus(qtbot) -> None:
    combo = Combo((("One", 1, ""), ("Two", 2, "")))
    qtbot.addWidget(combo)
    event = turn_wheel(combo, QPointF(5, 5), -120)
    assert combo.currentIndex() == 0
    assert not event.isAccepted()
