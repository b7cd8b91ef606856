"""What a field of the training inspector does not take: one sentence under it, the text as it was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from latent_explorer.controls.number_field import NumberField
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.training import TrainingState
from latent_explorer.training.panel import TrainingPanel
from trainer.models.family import families

WHOLE = "Enter a whole number from {} to {}."


@pytest.fixture
def panel(qtbot: QtBot) -> TrainingPanel:
    training = TrainingState()
    training.set_cards({family.name: family.card for family in families()})
    panel = TrainingPanel(ExplorerState(), training)
    panel.kept = training  # type: ignore[attr-defined]
    qtbot.addWidget(panel)
    panel.resize(300, 900)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def line(panel: TrainingPanel, name: str) -> QLineEdit:
    found = panel.findChild(QLineEdit, name)
    assert found is not None
    return found


def enter(field: QLineEdit, text: str, *, paste: bool = False) -> None:
    field.setFocus()
    field.selectAll()
    if paste:
        QGuiApplication.clipboard().setText(text)
        field.paste()
        field.setModified(True)
    elif text.isascii() and text:
        QTest.keyClicks(field, text)
    else:
        QTest.keyClick(field, Qt.Key.Key_Delete)
        field.insert(text)
        field.setModified(True)
    QTest.keyClick(field, Qt.Key.Key_Return)


def said(panel: TrainingPanel) -> list[str]:
    """The sentences under fields."""
    labels = panel.findChildren(QLabel)
    return [one.text() for one in labels if one.property("role") == "refusal" and one.isVisible()]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("latent-size", "0", WHOLE.format(1, 512)),
        ("latent-size", "513", WHOLE.format(1, 512)),
        ("latent-size", "1e9", WHOLE.format(1, 512)),
        ("latent-size", "", WHOLE.format(1, 512)),
        ("latent-size", "2x", WHOLE.format(1, 512)),
        ("latent-size", "2.5", WHOLE.format(1, 512)),
        ("latent-size", "-3", WHOLE.format(1, 512)),
        ("latent-size", "1.024", "“1.024” may mean 1024 or 1.024: enter one of these."),
        ("batch", "1e9", WHOLE.format(1, "65,536")),
        ("batch", "９９９９９９", WHOLE.format(1, "65,536")),
        ("batch", "3 nan", WHOLE.format(1, "65,536")),
        ("warm-up", "-1", "Enter a whole number from 0 to 10,000,000, or “off”."),
        ("epochs", "0", "Enter a whole number from 1 to 1,000,000, or “∞”."),
        ("seed", "4e9", WHOLE.format(0, "2,147,483,647")),
        ("learning-rate", "0", "Enter a number above 0 and at most 1."),
        ("learning-rate", "1 fast", "Enter a number above 0 and at most 1."),
        ("noise", "1.5", "Enter a number from 0 to 1."),
    ],
)
def test_the_sentence_says_what_is_allowed(panel: TrainingPanel, name: str, text: str, sentence: str) -> None:
    field = line(panel, name)
    assert isinstance(field, NumberField)
    before = field.number()
    enter(field, text)
    assert said(panel) == [sentence]
    assert (field.text(), field.number(), field.invalid()) == (text, before, True)
    line(panel, "seed" if name != "seed" else "batch").setFocus()
    assert (field.text(), said(panel)) == (text, [sentence])
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (said(panel), field.invalid(), field.number()) == ([], False, before)


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("latent-size", "１６", 16),
        ("latent-size", " 16\t", 16),
        ("batch", "1,024", 1024),
        ("batch", "2 048\n", 2048),
        ("noise", "０．２５", 0.25),
        ("noise", "0,1", 0.1),
        ("learning-rate", "1E-2", 0.01),
        ("seed", "7\n8", None),
        ("batch", "9" * 5000, None),
    ],
)
def test_pasted_text(panel: TrainingPanel, name: str, text: str, number: float | None) -> None:
    field = line(panel, name)
    assert isinstance(field, NumberField)
    before = field.number()
    enter(field, text, paste=True)
    assert len(said(panel)) == (number is None)
    assert field.number() == (before if number is None else number)


def test_editing_takes_the_sentence_away(panel: TrainingPanel) -> None:
    field = line(panel, "latent-size")
    enter(field, "999")
    assert said(panel)
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert said(panel) == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [model.latent for model in panel.kept.draft_models] == [99, 99]  # type: ignore[attr-defined]


def test_widths_of_layers(panel: TrainingPanel) -> None:
    network = panel.models.network
    network.presets.setCurrentIndex(network.presets.count() - 1)
    network.presets.activated.emit(network.presets.count() - 1)
    enter(network.widths, "12-oops")
    assert said(panel) == ["Enter layer widths such as 512-256, or conv 32-64 for a convolutional network."]
    line(panel, "batch").setFocus()
    assert network.widths.text() == "12-oops"
    assert len(said(panel)) == 1
    enter(network.widths, "99999")
    assert said(panel) == ["Layer widths must be between 1 and 8192."]
    enter(network.widths, "64-32")
    assert said(panel) == []
    network.widths.setFocus()
    network.widths.selectAll()
    QTest.keyClicks(network.widths, "48")
    line(panel, "batch").setFocus()
    assert panel.kept.draft_models[0].widths == (48,)  # type: ignore[attr-defined]


def test_another_model_is_not_blamed(panel: TrainingPanel) -> None:
    field = line(panel, "latent-size")
    enter(field, "999")
    panel.models.choice.buttons[1].click()
    assert said(panel) == []
    assert not panel.models.latent.invalid()
