"""The table of `evaluate --each`: losses and sparseness of every measured image, models side by side.

One line per image: row, file, label, split, a column factor_NAME for each factor, and for each model
m1_reconstruction, m1_kl, m1_elbo, m1_mse, whose means the command prints, and m1_kth_distance, the distance
from its code (z, or μ) to the k-th nearest code of training images, k = 10: for these one draw of q(z|x) each, as
the decoder saw in training, or z without a posterior. A cell is empty where there is no such number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from trainer.data.images import ImageData
from trainer.export.codes import CodeTable
from trainer.progress import Monitor

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

#: k of the k-th nearest neighbour.
NEIGHBOURS = 10


def each_image(subject: Subject, monitor: Monitor) -> dict[str, np.ndarray]:
    """The columns of one model, float64 (n,) each, by name; columns that do not apply are left out."""
    found = subject.likelihood
    columns: dict[str, np.ndarray] = {}
    if found.each_reconstruction is not None:
        columns["reconstruction"] = found.each_reconstruction
    if found.has_kl and found.each_kl is not None:
        columns["kl"] = found.each_kl
        if found.each_reconstruction is not None:
            columns["elbo"] = -(found.each_reconstruction + found.each_kl)
    if found.each_mse is not None:
        columns["mse"] = found.each_mse
    columns["kth_distance"] = _distances(subject, monitor)
    return columns


def table(columns: list[dict[str, np.ndarray]], data: ImageData, chosen: np.ndarray) -> CodeTable:
    """The table of images `chosen`, int64 (n,), with the columns of each model."""
    without = np.empty((len(chosen), 0), np.float32)
    models = len(columns)
    return CodeTable.of(data, chosen, codes=[without] * models, sigmas=[None] * models, losses=columns)


def settings(found: dict[str, Any], data: ImageData, seed: int) -> dict[str, Any]:
    """The settings stored beside the table; `found`: the command's result."""
    return {
        "checkpoint": found["checkpoint"],
        "step": found["step"],
        "images": found["which"],
        "data": data.config.to_json(),
        "models": [one["name"] for one in found["models"]],
        "likelihoods": [one["label"] for one in found["models"]],
        "neighbours": NEIGHBOURS,
        "seed": seed,
    }


def _distances(subject: Subject, monitor: Monitor) -> np.ndarray:
    """Distance from the code of each measured image to the k-th nearest draw of training images, except its
    own.
    """
    from trainer.metrics.kth_distance import kth_distances

    codes, others = subject.codes(monitor), subject.training_draws(monitor)
    places = np.searchsorted(subject.training_rows, subject.rows)
    places = np.minimum(places, max(0, len(subject.training_rows) - 1))
    own = np.where(subject.training_rows[places] == subject.rows, places, -1) if len(others) else None
    return kth_distances(codes, others, NEIGHBOURS, own=own, monitor=monitor)
