"""The sources of a sheet's codes: densities over a model's codes, fitted once per weights.

Runs in the tool's worker thread.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes
from latent_explorer.tools.samples.state import WHOLE, FitSummary, SampleSettings
from trainer.latent.density import (
    Density,
    DensityError,
    Steps,
    fit_gaussian,
    row_blocks,
)
from trainer.latent.kernel_density import fit_kernel_density
from trainer.latent.mixture import fit_mixture, most_codes
from trainer.noise import draw_noise
from trainer.prior import Prior
from trainer.priors.gaussian import StandardNormal
from trainer.replica.replica import Replica

#: Maximum numbers of codes to fit densities on (mixtures have a separate one), and of held-out codes to score
#: them on.
_MOST_CODES, _MOST_HELD_OUT = 10_000, 2_000
#: Minimum number of held-out codes for scoring; with fewer, some of the others are held back.
_LEAST_HELD_OUT = 10
#: Data rows: none.
NO_ROWS = np.empty(0, np.int64)
#: Held-out codes whose density is computed between two yields: a kernel density takes some 10 ms for them.
_JUDGED_AT_ONCE = 50


def prior_drawn(look: Look) -> Prior:
    """The model's prior; N(0, I) for a model without one."""
    return look.model.prior(look.snapshot) or StandardNormal(look.model.config.latent)


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A density over all of a model's codes, and how it fits them."""

    density: Density
    summary: FitSummary


