"""Compares samples with real images, for several sources of codes. Imports torch only to measure.

Codes come from the prior, from densities fitted to the codes of training images (Ghosh et al. 2020) and, as a
reference, from images. All are compared with an equal number of held-out images, and the reference of every figure
is that of as many other real images. Real images are not binarised, even if the model was trained on
binarised ones, because decoded pictures are means. About nine seconds on one core for 10,000 digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from trainer.latent.density import Density, DensityError, fit_gaussian
from trainer.latent.kernel_density import fit_kernel_density
from trainer.latent.mixture import fit_mixture, most_codes
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.metrics.classifier import ClassifierError
from trainer.metrics.features import FEATURES, FeatureNet, feature_net_for
from trainer.metrics.real_rows import real_rows
from trainer.metrics.samples import LEAST_FRECHET, NEAREST, Fidelity, alike, ball_radii, compare, frechet_error
from trainer.metrics.share_interval import share_interval
from trainer.metrics.sharpness import laplacian_variance, mid_grey_share
from trainer.metrics.standard_error import standard_error
from trainer.noise import Noise, draw_noise
from trainer.progress import Monitor, completed
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

#: Maximum numbers of pictures compared and of held-out codes to score densities on: seeded random choices.
MOST, MOST_JUDGED = 10_000, 2_000
#: Components of the mixture.
COMPONENTS = 10
#: Picture values in memory at a time: 16 MB.
_VALUES = 4_000_000

#: Source of codes -> name of its samples, for titles.
SOURCES = {
    "prior": Sentence("prior"),
    "gaussian": Sentence("Gaussian"),
    "mixture": Sentence("Gaussian mixture"),
    "kernels": Sentence("kernel density"),
    "reconstruction": Sentence("reconstructions"),
}
#: The densities whose held-out log density is given.
DENSITIES = ("prior", "gaussian", "mixture", "kernels")


def _measures(key: str, of: Sentence) -> tuple[Measure, ...]:
    """The measures of pictures from one source."""
    share = Sentence("share of pictures")
    return (
        Measure(
            key=f"{key}_fd",
            title=Sentence("FD, {of}", of=of),
            unit=Sentence("squared units of the features"),
            better="lower",
            about=Sentence(
                "Fréchet distance |m − m′|² + tr(C + C′ − 2 (C C′)^½) of the features of decoded pictures and "
                "of real images, in a small fixed classifier of digits (FD-clf) or, for colour, a fixed random "
                "network (FD-random): no FID. It falls with the number of pictures, so compare equal numbers."
            ),
            source="Heusel et al. 2017",
        ),
        Measure(
            key=f"{key}_precision",
            title=Sentence("Precision, {of}", of=of),
            unit=share,
            better="higher",
            about=Sentence(
                "Share of decoded pictures nearer to some real image than its 5th real neighbour is. One good "
                "picture again and again reaches 1: read it with recall and coverage only."
            ),
            source="Kynkäänniemi et al. 2019",
        ),
        Measure(
            key=f"{key}_recall",
            title=Sentence("Recall, {of}", of=of),
            unit=Sentence("share of real images"),
            better="higher",
            about=Sentence(
                "Share of real images nearer to some decoded picture than its 5th decoded neighbour is. Pictures "
                "far from all others have large neighbourhoods and raise it."
            ),
            source="Kynkäänniemi et al. 2019",
        ),
        Measure(
            key=f"{key}_density",
            title=Sentence("Sample density, {of}", of=of),
            about=Sentence(
                "In how many real images' neighbourhoods of 5 a decoded picture lies, over 5: about 1 for real "
                "images, more for pictures that keep to the most usual ones."
            ),
            source="Naeem et al. 2020",
        ),
        Measure(
            key=f"{key}_coverage",
            title=Sentence("Coverage, {of}", of=of),
            unit=Sentence("share of real images"),
            better="higher",
            about=Sentence(
                "Share of real images with a decoded picture nearer than their 5th real neighbour: whether all "
                "kinds of images come."
            ),
            source="Naeem et al. 2020",
        ),
        Measure(
            key=f"{key}_sharpness",
            title=Sentence("Sharpness, {of}", of=of),
            unit=Sentence("squared grey levels, white 1"),
            about=Sentence(
                "Variance of the Laplacian of a picture, averaged over pictures: as much as of real images is "
                "right; less is blurred, more is noise."
            ),
            source="Pech-Pacheco et al. 2000",
        ),
        Measure(
            key=f"{key}_mid_grey",
            title=Sentence("Mid-grey pixels, {of}", of=of),
            unit=Sentence("share of pixel values"),
            about=Sentence(
                "Share of pixel values between 0.2 and 0.8: more than in real images means blur or mixtures of "
                "images, where these are black and white."
            ),
        ),
    )


def _log_density(key: str, of: Sentence) -> Measure:
    return Measure(
        key=f"{key}_log_density",
        title=Sentence("Held-out ln p(z), {of}", of=of),
        unit=Sentence("nats per image"),
        about=Sentence(
            "Mean log density of codes of held-out images, draws of q(z|x) where there is a posterior. It depends "
            "on the units of the codes: it compares densities of one model, never models."
        ),
        source="Ghosh et al. 2020",
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """The features of pictures that are compared.

    features: float32 (n, f). sharpness: float64 (n,), or None for too small pictures. mid_grey: float64 (n,).
    """

    features: np.ndarray
    sharpness: np.ndarray | None
    mid_grey: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """Real images, with the radii of their nearest-neighbour balls, and a description."""

    look: _Look
    balls: np.ndarray
    words: Sentence


@dataclass(frozen=True, slots=True, eq=False)
class _Beside:
    """Real images to compare with, other real images, and the figures that those reach."""

    real: _Side
    others: _Side
    fidelity: Fidelity


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them: densities first, then the pictures of each source."""
    densities: dict[str, Density | Sentence] = {}
    for name in DENSITIES:
        densities[name] = _fitted(subject, name, monitor)
        yield _judged(subject, name, densities[name], monitor)
    wanted, others = real_rows(subject.data.count, subject.data.train_count, MOST, subject.rows, subject.seed)
    if len(wanted) <= NEAREST:
        raise NotAvailableError(
            "It needs more than {count} held-out images, and as many others to compare them with.", count=NEAREST
        )
    try:
        net = feature_net_for(subject.data.shape)
        first, second = (_images(subject, net, rows, monitor) for rows in (wanted, others))
        if alike(first.look.features):
            raise NotAvailableError("The images are all the same one.")
        beside = _beside(first, second, monitor)
        for name in SOURCES:
            if name == "reconstruction":
                yield from _reconstructed(subject, net, wanted, _beside(second, first, monitor), monitor)
            else:
                yield from _drawn(subject, net, name, densities[name], beside, monitor)
    except ClassifierError as error:
        raise NotAvailableError.of(error.sentence) from error


