"""The live figures of a model from the codes on its map, in NumPy, in the tool's worker thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.tools.measures.state import Live
from trainer.data.split import subset
from trainer.latent.aggregated import aggregated
from trainer.latent.density import Steps
from trainer.metrics.active_units import active_units, in_prior_units
from trainer.metrics.discrepancy import discrepancies
from trainer.metrics.effective_rank import effective_rank
from trainer.metrics.moments import offset, spread
from trainer.metrics.surgery import surgery
from trainer.posteriors import Posterior
from trainer.prior import Prior
from trainer.sentences import Sentence

#: Numbers of images, and of images for all pairs: at rest, and during training.
MOST, MOST_PAIRS = 10_000, 2_000
QUICK, QUICK_PAIRS = 2_000, 500
#: Number of held-out images with which training images are not needed.
ENOUGH = 100


def measure(looks: tuple[Look, ...], quick: bool) -> Iterator[object]:
    """(pane, its figures) of each look; `quick`: on fewer images, as more weights are on their way."""
    for look in looks:
        yield look.index, (yield from live(look, quick))


def live(look: Look, quick: bool) -> Steps[Live]:
    """Its figures; yields where the work can be cancelled."""
    rows, split = look.codes.rows, None if look.data is None else look.data.train_count
    held_out = np.flatnonzero(rows >= split) if split is not None else np.empty(0, np.intp)
    only = len(held_out) >= ENOUGH or (0 < len(held_out) == len(rows))
    places = held_out if only else np.arange(len(rows))
    places = places[subset(QUICK if quick else MOST, len(places), 0)]
    codes = look.codes.codes[places]
    sigmas = None if look.codes.sigmas is None else look.codes.sigmas[places]
    step = look.codes.step if look.snapshot is None else look.snapshot.step
    known = Live(number=look.number, step=step, count=len(codes), held_out=only)
    if len(codes) < 2:
        return replace(known, reason=Sentence("It needs two images or more."))
    if not np.isfinite(codes).all() or (sigmas is not None and not np.isfinite(sigmas).all()):
        return replace(known, reason=Sentence("Some codes are not finite numbers."))
    yield None
    rank = effective_rank(codes)
    yield None
    prior, traits = look.model.prior(look.snapshot), look.model.traits
    if not traits.has_posterior or prior is None:
        return replace(known, rank=rank, none=Sentence("This model has no posterior and no prior."))
    if sigmas is None:
        return replace(known, rank=rank, none=Sentence("The σ of these posteriors are not known."))
    if not (sigmas > 0).all():
        return replace(known, rank=rank, none=Sentence("Some σ of these posteriors are 0."))
    posterior = traits.posterior_kind.of_sigmas(codes.astype(np.float64), sigmas.astype(np.float64))
    centre, scale = np.asarray(prior.mean, np.float64), np.asarray(prior.spread, np.float64)
    # One draw of q(z|x) an image: the aggregated posterior is of z, not of μ.
    drawn = yield from aggregated(codes, sigmas, len(codes), 0, traits.posterior_kind)
    standard = (drawn - centre) / scale
    yield None
    pairs = min(len(codes), QUICK_PAIRS if quick else MOST_PAIRS)
    mmd, _ = discrepancies(standard[:pairs], (prior.draw(pairs, np.random.default_rng(1)) - centre) / scale)
    yield None
    # The codes are a seeded choice in ascending order: every k-th of them is a choice of the same kind.
    some = np.linspace(0, len(codes) - 1, pairs).round().astype(int)
    found = surgery(type(posterior)(*(part[some] for part in posterior)), prior)
    yield None
    return replace(
        known,
        offset=offset(standard),
        spread=spread(standard),
        pairs=pairs,
        active=active_units(in_prior_units(codes.var(axis=0, dtype=np.float64), prior)),
        rank=rank,
        kl=_kl_each(prior, posterior),
        sigma=float(np.median(sigmas)),
        mmd=mmd,
        surgery=found,
    )


def _kl_each(prior: Prior, posterior: Posterior) -> tuple[float, ...]:
    if not (prior.factorises and prior.closed):
        return ()
    each = prior.kl(posterior).mean_each
    return () if each is None else tuple(np.asarray(each).tolist())
