"""A family with more than the plain networks: what only training needs is kept, and affects nothing else."""

from __future__ import annotations

import csv
import importlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from latent_explorer.core.history import History
from tests.families import printed, printed_beside_the_critic
from tests.trainer.training.blobs import VAE, assert_same, blob_data, make_trainer
from trainer.export.curves import CurveTable, write_curves_csv
from trainer.knobs import Knobs
from trainer.models.family import families, register, unregister
from trainer.replica.choice import make_replica
from trainer.replica.derivatives import decode_vjp
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.torch_replica import TorchReplica
from trainer.training.checkpoint import load, read_description, read_weights
from trainer.training.checkpoint_writing import save
from trainer.training.description import DataSummary
from trainer.training.engine import Trainer

MODEL = VAE.replace(family="critic")


@pytest.fixture(autouse=True)
def critic() -> Iterator[None]:
    module = importlib.import_module("tests.families.critic")
    if not any(found.name == "critic" for found in families()):
        register(module.CriticFamily())
    yield
    unregister("critic")


def _trained(steps: int = 6) -> Trainer:
    trainer = make_trainer(MODEL, VAE)
    list(islice(trainer.steps(), steps))
    return trainer


@pytest.mark.parametrize("network", ["mlp", "conv"])
def test_a_snapshot_holds_the_plain_network_alone_and_runs_without_torch(network: str) -> None:
    side = 8 if network == "mlp" else 28
    model = MODEL.replace(network=network, widths=(6,), shape=(1, side, side))
    images = np.random.default_rng(0).integers(0, 256, (40, 1, side, side), np.uint8)
    trainer = Trainer(make_trainer(MODEL).config.replace(models=(model,)), torch.from_numpy(images), Knobs())
    list(islice(trainer.steps(), 3))
    snapshot = trainer.snapshot(0)
    assert any(name.startswith("critic.") for name in trainer.members[0].model.state_dict())
    assert not any(name.startswith("critic.") for name in snapshot.weights)
    codes = np.random.default_rng(1).normal(size=(5, model.latent)).astype(np.float32)
    seen = []
    for replica in (make_replica(model), TorchReplica(model)):
        replica.load(snapshot)
        seen.append((replica.decode_float(codes), replica.encode(images[:5])))
    assert isinstance(make_replica(model), NumpyReplica)
    with torch.no_grad():
        here = trainer.members[0].model.decode(torch.from_numpy(codes)).numpy()
    for pictures, found in seen:
        np.testing.assert_allclose(pictures, here, atol=1e-5)
        np.testing.assert_allclose(found, seen[0][1], atol=1e-5)


def test_its_decoder_has_exact_derivatives() -> None:
    trainer = _trained()
    replica = make_replica(MODEL)
    replica.load(trainer.snapshot(0))
    rng = np.random.default_rng(2)
    codes = rng.normal(size=(4, MODEL.latent)).astype(np.float32)
    _, pull = decode_vjp(replica, codes)
    cotangents = rng.normal(size=(4, *MODEL.shape)).astype(np.float32)
    leaf = torch.from_numpy(codes.copy()).requires_grad_()
    trainer.members[0].model.decode(leaf).backward(torch.from_numpy(cotangents))
    assert leaf.grad is not None
    np.testing.assert_allclose(pull(cotangents), leaf.grad.numpy(), rtol=1e-4, atol=1e-6)


def test_a_checkpoint_keeps_the_critic_and_continues_exactly(tmp_path: Path) -> None:
    whole = make_trainer(MODEL, VAE)
    losses = [report.losses for report in islice(whole.steps(), 9)]
    trainer = _trained(5)
    save(tmp_path / "run", config=trainer.config, state=trainer.state(), data=DataSummary.of(blob_data()))
    description, state = load(tmp_path / "run")
    assert description.traits[0].training_only == ("critic.",)
    assert any(name.startswith("member0.model.critic.") for name in state.tensors)
    second = make_trainer(MODEL, VAE)
    second.restore(state)
    assert [report.losses for report in islice(second.steps(), 4)] == losses[5:]
    assert_same(second.snapshot(0).weights, whole.snapshot(0).weights)
    for name, value in whole.members[0].model.state_dict().items():
        assert value.equal(second.members[0].model.state_dict()[name]), name
    assert not any(name.startswith("critic.") for name in read_weights(tmp_path / "run")[0].weights)


