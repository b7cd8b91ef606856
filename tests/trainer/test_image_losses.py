"""The loss of every image, against torch's own losses."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from trainer.commands.main import main
from trainer.data.registry import config_for, load
from trainer.models.initialise import build
from trainer.training.checkpoint import load as open_run

SMALL = ["--widths", "16", "--batch", "50", "--threads", "1", "--device", "cpu", "--epochs", "1", "--count", "300"]


def table(run: Path) -> tuple[list[dict[str, str]], dict[str, np.ndarray]]:
    for name in ("c.csv", "c.npz"):
        assert main(["encode", str(run), "--out", str(run.parent / name)]) == 0
    with (run.parent / "c.csv").open(newline="", encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    with np.load(run.parent / "c.npz") as arrays:
        return lines, dict(arrays)


def models_of(run: Path) -> list[torch.nn.Module]:
    description, state = open_run(run)
    models = []
    for index, config in enumerate(description.config.models):
        model = build(config, 0).eval()
        prefix = f"member{index}.model."
        tensors = {name: value for name, value in state.tensors.items() if name.startswith(prefix)}
        model.load_state_dict({name.removeprefix(prefix): value for name, value in tensors.items()})
        models.append(model.double())
    return models


@pytest.mark.parametrize("likelihood", ["bernoulli", "gaussian", "gaussian-learned", "gaussian-pixel"])
def test_losses_in_the_table_are_torchs(likelihood: str, tmp_path: Path):
    run = tmp_path / "run"
    options = ["--data", "digits", "--likelihood", likelihood, *SMALL, "--out", str(run)]
    assert main(["train", *options]) == 0
    lines, arrays = table(run)
    description, _ = open_run(run)
    data = load(description.config.data, tmp_path)
    targets = torch.from_numpy(np.array(data.images)).double() / 255
    ae, vae = models_of(run)
    with torch.no_grad():
        posterior = vae.posterior(targets)
        kl = 0.5 * (posterior.mean**2 + posterior.log_variance.exp() - 1 - posterior.log_variance).sum(1)
        for number, model, codes in ((1, ae, ae.encode(targets)), (2, vae, posterior.mean)):
            heads = [head.flatten(1) for head in model.raw(codes)]
            flat = targets.flatten(1)
            if likelihood == "bernoulli":
                each = functional.binary_cross_entropy_with_logits(heads[0], flat, reduction="none")
            else:
                if likelihood == "gaussian-pixel":
                    variance = torch.exp(-12 + functional.softplus(heads[1] + 12))
                else:
                    from trainer.training.checkpoint import read_variances

                    learned = read_variances(run, description)
                    value = 0.02 if likelihood == "gaussian" else learned[number - 1]  # type: ignore[index]
                    variance = torch.full_like(flat, value)
                each = -torch.distributions.Normal(heads[0], variance.sqrt()).log_prob(flat)
            wanted = each.sum(1).numpy()
            found = arrays[f"reconstruction_{number}"]
            np.testing.assert_allclose(found, wanted, rtol=2e-4, atol=2e-2)
            column = [float(line[f"m{number}_reconstruction"]) for line in lines]
            np.testing.assert_allclose(column, found, rtol=1e-7)
    np.testing.assert_allclose(arrays["kl_2"], kl.numpy(), rtol=1e-4, atol=1e-5)
    assert "kl_1" not in arrays
    assert "m1_kl" not in lines[0]
    np.testing.assert_allclose([float(line["m2_kl"]) for line in lines], arrays["kl_2"], rtol=1e-7)


def test_torch_replica_agrees(tmp_path: Path):
    from trainer.commands.opened import open_checkpoint
    from trainer.replica.torch_replica import TorchReplica

    run = tmp_path / "run"
    assert main(["train", "--data", "digits", "--model", "vae", *SMALL, "--out", str(run)]) == 0
    opened = open_checkpoint(run)
    images = load(config_for("digits"), tmp_path).images[:20]
    other = TorchReplica(opened.replicas[0].config)
    other.load(opened.snapshots[0])
    codes = opened.replicas[0].encode(images)
    mine, torchs = opened.replicas[0].reconstruction(codes, images), other.reconstruction(codes, images)
    np.testing.assert_allclose(mine, torchs, rtol=1e-4)


def test_a_prior_without_a_closed_form():
    from tests.families import priors as _priors  # noqa: F401 - registers its family
    from trainer.metrics.image_losses import kl_of
    from trainer.posteriors import GaussianPosterior
    from trainer.priors.mixture import GaussianMixture

    prior = GaussianMixture(np.zeros(1), np.zeros((1, 2)), np.zeros((1, 2)))  # N(0, I) in disguise
    posterior = GaussianPosterior(np.full((500, 2), 0.5), np.full((500, 2), -0.5))
    exact = 0.5 * (0.25 + np.exp(-0.5) - 1 + 0.5) * 2
    assert kl_of(posterior, prior).mean() == pytest.approx(exact, abs=0.05)
