"""Families with priors of their own: every figure that asks a prior, against closed forms and Monte Carlo."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from scipy import stats

from tests.families import printed, registered
from tests.families.priors import MEAN, MEANS, SPREAD, SPREADS, WEIGHTS, TwoGaussiansFamily, by_dimension
from tests.trainer.metrics.linear import SIDE, VARIANCE, as_images
from tests.trainer.training.blobs import VAE, assert_same, blob_data, make_trainer
from trainer.commands.main import main
from trainer.commands.sample import sheet
from trainer.config import ModelConfig
from trainer.knobs import Knobs
from trainer.latent.interpolation import slerp, through
from trainer.metrics.importance import iwae
from trainer.metrics.likelihood import evaluate
from trainer.metrics.prior_coverage import prior_coverage
from trainer.metrics.surgery import surgery
from trainer.models.family import family, register, unregister
from trainer.models.initialise import build
from trainer.models.latent_model import Batch
from trainer.models.plain import PlainModel
from trainer.models.prior_tensors import PriorTensors
from trainer.posteriors import GaussianPosterior
from trainer.prior import Prior
from trainer.priors.mixture import GaussianMixture
from trainer.priors.registry import prior_of
from trainer.replica.choice import make_replica
from trainer.replica.torch_replica import TorchReplica
from trainer.reports import Snapshot
from trainer.training.checkpoint import load, read_weights
from trainer.training.checkpoint_writing import save
from trainer.training.description import DataSummary
from trainer.training.engine import Trainer

NAMES = ("shifted", "two-gaussians")
LATENT = 3


@pytest.fixture(autouse=True)
def other_priors() -> Iterator[None]:
    registered("priors")
    yield
    for name in NAMES:
        unregister(name)


def trained(*names: str, steps: int = 6, knobs: Knobs | None = None) -> Trainer:
    trainer = make_trainer(*(VAE.replace(family=name) for name in names), knobs=knobs)
    list(islice(trainer.steps(), steps))
    return trainer


def prior_in(snapshot: Snapshot) -> Prior:
    """As a window reads it."""
    found = prior_of(family(snapshot.config.family).traits.prior, snapshot.config, snapshot.weights)
    assert found is not None
    return found


def numbers(name: str, latent: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights (K,), means and sigmas (K, d) of a family's prior as the tests' family states them."""
    if name == "shifted":
        return np.ones(1), by_dimension(MEAN, latent)[None], by_dimension(SPREAD, latent)[None]
    means, sigmas = ([by_dimension(row, latent) for row in rows] for rows in (MEANS, SPREADS))
    return np.array(WEIGHTS), np.stack(means), np.stack(sigmas)


def density(name: str, codes: np.ndarray) -> np.ndarray:
    """p(z) by scipy."""
    weights, means, sigmas = numbers(name, codes.shape[-1])
    return sum(
        weight * stats.norm(mean, spread).pdf(codes).prod(-1)
        for weight, mean, spread in zip(weights, means, sigmas, strict=True)
    )


# ---------------------------------------------------------------- training


def test_a_step_reports_the_divergence_from_the_models_own_prior() -> None:
    for name in NAMES:
        model = build(VAE.replace(family=name), 0)
        assert isinstance(model, PlainModel)
        pixels = torch.from_numpy(blob_data().images[:32].copy()).float() / 255
        losses = family(name).losses(model, Batch(pixels, pixels, {"beta": 2.0}, torch.Generator().manual_seed(0)))
        posterior = model.heads(pixels)
        mean, spread = (part.detach().double().numpy() for part in (posterior.mean, posterior.spread))
        if name == "shifted":
            _, (m,), (s,) = numbers(name, LATENT)
            each = 0.5 * (((mean - m) / s) ** 2 + (spread / s) ** 2 - 2 * np.log(spread / s) - 1)
            np.testing.assert_allclose(losses.kl_per_dimension.detach().numpy(), each.mean(0), rtol=1e-4)
            assert losses["kl"].item() == pytest.approx(each.sum(1).mean(), rel=1e-5)
        else:
            assert losses.kl_per_dimension is None
            noise = np.random.default_rng(0).normal(size=(4_000, *mean.shape))
            ratios = stats.norm.logpdf(noise).sum(-1) - np.log(spread).sum(-1)
            ratios -= np.log(density(name, mean + spread * noise))
            # A step's estimate has one draw an image.
            error = math.sqrt(float(ratios.var(0).mean()) / len(mean))
            assert losses["kl"].item() == pytest.approx(float(ratios.mean()), abs=4 * error)
        assert losses.total.item() == pytest.approx((losses["reconstruction"] + 2 * losses["kl"]).item(), rel=1e-6)