def _fitted(subject: Subject, name: str, monitor: Monitor) -> Density | Sentence:
    """The density of codes called `name`, or the reason why there is none."""
    codes = subject.drawn(monitor, training=True)
    try:
        match name:
            case "prior":
                return _PriorDensity(subject)
            case "gaussian":
                return completed(fit_gaussian(codes), monitor)
            case "mixture":
                most = most_codes(COMPONENTS, subject.latent)
                return completed(fit_mixture(codes[:most], COMPONENTS, seed=subject.seed), monitor)
            case _:
                return completed(fit_kernel_density(codes, seed=subject.seed), monitor)
    except DensityError as error:
        return error.sentence
    except np.linalg.LinAlgError:
        return Sentence("The codes are too uneven for it to be fitted to them.")


class _PriorDensity:
    """The model's own prior, on its device; N(0, I) for a model without one."""

    def __init__(self, subject: Subject) -> None:
        from trainer.priors.gaussian import StandardNormal

        self._prior = subject.prior or StandardNormal(subject.latent)
        self._device = subject.device

    @property
    def latent(self) -> int:
        return self._prior.latent

    @property
    def formula(self) -> str:
        return self._prior.formula

    def log_density(self, codes: np.ndarray) -> np.ndarray:
        import torch

        with torch.no_grad():
            return self._prior.log_density(torch.from_numpy(codes).to(self._device)).double().cpu().numpy()

    def sample(self, noise: Noise) -> np.ndarray:
        import torch

        parts = (np.asarray(part, np.float32) for part in (noise.normal, noise.uniform))
        normal, uniform = (torch.from_numpy(part).to(self._device) for part in parts)
        with torch.no_grad():
            return self._prior.codes_of(Noise(normal, uniform)).float().cpu().numpy()


