"""Knobs beyond what the models of now take: at the nearest that they do, which is reported in a sentence."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.settings import Settings
from latent_explorer.core.training import TrainingState
from latent_explorer.sessions.last_settings import LastSettings
from latent_explorer.training.new_run_notice import NewRunNotice
from latent_explorer.words.knob_words import fitted_line
from tests.latent_explorer.program import running
from tests.latent_explorer.test_any_model import stand
from trainer.card import Knob
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.models.family import families, register, unregister
from trainer.models.variational import VariationalFamily


@pytest.fixture(autouse=True)
def wide_and_narrow() -> Iterator[None]:
    """Families with a knob of one name, which they take up to 10, up to 5 and from 7 to 8."""
    limits = {"wide": (0, 10.0), "narrow": (0, 5.0), "high": (7.0, 8.0)}
    for name, (least, most) in limits.items():

        class Limited(VariationalFamily):
            card = dataclasses.replace(
                VariationalFamily.card,
                name=name,
                title=name.title(),
                short=name,
                knobs=(
                    *VariationalFamily.card.knobs,
                    Knob(
                        name="gamma",
                        title="Gamma",
                        sign="γ",
                        default=max(1, least),
                        least=least,
                        most=most,
                        help="Nothing.",
                    ),
                ),
            )

        register(Limited())
    yield
    for name in limits:
        unregister(name)


def test_settings_of_last_time_are_offered_at_their_limits_of_now_which_is_said(
    qtbot: QtBot, tmp_path: Path
) -> None:
    models = (ModelConfig(family="wide"), ModelConfig(family="narrow"))
    settings = Settings(tmp_path / "settings.ini")
    settings.set_text("train/models", json.dumps([model.to_json() for model in models]))
    settings.set_text("train/config", "{}")
    settings.set_text("train/own", json.dumps({"m1_gamma": 9.0, "m2_gamma": 9.0, "m3_gamma": 2.0}))
    training = TrainingState()
    training.set_cards({family.name: family.card for family in families()})
    LastSettings(settings, training)
    last = training.last_time
    assert last is not None
    assert last.own == {"m1_gamma": 9.0, "m2_gamma": 5.0}
    assert last.remark == "Set to the nearest that these models take: γ of model 2 9 → 5."
    training.set_run_config(None, RunConfig(data=DataConfig(), models=models, train=TrainConfig()))
    notice = NewRunNotice(ExplorerState(), training)
    qtbot.addWidget(notice)
    notice.show()
    assert notice.last.isVisible()
    assert notice.sentence.text().endswith(f" {last.remark}")
    notice.last.click()
    assert training.own == last.own
    assert last.remark not in notice.sentence.text()


def test_a_run_of_models_that_take_less_says_what_became_of_a_knob(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        stand(program, "wide")
        program.training.turn("gamma", 9.0)
        stand(program, "wide", "autoencoder")
        assert program.training.knobs["gamma"] == 9.0
        assert "Set to the nearest" not in program.sentences()
        stand(program, "narrow")
        assert program.training.knobs["gamma"] == 5.0
        assert "Set to the nearest that these models take: γ 9 → 5." in program.sentences()
        # No value is one of both: that is reported, and what they begin with.
        stand(program, "narrow", "high")
        assert "gamma" not in program.training.knobs
        sentence = "Left at each model's default, as no one value suits all of them: γ."
        assert program.sentences().count(sentence) == 1
        cards = program.training.cards
        assert "γ" not in fitted_line(Knobs(gamma=2.0), Knobs(gamma=2.0), cards, (ModelConfig(family="narrow"),))
