"""Two and nine moons from half to full, and what follows from holding no image out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from trainer.commands.main import main
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data import registry
from trainer.data.images import ImageData
from trainer.data.moons import render_moon
from trainer.knobs import Knobs
from trainer.training.engine import Trainer


def load(name: str, **settings: object) -> ImageData:
    return registry.load(DataConfig(name=name, **settings), Path())  # type: ignore[arg-type]


def test_two_are_the_half_and_the_full_moon():
    data = load("half-moons-2")
    np.testing.assert_array_equal(data.factors, [[0.5], [1.0]])
    assert data.factor_names == ("lit fraction",)
    for image, fraction in zip(data.images[:, 0], (0.5, 1.0), strict=True):
        np.testing.assert_array_equal(image, np.rint(255 * render_moon(fraction)))
    # The half moon's lit half is that of the full one, pixel by pixel.
    np.testing.assert_array_equal(data.images[0, 0, :, 14:], data.images[1, 0, :, 14:])
    assert data.images[0, 0, :, :14].max() == 0


def test_nine_are_evenly_spaced_phases_with_the_three_quarter_moon_in_the_middle():
    data = load("half-moons-9")
    np.testing.assert_array_equal(data.factors[:, 0], np.arange(8, 17) / 16)
    np.testing.assert_array_equal(data.images[4, 0], np.rint(255 * render_moon(0.75)))
    areas = data.images.sum((1, 2, 3)) / data.images[-1].sum()
    np.testing.assert_allclose(areas, data.factors[:, 0], atol=0.012)


@pytest.mark.parametrize(("name", "count"), [("half-moons-2", 2), ("half-moons-9", 9)])
def test_all_are_trained_on_and_that_is_said(name: str, count: int):
    data = load(name)
    assert data.train_count == data.count == count
    assert "Too few images to hold any out" in str(data.remarks[0])
    assert load(name, size=56, colour="colour").shape == (3, 56, 56)
    assert load(name, count=500).count == count
    few = load(name, count=2, seed=1)
    np.testing.assert_array_equal(few.factors, data.factors[few.places(np.arange(2))])
    chosen = load(name, rows="0-1")
    assert chosen.train_count == chosen.count == 2


def test_a_share_of_nothing_holds_no_image_of_any_set_out(tmp_path: Path):
    for name in ("digits", "moons", "dots-disc"):
        data = load(name, held_out=0, count=30)
        assert data.train_count == data.count == 30
    np.save(tmp_path / "two.npy", np.random.default_rng(0).integers(0, 255, (2, 8, 8), np.uint8))
    own = registry.load(registry.config_for(str(tmp_path / "two.npy")).replace(held_out=0.0), tmp_path)
    assert own.train_count == own.count == 2


@pytest.mark.parametrize("family", ["autoencoder", "variational"])
@pytest.mark.parametrize("count", [2, 9])
def test_training_with_a_batch_larger_than_the_set(family: str, count: int):
    data = load(f"half-moons-{count}")
    model = ModelConfig(family=family, widths=(32,), latent=2, shape=data.shape)
    config = RunConfig(data=data.config, models=(model,), train=TrainConfig(batch=64, epochs=20))
    trainer = Trainer(config, data, Knobs())
    before = trainer.evaluate()
    reports = list(trainer.steps())
    assert trainer.step == 20
    assert {report.images for report in reports} == {count}
    after = trainer.evaluate()
    assert after.none_held_out
    assert after.rows == count
    assert after.held_out == after.train
    assert after.held_out[0].total < 0.9 * before.held_out[0].total


def test_the_command_line_says_what_figures_are_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run, out = tmp_path / "run", tmp_path / "codes.csv"
    settings = ["--model", "pair", "--widths", "16", "--epochs", "3", "--out", str(run)]
    assert main(["train", "--data", "half-moons-2", *settings]) == 0
    said = capsys.readouterr()
    assert "on 2 training images, none being held out" in said.out
    assert "Too few images to hold any out" in said.err
    assert main(["evaluate", str(run), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["which"], found["images"]) == ("train", 2)
    assert main(["encode", str(run), "--which", "held-out", "--out", str(out)]) != 0
    assert "choose --which train" in capsys.readouterr().err
    assert main(["encode", str(run), "--out", str(out)]) == 0
    assert len(out.read_text("utf-8-sig").splitlines()) == 3
    assert main(["train", "--resume", str(run), "--epochs", "5"]) == 0
    assert "5.00 epochs" in capsys.readouterr().out