def test_a_checkpoint_is_looked_at_where_its_family_is_not_known(tmp_path: Path) -> None:
    """Someone else's family: maps and pictures need the plain network alone."""
    trainer = _trained()
    save(tmp_path / "run", config=trainer.config, state=trainer.state(), data=DataSummary.of(blob_data()))
    script = (
        "import sys; from pathlib import Path; from trainer.replica.choice import make_replica;"
        "from trainer.training.checkpoint import read_description, read_weights;"
        "import numpy as np;"
        "path = Path(sys.argv[1]); model = read_description(path).config.models[0];"
        "replica = make_replica(model); replica.load(read_weights(path)[0]);"
        "replica.decode(np.zeros((1, model.latent), np.float32));"
        "print(model.family, 'torch' in sys.modules)"
    )
    assert printed(script, tmp_path / "run").split() == ["critic", "False"]


def test_families_are_named_in_the_environment() -> None:
    script = "from trainer.models.family import families; print(families()[-1].title)"
    assert printed_beside_the_critic(script) == "Adversarial autoencoder"


def test_its_own_term_reaches_report_checkpoint_and_curves(tmp_path: Path) -> None:
    trainer = make_trainer(MODEL, VAE)
    reports = list(islice(trainer.steps(), 4))
    critic, variational = reports[-1].losses
    assert list(critic.terms) == ["reconstruction", "fooled", "total"]
    assert critic.total == pytest.approx(critic["reconstruction"] + critic["fooled"], rel=1e-5)
    assert variational.get("fooled") is None
    evaluation = trainer.evaluate()
    save(
        tmp_path / "run",
        config=trainer.config,
        state=trainer.state(),
        data=DataSummary.of(blob_data()),
        history=tuple(reports),
        evaluations=(evaluation,),
    )
    read = read_description(tmp_path / "run")
    assert read.history[-1].losses[0].terms == pytest.approx(critic.terms, rel=1e-6)
    assert read.history[-1].losses[1].terms == pytest.approx(variational.terms, rel=1e-6)
    assert read.history[-1].knobs == reports[-1].knobs
    measured = read.evaluations[0].held_out[0]
    assert list(measured.terms) == ["reconstruction", "fooled", "total"]
    model = trainer.members[0].model
    with torch.no_grad():
        held_out = torch.from_numpy(blob_data().images[trainer.train_count :].copy()).float() / 255
        score = model.get_submodule("critic")(model.encode(held_out))
    assert measured["fooled"] == pytest.approx(torch.log1p(torch.exp(-score)).mean().item(), rel=1e-5)
    history = History(2)
    history.append(read.history)
    assert history.names == ("reconstruction", "kl", "total", "fooled")
    assert history.column(0, "fooled")[-1] == pytest.approx(critic["fooled"], rel=1e-6)
    assert np.isnan(history.column(1, "fooled")).all()
    assert np.isnan(history.column(0, "kl")).all()
    assert history.up_to(2).names == history.names
    cut = history.up_to(0)  # back to the start: what comes after it has all terms, too
    cut.append(read.history)
    np.testing.assert_array_equal(cut.losses, history.losses)
    table = CurveTable(
        steps=history.steps,
        knobs=history.knobs,
        knob_names=history.knob_names,
        losses=history.losses,
        evaluations=read.evaluations,
        names=history.names,
    )
    for _ in write_curves_csv(tmp_path / "curves.csv", table, {}):
        pass
    rows = list(csv.DictReader((tmp_path / "curves.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert float(rows[3]["m1_fooled"]) == pytest.approx(critic["fooled"], rel=1e-5)
    assert rows[3]["m2_fooled"] == rows[3]["m1_kl"] == ""
    assert float(rows[-1]["m1_fooled"]) == pytest.approx(measured["fooled"], rel=1e-5)
    assert float(rows[-1]["m2_kl"]) == pytest.approx(evaluation.held_out[1]["kl"], rel=1e-5)
