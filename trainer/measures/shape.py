"""Whether the cloud of codes is a line, a disc, a ring or irregular. Imports torch only to measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.metrics.cloud_shape import LEAST, NORMAL_MIDDLE, NORMAL_VARIATION, cloud_shape, normal_entropy
from trainer.metrics.share_interval import share_interval
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

#: The name of each shape.
WORDS = {
    "line": Sentence("line"),
    "disc": Sentence("disc"),
    "ring": Sentence("ring"),
    "irregular": Sentence("irregular"),
}

ENTROPY = Measure(
    key="cloud_entropy",
    title=Sentence("Shape of the code cloud"),
    unit=Sentence("of the highest entropy"),
    about=Sentence(
        "How evenly the whitened codes fill 6 x 6 cells that each hold 1/36 of N(0, I): entropy over ln 36. Line "
        "if the ratio of the axes is below 0.02; else disc above 0.95; else ring if below 1 % of the codes are "
        "in the middle and the radius varies by less than 0.2; else irregular."
    ),
)
AXES = Measure(
    key="cloud_axis_ratio",
    title=Sentence("Shorter axis of the cloud"),
    unit=Sentence("of the longer one, in variance"),
    about=Sentence("λ2 / λ1, the variances of the codes along their first two principal axes: 0 for a line."),
)
MIDDLE = Measure(
    key="cloud_middle",
    title=Sentence("Codes in the middle of the cloud"),
    unit=Sentence("share of codes"),
    about=Sentence(
        "Ring index: share of codes whose whitened radius is below 0.4 of the median radius. A ring has none."
    ),
)
RADIUS = Measure(
    key="cloud_radius_variation",
    title=Sentence("Variation of the radius"),
    unit=Sentence("of its mean"),
    about=Sentence("Standard deviation of the whitened radius over its mean: 0 for a thin ring."),
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them on the codes that the map shows: μ where there is a posterior."""
    codes = subject.codes(monitor)
    if subject.latent < 2:
        raise NotAvailableError("It needs two latent dimensions or more.")
    if len(codes) < LEAST:
        raise NotAvailableError(
            "It needs {least:,} images or more; there are {count:,}.", least=LEAST, count=len(codes)
        )
    if not np.isfinite(codes).all():
        raise NotAvailableError("Some codes are not finite numbers.")
    found = cloud_shape(codes)
    if found is None:
        raise NotAvailableError("All codes are the same.")
    images = images_measured(subject)
    if subject.posterior_kind is not None:
        images = Sentence("{images}, the mean μ of each posterior", images=images)
    if subject.latent > 2:
        images = Sentence("{images}, on the first two principal components", images=images)
    of = Sentence("N(0, I)")
    yield Figure.of(
        ENTROPY.key,
        found.entropy,
        images,
        error=found.entropy_error,
        reference=(normal_entropy(found.count), of),
        label=WORDS[found.shape],
    )
    yield Figure.of(AXES.key, found.axis_ratio, images, error=found.axis_ratio_error)
    yield Figure.of(
        MIDDLE.key,
        found.middle_share,
        images,
        interval=share_interval(found.middle_share, found.count),
        reference=(NORMAL_MIDDLE, of),
    )
    yield Figure.of(
        RADIUS.key,
        found.radius_variation,
        images,
        error=found.radius_variation_error,
        reference=(NORMAL_VARIATION, of),
    )


GROUP = Group(
    name="shape",
    title=Sentence("Shape of the code cloud"),
    measures=(ENTROPY, AXES, MIDDLE, RADIUS),
    measure=measure,
)
