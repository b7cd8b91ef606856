"""Warnings derived from figures, in plain words, each with advice. Pure rules on numbers. Torch-free.

A rule whose numbers are unknown gives no warning: no alarm is better than a false one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.sentences import Sentence

#: Below this KL in nats a code has no information, whatever the number of dimensions.
NO_KL = 0.1
#: Steps before which a model is not called collapsed: its units may still become active.
WAKING = 200
#: β below which the KL is a small part of the objective.
SMALL_BETA = 0.1
#: Limits for "far from the prior": offset of the codes' mean and difference of their spread, in the prior's
#: spread.
FAR_OFFSET, FAR_SPREAD = 0.5, 0.5
#: The same limit as KL of aggregated posterior and prior, in nats per dimension.
FAR_MARGINAL = 0.5
#: An estimate of the information is valid if it is below its ceiling by this many nats.
BELOW_CEILING = 0.5
#: Spread, or offset, of the codes in units of the prior's spread above which they have outgrown it.
OUTGROWN = 2.0
#: Standard errors by which a gap between held-out and training images must be above 0, and must have grown.
GAP_ERRORS, GROWTH_ERRORS = 3.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The figures of a model; None if a figure does not apply or is unknown.

    Attributes:
        latent: d, the number of dimensions.
        step: of its weights.
        posterior, prior: whether it has one.
        beta: as set by the user, without warm-up.
        active: active units.
        kl: mean over held-out images, in nats.
        information, ceiling, marginal: terms of the KL decomposition, in nats.
        offset, spread: of the aggregated posterior, sampled z, in units of the prior's spread.
        gaps: held-out minus training loss in nats at each evaluation, oldest first.
        gap_error: standard error of the last gap.
    """

    latent: int
    step: int
    posterior: bool = False
    prior: bool = False
    beta: float | None = None
    active: int | None = None
    kl: float | None = None
    information: float | None = None
    ceiling: float | None = None
    marginal: float | None = None
    offset: float | None = None
    spread: float | None = None
    gaps: Sequence[float] = ()
    gap_error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """key: "collapse", "unused", "idle-kl", "outgrown" or "overfitting". what, advice: a sentence each."""

    key: str
    what: Sentence
    advice: Sentence


def concerns(signs: Signs) -> tuple[Concern, ...]:
    """All warnings for a model, the most serious first."""
    found = (_collapse(signs), _idle_kl(signs) or _outgrown(signs), _overfitting(signs))
    return tuple(one for one in found if one is not None)


def _collapse(signs: Signs) -> Concern | None:
    """Posterior collapse (Lucas et al. 2019): all dimensions, or more than half of them, are inactive."""
    if not signs.posterior or signs.active is None or signs.kl is None or signs.step < WAKING:
        return None
    if signs.active == 0 and signs.kl < NO_KL:
        return Concern(
            key="collapse",
            what=Sentence(
                "The posterior has collapsed: no dimension is active, the KL is {kl:.3f} nats, and codes say "
                "nothing about images.",
                kl=signs.kl,
            ),
            advice=Sentence("Try a smaller β, a longer warm-up of β, or a smaller decoder.")
            if signs.beta is None
            else Sentence("Try a β below {beta:g}, a longer warm-up of β, or a smaller decoder.", beta=signs.beta),
        )
    if 2 * signs.active < signs.latent:
        return Concern(
            key="unused",
            what=Sentence(
                "Only {active:,} of {latent:,} dimensions are active; the others say nothing about an image.",
                active=signs.active,
                latent=signs.latent,
            ),
            advice=Sentence("Try a smaller β to use more of them; or fewer dimensions, at no loss."),
        )
    return None


def _distance(signs: Signs) -> Sentence | None:
    """How the codes differ from the prior, in words; None if they do not, or if it is unknown."""
    if signs.spread is not None and math.isfinite(signs.spread) and abs(signs.spread - 1) > FAR_SPREAD:
        return Sentence("their spread is {spread:.2g} times that of the prior", spread=signs.spread)
    if signs.offset is not None and math.isfinite(signs.offset) and signs.offset > FAR_OFFSET:
        return Sentence("their centre is {offset:.2g} spreads from that of the prior", offset=signs.offset)
    if signs.marginal is None or signs.information is None or signs.ceiling is None:
        return None
    # At its ceiling the information is underestimated, and the rest of the KL overestimated.
    estimated = signs.information < signs.ceiling - BELOW_CEILING
    if estimated and signs.marginal > FAR_MARGINAL * signs.latent:
        return Sentence("they are {marginal:.1f} nats from it", marginal=signs.marginal)
    return None


def _idle_kl(signs: Signs) -> Concern | None:
    """A β so small that the KL has no effect, and codes that are not where the prior is."""
    if not signs.prior or signs.beta is None or signs.beta >= SMALL_BETA or signs.step < WAKING:
        return None
    distance = _distance(signs)
    if distance is None:
        return None
    return Concern(
        key="idle-kl",
        what=Sentence(
            "The KL does next to nothing at β = {beta:g}: codes are not where the prior is ({distance}), whose "
            "samples will not look like data.",
            beta=signs.beta,
            distance=distance,
        ),
        advice=Sentence("Try a β nearer to 1, or samples from a density fitted to the codes."),
    )


def _outgrown(signs: Signs) -> Concern | None:
    """Codes far beyond the prior although β is not small."""
    if not signs.prior or signs.step < WAKING:
        return None
    size = max((one for one in (signs.spread, signs.offset) if one is not None and math.isfinite(one)), default=0)
    if size <= OUTGROWN:
        return None
    return Concern(
        key="outgrown",
        what=Sentence(
            "The codes have outgrown the prior: they reach {size:.2g} times as far, and its samples miss most of "
            "where images are.",
            size=size,
        ),
        advice=Sentence("Try a larger β, or a smaller learning rate if the loss jumps."),
    )


def _overfitting(signs: Signs) -> Concern | None:
    """The gap between held-out and training loss is above its error, and has grown by more than it."""
    if not signs.gaps or not signs.gap_error or not all(map(math.isfinite, (*signs.gaps, signs.gap_error))):
        return None
    gap, grown = signs.gaps[-1], signs.gaps[-1] - min(signs.gaps)
    if gap < GAP_ERRORS * signs.gap_error or grown < GROWTH_ERRORS * signs.gap_error:
        return None
    return Concern(
        key="overfitting",
        what=Sentence(
            "Held-out images cost {gap:.1f} ± {error:.1f} nats more than training images, and the gap grows: "
            "these are learnt by heart.",
            gap=gap,
            error=signs.gap_error,
        ),
        advice=Sentence("Try more images, a smaller network, noise on the input, or an earlier moment."),
    )