def test_a_strong_divergence_makes_each_posterior_the_prior() -> None:
    trainer = trained("shifted", steps=400, knobs=Knobs(beta=200.0, learning_rate=0.02))
    (codes,), (sigmas,) = (trainer.map_report().codes, trainer.map_report().sigmas)
    np.testing.assert_allclose(codes.mean(0), by_dimension(MEAN, LATENT), atol=0.1)
    np.testing.assert_allclose(sigmas.mean(0), by_dimension(SPREAD, LATENT), rtol=0.1)
    assert trainer.evaluate().held_out[0]["kl"] < 0.5


def test_an_evaluation_tells_an_estimate_with_its_error() -> None:
    trainer = trained(*NAMES)
    report = trainer.evaluate()
    shifted, mixture = report.held_out
    assert sum(shifted.kl_per_dimension) == pytest.approx(shifted["kl"], rel=1e-6)
    assert mixture.kl_per_dimension == ()
    assert mixture["kl"] > 0
    assert report.errors[1].kl is not None
    assert mixture.total == pytest.approx(mixture["reconstruction"] + mixture["kl"])
    assert trainer.evaluate() == report, "draws are seeded"
    images = torch.from_numpy(blob_data().images.copy())
    figures = [evaluate(member.model, images) for member in trainer.members]
    assert [one.kl_estimated for one in figures] == [False, True]
    assert all(one.has_kl for one in figures)


# ---------------------------------------------------------------- the weights carry it


@pytest.mark.parametrize("name", NAMES)
def test_a_snapshot_carries_the_prior_and_decodes_without_torch(name: str) -> None:
    trainer = trained(name)
    snapshot, (member,) = trainer.snapshot(0), trainer.members
    model = snapshot.config
    codes = np.random.default_rng(1).normal(size=(5, LATENT)).astype(np.float32)
    for replica in (make_replica(model), TorchReplica(model)):
        replica.load(snapshot)
        with torch.no_grad():
            expected = member.model.decode(torch.from_numpy(codes)).numpy()
        np.testing.assert_allclose(replica.decode_float(codes), expected, atol=1e-5)
    prior = prior_in(snapshot)
    np.testing.assert_allclose(prior.log_density(codes.astype(float)), np.log(density(name, codes)), rtol=1e-5)
    inside = member.model.prior_distribution()
    assert inside is not None
    np.testing.assert_allclose(
        inside.log_density(torch.from_numpy(codes)).numpy(), np.log(density(name, codes)), rtol=1e-4
    )


def test_a_checkpoint_continues_exactly_and_is_read_where_the_family_is_not_known(tmp_path: Path) -> None:
    whole = make_trainer(*(VAE.replace(family=name) for name in NAMES))
    losses = [report.losses for report in islice(whole.steps(), 9)]
    trainer = trained(*NAMES, steps=5)
    reports = tuple(islice(trainer.steps(), 1))
    save(
        tmp_path / "run",
        config=trainer.config,
        state=trainer.state(),
        data=DataSummary.of(blob_data()),
        history=reports,
        evaluations=(trainer.evaluate(),),
    )
    description, state = load(tmp_path / "run")
    assert [traits.prior for traits in description.traits] == ["gaussian", "mixture"]
    assert description.evaluations[0].held_out[1].kl_per_dimension == ()
    second = make_trainer(*(VAE.replace(family=name) for name in NAMES))
    second.restore(state)
    assert [report.losses for report in islice(second.steps(), 3)] == losses[6:]
    assert_same(second.snapshot(1).weights, whole.snapshot(1).weights)
    script = (
        "import sys; from pathlib import Path; import numpy as np;"
        "from trainer.training.checkpoint import read_description, read_weights;"
        "from trainer.priors.registry import prior_of;"
        "path = Path(sys.argv[1]); traits = read_description(path).traits;"
        "drawn = [prior_of(traits.prior, one.config, one.weights).draw(4000, np.random.default_rng(0)).mean(0)"
        " for traits, one in zip(traits, read_weights(path))];"
        "print(*np.round(drawn, 1).ravel(), 'torch' in sys.modules)"
    )
    *means, torch_there = printed(script, tmp_path / "run").split()
    expected = [weights @ middle for weights, middle, _ in (numbers(name, LATENT) for name in NAMES)]
    np.testing.assert_allclose(np.array(means, float), np.concatenate(expected), atol=0.15)
    assert torch_there == "False"


