"""The network of both models: a preset, or custom layer widths."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.tool_tips import show_tip
from latent_explorer.training.widths import parse_widths, show_widths
from latent_explorer.words.trainer_names import shown_name
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.config import PRESETS, ModelConfig
from trainer.records import ConfigError


class NetworkField(QWidget):
    """A combo box of presets and "Custom…", which opens a line for widths such as "512-256".

    Presets that do not fit the images are disabled, with the reason.

    Signals:
        chosen(str, tuple): the user chose this network with these widths; they fit the images.
        refused(str): the typed widths are invalid; the sentence is the reason.
        forgiven: invalid widths were edited or removed.

    Attributes:
        tips: whether a tool tip shows the sentence immediately; False if it is shown beside the field.
    """

    chosen = Signal(str, tuple)
    refused = Signal(str)
    forgiven = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = ModelConfig()
        self.tips = True
        presets = tuple((shown_name(title), preset, shown_name(title)) for title, preset in PRESETS.items())
        self.presets = Combo((*presets, (self.tr("Custom…"), None, self.tr("Layer widths of your own"))), self)
        self.presets.setObjectName("network-presets")
        self.presets.setAccessibleName(self.tr("Network"))
        self.widths = _WidthsLine(self)
        self.widths.setObjectName("network-widths")
        self.widths.setAccessibleName(self.tr("Layer widths"))
        self.widths.setPlaceholderText("512-256")
        self.widths.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.presets)
        column.addWidget(self.widths)
        self.setFocusProxy(self.presets)
        self.presets.activated.connect(self._activated)
        self.widths.editingFinished.connect(self._finish)
        self.widths.textEdited.connect(self._forgive)
        self.widths.given_up.connect(self.revert)

    def show_config(self, config: ModelConfig) -> None:
        """Show the network of `config`, and which presets its images allow. Emits nothing."""
        changed = (config.network, config.widths) != (self._config.network, self._config.widths)
        self._config = config
        self._allow()
        here = (config.network, config.widths)
        index = next((i for i, preset in enumerate(PRESETS.values()) if preset == here), len(PRESETS))
        custom = index == len(PRESETS)
        # A line that the user just opened stays open while something else changes.
        if changed or custom or self.widths.isHidden():
            self.presets.setCurrentIndex(index)
            self.widths.setVisible(custom)
            if not self.widths.isModified():
                self.widths.setText(show_widths(*here))

    def _allow(self) -> None:
        model = self.presets.model()
        assert isinstance(model, QStandardItemModel)
        for index, (network, widths) in enumerate(PRESETS.values()):
            reason = self._obstacle(network, widths)
            item = model.item(index)
            item.setEnabled(not reason)
            item.setToolTip(reason or self.presets.itemText(index))

    def _obstacle(self, network: str, widths: tuple[int, ...]) -> str:
        """Why it does not fit the images; "" if it does."""
        try:
            self._config.replace(network=network, widths=widths)
        except ConfigError as error:
            return shown_sentence(error.sentence)
        return ""

    @Slot(int)
    def _activated(self, index: int) -> None:
        preset = self.presets.itemData(index)
        self._mark("")
        self.widths.setVisible(preset is None)
        if preset is None:
            self.widths.setText(show_widths(self._config.network, self._config.widths))
            self.widths.setFocus(Qt.FocusReason.OtherFocusReason)
            self.widths.selectAll()
        else:
            network, widths = preset
            self.widths.setModified(False)
            self.chosen.emit(network, tuple(widths))

    @Slot()
    def _finish(self) -> None:
        """Handle Enter, or leaving the line; invalid text is kept."""
        if self.widths.isModified():
            self._commit()

    def _commit(self) -> None:
        try:
            network, widths = parse_widths(self.widths.text())
        except ConfigError as error:
            self._mark(shown_sentence(error.sentence))
            return
        obstacle = self._obstacle(network, widths)
        self._mark(obstacle)
        if not obstacle:
            self.widths.setModified(False)
            self.chosen.emit(network, widths)

    def invalid(self) -> bool:
        """Whether the widths were refused."""
        return bool(self.widths.property("invalid"))

    @Slot()
    def revert(self) -> None:
        """Show the present network."""
        self._mark("")
        self.widths.setModified(False)
        self.widths.setText(show_widths(self._config.network, self._config.widths))
        self.show_config(self._config)

    @Slot()
    def _forgive(self) -> None:
        if self.invalid():
            self._mark("")

    def _mark(self, sentence: str) -> None:
        self.widths.setToolTip(sentence)
        self.widths.setAccessibleDescription(sentence)
        if bool(sentence) != bool(self.widths.property("invalid")):
            self.widths.setProperty("invalid", bool(sentence))
            self.widths.style().unpolish(self.widths)
            self.widths.style().polish(self.widths)
            if not sentence:
                self.forgiven.emit()
        if sentence:
            self.refused.emit(sentence)
        if sentence and self.tips:
            show_tip(self.widths.mapToGlobal(QPoint(0, self.widths.height())), sentence, self.widths)


class _WidthsLine(QLineEdit):
    """A line edit that reports when it is cancelled with Esc."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
