"""Reconstruction against KL: losses, ELBO, bits per dimension, squared error. Imports torch only to measure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure
from trainer.metrics.standard_error import standard_error
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

NATS = Sentence("nats per image")

RECONSTRUCTION = Measure(
    key="reconstruction",
    title=Sentence("Reconstruction loss"),
    unit=NATS,
    better="lower",
    about=Sentence(
        "−E ln p(x|z), summed over pixels, averaged over images, at one draw z of each posterior: how much of an "
        "image its code leaves unexplained."
    ),
)
KL = Measure(
    key="kl",
    title=Sentence("KL divergence"),
    unit=NATS,
    about=Sentence(
        "KL(q(z|x) || p(z)), summed over latent dimensions, averaged over images: what a code says about its "
        "image beyond the prior."
    ),
)
ELBO = Measure(
    key="elbo",
    title=Sentence("ELBO"),
    unit=NATS,
    better="higher",
    about=Sentence("−(reconstruction loss + KL): a lower bound on ln p(x), the log-likelihood of an image."),
    source="Kingma & Welling 2014",
)
BITS = Measure(
    key="bits_per_dimension",
    title=Sentence("Bits per dimension"),
    unit=Sentence("bits a pixel value"),
    better="lower",
    about=Sentence("−ELBO / (D ln 2), D the number of pixel values: the same bound for pictures of any size."),
)
MSE = Measure(
    key="mse",
    title=Sentence("Squared error"),
    unit=Sentence("a pixel value, black 0 to white 1"),
    better="lower",
    about=Sentence("Mean squared difference of an image and the picture decoded from its code, without sampling."),
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them, with one seeded draw of each posterior."""
    from trainer.likelihoods import likelihood_of

    monitor.check()
    images, found = images_measured(subject), subject.likelihood
    drawn = Sentence("{images}, one draw of q(z|x) each", images=images) if found.has_kl else images
    unknown = Sentence("The learned σ² of this model is not known.")
    missing = not likelihood_of(subject.model.config, subject.variance).known
    if missing:
        yield Figure(key="reconstruction", reason=unknown)
    else:
        yield Figure.of(
            "reconstruction",
            found.reconstruction,
            drawn,
            error=found.reconstruction_error,
            images=found.each_reconstruction,
        )
    if found.mse is not None:
        error = None if found.each_mse is None else standard_error(found.each_mse)
        yield Figure.of("mse", found.mse, images, error=error, images=found.each_mse)
    if not found.has_kl:
        none = Sentence("This model has no posterior and no prior.")
        yield from (Figure(key=key, reason=none) for key in ("kl", "elbo", "bits_per_dimension"))
        return
    yield Figure.of(
        "kl", found.kl, images, error=found.kl_error, each=found.kl_per_dimension, images=found.each_kl
    )
    if missing:
        yield from (Figure(key=key, reason=unknown) for key in ("elbo", "bits_per_dimension"))
        return
    elbo = None
    if found.each_reconstruction is not None and found.each_kl is not None:
        elbo = -(found.each_reconstruction + found.each_kl)
    yield Figure.of("elbo", found.elbo, drawn, error=found.elbo_error, images=elbo)
    scale = subject.model.config.pixels * math.log(2)
    error = None if found.elbo_error is None else found.elbo_error / scale
    bits = None if elbo is None else -elbo / scale
    yield Figure.of("bits_per_dimension", -found.elbo / scale, drawn, error=error, images=bits)


GROUP = Group(
    name="rate",
    title=Sentence("Reconstruction and KL"),
    measures=(RECONSTRUCTION, KL, ELBO, BITS, MSE),
    measure=measure,
)