def test_a_learned_prior_moves_towards_the_codes_and_continues_exactly(tmp_path: Path) -> None:
    """The mixture's tensors as parameters: trained, kept and continued, and seen by the code that asks the
    snapshot.
    """

    class Learned(TwoGaussiansFamily):
        card = dataclasses.replace(TwoGaussiansFamily.card, name="learned-mixture")

        def prior_tensors(self, config: ModelConfig) -> PriorTensors:
            return PriorTensors(
                GaussianMixture, config, dict(super().prior_tensors(config).named_buffers()), learned=True
            )

    register(Learned())
    try:
        trainer = trained("learned-mixture", steps=1, knobs=Knobs(learning_rate=0.02))
        first = trainer.snapshot(0)
        list(islice(trainer.steps(), 150))
        last, report = trainer.snapshot(0), trainer.map_report()
        drawn = report.codes[0] + report.spread(0) * np.random.default_rng(0).normal(size=report.codes[0].shape)
        former, present = (float(prior_in(one).log_density(drawn).mean()) for one in (first, last))
        assert present > former + 1
        save(tmp_path / "run", config=trainer.config, state=trainer.state(), data=DataSummary.of(blob_data()))
        _, state = load(tmp_path / "run")
        again = make_trainer(VAE.replace(family="learned-mixture"), knobs=Knobs(learning_rate=0.02))
        again.restore(state)
        for one in (trainer, again):
            list(islice(one.steps(), 3))
        assert_same(trainer.snapshot(0).weights, again.snapshot(0).weights)
        kept = prior_in(read_weights(tmp_path / "run")[0]).log_density(drawn)
        np.testing.assert_array_equal(kept, prior_in(last).log_density(drawn))
    finally:
        unregister("learned-mixture")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda weights: weights.pop("prior.mean"), "prior.mean is missing"),
        (lambda weights: weights.update({"prior.mean": np.zeros(7, np.float32)}), "prior.mean has shape 7"),
        (lambda weights: weights.update({"prior.more": np.zeros(2, np.float32)}), "unknown tensor prior.more"),
    ],
)
def test_tensors_of_a_prior_that_do_not_fit_are_reported(spoil, words: str) -> None:
    from trainer.networks.description import plain_network, wrong_tensors
    from trainer.priors.registry import prior_kind

    snapshot = trained("shifted", steps=1).snapshot(0)
    weights = dict(snapshot.weights)
    spoil(weights)
    shapes = {name: array.shape for name, array in weights.items()}
    expected = plain_network(snapshot.config, posterior=True).shapes
    expected |= prior_kind("gaussian").shapes(snapshot.config, shapes)
    assert words in str(wrong_tensors(shapes, expected))


def test_the_command_draws_from_each_models_own_prior(tmp_path: Path, capsys) -> None:
    trainer = trained(*NAMES)
    run, picture = tmp_path / "run", tmp_path / "sheet.png"
    save(run, config=trainer.config, state=trainer.state(), data=DataSummary.of(blob_data()))
    assert main(["sample", str(run), "-n", "9", "--zoom", "1", "--seed", "5", "--out", str(picture)]) == 0
    said = capsys.readouterr().out
    assert "9 codes from N(m, s²) and Σ w N(m, s²), decoded" in said
    assert "Shifted VAE: samples from its prior" in said
    with Image.open(picture) as image:
        drawn = np.array(image)
    left = 0
    for name, snapshot in zip(NAMES, read_weights(run), strict=True):
        replica = make_replica(snapshot.config)
        replica.load(snapshot)
        codes = prior_in(snapshot).draw(9, np.random.default_rng(5), np.float32)
        block = sheet(replica.decode(codes))[:, :, 0]
        np.testing.assert_array_equal(drawn[:, left : left + block.shape[1]], block)
        left += block.shape[1] + 4
        # Draws of N(0, I) would not lie where this prior has its mass.
        many, other = prior_in(snapshot).draw(3_000, np.random.default_rng(0)), np.random.default_rng(0)
        ours, theirs = (np.log(density(name, codes_)) for codes_ in (many, other.normal(size=(3_000, 3))))
        assert ours.mean() > theirs.mean() + 1


# ---------------------------------------------------------------- bounds, in closed form