class Fits:
    """Densities over each pane's codes, cached while these do not change."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[PaneCodes, np.ndarray, dict[tuple[str, int], Fitted]]] = {}

    def of(self, look: Look, settings: SampleSettings, reference: np.ndarray = NO_ROWS) -> Steps[Fitted]:
        """The density of a source in `WHOLE`, fitted without the data rows `reference`, int64 (r,).

        Fitted on the images that samples are compared with, it would come closer to them than a perfect
        model; they are used only if too few are left without them, which the summary reports.
        Raises `DensityError` if no density can be fitted.
        """
        assert settings.source in WHOLE
        components = settings.components if settings.source == "mixture" else 0
        codes, known, fits = self._kept.get(look.index, (None, NO_ROWS, {}))
        if codes is not look.codes or known is not reference:
            fits = {}
            self._kept[look.index] = (look.codes, reference, fits)
        key = (settings.source, components)
        if key not in fits:
            try:
                fits[key] = yield from _fitted(look, settings.source, components, reference)
            except DensityError:
                if not len(reference):
                    raise
                fits[key] = yield from _fitted(look, settings.source, components, NO_ROWS)
        return fits[key]


def _fitted(look: Look, source: str, components: int, reference: np.ndarray = NO_ROWS) -> Steps[Fitted]:
    codes = look.codes.codes
    latent = codes.shape[1]
    most = most_codes(components, latent) if components else _MOST_CODES
    train, held_out = _parted(look, most, reference)
    left_out = 0
    for rows in row_blocks(codes):
        left_out += int((~np.isfinite(codes[rows]).all(axis=1)).sum())
        yield None
    density: Density
    details: dict = {}
    if source == "prior":
        density = prior_drawn(look)
    elif source == "gaussian":
        density = yield from fit_gaussian(train)
    elif source == "mixture":
        density = mixture = yield from fit_mixture(train, components)
        dropped = components - len(mixture.weights)
        details = {"iterations": mixture.iterations, "converged": mixture.converged, "dropped": dropped}
    else:
        density = kernels = yield from fit_kernel_density(train)
        details = {"bandwidth": kernels.bandwidth}
    finite = held_out[np.isfinite(held_out).all(axis=1)]
    total = 0.0
    for start in range(0, len(finite), _JUDGED_AT_ONCE):
        total += float(density.log_density(finite[start : start + _JUDGED_AT_ONCE]).sum())
        yield None
    return Fitted(
        density,
        FitSummary(
            held_out_log_density=total / len(finite) if len(finite) else float("nan"),
            held_out=len(finite),
            fitted_on=0 if source == "prior" else int(np.isfinite(train).all(axis=1).sum()),
            left_out=left_out,
            apart=len(reference) > 0,
            **details,
        ),
    )


def _parted(look: Look, most: int, reference: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes to fit, none of them of the rows `reference`, and codes to score on.

    Thinned by index only, so that both panes use the same images.
    """
    rng = np.random.default_rng(0)
    rows, codes = look.codes.rows, look.codes.codes
    held_out = rows >= (len(rows) if look.data is None else look.data.train_count)
    if held_out.sum() < _LEAST_HELD_OUT or (~held_out).sum() < _LEAST_HELD_OUT:
        held_out = np.zeros(len(rows), bool)
        held_out[rng.permutation(len(rows))[: len(rows) // 10]] = True
    train = np.flatnonzero(~held_out & np.isin(rows, reference, assume_unique=True, invert=True))
    judges = np.flatnonzero(held_out)
    train = np.sort(rng.permutation(train)[:most])
    judges = np.sort(rng.permutation(judges)[:_MOST_HELD_OUT])
    return codes[train], codes[judges]


@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """Codes around one code. `reason` and `remark`: see `Sheet`."""

    codes: np.ndarray
    reason: str = ""
    remark: str = ""


class PosteriorSigmas:
    """Standard deviations of each pane's codes, cached while these do not change, since the cursor moves more
    often.
    """

    def __init__(self) -> None:
        self._kept: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, look: Look) -> Steps[np.ndarray]:
        """Of the finite codes in each dimension: float64 (d,); ones if there are none."""
        codes = look.codes.codes
        known = self._kept.get(look.index)
        if known is None or known[0] is not codes:
            known = self._kept[look.index] = (codes, (yield from _spread(codes)))
        return known[1]


def _spread(codes: np.ndarray) -> Steps[np.ndarray]:
    total, squares, count = np.zeros(codes.shape[1]), np.zeros(codes.shape[1]), 0
    for rows in row_blocks(codes):
        part = codes[rows][np.isfinite(codes[rows]).all(axis=1)]
        total += part.sum(axis=0, dtype=np.float64)
        count += len(part)
        yield None
    if not count:
        return np.ones(codes.shape[1])
    for rows in row_blocks(codes):
        part = codes[rows][np.isfinite(codes[rows]).all(axis=1)]
        squares += ((part - total / count) ** 2).sum(axis=0)
        yield None
    return np.sqrt(squares / count)


def local_codes(look: Look, settings: SampleSettings, replica: Replica, sigmas: PosteriorSigmas) -> Steps[Local]:
    """Codes of the picked image's posterior, or of the cursor's neighbourhood: float32 (n, d)."""
    latent = look.codes.codes.shape[1]
    none = np.empty((0, latent), np.float32)
    noise = draw_noise(settings.count, latent, settings.seed)
    if settings.source == "neighbourhood":
        if look.code is None or len(look.code) != latent:
            return Local(none, "no-cursor")
        wide = yield from sigmas.of(look)
        return Local((look.code + settings.radius * wide * noise.normal).astype(np.float32))
    mean, spread = look.picked_code, look.picked_spread
    if mean is None or spread is None:
        image = _picked_image(look)
        posterior = None if image is None else replica.posterior(image[None])
        if posterior is not None:
            mean, spread = posterior.mean[0], posterior.spread[0]
        elif mean is None and image is not None:
            mean = replica.encode(image[None])[0]
    if mean is None:
        return Local(none, "no-picked")
    if not np.isfinite(mean).all() or (spread is not None and not np.isfinite(spread).all()):
        return Local(none, "not-finite")
    if not look.traits.has_posterior:
        return Local(np.asarray(mean, np.float32)[None], remark="point")
    if spread is None:
        return Local(none, "no-posterior")
    drawn = look.traits.posterior_kind.standard(noise.normal)
    return Local((mean + spread * drawn).astype(np.float32))


def _picked_image(look: Look) -> np.ndarray | None:
    """uint8 (C, H, W), if it is available and of the model's shape."""
    images, row = look.images, look.picked
    if images is None or row is None or row >= len(images) or images.shape[1:] != look.model.config.shape:
        return None
    return np.ascontiguousarray(images[row])
