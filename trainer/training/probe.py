"""Codes of many rows with a model's present weights, in large batches and without affecting its training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from trainer.models.latent_model import LatentModel
from trainer.progress import (
    CancelledError,
    IsCancelled,
    Progress,
    ReportProgress,
    ignore_progress,
    never_cancelled,
)
from trainer.sentences import Sentence
from trainer.training.device_images import DeviceImages

#: Maximum input values of a batch. Larger batches do not fit in a CPU's cache, smaller ones need more calls.
BATCH_VALUES = 1 << 20


@contextmanager
def evaluating(models: Sequence[LatentModel]) -> Iterator[None]:
    """Context: without gradients and in evaluation mode (dropout, batch statistics); the previous mode is
    restored.
    """
    for model in models:
        model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for model in models:
            model.train()


class Encoded(NamedTuple):
    """The result of encoding, per model; read-only float32 arrays (n, d).

    codes: z, or the mean μ. sigmas: σ of q(z|x), None for a model without a posterior.
    """

    codes: tuple[np.ndarray, ...]
    sigmas: tuple[np.ndarray | None, ...]


def encode_rows(
    models: Sequence[LatentModel],
    resident: DeviceImages,
    chosen: np.ndarray,
    *,
    progress: ReportProgress = ignore_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Encoded:
    """The codes the map shows (z, or the mean μ) of each model, and the sigmas of its posteriors.

    Args:
        resident: the images, on the models' device.
        chosen: int64 (n,) indices of images.

    Raises:
        CancelledError: between two batches.
    """
    size = max(1, BATCH_VALUES // resident.rows.shape[1])
    parts: list[list[Tensor]] = [[] for _ in models]
    widths: list[list[Tensor]] = [[] for _ in models]
    index = torch.from_numpy(np.array(chosen, dtype=np.int64)).to(resident.rows.device)
    with evaluating(models):
        for start in range(0, len(index), size):
            if is_cancelled():
                raise CancelledError
            images = resident.pixels(index[start : start + size])
            for model, codes, sigmas in zip(models, parts, widths, strict=True):
                posterior = model.posterior(images)
                if posterior is None:
                    codes.append(model.encode(images))
                else:
                    codes.append(posterior.mean)
                    sigmas.append(posterior.spread)
            progress(Progress(min(start + size, len(index)), len(index), Sentence("images"), Sentence("Encoding")))
        joined = tuple(_joined(codes, len(index), model) for model, codes in zip(models, parts, strict=True))
        spread = tuple(
            _joined(sigmas, len(index), model) if sigmas else None
            for model, sigmas in zip(models, widths, strict=True)
        )
    return Encoded(joined, spread)


def _joined(parts: list[Tensor], count: int, model: LatentModel) -> np.ndarray:
    array = torch.cat(parts).float().cpu().numpy() if count else np.empty((0, model.config.latent), np.float32)
    array.setflags(write=False)
    return array