def linear(name: str, spoilt: float = 1.0) -> tuple[PlainModel, np.ndarray, np.ndarray]:
    """A linear decoder with orthogonal columns and, for one Gaussian, the exact posterior as its encoder; images
    drawn from the model, and ln p(x) of each in closed form. `spoilt`: times what the encoder's σ are off."""
    rng = np.random.default_rng(0)
    config = ModelConfig(
        family=name, widths=(), latent=2, likelihood="gaussian", variance=VARIANCE, shape=(1, SIDE, SIDE)
    )
    model = build(config, 0)
    assert isinstance(model, PlainModel)
    columns, bias = np.linalg.qr(rng.normal(size=(9, 2)))[0] * [0.4, 0.7], rng.normal(size=9)
    weights, means, sigmas = numbers(name, 2)
    middle = weights @ means
    wide = np.sqrt(weights @ (sigmas**2 + (means - middle) ** 2))
    variance = 1 / ((columns**2).sum(0) / VARIANCE + 1 / wide**2)
    values = {
        "mean.weight": variance[:, None] * columns.T / VARIANCE,
        "mean.bias": variance * (middle / wide**2 - columns.T @ bias / VARIANCE),
        "log_variance.weight": np.zeros((2, 9)),
        "log_variance.bias": np.log(spoilt**2 * variance),
        "output.weight": columns,
        "output.bias": bias,
    }
    state = {key: torch.from_numpy(value.astype(np.float32)) for key, value in values.items()}
    model.load_state_dict(model.state_dict() | state)
    chosen = rng.choice(len(weights), 300, p=weights)
    codes = rng.normal(means[chosen], sigmas[chosen])
    data = (codes @ columns.T + bias + math.sqrt(VARIANCE) * rng.normal(size=(300, 9))).astype(np.float32)
    evidence = sum(
        weight
        * stats.multivariate_normal(
            columns @ mean + bias, (columns * spread**2) @ columns.T + VARIANCE * np.eye(9)
        ).pdf(data)
        for weight, mean, spread in zip(weights, means, sigmas, strict=True)
    )
    return model, data, np.log(evidence)


def test_an_exact_posterior_under_a_shifted_prior_leaves_no_gap() -> None:
    model, data, evidence = linear("shifted")
    found = iwae(model, as_images(data), (1, 10))
    assert found.bounds[0] == pytest.approx(evidence.mean(), abs=1e-3)
    assert found.elbo == pytest.approx(evidence.mean(), abs=1e-3)
    assert found.gaps[1] == pytest.approx(0, abs=1e-3)
    measured = evaluate(model, as_images(data))
    # Its KL in closed form, the reconstruction with one draw an image.
    assert measured.elbo == pytest.approx(evidence.mean(), abs=0.3)


@pytest.mark.parametrize("name", NAMES)
def test_the_bounds_grow_towards_the_exact_evidence(name: str) -> None:
    model, data, evidence = linear(name, spoilt=1.3)
    found = iwae(model, as_images(data), (1, 10, 1000))
    assert list(found.bounds) == sorted(found.bounds)
    assert found.bounds[0] < evidence.mean() - 0.05
    assert found.bounds[2] == pytest.approx(evidence.mean(), abs=0.01)
    measured = evaluate(model, as_images(data))
    assert measured.elbo_error is not None
    assert measured.elbo == pytest.approx(found.elbo, abs=4 * measured.elbo_error)
    assert measured.elbo < evidence.mean()
    assert measured.kl_estimated == (name != "shifted")


# ---------------------------------------------------------------- surgery, coverage, active units, paths


def test_surgery_finds_an_aggregate_that_is_the_shifted_prior() -> None:
    _, (m,), (s,) = numbers("shifted", 2)
    rng, variance = np.random.default_rng(0), 0.2
    # μ ~ N(m, s² (1 - v)), z|μ ~ N(μ, s² v): the aggregate is the prior, and I = -½ ln v a dimension.
    mean = torch.from_numpy(m + s * math.sqrt(1 - variance) * rng.normal(size=(3_000, 2)))
    posterior = GaussianPosterior(mean, torch.from_numpy(np.log(variance * s**2)).expand_as(mean))
    prior = build(VAE.replace(family="shifted", latent=2), 0).prior_distribution()
    found = surgery(posterior, prior, draws=4)
    assert found.mutual_information == pytest.approx(-math.log(variance), abs=0.06)
    assert found.marginal_kl == pytest.approx(0, abs=0.06)
    assert found.mutual_information + found.marginal_kl == pytest.approx(found.kl, abs=4 * found.standard_error)


def test_surgery_under_a_mixture_adds_up() -> None:
    rng = np.random.default_rng(0)
    weights, means, sigmas = numbers("two-gaussians", 2)
    chosen = rng.choice(2, 2_000, p=weights)
    # Narrow posteriors at draws of the prior: the aggregate is the prior but for their width.
    mean = torch.from_numpy(rng.normal(means[chosen], sigmas[chosen]))
    posterior = GaussianPosterior(mean, torch.full_like(mean, 2 * math.log(0.1)))
    prior = build(VAE.replace(family="two-gaussians", latent=2), 0).prior_distribution()
    found = surgery(posterior, prior, draws=2)
    assert found.mutual_information + found.marginal_kl == pytest.approx(found.kl, abs=1e-9)
    assert found.marginal_kl == pytest.approx(0, abs=0.15)


