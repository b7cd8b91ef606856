"""Torch-free reconstruction losses and code refinement against the models in torch."""

import numpy as np
import pytest
import torch
from scipy import stats

from tests.trainer.replica.stacks import STACKS, config_of, replica_of, snapshot_of
from tests.trainer.replica.test_derivatives import Opaque
from trainer.config import LIKELIHOODS
from trainer.latent.reconstruction import reconstruct
from trainer.latent.refinement import refine
from trainer.models.family import family


def _image(config, seed=0):
    return np.random.default_rng(seed).integers(0, 256, config.shape, dtype=np.uint8)


def _model(config):
    import trainer.models  # noqa: F401

    model = family(config.family).build(config).eval()
    model.load_state_dict({name: torch.from_numpy(a.copy()) for name, a in snapshot_of(config).weights.items()})
    return model.double()


@pytest.mark.parametrize("stack", STACKS, ids=str)
@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_loss_and_gradient_are_the_models_own(stack, likelihood):
    config = config_of(stack, likelihood)
    replica, model = replica_of(stack, likelihood), _model(config)
    image = _image(config)
    code = np.random.default_rng(1).standard_normal(config.latent).astype(np.float32)
    moving = torch.from_numpy(code[None]).double().requires_grad_()
    target = torch.from_numpy(image[None]).double() / 255
    mean = model.decode(moving).detach()
    optimum = float((mean - target).square().mean())
    expected = model.reconstruction(moving, target, optimum)[0]
    found = reconstruct(replica, code, image, optimum)
    # Detached: only the loss is compared here, its gradient below.
    expected = expected.detach()
    np.testing.assert_allclose(found.picture, mean[0].numpy(), atol=1e-5)
    assert found.squared_error == pytest.approx(float((mean - target).square().mean()), rel=1e-4)
    assert found.loss == found.objective == pytest.approx(float(expected), rel=1e-4)
    # The differentiable training loss, with σ² of "gaussian-learned" at its optimum.
    (gradient,) = torch.autograd.grad(model.reconstruction_loss(moving, target), moving)
    np.testing.assert_allclose(found.gradient(), gradient[0].numpy(), rtol=1e-3, atol=1e-4 * gradient.abs().max())


@pytest.mark.parametrize("opaque", [False, True])
def test_a_learned_variance_is_the_one_that_was_learned(opaque):
    exact = replica_of(STACKS[0], "gaussian-learned")
    replica = Opaque(exact) if opaque else exact
    image = _image(replica.config)
    code = np.random.default_rng(1).standard_normal(replica.config.latent).astype(np.float32)
    found = reconstruct(replica, code, image, 0.037)
    density = stats.norm(found.picture.astype(float), np.sqrt(0.037)).logpdf(image / 255)
    assert found.loss == pytest.approx(-density.sum(), rel=1e-5)
    slope = found.gradient()
    for place in range(len(code)):
        ends = []
        for sign in (-1, 1):
            moved = code.copy()
            moved[place] += sign * 1e-2
            ends.append(reconstruct(replica, moved, image, 0.037).loss)
        assert slope[place] == pytest.approx((ends[1] - ends[0]) / 2e-2, rel=0.03, abs=0.5)


def test_without_the_variance_that_was_learned_there_is_no_loss_and_refinement_goes_by_the_squared_error():
    replica = replica_of(STACKS[0], "gaussian-learned")
    image, code = _image(replica.config), np.ones(replica.config.latent)
    found = reconstruct(replica, code, image)
    assert found.loss is None
    assert found.objective == pytest.approx(found.squared_error * image.size)
    ends = [
        [one for one in refine(replica, image, code, variance=variance) if one is not None][-1]
        for variance in (None, 0.02)
    ]
    assert ends[0].reconstruction.loss is None
    assert ends[1].reconstruction.loss is not None
    assert ends[0].reconstruction.squared_error == pytest.approx(ends[1].reconstruction.squared_error, rel=1e-3)


def test_logits_far_out_cost_what_they_should():
    snapshot = snapshot_of(config_of(STACKS[0]))
    snapshot.weights["output.weight"][:] = 0
    snapshot.weights["output.bias"][:] = -40
    replica = replica_of(STACKS[0])
    replica.load(snapshot)
    white = np.full(replica.config.shape, 255, np.uint8)
    assert reconstruct(replica, np.zeros(3), white).loss == pytest.approx(40 * 64)


@pytest.mark.parametrize(("likelihood", "told"), [("bernoulli", False), ("gaussian", True)])
def test_other_replicas_tell_what_they_can(likelihood, told):
    replica = replica_of(STACKS[0], likelihood)
    image, code = _image(replica.config), np.ones(3)
    rough, exact = reconstruct(Opaque(replica), code, image), reconstruct(replica, code, image)
    assert (rough.loss is not None) == told
    assert rough.squared_error == pytest.approx(exact.squared_error)
    if told:
        assert rough.loss == pytest.approx(exact.loss)
        np.testing.assert_allclose(rough.gradient(), exact.gradient(), rtol=0.02, atol=1)


def test_wrong_images_are_named():
    with pytest.raises(ValueError, match="must be uint8 of shape"):
        reconstruct(replica_of(STACKS[0]), np.zeros(3), np.zeros((1, 9, 8), np.uint8))


def _last(replica, image, code):
    steps = [step for step in refine(replica, image, code) if step is not None]
    assert [step.done for step in steps] == [False] * (len(steps) - 1) + [True]
    return steps


def test_a_linear_gaussian_decoder_is_solved():
    replica = replica_of(STACKS[0], "gaussian")
    weights = snapshot_of(replica.config).weights
    image = _image(replica.config)
    target = image.reshape(-1) / 255 - weights["output.bias"]
    best = np.linalg.lstsq(weights["output.weight"].astype(float), target, rcond=None)[0]
    steps = _last(replica, image, np.zeros(3, np.float32))
    np.testing.assert_allclose(steps[-1].code, best, atol=5e-3)
    objectives = [step.reconstruction.objective for step in steps]
    assert (np.diff(objectives) <= 0).all()


@pytest.mark.parametrize("stack", STACKS, ids=str)
@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_a_code_is_found_again(stack, likelihood):
    """The image is a decoded one: refining a nearby code approaches its own code, for every likelihood."""
    replica = replica_of(stack, likelihood)
    random = np.random.default_rng(5)
    own = random.standard_normal(replica.config.latent).astype(np.float32)
    image = np.rint(255 * np.clip(replica.decode_float(own[None])[0], 0, 1)).astype(np.uint8)
    steps = _last(replica, image, own + 0.3 * random.standard_normal(len(own)).astype(np.float32))
    first, last = steps[0].reconstruction, steps[-1].reconstruction
    assert last.objective <= first.objective
    # With σ² per pixel the best code need not be the one with the best mean.
    if likelihood != "gaussian-pixel":
        assert last.squared_error <= first.squared_error


def test_many_dimensions_and_dead_decoders():
    wide = replica_of(("mlp", (16,), 512, (3, 6, 9)))
    image = _image(wide.config)
    steps = _last(wide, image, np.zeros(512, np.float32))
    assert steps[-1].reconstruction.loss < steps[0].reconstruction.loss
    dead = snapshot_of(config_of(STACKS[1]))
    dead.weights["decoder.0.weight"][:] = 0
    replica = replica_of(STACKS[1])
    replica.load(dead)
    assert len(_last(replica, _image(replica.config), np.ones(2, np.float32))) == 1
    assert len(_last(replica, _image(replica.config), np.array([np.nan, 1]))) == 1
