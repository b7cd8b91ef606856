"""Anomaly detection by loss: scores for images of a kind that a model was not trained on (An & Cho 2015).

The score of an image is its cost: -ELBO with one seeded draw of q(z|x) if there are a posterior and a prior, else
the reconstruction loss, both in nats; for a family without a density, or with an unknown learned σ², the squared
error summed over values. How well it separates foreign images from real ones is an AUROC
(`trainer.metrics.auroc`): 1 is perfect, 0.5 is chance, below 0.5 foreign images cost less, as simple ones
can (Nalisnick et al. 2019). Running time: one encoding and decoding per image.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from trainer.likelihoods import likelihood_of
from trainer.metrics.likelihood import KL_DRAWS, batches, outside_training
from trainer.models.latent_model import LatentModel
from trainer.progress import UNWATCHED, Monitor

#: Image values processed at a time.
_VALUES = 1_000_000


@torch.no_grad()
def costs(
    model: LatentModel,
    images: Tensor,
    *,
    seed: int = 0,
    variance: float | None = None,
    monitor: Monitor = UNWATCHED,
) -> np.ndarray:
    """The cost of each of `images`, uint8 or float32 in [0, 1] (n, C, H, W), under `model`: float64 (n,).

    `variance`: the learned σ² of likelihood "gaussian-learned". Raises `CancelledError`.
    """
    generator = torch.Generator().manual_seed(seed)
    known = likelihood_of(model.config, variance).known
    found = []
    with outside_training(model):
        for rows in batches(model, images, max(1, _VALUES // model.config.pixels)):
            monitor.check()
            posterior, prior = model.posterior(rows), model.prior_distribution()
            kl: Tensor | float = 0.0
            if posterior is None:
                codes = model.encode(rows)
            else:
                mean = posterior.mean
                codes = posterior.sample(torch.randn(mean.shape, generator=generator).to(mean.device))
                if prior is not None:
                    more = torch.randn((KL_DRAWS, *mean.shape), generator=generator).to(mean.device)
                    kl = prior.kl(posterior, None if prior.closed else more).rows
            loss = model.reconstruction(codes, rows, variance) if known else None
            if loss is None:
                loss, kl = (model.decode(codes) - rows).square().flatten(1).sum(1), 0.0
            found.append((loss + kl).double().cpu().numpy())
    return np.concatenate(found) if found else np.empty(0)


def distances_to_mean(images: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Squared distance of images uint8 (n, C, H, W) to the `mean` image (C, H, W) in [0, 1]: float64 (n,).

    A baseline without a model, which an anomaly score should exceed.
    """
    flat = (images.astype(np.float32) / np.float32(255) - mean).reshape(len(images), -1)
    return np.einsum("ij,ij->i", flat, flat, dtype=np.float64)