def _judged(subject: Subject, name: str, density: Density | Sentence, monitor: Monitor) -> Figure:
    """The held-out log density."""
    key = f"{name}_log_density"
    if isinstance(density, Sentence):
        return Figure(key=key, reason=density)
    if name == "prior" and subject.prior is None:
        return Figure(key=key, reason=Sentence("This model has no prior."))
    if not len(subject.rows) or subject.rows[0] < subject.data.train_count:
        return Figure(key=key, reason=Sentence("It needs held-out images alone."))
    codes = subject.drawn(monitor)[:MOST_JUDGED]
    if not len(codes):
        return Figure(key=key, reason=Sentence("Some codes are not finite numbers."))
    found = np.empty(len(codes))
    for start in range(0, len(codes), 100):
        monitor.at(start, len(codes), Sentence("codes"), Sentence("Judging densities"))
        found[start : start + 100] = density.log_density(codes[start : start + 100])
    if subject.sigmas(monitor) is None:
        said = Sentence("codes of {count:,} held-out images", count=len(codes))
    else:
        said = Sentence("codes of {count:,} held-out images, one draw of q(z|x) each", count=len(codes))
    return Figure.of(key, float(found.mean()), said, error=standard_error(found))


def _beside(real: _Side, others: _Side, monitor: Monitor) -> _Beside:
    steps = compare(real.look.features, others.look.features, balls=real.balls, own=others.balls)
    return _Beside(real, others, completed(steps, monitor))


def _images(subject: Subject, net: FeatureNet, rows: np.ndarray, monitor: Monitor) -> _Side:
    images = subject.data.images

    def pictures(part: slice) -> np.ndarray:
        return images[rows[part]].astype(np.float32) / 255

    look = _look(net, len(rows), pictures, Sentence("Looking at images"), monitor)
    if rows[0] >= subject.data.train_count:
        words = Sentence("{count:,} held-out images", count=len(rows))
    else:
        words = Sentence("{count:,} training images", count=len(rows))
    return _Side(look, completed(ball_radii(look.features), monitor), words)


def _decoded(subject: Subject, net: FeatureNet, codes: np.ndarray, monitor: Monitor) -> _Look:
    def pictures(part: slice) -> np.ndarray:
        found = subject.decode(codes[part])
        if not np.isfinite(found).all():
            raise NotAvailableError("The decoder gives values that are not finite numbers.")
        return found

    return _look(net, len(codes), pictures, Sentence("Decoding samples"), monitor)


