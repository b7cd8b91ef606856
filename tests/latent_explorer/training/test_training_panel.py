from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.training import TrainingState
from latent_explorer.training import data_summary
from latent_explorer.training.panel import WIDTH, TrainingPanel
from tests.latent_explorer.dressed import chinese, dressed
from tests.latent_explorer.states import begin_run, mnist
from trainer.config import PRESETS, ModelConfig
from trainer.knobs import Knobs
from trainer.models.family import families

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def explorer() -> ExplorerState:
    return ExplorerState()


@pytest.fixture
def training() -> TrainingState:
    return TrainingState()


@pytest.fixture
def panel(qtbot, explorer: ExplorerState, training: TrainingState) -> TrainingPanel:
    panel = TrainingPanel(explorer, training)
    panel.resize(WIDTH, 760)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def enter(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def pick(combo: QComboBox, text: str) -> None:
    """Choose `text` as the user does with the keyboard."""
    index = combo.findText(text)
    assert index >= 0
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_knobs_act_at_once_and_leave_beta_alone(panel: TrainingPanel, training: TrainingState) -> None:
    training.set_knobs(Knobs(beta=4.0))
    enter(panel.knobs.rate, "3e-4")
    enter(panel.knobs.noise, "0,2")
    assert training.knobs == Knobs(beta=4.0, learning_rate=3e-4, noise=0.2)
    training.set_knobs(Knobs(learning_rate=0.01))
    assert panel.knobs.rate.text() == "0.01"
    assert panel.knobs.noise.text() == "0"


def test_config_goes_into_the_draft_of_both_models(panel: TrainingPanel, training: TrainingState) -> None:
    spin = panel.models.latent
    spin.setFocus()
    spin.selectAll()
    changes: list[int] = []
    training.draft_changed.connect(lambda: changes.append(training.draft_models[0].latent))
    QTest.keyClicks(spin, "20")
    assert changes == [], "typing 20 does not ask for a model of 2"
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert changes == [20]
    pick(panel.models.likelihood, "Gaussian, σ² fixed")
    assert panel.models.variance.isVisible()
    enter(panel.models.variance, "0.1")
    pick(panel.models.network.presets, "MLP 400")
    assert [model.latent for model in training.draft_models] == [20, 20]
    assert {model.likelihood for model in training.draft_models} == {"gaussian"}
    assert {model.variance for model in training.draft_models} == {0.1}
    assert {model.widths for model in training.draft_models} == {(400,)}
    assert [model.family for model in training.draft_models] == ["autoencoder", "variational"]
    assert len(changes) == 4
    pick(panel.models.likelihood, "Bernoulli")
    assert not panel.models.variance.isVisible()


def test_the_run_fields(panel: TrainingPanel, training: TrainingState) -> None:
    fields = panel.settings
    enter(fields.batch, "256")
    enter(fields.warm_up, "500")
    enter(fields.epochs, "20")
    enter(fields.seed, "7")
    pick(fields.binarise, "Drawn each step")
    pick(fields.device, "CPU")
    train = training.draft_train
    assert (train.batch, train.warm_up, train.epochs, train.seed) == (256, 500, 20, 7)
    assert train.binarise == "dynamic"
    pick(fields.binarise, "Drawn once")
    assert training.draft_train.binarise == "static"
    assert training.device_wish == "cpu"
    enter(fields.warm_up, "off")
    enter(fields.epochs, "inf")  # the test library types ASCII alone
    assert (training.draft_train.warm_up, training.draft_train.epochs) == (0, None)


def test_the_draft_is_shown_without_writing_it_back(panel: TrainingPanel, training: TrainingState) -> None:
    models = tuple(
        model.replace(latent=64, network="conv", widths=(16, 32), likelihood="gaussian-pixel")
        for model in training.draft_models
    )
    changes: list[None] = []
    training.draft_changed.connect(lambda: changes.append(None))
    training.set_draft(models=models, train=training.draft_train.replace(batch=64, epochs=3, binarise="dynamic"))
    assert len(changes) == 1
    assert panel.models.latent.number() == 64
    assert panel.models.network.presets.currentText() == "Conv 16-32"
    assert panel.models.likelihood.currentData() == "gaussian-pixel"
    assert panel.settings.batch.text() == "64 images"
    assert panel.settings.epochs.text() == "3"
    assert panel.settings.binarise.currentData() == "dynamic"


def test_widths_of_ones_own(panel: TrainingPanel, training: TrainingState) -> None:
    network = panel.models.network
    assert not network.widths.isVisible()
    pick(network.presets, "Custom…")
    assert network.widths.isVisible()
    enter(network.widths, "300-many")
    assert network.widths.property("invalid")
    assert "512-256" in network.widths.toolTip()
    enter(network.widths, "300-100")
    assert not network.widths.property("invalid")
    assert training.draft_models[1].widths == (300, 100)
    assert network.presets.currentText() == "Custom…"
    QTest.keyClicks(network.widths, "99")
    QTest.keyClick(network.widths, Qt.Key.Key_Escape)
    assert network.widths.text() == "300-100"
    pick(network.presets, "MLP 512")
    assert not network.widths.isVisible()


def test_convolutions_that_do_not_fit_are_grey_with_the_reason(
    panel: TrainingPanel, training: TrainingState
) -> None:
    presets = panel.models.network.presets
    index = list(PRESETS).index("Conv 32-64")
    assert presets.model().item(index).isEnabled()
    training.set_draft(models=tuple(model.replace(shape=(1, 8, 8)) for model in training.draft_models))
    assert not presets.model().item(index).isEnabled()
    assert "28, 32 or 64 pixels" in presets.model().item(index).toolTip()
    assert presets.model().item(0).isEnabled()
    pick(presets, "Custom…")
    enter(panel.models.network.widths, "conv 16-32")
    assert "8 x 8" in panel.models.network.widths.toolTip()
    assert training.draft_models[0].network == "mlp"


def test_data_in_words(panel: TrainingPanel, explorer: ExplorerState, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = panel.data
    assert summary.title.text() == "No data set yet"
    skipped = (("a.png", "truncated"), ("b.png", "not an image"))
    remarks = ("The largest value is 4,095.",)
    explorer.set_data(mnist(skipped=skipped, remarks=remarks))
    assert summary.lines.text() == "70,000 images · 28 × 28 grey\n60,000 training · 10,000 held-out"
    assert summary.skipped.text() == "1 remark · 2 files left out"
    shown: list[tuple] = []
    monkeypatch.setattr(data_summary, "show_skipped_files", lambda *arguments: shown.append(arguments[1:]))
    QTest.mouseClick(summary.show_skipped, LEFT)
    assert shown == [("MNIST", skipped, remarks)]
    explorer.set_data(mnist(images=None))
    assert not summary.show_skipped.isVisible()
    assert "Originals come with the data set" in summary.lines.text()


def test_a_new_run_is_offered_and_nothing_is_thrown_away(panel: TrainingPanel, training: TrainingState) -> None:
    commands: list[str] = []
    training.command_requested.connect(commands.append)
    begin_run(training, step=0)
    enter(panel.models.latent, "20")
    assert not panel.notice.isVisible(), "a run without steps follows the draft"
    enter(panel.models.latent, "2")
    begin_run(training, step=1200)
    assert not panel.notice.isVisible()
    enter(panel.models.latent, "20")
    assert panel.notice.isVisible()
    assert "need a new run" in panel.notice.sentence.text()
    assert "1,200" in panel.notice.sentence.text()
    assert commands == []
    QTest.mouseClick(panel.notice.apply, LEFT)
    assert commands == ["reset"]
    assert training.step == 1200
    QTest.mouseClick(panel.notice.undo, LEFT)
    assert training.draft_models[0].latent == 2
    assert not panel.notice.isVisible()


def test_in_a_low_panel_the_notice_leaves_room_for_the_settings(
    panel: TrainingPanel, training: TrainingState, qtbot: QtBot
) -> None:
    begin_run(training, step=1200)
    notice = panel.notice
    panel.resize(panel.width(), 600)
    enter(panel.models.latent, "20")
    assert notice.sentence.isVisible()
    panel.resize(panel.width(), 180)
    assert not notice.sentence.isVisible()
    qtbot.waitUntil(lambda: notice.apply.y() == notice.undo.y())
    qtbot.waitUntil(lambda: notice.height() < 70)
    for button in (notice.apply, notice.undo):
        assert button.width() >= button.sizeHint().width()
    assert "1,200" in notice.apply.toolTip()
    assert notice.undo.toolTip() == "Back to this run's settings"
    panel.resize(panel.width(), 600)
    assert notice.sentence.isVisible()


def test_knobs_need_no_new_run(panel: TrainingPanel, training: TrainingState) -> None:
    begin_run(training, step=10)
    enter(panel.knobs.rate, "1e-2")
    assert not panel.notice.isVisible()


def test_a_device_that_is_not_the_runs(panel: TrainingPanel, training: TrainingState) -> None:
    begin_run(training, step=10)
    training.set_device_wish("cuda")
    assert panel.notice.isVisible()
    training.set_device_wish("auto")
    assert not panel.notice.isVisible()


def test_difference_and_reason_are_reported(panel: TrainingPanel, training: TrainingState) -> None:
    assert panel.difference.text() == "The models differ only in: sampling + β KL."
    one, other = training.draft_models
    training.set_draft(models=(one, other.replace(latent=20)))
    assert "latent size" in panel.difference.text()
    training.set_cards({one.name: one.card for one in families()})
    training.set_draft(models=(other, other))
    begin_run(training, step=0)
    training.set_knobs(training.knobs.replace(m2_beta=6.0))  # as where a run goes back to a former moment
    assert panel.difference.text() == "The models differ only in: β (1 / 6)."
    training.set_run("failed", "The loss became infinite at step 40; lower the learning rate.")
    assert panel.reason.isVisible()
    assert "step 40" in panel.reason.text()


def test_every_control_has_names(panel: TrainingPanel) -> None:
    kinds = (QComboBox, QLineEdit)
    for widget in panel.findChildren(QWidget):
        if isinstance(widget, kinds):
            assert widget.objectName(), widget
            assert widget.accessibleName(), widget.objectName()


@pytest.mark.parametrize("appearance", ["dark", "light"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_cut_off(qtbot, appearance: str, language: str) -> None:
    with dressed(appearance):
        if language == "zh":
            with chinese():
                panel = TrainingPanel(ExplorerState(), TrainingState())
        else:
            panel = TrainingPanel(ExplorerState(), TrainingState())
        qtbot.addWidget(panel)
        panel.resize(WIDTH, 600)
        panel.show()
        QApplication.processEvents()
        assert panel.width() == WIDTH
        for label in panel.findChildren(QLabel):
            if label.isVisible() and label.property("role") == "field-name":
                widest = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split())
                if language == "en":
                    assert label.width() >= widest, label.text()
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        for combo in panel.findChildren(QComboBox):
            assert combo.mapTo(panel, combo.rect().topRight()).x() < WIDTH


def test_a_latent_size_that_cannot_be_is_refused_in_a_sentence(
    panel: TrainingPanel, training: TrainingState
) -> None:
    for text in ("9999", "0", "513", "1.5", "-2"):
        enter(panel.models.latent, text)
        assert panel.models.latent.toolTip() == "Enter a whole number from 1 to 512."
        assert panel.models.latent.invalid()
        assert training.draft_models[0].latent == 2
    typed = QInputMethodEvent()
    typed.setCommitString("２０")
    panel.models.latent.selectAll()
    QApplication.sendEvent(panel.models.latent, typed)
    QTest.keyClick(panel.models.latent, Qt.Key.Key_Return)
    assert [model.latent for model in training.draft_models] == [20, 20]


def test_the_panel_survives_models_of_another_number(panel: TrainingPanel, training: TrainingState) -> None:
    training.set_draft(models=(ModelConfig(family="variational", latent=5),))
    assert panel.models.latent.number() == 5
    assert not panel.difference.isVisible()
