"""A model whose posteriors are no Gaussians in the real window: what is drawn asks them, or says why not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from latent_explorer.tools.holes.meter_state import MeterState
from latent_explorer.tools.posteriors.state import PosteriorsState
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.traversal.state import TraversalState
from tests.families import registered
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import narrow, save, settle, train
from trainer.config import DataConfig
from trainer.models.family import unregister
from trainer.posteriors import POSTERIORS
from trainer.training.checkpoint import read_codes


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """An autoencoder on the left, boxes on the right, after a few steps."""
    registered("box")
    with running(qtbot, tmp_path) as made:
        narrow(made)
        left, right = made.training.draft_models
        made.training.set_draft(models=(left, right.replace(family="box")))
        made.explorer.data_requested.emit(DataConfig(name="digits"), False)
        made.wait(lambda: made.training.run_state == "ready" and made.right.codes is not None)
        settle(made)
        train(made, 3)
        yield made
    unregister("box")


def choose(program: Program, name: str) -> None:
    action = program.window.findChild(QAction, name)
    assert action is not None, name
    action.trigger()


def said(program: Program) -> str:
    captions = [one.caption(program.right.view) for one in program.maps[1].stack.overlays if one.active]
    return "\n".join(one.text + "\n" + one.brief for one in captions if one is not None)


def test_every_tool_asks_the_posterior_or_says_why_it_cannot(program: Program, tmp_path: Path) -> None:
    kind, pane, tools = POSTERIORS["box"], program.right, program.application.tools
    # Ellipses and the prior that they cover are those of Gaussians.
    made = tools[PosteriorsState]
    for name in ("ellipses-all", "overlay-contours"):
        choose(program, name)
    program.wait(lambda: made.contours(1) is not None and made.union(1) is not None)
    assert (made.contours(1).reason, made.union(1).reason) == ("shape", "shape")
    assert made.coverage(1) is None
    text = said(program)
    assert "n/a, because its posteriors are no Gaussians" in text
    assert "Contours: n/a, because this model's posteriors are no Gaussians." in text
    choose(program, "ellipses-picked")
    program.explorer.pick(int(pane.codes.rows[0]))
    program.maps[1].grab_image()
    # Draws of one image lie in its box.
    samples = tools[SamplesState]
    samples.set_source("posterior")
    tools.panel_wanted.emit("samples")
    program.wait(lambda: (one := samples.sheets[1]) is not None and one.settings == samples.settings)
    program.wait(lambda: len(samples.sheets[1].codes) == samples.settings.count)
    off = np.abs(samples.sheets[1].codes - pane.codes.codes[0]) / pane.codes.sigmas[0]
    assert off.max() <= math.sqrt(3) + 1e-4
    assert off.max() > 1.2
    # The divergence of each dimension is that of boxes.
    state = tools[TraversalState]
    tools.panel_wanted.emit("traversal")
    program.wait(lambda: state.shown and (one := state.summaries[1]) is not None and one.codes is pane.codes)
    mu, sigma = pane.codes.codes.astype(float), pane.codes.sigmas.astype(float)
    expected = 0.5 * (mu**2 + sigma**2 + math.log(2 * math.pi)) - np.log(2 * math.sqrt(3) * sigma)
    np.testing.assert_allclose(state.summaries[1].summary.kl, expected.mean(0), rtol=1e-5)
    # Whether there are data here is decided from draws of boxes.
    program.drag(1, (0.4, 0.4), (0.5, 0.5))
    meter = tools[MeterState]
    program.wait(lambda: (one := meter.reading(1)) is not None and np.array_equal(one.code, pane.code))
    program.wait(lambda: math.isfinite(meter.reading(1).here))
    # What is saved is read again as boxes.
    saved = tmp_path / "saved"
    save(program, saved)
    np.testing.assert_allclose(read_codes(saved).sigmas[1], sigma, rtol=1e-3)
    program.explorer.open_requested.emit(str(saved))
    program.wait(lambda: program.training.run_state == "paused" and program.right.codes is not None)
    assert program.right.model.traits.posterior_kind is kind
    assert not [one for one in program.said if one.level == "error"], program.sentences()
