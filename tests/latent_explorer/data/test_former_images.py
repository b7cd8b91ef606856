"""Another data set: no tool keeps the former one's images, and what was measured quickly is not kept for good."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from latent_explorer.core.pane import PaneCodes
from latent_explorer.tools.holes.gauges import HoleGauges
from latent_explorer.tools.holes.heat_state import HeatState
from latent_explorer.tools.holes.meter_state import MeterState
from latent_explorer.tools.own_image.state import OwnImageState, OwnSource
from latent_explorer.tools.samples.state import SamplesState
from tests.latent_explorer.build import pane_state
from tests.latent_explorer.program import running


def test_tools_let_go_of_images(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: program.left.codes is not None and program.left.view is not None)
        tools, explorer = program.application.tools, program.explorer
        images = np.random.default_rng(0).integers(0, 255, (70_000, 1, 28, 28), dtype=np.uint8)
        kept = weakref.ref(images)
        explorer.set_data(replace(explorer.data, images=images))
        del images
        tools.overlays.choose("heat", "distance")
        tools[OwnImageState].set_source(OwnSource("file", "one.png", np.eye(28, dtype=np.uint8)[..., None] * 255))
        tools[SamplesState].set_measured(500)
        tools.panel_wanted.emit("samples")
        program.wait(lambda: tools[HeatState].picture(0) is not None and tools[HeatState].picture(0).values.size)
        program.wait(lambda: all(tools[OwnImageState].encoded) and tools[SamplesState].real is not None)
        program.wait(lambda: tools[MeterState].reading(0) is not None)
        assert kept() is not None
        explorer.set_data(None)

        def gone() -> bool:
            gc.collect()
            return kept() is None

        program.wait(gone)


def test_what_was_measured_quickly_while_training_is_measured_again_at_rest() -> None:
    values = np.random.default_rng(0).normal(size=(6_000, 2)).astype(np.float32)
    codes, gauges = PaneCodes(np.arange(6_000), values, values), HoleGauges()

    def density(quick: bool) -> int:
        steps = gauges.density(codes, quick)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return len(end.value.held_back)

    model = pane_state(0, 2).model
    assert not model.traits.has_posterior
    few = density(quick=True)
    assert gauges.ready(codes, model, quick=True)
    assert not gauges.ready(codes, model, quick=False)
    many = density(quick=False)
    assert many > few
    assert gauges.ready(codes, model, quick=False)
    assert density(quick=True) == many
