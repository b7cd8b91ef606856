"""Uses of codes and decoder: classification, denoising, inpainting, anomaly detection. Imports torch only to
measure.

Classes are predicted from codes, noise is removed, a hidden half is completed, foreign images are detected by
their loss. The images are seeded random choices, few enough to take a second in total.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.apart import Apart, apart, measured_part
from trainer.measures.conditions import images_measured
from trainer.measures.measure import NORMAL_95, Figure, Group, Measure, NotAvailableError
from trainer.metrics.share_interval import share_interval
from trainer.metrics.standard_error import standard_error
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from torch import Tensor

    from trainer.measures.subject import Subject

#: Maximum numbers of images to fit classifiers on and to score, and of pixel values of either.
MOST_FITTED, MOST_SCORED, MOST_VALUES = 4_000, 2_000, 16_000_000
#: Number of images that noise is added to or whose loss is compared, of each kind; and of pixel values.
MOST_SEEN, MOST_SEEN_VALUES = 500, 4_000_000
#: Maximum number of training images for the mean image.
MOST_AVERAGED = 1_000

SHARE = Sentence("share of images")

PROBE = Measure(
    key="probe_accuracy",
    title=Sentence("Linear probe"),
    unit=SHARE,
    better="higher",
    about=Sentence(
        "Share of held-out images whose class a linear classifier, multinomial logistic regression, tells from "
        "their codes; it is fitted on codes of training images."
    ),
    source="Alain & Bengio 2016",
)
NEIGHBOURS = Measure(
    key="neighbours_accuracy",
    title=Sentence("Class of the 5 nearest codes"),
    unit=SHARE,
    better="higher",
    about=Sentence(
        "Share of held-out images whose class is that of most of the five training images with the nearest codes."
    ),
    source="Cover & Hart 1967",
)
RETRIEVAL = Measure(
    key="retrieval_precision",
    title=Sentence("Precision of 10 retrieved"),
    unit=Sentence("share of those retrieved"),
    better="higher",
    about=Sentence(
        "Share of the ten other images with the codes nearest to that of an image that have the image's class."
    ),
    source="Manning et al. 2008",
)
DENOISING = Measure(
    key="denoising_psnr",
    title=Sentence("Noise taken away"),
    unit=Sentence("dB PSNR"),
    better="higher",
    about=Sentence(
        "How near the picture decoded from the code of a noisy image is to the image without noise: −10 log10 of "
        "the mean squared error of pixel values from 0 to 1, averaged over images."
    ),
    source="Vincent et al. 2010",
)
FOREIGN = Measure(
    key="anomaly_foreign",
    title=Sentence("Foreign images noticed"),
    unit=Sentence("AUROC"),
    better="higher",
    about=Sentence(
        "Share of pairs of a foreign image and a held-out one in which the foreign one has the larger loss: 1 "
        "always, 0.5 as chance would, less where foreign images cost less than real ones."
    ),
    source="An & Cho 2015",
)
FADES = Measure(
    key="anomaly_fades",
    title=Sentence("Cross-fades noticed"),
    unit=Sentence("AUROC"),
    better="higher",
    about=Sentence(
        "Share of pairs of a mean of two images and a held-out image in which the mean has the larger loss: 1 "
        "always, 0.5 as chance would, less where cross-fades cost less than real images."
    ),
    source="An & Cho 2015",
)
ENCODED = Measure(
    key="inpainting_encoded",
    title=Sentence("Hidden half, encoded"),
    unit=Sentence("squared error a pixel value"),
    better="lower",
    about=Sentence(
        "Mean squared error of the lower half of a picture that is decoded from the code of the image with the "
        "mean image in its lower half; black 0 to white 1."
    ),
)
REFINED = Measure(
    key="inpainting_refined",
    title=Sentence("Hidden half, refined"),
    unit=Sentence("squared error a pixel value"),
    better="lower",
    about=Sentence(
        "The same when the code is then refined until it is the most probable one given the upper half of the "
        "image: near to it in its picture, and in the prior. Without a prior only the picture counts."
    ),
    source="Yeh et al. 2017",
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them; one that is not available does not affect the others."""
    measured_part(subject, monitor)  # raises for codes that are not finite
    uses = _Uses(subject, monitor)
    for measures, found in (
        ((PROBE,), uses.probe),
        ((NEIGHBOURS,), uses.neighbours),
        ((RETRIEVAL,), uses.retrieval),
        ((DENOISING,), uses.denoising),
        ((FOREIGN,), uses.foreign),
        ((FADES,), uses.fades),
        ((ENCODED, REFINED), uses.inpainting),
    ):
        try:
            yield from found()
        except NotAvailableError as error:
            yield from (Figure(key=one.key, reason=error.sentence) for one in measures)


