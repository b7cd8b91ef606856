"""Finds the true posterior of one image by quadrature. For a worker's thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.true_posterior.state import MASSES, TruePosterior
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.metrics.exact import MOST_DIMENSIONS, ExactError, divergence_steps, exact_steps, importance_steps
from trainer.metrics.joint_density import JointDensity, of_replica
from trainer.metrics.posterior_regions import MOST, curve_steps, regions_steps

#: Number of draws of the bound, and their seed.
DRAWS, _SEED = 1_000, 0
#: Tolerance in nats of ln p(x), and grid points along a side, for the rough answer.
_QUICK, _FEW = 5e-2, 48
#: Tolerance for the fine answer.
_TOLERANCE = 1e-3


class TruePosteriorWork:
    """For one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas

    def find(self, look: Look, quick: bool) -> Iterator[object]:
        """`TruePosterior`s of the picked image, a rough one and, unless `quick`, a fine one.

        `look`: with picked image and data.
        """
        assert look.picked is not None
        nothing = TruePosterior(row=look.picked, number=look.number)
        reason = _reason(look)
        joint = None if reason else self._joint(look)
        if joint is None:
            yield replace(nothing, reason=reason or "density")
            return
        try:
            # A rough answer first, to follow quick changes of the picked image.
            yield from _found(joint, nothing, look, _QUICK, _FEW)
            if not quick:
                yield from _found(joint, nothing, look, _TOLERANCE, MOST)
        except ExactError as error:
            yield replace(nothing, reason="failed", sentence=shown_sentence(error.sentence))

    def _joint(self, look: Look) -> JointDensity | None:
        prior = look.model.prior(look.snapshot)
        assert look.snapshot is not None
        assert look.images is not None
        assert look.picked is not None
        assert prior is not None
        replica = self._replicas.of(look.snapshot, look.traits)
        image = np.ascontiguousarray(look.images[look.picked])
        return of_replica(replica, prior, image, look.snapshot.variance)


def _reason(look: Look) -> str:
    """Why there can be none, one of `REASONS`, or ""."""
    if not look.traits.has_prior:
        return "prior"
    if look.model.config.latent > MOST_DIMENSIONS:
        return "dimensions"
    if look.snapshot is None or look.model.prior(look.snapshot) is None:
        return "weights"
    assert look.picked is not None
    if look.images is None or look.picked >= len(look.images):
        return "images"
    return "" if look.images.shape[1:] == look.model.config.shape else "shape"


def _found(
    joint: JointDensity, nothing: TruePosterior, look: Look, tolerance: float, most: int
) -> Iterator[object]:
    exact = yield from exact_steps(joint, tolerance)
    found = replace(nothing, evidence=exact.log_evidence, error=exact.error, grey=_grey(look))
    posterior = joint.posterior
    if posterior is not None and exact.elbo is not None and exact.elbo_error is not None:
        kl, kl_error = yield from divergence_steps(joint, exact)
        bound, bound_error = yield from importance_steps(joint, DRAWS, _SEED)
        found = replace(
            found,
            elbo=exact.elbo,
            elbo_error=exact.elbo_error,
            kl=kl,
            kl_error=kl_error,
            bound=bound,
            bound_error=bound_error,
            draws=DRAWS,
        )
        if posterior.gaussian:
            found = replace(found, mean=posterior.mean[0], spread=posterior.spread[0])
    if len(joint.low) == 1:
        curve = yield from curve_steps(joint, exact)
        yield replace(found, curve=curve)
    else:
        regions = yield from regions_steps(joint, exact, MASSES, most)
        yield replace(found, regions=regions)


def _grey(look: Look) -> bool:
    """Whether grey pixels are used with a likelihood for black and white."""
    assert look.images is not None
    assert look.picked is not None
    if look.model.config.likelihood != "bernoulli":
        return False
    image = np.asarray(look.images[look.picked])
    return bool(((image > 0) & (image < 255)).any())
