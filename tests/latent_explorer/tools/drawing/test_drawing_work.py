"""An image's way through models: every value against the replica, the figures against their formulas."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from latent_explorer.tools.drawing.state import DRAWS
from tests.families import registered
from tests.latent_explorer.tools.drawing.looks import AE, VAE, config_of, drawn, images_for, look_at, replica_of
from trainer.latent.reconstruction import reconstruct
from trainer.models.family import unregister
from trainer.noise import draw_noise
from trainer.posteriors import POSTERIORS
from trainer.prior import PREFIX


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"widths": (), "latent": 2},
        {"network": "conv", "widths": (4, 6), "shape": (3, 32, 32), "latent": 7},
        {"likelihood": "gaussian-pixel", "latent": 20},
    ],
    ids=str,
)
def test_every_value_is_the_replicas_own(changes):
    looks = look_at(config_of("autoencoder", **changes), AE, 0), look_at(config_of(**changes), VAE, 1)
    for look, one in zip(looks, drawn(*looks, seed=9).values(), strict=True):
        flow, replica = one.flow, replica_of(look)
        image = images_for(look.model.config)[3]
        assert flow.row == 3
        assert flow.snapshot is look.snapshot
        np.testing.assert_array_equal(flow.image, image.transpose(1, 2, 0))
        encoded, decoded = replica.encoder_outputs(image), replica.decoder_outputs(flow.code)
        for layers, outputs, body in ((flow.encoder, encoded, "encoder."), (flow.decoder, decoded, "decoder.")):
            assert [layer.name for layer in layers] == [name for name in outputs if name.startswith(body)]
            assert len(layers) >= len(look.model.config.widths) - 1
            for layer in layers:
                np.testing.assert_array_equal(layer.values, outputs[layer.name])
        np.testing.assert_array_equal(flow.picture, replica.decode(flow.code[None])[0])
        assert flow.reconstruction == reconstruct(replica, flow.code, image).loss
        error = np.square(replica.decode_float(flow.code[None])[0].astype(float) - image / 255).mean()
        assert flow.squared_error == pytest.approx(error, rel=1e-5)
        if look.index == 0:
            np.testing.assert_array_equal(flow.code, encoded["mean"])
            assert flow.mean is flow.spread is flow.noise is flow.kl is None
        else:
            mean, spread = encoded["mean"], np.exp(0.5 * encoded["log_variance"])
            noise = draw_noise(1, len(mean), 9).normal[0].astype(np.float32)
            np.testing.assert_array_equal(flow.mean, mean)
            np.testing.assert_allclose(flow.spread, spread, rtol=1e-6)
            np.testing.assert_array_equal(flow.noise, noise)
            np.testing.assert_array_equal(flow.code, mean + flow.spread * noise)
            m, s = mean.astype(float), spread.astype(float)
            assert flow.kl == pytest.approx(0.5 * (m**2 + s**2 - 2 * np.log(s) - 1).sum(), rel=1e-5)
            assert flow.kl_error is None


def test_without_noise_the_code_is_the_mean_and_seeds_give_others():
    look = look_at(config_of(), VAE)
    flow = drawn(look, zero=True)[0].flow
    np.testing.assert_array_equal(flow.noise, 0)
    np.testing.assert_array_equal(flow.code, flow.mean)
    one, same, other = (drawn(look, seed=seed)[0].flow for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.code, same.code)
    assert not np.array_equal(one.code, other.code)
    np.testing.assert_array_equal(one.mean, other.mean)


def test_draws_lie_as_the_posterior_says_and_their_spread_is_that_of_all_pairs():
    look = look_at(config_of(), VAE)
    draws, flow = drawn(look, draws=True, seed=4)[0].draws, drawn(look, seed=4)[0].flow
    assert draws.codes.shape == (DRAWS, 4)
    noise = draw_noise(DRAWS, 4, 4).normal.astype(np.float32)
    np.testing.assert_allclose((draws.codes - flow.mean) / flow.spread, noise, atol=2e-3)
    np.testing.assert_array_equal(draws.codes[0], flow.code)
    replica = replica_of(look)
    np.testing.assert_array_equal(draws.picture, replica.decode(flow.mean[None])[0])
    assert np.abs(draws.pictures.astype(int) - replica.decode(draws.codes)).max() <= 1
    pictures = np.concatenate([replica.decode_float(code[None]) for code in draws.codes]).astype(float)
    pairs = [np.square(a - b).mean() for a, b in itertools.combinations(pictures, 2)]
    assert draws.spread == pytest.approx(np.mean(pairs), rel=1e-4)


def test_a_code_that_is_a_point_has_no_draws():
    look = look_at(config_of("autoencoder"), AE)
    draws = drawn(look, draws=True)[0].draws
    assert draws.codes.shape == (0, 4)
    assert draws.spread == 0
    np.testing.assert_array_equal(draws.picture, replica_of(look).decode(look.codes.codes[3:4])[0])


def test_without_images_the_codes_of_the_map_go_through_the_decoder():
    with_images, without = (look_at(config_of(), VAE, images=images) for images in (True, False))
    seen, flow = drawn(with_images)[0].flow, drawn(without)[0].flow
    assert flow.image is None
    assert flow.encoder == ()
    assert flow.reconstruction is flow.squared_error is None
    np.testing.assert_allclose(flow.code, seen.code, rtol=1e-5, atol=1e-6)
    assert flow.kl == pytest.approx(seen.kl, rel=1e-4)
    assert [layer.name for layer in flow.decoder] == ["decoder.0", "decoder.2"]
    assert drawn(without, row=77)[0].reason == "no-image"
    assert drawn(without, row=None)[0].reason == "no-image"


def test_images_of_another_shape_are_not_encoded():
    look = look_at(config_of(), VAE)
    other = np.zeros((20, 3, 32, 32), np.uint8)
    data = dataclasses.replace(look.data, images=other, shape=(3, 32, 32))
    flow = drawn(dataclasses.replace(look, data=data))[0].flow
    assert flow.image is None


def test_the_code_at_the_cursor_is_only_decoded():
    code = np.array([0.5, -1, 2, 0], np.float32)
    look = look_at(config_of(), VAE, code=code)
    flow = drawn(look, row=None, source="cursor")[0].flow
    assert flow.row is None
    assert flow.mean is flow.kl is flow.reconstruction is flow.image is None
    np.testing.assert_array_equal(flow.code, code)
    np.testing.assert_array_equal(flow.picture, replica_of(look).decode(code[None])[0])
    assert drawn(dataclasses.replace(look, code=None), row=None, source="cursor")[0].reason == "no-cursor"


def test_a_diverged_model_is_named():
    look = look_at(config_of(), VAE)
    weights = dict(look.snapshot.weights)
    weights["mean.bias"] = np.full(4, np.nan, np.float32)
    broken = dataclasses.replace(look.snapshot, weights=weights)
    wrong = dataclasses.replace(look, codes=dataclasses.replace(look.codes, snapshot=broken))
    assert drawn(wrong)[0].reason == "not-finite"


def test_a_prior_without_a_closed_form_gives_an_estimate_with_its_error():
    tensors = {
        "logits": np.zeros(1, np.float32),
        "means": np.zeros((1, 4), np.float32),
        "log_sigmas": np.zeros((1, 4), np.float32),
    }
    look = look_at(config_of(), VAE)
    weights = {**look.snapshot.weights, **{PREFIX + name: array for name, array in tensors.items()}}
    snapshot = dataclasses.replace(look.snapshot, weights=weights)
    mixture = dataclasses.replace(VAE, prior="mixture")
    exact = drawn(look)[0].flow
    flow = drawn(look_at(config_of(), mixture, snapshot=snapshot))[0].flow
    # One component at the origin is N(0, I).
    assert flow.kl_error > 0
    assert abs(flow.kl - exact.kl) <= 5 * flow.kl_error


def test_the_noise_has_the_shape_of_the_posterior():
    registered("box")
    try:
        traits = dataclasses.replace(VAE, posterior="box")
        look = look_at(config_of("box"), traits)
        draws, flow = drawn(look, draws=True)[0].draws, drawn(look)[0].flow
        kind = POSTERIORS["box"]
        drawn_noise = draw_noise(1, 4, 0).normal.astype(np.float32)
        np.testing.assert_allclose(flow.noise, kind.standard(drawn_noise)[0])
        assert (np.abs(draws.codes - flow.mean) <= np.sqrt(3) * flow.spread * (1 + 1e-5)).all()
    finally:
        unregister("box")


def test_a_network_of_its_own_shows_all_but_its_layers():
    """The torch replica of the same model represents one whose layers are not described."""
    config = config_of()
    plain = look_at(config, VAE)
    other = dataclasses.replace(
        plain, model=dataclasses.replace(plain.model, traits=dataclasses.replace(VAE, plain=False))
    )
    seen, flow = drawn(plain)[0].flow, drawn(other)[0].flow
    assert seen.layers_known
    assert not flow.layers_known
    assert flow.encoder == flow.decoder == ()
    np.testing.assert_allclose(flow.code, seen.code, atol=1e-5)
    np.testing.assert_allclose(flow.kl, seen.kl, rtol=1e-4)
    assert np.abs(flow.picture.astype(int) - seen.picture).max() <= 1
    assert flow.reconstruction is None  # a torch replica gives pictures, not what this likelihood takes
