"""What figures warn of, in plain words, each with what to try. Pure rules on numbers. Torch-free.

Where a number is not known a rule is silent: no alarm is better than a false one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.sentences import Sentence

#: Below this KL in nats a code says nothing, whatever the number of dimensions.
NO_KL = 0.1
#: Steps before which a model that is still waking up is not called collapsed.
WAKING = 200
#: β below which the KL is a small part of what is minimised.
SMALL_BETA = 0.1
#: How far from the prior the codes are: offset of their mean and difference of their spread, in its own spread.
FAR_OFFSET, FAR_SPREAD = 0.5, 0.5
#: The same as KL of aggregated posterior and prior, in nats a dimension.
FAR_MARGINAL = 0.5
#: Below its ceiling by so many nats an estimate of the information is one.
BELOW_CEILING = 0.5
#: Spread, or offset, of the codes in the prior's own beyond which they have outgrown it.
OUTGROWN = 2.0
#: Standard errors by which a gap between held-out and training images must be above 0, and must have grown.
GAP_ERRORS, GROWTH_ERRORS = 3.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is known of a model; None for what it does not have or is not known.

    Attributes:
        latent: d, the number of dimensions.
        step: of its weights.
        posterior, prior: whether it has one.
        beta: as it is set, whatever a warm-up makes of it at present.
        active: active units.
        kl: of held-out images, in nats.
        information, ceiling, marginal: of the KL taken apart, in nats.
        offset, spread: of the aggregated posterior, sampled z, in units of the prior's spread.
        gaps: held-out minus training loss in nats at each evaluation, oldest first.
        gap_error: standard error of the last.
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
    """All that there is to be said of a model, the gravest first."""
    found = (_collapse(signs), _idle_kl(signs) or _outgrown(signs), _overfitting(signs))
    return tuple(one for one in found if one is not None)


def _collapse(signs: Signs) -> Concern | None:
    """Posterior collapse (Lucas et al. 2019): all dimensions, or more than half of them, say nothing."""
    if not signs.posterior or signs.active is None or signs.kl is None or signs.step < WAKING:
        return None
    if signs.active == 0 and signs.kl < NO_KL:
        return Concern(
            key="collapse",
            what=Sentence(
                "The posterior has collapsed: no dimension is active and the KL is {kl:.3f} nats, so a code says "
                "nothing about its image and all pictures look alike.",
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
    """How the codes are far from the prior, in words; None where they are not, as far as is known."""
    if signs.spread is not None and math.isfinite(signs.spread) and abs(signs.spread - 1) > FAR_SPREAD:
        return Sentence("their spread is {spread:.2g} times that of the prior", spread=signs.spread)
    if signs.offset is not None and math.isfinite(signs.offset) and signs.offset > FAR_OFFSET:
        return Sentence("their centre is {offset:.2g} spreads from that of the prior", offset=signs.offset)
    if signs.marginal is None or signs.information is None or signs.ceiling is None:
        return None
    # At its ceiling the information is too small an estimate, and the rest of the KL too large a one.
    estimated = signs.information < signs.ceiling - BELOW_CEILING
    if estimated and signs.marginal > FAR_MARGINAL * signs.latent:
        return Sentence("they are {marginal:.1f} nats from it", marginal=signs.marginal)
    return None


def _idle_kl(signs: Signs) -> Concern | None:
    """A β so small that the KL shapes nothing, and codes that are not where the prior is."""
    if not signs.prior or signs.beta is None or signs.beta >= SMALL_BETA or signs.step < WAKING:
        return None
    distance = _distance(signs)
    if distance is None:
        return None
    return Concern(
        key="idle-kl",
        what=Sentence(
            "The KL does next to nothing at β = {beta:g}: the codes are not where the prior is ({distance}), and "
            "samples from the prior will not look like the data.",
            beta=signs.beta,
            distance=distance,
        ),
        advice=Sentence("Try a larger β, up to 1; or draw samples from a density fitted to the codes."),
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
            "The codes have outgrown the prior: they reach {size:.2g} times as far as it does, and its samples "
            "come from a small part of where the images are.",
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
            "Held-out images cost {gap:.1f} ± {error:.1f} nats more than training images, and the gap has grown: "
            "the model learns its training images by heart.",
            gap=gap,
            error=signs.gap_error,
        ),
        advice=Sentence(
            "Try more images, a smaller network or noise on the input; or continue from an earlier moment."
        ),
    )
