"""The work of the drawing's thread: computes the path of one image, or code, through the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.drawing.state import DRAWS, Activation, DrawingSettings, Drawn, Draws, Flow
from trainer.latent.reconstruction import reconstruct
from trainer.noise import draw_noise
from trainer.posteriors import Posterior
from trainer.replica.choice import make_replica
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.replica import Replica

#: Number of draws to estimate a KL without a closed form, and the seed of their noise.
_ESTIMATE, _ESTIMATE_SEED = 256, 7
#: Number of codes for the range of the bars.
_CODES = 2_000
_LEAST_REACH = 3.0


class DrawingWork:
    """Yields the `Drawn` of all panes by index; for one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        """`replicas`: for models that are not plain networks."""
        self._others = replicas
        # Only the NumPy replica gives hidden layers; every plain model has one, on any device.
        self._plain = ReplicaCache(
            lambda config, traits: make_replica(config, posterior=traits.posterior_kind),
        )
        self._reaches: dict[int, tuple[PaneCodes, float]] = {}

    def make(
        self, looks: tuple[Look, ...], row: int | None, settings: DrawingSettings
    ) -> Iterator[Mapping[int, Drawn]]:
        """looks: with the data, and for source "cursor" with the code. row: the data row, for source "image"."""
        drawn = {}
        for look in looks:
            drawn[look.index] = self._drawn(look, row, settings)
        yield drawn

    def _drawn(self, look: Look, row: int | None, settings: DrawingSettings) -> Drawn:
        assert look.snapshot is not None
        replica = (self._plain if look.traits.plain else self._others).of(look.snapshot, look.traits)
        reach = self._reach(look)
        if settings.source == "cursor" and not settings.draws:
            if look.code is None or len(look.code) != look.model.config.latent:
                return Drawn(reason="no-cursor")
            return Drawn(_decoded(look, replica, look.code, reach))
        if row is None:
            return Drawn(reason="no-image")
        image = _image_of(look, row)
        mean, posterior = _encoded(look, replica, row, image)
        if mean is None:
            return Drawn(reason="no-image")
        if not np.isfinite(mean).all() or (posterior is not None and not np.isfinite(posterior.spread).all()):
            return Drawn(reason="not-finite")
        if settings.draws:
            return Drawn(draws=_draws(look, replica, row, image, mean, posterior, settings.seed))
        return Drawn(_flow(look, replica, row, image, mean, posterior, settings, reach))

    def _reach(self, look: Look) -> float:
        """Value of a full bar: determined by the codes on the map, not by the image."""
        known = self._reaches.get(look.index)
        if known is None or known[0] is not look.codes:
            codes = look.codes.codes
            sample = np.abs(codes[:: max(1, len(codes) // _CODES)])
            finite = sample[np.isfinite(sample)]
            reach = max(_LEAST_REACH, float(np.quantile(finite, 0.995))) if len(finite) else _LEAST_REACH
            known = self._reaches[look.index] = (look.codes, reach)
        return known[1]


def _image_of(look: Look, row: int) -> np.ndarray | None:
    """uint8 (C, H, W), if it is available and of the model's shape."""
    images = look.images
    if images is None or row >= len(images) or images.shape[1:] != look.model.config.shape:
        return None
    return np.ascontiguousarray(images[row])


def _encoded(
    look: Look, replica: Replica, row: int, image: np.ndarray | None
) -> tuple[np.ndarray | None, Posterior | None]:
    """The code (d,), and q(z|x) of one image; without the image those of the map. None if unknown."""
    if image is not None:
        posterior = replica.posterior(image[None])
        return (replica.encode(image[None])[0] if posterior is None else posterior.mean[0]), posterior
    place = look.codes.place_of(row)
    if place is None:
        return None, None
    mean, sigmas = look.codes.codes[place], look.codes.sigmas
    if sigmas is None:
        return mean, None
    return mean, look.traits.posterior_kind.of_sigmas(mean[None], sigmas[place][None])


def _decoded(look: Look, replica: Replica, code: np.ndarray, reach: float) -> Flow:
    """The decoder's part, from a code."""
    assert look.snapshot is not None
    code = np.array(code, np.float32)
    picture = replica.decode(code[None])[0]
    _freeze(code, picture)
    return Flow(
        snapshot=look.snapshot,
        row=None,
        layers_known=isinstance(replica, NumpyReplica),
        code=code,
        reach=reach,
        decoder=_decoder(replica, code),
        picture=picture,
    )


def _flow(
    look: Look,
    replica: Replica,
    row: int,
    image: np.ndarray | None,
    mean: np.ndarray,
    posterior: Posterior | None,
    settings: DrawingSettings,
    reach: float,
) -> Flow:
    assert look.snapshot is not None
    latent, spread, noise = len(mean), None, None
    code = np.array(mean, np.float32)
    if posterior is not None:
        drawn = draw_noise(1, latent, settings.seed).normal.astype(np.float32)
        noise = np.zeros(latent, np.float32) if settings.zero else posterior.standard(drawn)[0]
        spread = np.array(posterior.spread[0], np.float32)
        code = (mean + spread * noise).astype(np.float32)
    picture = replica.decode(code[None])[0]
    reconstruction = squared_error = None
    if image is not None:
        found = reconstruct(replica, code, image, look.snapshot.variance)
        reconstruction, squared_error = found.loss, found.squared_error
    kl, kl_error = _divergence(look, posterior)
    seen = None if image is None else np.ascontiguousarray(image.transpose(1, 2, 0))
    mean = np.array(mean, np.float32)
    _freeze(code, picture, mean, *(one for one in (spread, noise, seen) if one is not None))
    return Flow(
        snapshot=look.snapshot,
        row=row,
        image=seen,
        layers_known=isinstance(replica, NumpyReplica),
        encoder=_encoder(replica, image),
        mean=None if posterior is None else mean,
        spread=spread,
        noise=noise,
        code=code,
        reach=reach,
        decoder=_decoder(replica, code),
        picture=picture,
        reconstruction=reconstruction,
        squared_error=squared_error,
        kl=kl,
        kl_error=kl_error,
    )


def _draws(
    look: Look,
    replica: Replica,
    row: int,
    image: np.ndarray | None,
    mean: np.ndarray,
    posterior: Posterior | None,
    seed: int,
) -> Draws:
    assert look.snapshot is not None
    mean = np.array(mean, np.float32)
    codes, spread = np.empty((0, len(mean)), np.float32), 0.0
    pictures = np.empty((0, *replica.config.shape[1:], replica.config.shape[0]), np.uint8)
    if posterior is not None:
        noise = draw_noise(DRAWS, len(mean), seed).normal.astype(np.float32)
        codes = (mean + posterior.spread[0] * posterior.standard(noise)).astype(np.float32)
        pictures = replica.decode(codes)
        # All pairs' mean squared difference is twice the unbiased variance.
        spread = float(2 * replica.decode_float(codes).astype(np.float64).var(axis=0, ddof=1).mean())
    picture = replica.decode(mean[None])[0]
    seen = None if image is None else np.ascontiguousarray(image.transpose(1, 2, 0))
    _freeze(mean, codes, pictures, picture, *(() if seen is None else (seen,)))
    return Draws(
        snapshot=look.snapshot,
        row=row,
        image=seen,
        mean=mean,
        picture=picture,
        codes=codes,
        pictures=pictures,
        spread=spread,
    )


def _divergence(look: Look, posterior: Posterior | None) -> tuple[float | None, float | None]:
    """KL(q(z|x) || p(z)) in nats and its standard error, from draws where it has no closed form."""
    prior = look.model.prior(look.snapshot)
    if posterior is None or prior is None:
        return None, None
    exact = type(posterior)(*(np.asarray(part, np.float64) for part in posterior))
    noise = None
    if not prior.closed:
        drawn = np.random.default_rng(_ESTIMATE_SEED)
        noise = drawn.standard_normal((_ESTIMATE, 1, exact.mean.shape[1]))
    with np.errstate(over="ignore", invalid="ignore"):
        found = prior.kl(exact, noise)
    error = None if found.errors is None else float(found.errors[0])
    return float(found.rows[0]), error


def _encoder(replica: Replica, image: np.ndarray | None) -> tuple[Activation, ...]:
    if image is None or not isinstance(replica, NumpyReplica):
        return ()
    return _hidden(replica.encoder_outputs(image), "encoder.")


def _decoder(replica: Replica, code: np.ndarray) -> tuple[Activation, ...]:
    return _hidden(replica.decoder_outputs(code), "decoder.") if isinstance(replica, NumpyReplica) else ()


def _hidden(outputs: Mapping[str, np.ndarray], prefix: str) -> tuple[Activation, ...]:
    found = tuple(Activation(name, values) for name, values in outputs.items() if name.startswith(prefix))
    _freeze(*(one.values for one in found))
    return found


def _freeze(*arrays: np.ndarray) -> None:
    for array in arrays:
        array.setflags(write=False)