def _look(
    net: FeatureNet, count: int, pictures: Callable[[slice], np.ndarray], what: Sentence, monitor: Monitor
) -> _Look:
    """The features of pictures float32 (n, C, H, W) in [0, 1] that arrive in batches."""
    features, grey = np.empty((count, FEATURES), np.float32), np.empty(count)
    sharp: np.ndarray | None = np.empty(count)
    step = max(1, _VALUES // math.prod(net.shape))
    for start in range(0, count, step):
        monitor.at(start, count, Sentence("pictures"), what)
        part = slice(start, min(start + step, count))
        some = pictures(part)
        features[part] = net.features(some)
        grey[part] = mid_grey_share(some)
        found = laplacian_variance(some)
        if found is None or sharp is None:
            sharp = None
        else:
            sharp[part] = found
    return _Look(features, sharp, grey)


def _drawn(
    subject: Subject, net: FeatureNet, name: str, density: Density | Sentence, beside: _Beside, monitor: Monitor
) -> Iterator[Figure]:
    if isinstance(density, Sentence):
        yield from _none(name, density)
        return
    codes = density.sample(draw_noise(len(beside.real.balls), subject.latent, subject.seed))
    try:
        look = _decoded(subject, net, codes, monitor)
    except NotAvailableError as error:
        yield from _none(name, error.sentence)
        return
    yield from _figures(name, net, look, beside, _drawn_words(subject, name, density, len(codes)), monitor)


def _drawn_words(subject: Subject, name: str, density: Density, count: int) -> Sentence:
    if isinstance(density, _PriorDensity):
        if subject.prior is None:
            return Sentence("{count:,} draws of N(0, I), which is no part of this model", count=count)
        return Sentence("{count:,} draws of {formula}", count=count, formula=density.formula)
    fitted = len(subject.training_rows)
    if name == "mixture":
        kept = len(density.weights)  # type: ignore[attr-defined]
        return Sentence(
            "{count:,} draws of a mixture of {kept} Gaussians fitted to codes of {fitted:,} training images",
            count=count,
            kept=kept,
            fitted=fitted,
        )
    return Sentence(
        "{count:,} draws of a density fitted to codes of {fitted:,} training images", count=count, fitted=fitted
    )


def _reconstructed(
    subject: Subject, net: FeatureNet, rows: np.ndarray, beside: _Beside, monitor: Monitor
) -> Iterator[Figure]:
    """Reconstructions of held-out images, compared with other real images: to their own originals they are too
    near.
    """
    codes = subject.codes(monitor)[np.searchsorted(subject.rows, rows)]
    said = Sentence("reconstructions of {images}", images=beside.others.words)
    try:
        look = _decoded(subject, net, codes, monitor)
    except NotAvailableError as error:
        yield from _none("reconstruction", error.sentence)
        return
    yield from _figures("reconstruction", net, look, beside, said, monitor)


def _none(name: str, reason: Sentence) -> Iterator[Figure]:
    for one in GROUP.measures:
        if one.key.startswith(f"{name}_") and not one.key.endswith("_log_density"):
            yield Figure(key=one.key, reason=reason)


def _figures(
    name: str, net: FeatureNet, look: _Look, beside: _Beside, pictures: Sentence, monitor: Monitor
) -> Iterator[Figure]:
    real, calibration = beside.real, beside.fidelity
    steps = compare(real.look.features, look.features, balls=real.balls)
    found = completed(steps, monitor)
    against = Sentence("{pictures}, against {real}", pictures=pictures, real=real.words)
    other = Sentence("{others} against them", others=beside.others.words)
    if found.frechet_valid:
        yield Figure.of(
            f"{name}_fd",
            found.frechet,
            Sentence("{net}: {conditions}", net=net.name, conditions=against),
            error=frechet_error(real.look.features, look.features),
            reference=(calibration.frechet, other),
        )
    else:
        yield Figure(
            key=f"{name}_fd",
            reason=Sentence(
                "Below {least} pictures on either side it is mostly noise, and there are {count}.",
                least=LEAST_FRECHET,
                count=found.count,
            ),
        )
    for measure, cases in (("precision", found.count), ("recall", found.real), ("coverage", found.real)):
        value = getattr(found, measure)
        yield Figure.of(
            f"{name}_{measure}",
            value,
            against,
            interval=share_interval(value, cases),
            reference=(getattr(calibration, measure), other),
        )
    density = (calibration.density, other)
    yield Figure.of(f"{name}_density", found.density, against, error=found.density_error, reference=density)
    for measure, values, those in (
        ("sharpness", look.sharpness, real.look.sharpness),
        ("mid_grey", look.mid_grey, real.look.mid_grey),
    ):
        if values is None or those is None:
            yield Figure(key=f"{name}_{measure}", reason=Sentence("It needs pictures of 3 × 3 pixels or more."))
        else:
            yield Figure.of(
                f"{name}_{measure}",
                float(values.mean()),
                pictures,
                error=standard_error(values),
                reference=(float(those.mean()), real.words),
            )


GROUP = Group(
    name="samples",
    title=Sentence("Samples"),
    measures=(
        *(_log_density(name, SOURCES[name]) for name in DENSITIES),
        *(one for name, of in SOURCES.items() for one in _measures(name, of)),
    ),
    measure=measure,
    slow=True,
)