@pytest.mark.parametrize("name", NAMES)
def test_the_mass_covered_is_that_of_the_models_own_prior(name: str) -> None:
    weights, means, sigmas = numbers(name, 2)
    prior = build(VAE.replace(family=name, latent=2), 0).prior_distribution()
    assert prior is not None
    snapshot = trained(name, steps=1).snapshot(0)
    there = prior_of(family(name).traits.prior, snapshot.config, snapshot.weights)
    assert there is not None
    # One posterior that is the first component, seen in two dimensions.
    two = type(there).read(ModelConfig(latent=2), {k: v.numpy() for k, v in _tensors(name).items()})
    *_, found = (one for one in prior_coverage(means[:1], sigmas[:1], two) if one is not None)
    rng = np.random.default_rng(9)
    chosen = rng.choice(len(weights), 40_000, p=weights)
    drawn = rng.normal(means[chosen], sigmas[chosen])
    squares = (((drawn - means[0]) / sigmas[0]) ** 2).sum(1)
    for share, error, limit in zip(found.shares, found.errors, (1, 4), strict=True):
        assert share == pytest.approx((squares <= limit).mean(), abs=5 * error)


def _tensors(name: str) -> dict[str, torch.Tensor]:
    model = build(VAE.replace(family=name, latent=2), 0)
    return {key: value for key, value in model.state_dict().items() if key.startswith("prior.")}


def test_units_are_active_on_the_scale_of_the_prior() -> None:
    """Codes that vary by .08 under a prior whose sigmas are .5 and 2: more than a tenth of the first alone."""
    model, data, _ = linear("shifted")
    with torch.no_grad():
        model.mean.weight *= 0.08 / model.encode(as_images(data)).std(0, correction=0)[:, None]
    found = evaluate(model, as_images(data))
    np.testing.assert_allclose(np.sqrt(found.variances), 0.08, rtol=1e-4)
    assert found.active == 1


def test_a_spherical_path_keeps_to_the_shell_of_the_models_own_prior() -> None:
    prior = prior_in(trained("shifted", steps=1).snapshot(0))
    _, (m,), (s,) = numbers("shifted", LATENT)
    ends = np.float32([[1, -1, 0.5], [-0.3, 1.2, 0.9]]) / [[1.5], [1.5297]]
    stops = (m + s * ends).astype(np.float32)
    path, places = through(stops, 9, "slerp", prior)
    np.testing.assert_array_equal(path[places], stops)
    radius = np.linalg.norm((path - m) / s, axis=1)
    np.testing.assert_allclose(radius, np.linspace(radius[0], radius[-1], 9), atol=1e-5)
    expected = slerp(*((stops - m) / s), np.linspace(0, 1, 9))
    np.testing.assert_allclose((path - m) / s, expected, atol=1e-5)


# ---------------------------------------------------------------- by command


def test_commands_train_measure_and_list_a_model_with_a_mixture(tmp_path: Path, capsys) -> None:
    run = tmp_path / "run"
    small = ["--count", "300", "--widths", "16", "--batch", "50", "--threads", "1", "--device", "cpu"]
    train = ["train", "--model", "two-gaussians", "--data", "digits", *small, "--epochs", "1", "--out", str(run)]
    assert main(train) == 0
    said = capsys.readouterr().out
    assert "KL " in said
    assert "of 2 units active" in said
    assert main(["evaluate", str(run), "--iwae", "20", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kl_estimated"] is True
    assert found["kl_per_dimension"] == []
    assert found["kl"] > 0
    assert found["iwae"] >= found["elbo"]
    assert main(["evaluate", str(run)]) == 0
    said = capsys.readouterr().out
    assert "KL (Monte Carlo)" in said
    assert "ELBO" in said
    assert main(["list", "families"]) == 0
    said = capsys.readouterr().out
    assert "prior N(0, I)" in said
    assert "prior Σ w N(m, s²)" in said
    assert main(["list", "families", "--json"]) == 0
    listed = {one["name"]: one for one in json.loads(capsys.readouterr().out)["families"]}
    assert listed["two-gaussians"]["prior"] == "mixture"
    assert listed["autoencoder"]["prior"] == listed["autoencoder"]["posterior"] == "none"
    assert listed["variational"]["has_prior"] is True
