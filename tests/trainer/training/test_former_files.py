"""Checkpoints and moments that former versions wrote still open, and their runs continue."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from trainer.data.registry import load as load_data
from trainer.reports import StepReport
from trainer.training.checkpoint import load, read_codes, read_description, read_weights
from trainer.training.engine import Trainer
from trainer.training.moment_file import read_shown, read_state

FORMER = Path(__file__).parents[2] / "former" / "format1"
EXPECTED = json.loads((FORMER / "expected.json").read_text())
(AUTOSAVE,) = (FORMER / "autosave").iterdir()
RUNS = [FORMER / "session-2d", FORMER / "session-6d", AUTOSAVE]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_former_checkpoint_says_what_it_said(name: str) -> None:
    description, expected = read_description(FORMER / name), EXPECTED[name]
    assert description.step == expected["step"]
    assert description.knobs.to_json() == expected["knobs"]
    assert len(description.history) == expected["history"]
    codes = read_codes(FORMER / name)
    assert codes is not None
    for member, pane in zip(codes.codes, expected["panes"], strict=True):
        np.testing.assert_allclose(member[:3], pane["first_codes"], rtol=1e-6)


@pytest.mark.parametrize("folder", RUNS, ids=lambda folder: folder.name.partition("-2147")[0])
def test_a_former_run_continues_in_the_middle_of_its_epoch(folder: Path, tmp_path: Path) -> None:
    description, state = load(folder)
    data = load_data(description.config.data, tmp_path)
    assert data.fingerprint == description.data.fingerprint
    trainer = Trainer(description.config, data, description.knobs)
    trainer.restore(state)
    report = next(iter(trainer.steps()))
    assert isinstance(report, StepReport)
    assert report.step == description.step + 1
    assert report.knobs == description.knobs


def test_former_moments_show_their_maps_and_can_be_continued(tmp_path: Path) -> None:
    description = read_description(FORMER / "session-2d")
    for number, file in enumerate(sorted((FORMER / "moments").iterdir())):
        shown = read_shown(file, description.config.models, step=number, number=number)
        assert len(shown.codes) == 2
        assert all(np.isfinite(codes).all() for codes in shown.codes)
        assert read_state(file)


def test_former_weights_decode() -> None:
    for folder in RUNS:
        for snapshot in read_weights(folder):
            assert all(np.isfinite(array).all() for array in snapshot.weights.values())
