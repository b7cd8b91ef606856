"""Averages the data at a code. For a worker's thread."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.tools.why_blurry.state import Averaged
from trainer.metrics.weighted_average import weighted_average_steps
from trainer.replica.replica import to_bytes

#: Number of images shown.
MOST = 12
#: Standard deviations beyond the radius √d, which contains nearly all of a posterior, at which none reaches a
#: code.
_FAR = 4.0


def averages(look: Look) -> Iterator[object]:
    """One `Averaged`. `look`: with code, picture and data."""
    reason = _reason(look)
    if reason:
        yield Averaged(reason=reason, decoded=look.picture, number=look.number)
        return
    codes, data, images = look.codes, look.data, look.images
    assert data is not None
    assert images is not None
    assert codes.sigmas is not None
    assert look.code is not None
    # The decoder was trained only on these.
    trained = codes.rows < min(data.train_count, len(images))
    if trained.all():
        means, sigmas, rows = codes.codes, codes.sigmas, codes.rows
    else:
        means, sigmas, rows = codes.codes[trained], codes.sigmas[trained], codes.rows[trained]
    if not len(rows):
        yield Averaged(reason="untrained", decoded=look.picture, number=look.number)
        return
    found = yield from weighted_average_steps(
        look.code, means, sigmas, rows, images, kind=look.traits.posterior_kind, most=MOST
    )
    if found is None:
        yield Averaged(reason="finite", decoded=look.picture, number=look.number)
        return
    average = to_bytes(found.picture[None])[0]
    error = np.nan
    if look.picture is not None:
        apart = look.picture.astype(np.float64) / 255 - found.picture.transpose(1, 2, 0)
        error = float(np.mean(apart**2))
    yield Averaged(
        decoded=look.picture,
        average=average,
        error=error,
        effective=found.effective,
        among=found.among,
        rows=found.rows,
        weights=found.weights,
        pictures=np.ascontiguousarray(np.asarray(images[found.rows]).transpose(0, 2, 3, 1)),
        far=found.height < -0.5 * (math.sqrt(len(look.code)) + _FAR) ** 2,
        number=look.number,
    )


def _reason(look: Look) -> str:
    """Why there is none, one of `REASONS`, or ""."""
    if not look.traits.has_posterior:
        return "point"
    if look.codes.sigmas is None:
        return "sigmas"
    if look.images is None:
        return "images"
    if look.images.shape[1:] != look.model.config.shape:
        return "shape"
    if look.code is None or len(look.code) != look.model.config.latent or not np.isfinite(look.code).all():
        return "finite"
    return ""