class _Uses:
    """Values shared by several of the measures, computed once."""

    def __init__(self, subject: Subject, monitor: Monitor) -> None:
        self._subject, self._monitor, self._seed = subject, monitor, subject.seed
        self._values = int(np.prod(subject.data.shape))

    def probe(self) -> Iterator[Figure]:
        from trainer.metrics.probe import FEWEST, majority, probe

        split, fit, labels = self._classes
        if len(fit) < FEWEST:
            raise NotAvailableError(
                "It needs {least} images or more with known classes to fit on; there are {count}.",
                least=FEWEST,
                count=len(fit),
            )
        found = probe(split.fit.codes, fit, split.score.codes, seed=self._seed, monitor=self._monitor)
        right = float((found.predicted == labels).mean())
        yield Figure.of(
            PROBE.key,
            right,
            Sentence(
                "L2 strength {strength:g}, chosen on a fifth; {images}",
                strength=found.strength,
                images=split.conditions,
            ),
            interval=share_interval(right, len(labels)),
            reference=(majority(fit, labels), Sentence("always the most frequent class")),
        )

    def neighbours(self) -> Iterator[Figure]:
        from trainer.metrics.neighbours_accuracy import NEAREST, neighbours_accuracy

        split, fit, labels = self._classes
        if len(fit) < NEAREST:
            raise NotAvailableError(
                "It needs {least} images or more with known classes to fit on; there are {count}.",
                least=NEAREST,
                count=len(fit),
            )

        def accuracy(near: np.ndarray, points: np.ndarray) -> float:
            return neighbours_accuracy(near, fit, points, labels, seed=self._seed, monitor=self._monitor)

        found = accuracy(split.fit.codes, split.score.codes)
        pixels = self._subject.shared(
            NEIGHBOURS.key, lambda: accuracy(self._pixels(split.fit.rows), self._pixels(split.score.rows))
        )
        yield Figure.of(
            NEIGHBOURS.key,
            found,
            split.conditions,
            interval=share_interval(found, len(labels)),
            reference=(pixels, Sentence("by the pixels of the same images")),
        )

    def retrieval(self) -> Iterator[Figure]:
        from trainer.metrics.retrieval import RETRIEVED, Precision, retrieval_precision

        split, _, labels = self._classes
        if len(labels) <= RETRIEVED:
            raise NotAvailableError(
                "It needs more than {least} images with known classes; there are {count}.",
                least=RETRIEVED,
                count=len(labels),
            )

        def precision(points: np.ndarray) -> Precision:
            return retrieval_precision(points, labels, seed=self._seed, monitor=self._monitor)

        found = precision(split.score.codes)
        pixels = self._subject.shared(RETRIEVAL.key, lambda: precision(self._pixels(split.score.rows)))
        yield Figure.of(
            RETRIEVAL.key,
            found.value,
            Sentence(
                "{count:,} of {images}, each among the others; by chance {chance:.3f}",
                count=len(labels),
                images=images_measured(self._subject),
                chance=found.chance,
            ),
            error=found.error,
            interval=_within(found.value, found.error),
            reference=(pixels.value, Sentence("by the pixels of the same images")),
        )

    def denoising(self) -> Iterator[Figure]:
        import torch

        from trainer.metrics.denoising import NOISE, best_blur, noisy, psnr

        _, seen, said = self._seen
        clean = seen.numpy().astype(np.float32) / np.float32(255)
        given = noisy(clean, self._seed)
        codes = self._subject.encode(torch.from_numpy(given), self._monitor)
        each = psnr(self._subject.decode(codes, self._monitor), clean)
        width, blur = self._subject.shared(DENOISING.key, lambda: best_blur(given, clean, self._monitor))
        yield Figure.of(
            DENOISING.key,
            float(each.mean()),
            Sentence(
                "{images}, noise of standard deviation {noise} (white is 1), {before:.2f} dB before",
                images=said,
                noise=NOISE,
                before=float(psnr(given, clean).mean()),
            ),
            error=standard_error(each),
            reference=(blur, Sentence("the best Gaussian blur, of {width:.2g} pixels", width=width)),
        )

    def foreign(self) -> Iterator[Figure]:
        from trainer.metrics.known_bad import foreign

        gratings = "moons" in self._subject.data.config.name  # half moons, too
        count = len(self._seen[0])
        rng = np.random.default_rng([self._seed, 10])
        shape = self._subject.data.shape
        other = self._subject.shared(FOREIGN.key, lambda: foreign(shape, count, rng, gratings=gratings))
        kind = Sentence("gratings") if gratings else Sentence("pictures of the moon")
        yield self._anomaly(FOREIGN.key, other, kind)

    def fades(self) -> Iterator[Figure]:
        from trainer.metrics.known_bad import fades

        rows, _, _ = self._seen
        if len(rows) < 2:
            raise NotAvailableError("It needs two images or more.")
        other = fades(self._subject.data.images[rows], len(rows), np.random.default_rng([self._seed, 11]))
        yield self._anomaly(FADES.key, other, Sentence("means of two of them"))

    def inpainting(self) -> Iterator[Figure]:
        import torch

        from trainer.metrics.inpainting import IMAGES, STEPS, has_gradient, hidden_errors, lower_half, refined
        from trainer.metrics.likelihood import outside_training

        subject, monitor = self._subject, self._monitor
        hidden = lower_half(*subject.data.shape[1:])
        if not hidden.any():
            raise NotAvailableError("A picture of one pixel has no half to hide.")
        _, seen, _ = self._seen
        images = seen.numpy()[:IMAGES].astype(np.float32) / np.float32(255)
        said = Sentence(
            "{count} of {images}, the lower half hidden", count=len(images), images=images_measured(subject)
        )
        of = Sentence("the mean of {count:,} training images", count=self._mean[1])
        mean = self._mean[0]
        reference = float(hidden_errors(mean, images, hidden).mean())
        codes = subject.encode(torch.from_numpy(np.where(hidden, mean, images)), monitor)

        def figure(key: str, codes: np.ndarray, conditions: Sentence) -> Figure:
            each = hidden_errors(subject.decode(codes, monitor), images, hidden)
            error = standard_error(each)
            return Figure.of(key, float(each.mean()), conditions, error=error, reference=(reference, of))

        yield figure(ENCODED.key, codes, said)
        with outside_training(subject.model):
            if not has_gradient(subject.model.decode, subject.latent, subject.device):
                yield Figure(key=REFINED.key, reason=Sentence("The decoder of this model has no gradient."))
                return
            better = refined(
                subject.model.decode,
                codes,
                images,
                hidden,
                log_prior=None if subject.prior is None else subject.prior.log_density,
                variance=self._noise,
                device=subject.device,
                monitor=monitor,
            )
        how = Sentence("{images}, at most {steps} steps", images=said, steps=STEPS)
        if subject.prior is not None:
            how = Sentence("{how}, with the prior and σ² = {variance:.3g}", how=how, variance=self._noise)
        yield figure(REFINED.key, better, how)

    def _anomaly(self, key: str, other: np.ndarray, kind: Sentence) -> Figure:
        from trainer.metrics.anomaly import distances_to_mean
        from trainer.metrics.auroc import auroc_with_error

        if len(self._seen[0]) < 2:
            raise NotAvailableError("It needs two images or more.")
        foreign = self._as_seen(other)
        real, costs = self._costs, self._costs_of(foreign)
        if not (np.isfinite(real).all() and np.isfinite(costs).all()):
            raise NotAvailableError("The loss of some images is not a finite number.")
        score, error = auroc_with_error(costs, real)
        mean = self._mean[0]
        plain, _ = auroc_with_error(
            distances_to_mean(foreign.numpy(), mean), distances_to_mean(self._seen[1].numpy(), mean)
        )
        # If no pair is wrong, DeLong's error is 0, however few the images.
        interval = _within(score, error) if error > 0 else share_interval(score, len(real))
        return Figure.of(
            key,
            score,
            Sentence(
                "{images} against as many {others}, by {loss}", images=self._seen[2], others=kind, loss=self._loss
            ),
            error=error if error > 0 else None,
            interval=interval,
            reference=(plain, Sentence("by the distance to the mean of training images")),
        )

    # ------------------------------------------------------------ shared

    @cached_property
    def _classes(self) -> tuple[Apart, np.ndarray, np.ndarray]:
        """The images to fit classifiers on and to score, and the labels of both."""
        subject, monitor = self._subject, self._monitor
        labels = subject.labels
        known = labels >= 0
        part, images = measured_part(subject, monitor), images_measured(subject)
        if not known[part.rows].all():
            part = part.at(np.flatnonzero(known[part.rows]))
            images = Sentence("the {count:,} with known classes of {images}", count=len(part), images=images)
        most = max(1, MOST_VALUES // self._values)
        split = apart(
            subject,
            part,
            images,
            monitor,
            known=known,
            most=min(most, MOST_FITTED),
            most_scored=min(most, MOST_SCORED),
        )
        if not len(split.score):
            raise NotAvailableError("No image to score on has a known class.")
        fit = labels[split.fit.rows]
        if len(np.unique(fit)) < 2:
            raise NotAvailableError("It needs images of two classes or more.")
        return split, fit, labels[split.score.rows]

    @cached_property
    def _seen(self) -> tuple[np.ndarray, Tensor, Sentence]:
        """Rows of some measured images in random order, the images uint8 as the model's input, and a
        description.
        """
        subject = self._subject
        count = min(MOST_SEEN, max(1, MOST_SEEN_VALUES // self._values))
        places = np.random.default_rng([self._seed, 12]).permutation(len(subject.rows))[:count]
        said = images_measured(subject)
        if len(places) < len(subject.rows):
            said = Sentence("{count:,} of {images}", count=len(places), images=said)
        return subject.rows[places], subject.images[places], said

    @cached_property
    def _costs(self) -> np.ndarray:
        return self._costs_of(self._seen[1])

    def _costs_of(self, images: Tensor) -> np.ndarray:
        from trainer.metrics.anomaly import costs

        subject = self._subject
        return costs(subject.model, images, seed=self._seed, variance=subject.variance, monitor=self._monitor)

    @cached_property
    def _noise(self) -> float:
        """σ² of a pixel around the decoded one: that of a Gaussian likelihood, else the model's squared error."""
        from trainer.likelihoods import MIN_VARIANCE, FixedGaussian, likelihood_of

        likelihood = likelihood_of(self._subject.model.config, self._subject.variance)
        if isinstance(likelihood, FixedGaussian) and likelihood.known:
            return likelihood.variance
        return max(self._subject.likelihood.mse or 0.0, MIN_VARIANCE)

    @cached_property
    def _loss(self) -> Sentence:
        """A description of an image's cost."""
        from trainer.likelihoods import likelihood_of

        subject = self._subject
        if not likelihood_of(subject.model.config, subject.variance).known:
            return Sentence("squared error")
        if subject.posterior_kind is not None and subject.prior is not None:
            return Sentence("−ELBO of one draw")
        return Sentence("reconstruction loss")

    @cached_property
    def _mean(self) -> tuple[np.ndarray, int]:
        """The mean of some training images, float32 (C, H, W) in [0, 1], and their number."""
        training = self._subject.training_images
        places = np.random.default_rng([self._seed, 13]).permutation(len(training))[:MOST_AVERAGED]
        some = training[places].numpy()
        return (some.mean(axis=0, dtype=np.float64) / 255).astype(np.float32), len(some)

    def _pixels(self, rows: np.ndarray) -> np.ndarray:
        """Images float32 (n, D) as the model's input."""
        images = self._as_seen(self._subject.data.images[rows])
        return images.numpy().reshape(len(rows), -1).astype(np.float32)

    def _as_seen(self, images: np.ndarray) -> Tensor:
        import torch

        from trainer.metrics.binarisation import as_seen

        return as_seen(torch.from_numpy(images), self._subject.binarise, self._seed)


def _within(share: float, error: float) -> tuple[float, float]:
    """The normal 95 % interval of a share, clipped to [0, 1]."""
    return max(0.0, share - NORMAL_95 * error), min(1.0, share + NORMAL_95 * error)


GROUP = Group(
    name="uses",
    title=Sentence("What it is good for"),
    measures=(PROBE, NEIGHBOURS, RETRIEVAL, DENOISING, FOREIGN, FADES, ENCODED, REFINED),
    measure=measure,
)
