"""The loss of every image in the window: measured off its thread, as a colour, stale after training."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from latent_explorer.core.losses import LossesState, PaneLosses, loss_key, parts_of
from latent_explorer.export.legend import legend_of
from latent_explorer.export.render import figure_image, image_pixels
from latent_explorer.map.point_colours import RAMP_STEPS, factor_range, loss_range, point_colours
from latent_explorer.panes.colour_menu import ColourMenu
from latent_explorer.panes.legend import Legend
from tests.latent_explorer.build import explorer_state
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import data_of, load, narrow, train
from trainer.config import DataConfig
from trainer.models.initialise import build


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        narrow(made)
        load(made, DataConfig(name="digits", count=300))
        yield made


def measured(program: Program, key: str) -> np.ndarray:
    losses = program.explorer.losses
    program.wait(lambda: losses.values(key) is not None and not losses.stale and not losses.busy)
    values = losses.values(key)
    assert values is not None
    return values


def test_the_losses_are_torchs_and_colour_both_maps(program: Program) -> None:
    train(program, 3)
    program.explorer.set_colour_by("reconstruction:1")
    values = measured(program, "reconstruction:1")
    divergences = measured(program, "kl:1")
    codes = program.right.codes
    assert codes is not None
    snapshot = codes.snapshot
    assert snapshot is not None
    model = build(snapshot.config, 0).eval()
    state = {name: torch.from_numpy(np.array(value)) for name, value in snapshot.weights.items()}
    model.load_state_dict(state, strict=False)
    model = model.double()
    targets = torch.from_numpy(np.array(data_of(program).images)).double() / 255
    with torch.no_grad():
        posterior = model.posterior(targets)
        logits = model.raw(posterior.mean)[0].flatten(1)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            logits, targets.flatten(1), reduction="none"
        ).sum(1)
        kl = 0.5 * (posterior.mean**2 + posterior.log_variance.exp() - 1 - posterior.log_variance).sum(1)
    np.testing.assert_allclose(values, loss.numpy(), rtol=1e-3, atol=1e-2)
    np.testing.assert_allclose(divergences, kl.numpy(), rtol=1e-3, atol=1e-3)


def test_new_weights_are_measured_again(program: Program) -> None:
    program.explorer.set_colour_by("reconstruction:0")
    first = measured(program, "reconstruction:0")
    train(program, 2)
    second = measured(program, "reconstruction:0")
    assert second is not first
    losses = program.explorer.losses.of(0)
    assert losses is not None
    assert losses.step == 2


def test_nothing_is_measured_while_no_one_shows_it(program: Program) -> None:
    train(program, 1)
    assert program.explorer.losses.of(0) is None
    assert not program.explorer.losses.busy


def test_what_there_is_to_be_measured(program: Program) -> None:
    keys = [key for key, _ in program.window.panes[0].header.colour.choices()]
    assert [key for key in keys if parts_of(key)] == ["reconstruction:0", "reconstruction:1", "kl:1"]


def test_other_data_forget_the_losses(program: Program) -> None:
    program.explorer.set_colour_by("reconstruction:0")
    measured(program, "reconstruction:0")
    load(program, DataConfig(name="moons", count=100))
    values = measured(program, "reconstruction:0")
    assert len(values) == 100


def test_a_figure_has_the_colours_of_losses_and_says_what_they_mean(program: Program) -> None:
    explorer, desk = program.explorer, program.window.export_desk
    explorer.set_colour_by("none")
    plain = figure_image(desk.figure("map0"), 1)
    explorer.set_colour_by("reconstruction:0")
    measured(program, "reconstruction:0")
    assert legend_of(explorer).ends
    figure = desk.figure("map0")
    assert figure is not None
    coloured = figure_image(figure, 1)
    corner = figure.map_corner.toPoint()  # type: ignore[attr-defined]

    def bright(image: QImage) -> int:
        """Pixels of the map with a hue."""
        found = image_pixels(image)[corner.y() : corner.y() + 520, corner.x() : corner.x() + 560].astype(int)
        return int((np.ptp(found, axis=2) > 60).sum())

    assert bright(coloured) > bright(plain) + 300


def test_the_legend_says_unit_direction_and_step(qtbot: QtBot) -> None:
    explorer = explorer_state(count=200)
    legend, menu = Legend(explorer), ColourMenu(explorer)
    for widget in (legend, menu):
        qtbot.addWidget(widget)
    explorer.losses.set_offered(("reconstruction:0",))
    explorer.losses.set_state(frozenset(), True)
    explorer.set_colour_by("reconstruction:0")
    assert menu.text() == "Colour: loss (left model)"
    assert legend.sentence.text() == "The losses of all images are being measured."
    values = np.linspace(10, 210, 200, dtype=np.float32)
    explorer.losses.set_measured(0, PaneLosses(step=1234, number=5, values={"reconstruction": values}))
    assert legend.title.text() == "Loss (left model)"
    assert "in nats; more is worse" in legend.sentence.text()
    assert not legend.ramp.isHidden()
    explorer.losses.set_state(frozenset({0}), False)
    assert "Of the weights at step 1,234" in legend.sentence.text()


def test_colours_of_losses() -> None:
    explorer = explorer_state(count=200)
    values = np.linspace(0, 199, 200).astype(np.float32)
    values[-1], values[3] = 1e6, np.nan
    assert loss_range(values) == (0.0, 198.0)
    colours = point_colours(explorer.data, np.arange(200), "reconstruction:0", frozenset(), theme().tokens, values)
    assert colours.index[0] == 0
    assert colours.index[-1] == RAMP_STEPS - 1
    assert colours.index[3] == colours.grey_index
    assert np.isnan(loss_range(np.full(3, np.nan, np.float32))).all()


def test_a_factor_that_is_not_finite_everywhere(qtbot: QtBot) -> None:
    explorer = explorer_state(count=200)
    assert explorer.data is not None
    values = np.linspace(-2, 7, 400, dtype=np.float32).reshape(200, 2)
    values[3, 0], values[4, 0], values[:, 1] = np.inf, np.nan, np.nan
    explorer.data = replace(explorer.data, factors=values, factor_names=("age", "nothing"))
    legend = Legend(explorer)
    qtbot.addWidget(legend)
    explorer.set_colour_by("age")
    assert legend.ramp._ends == ("−2", "6.977")
    assert legend_of(explorer).ends == ("−2", "6.977")
    colours = point_colours(explorer.data, np.arange(200), "age", frozenset(), theme().tokens)
    assert colours.index[3] == colours.index[4] == colours.grey_index
    assert colours.index[-1] == RAMP_STEPS - 1
    explorer.set_colour_by("nothing")
    assert legend_of(explorer).ends == ()
    assert np.isnan(factor_range(values[:, 1])).all()


def test_state_of_losses() -> None:
    state = LossesState()
    assert loss_key("kl", 1) == "kl:1"
    assert parts_of("kl:1") == ("kl", 1)
    assert parts_of("kl:7") is None
    assert parts_of("class") is None
    state.want("colour", "kl:1")
    state.want("selection", "reconstruction:0")
    assert state.wanted == {0, 1}
    state.want("colour", "class")
    assert state.wanted == {0}


def test_worst_first() -> None:
    values = np.array([1, np.nan, 7, 7, -2], np.float32)
    losses = PaneLosses(step=0, number=0, values={"kl": values})
    assert losses.worst_first("kl").tolist() == [2, 3, 0, 4, 1]
    assert losses.worst_first("kl") is losses.worst_first("kl")
