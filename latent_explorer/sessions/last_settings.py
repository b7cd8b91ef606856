"""The draft of the last use of the program: offered at the start, and stored at the end."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.settings import Settings
from latent_explorer.core.training import LastTime, TrainingState
from latent_explorer.words.knob_words import fitted_line
from trainer.config import MOST_MODELS, ModelConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.models.family import fitted_knobs


class LastSettings(QObject):
    """Offers the last draft by a button until a run is started or opened; the panel shows the present models."""

    def __init__(self, settings: Settings, training: TrainingState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._training = training
        #: Whether the user has changed the draft in this session.
        self._changed = False
        training.set_last_time(self._read())
        training.draft_changed.connect(self._draft_changed)
        training.run_config_changed.connect(self._running_changed)

    def _read(self) -> LastTime | None:
        """Read the settings without invalid parts; values beyond a limit are clipped."""
        try:
            entries = json.loads(self._settings.text("train/models", ""))
            models = tuple(ModelConfig.from_json(entry) for entry in entries)
            train = TrainConfig.from_json(json.loads(self._settings.text("train/config", "")))
            turned = Knobs(**json.loads(self._settings.text("train/own", "{}")))
            fitted = fitted_knobs(turned, models)
        except (ValueError, TypeError, RecursionError):  # not JSON, or not settings of this version
            return None
        remark = fitted_line(turned, fitted, self._training.cards, models)
        return LastTime(models, train, fitted.own, remark) if 1 <= len(models) <= MOST_MODELS else None

    @Slot()
    def _draft_changed(self) -> None:
        self._changed = self._changed or self._training.by_hand

    @Slot()
    def _running_changed(self) -> None:
        if self._training.run_config is not None:
            self._changed = True
            self._training.set_last_time(None)

    def remember(self) -> None:
        """Store the draft for the next start, if the user changed it."""
        training = self._training
        if self._changed:
            models = json.dumps([model.to_json() for model in training.draft_models])
            self._settings.set_text("train/models", models)
            self._settings.set_text("train/config", json.dumps(training.draft_train.to_json()))
            self._settings.set_text("train/own", json.dumps(training.own))
