"""What a model says of images of a kind that it has not seen: their loss (An & Cho 2015).

The score of an image is what it costs: -ELBO of one seeded draw of q(z|x) where there are a posterior and a prior,
else the reconstruction loss, both in nats; of a family without a density, or with a learned σ² that is not known,
the squared error summed over values. How well it tells foreign images from real ones is an AUROC
(`trainer.metrics.auroc`): 1 always, 0.5 as chance would, below 0.5 where foreign images cost less, as simple ones
can (Nalisnick et al. 2019). Cost: one encoding and decoding an image.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from trainer.likelihoods import likelihood_of
from trainer.metrics.likelihood import KL_DRAWS, batches, outside_training
from trainer.models.latent_model import LatentModel
from trainer.progress import UNWATCHED, Monitor

#: Values of images at a time.
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
    """What each of `images`, uint8 or float32 in [0, 1] (n, C, H, W), costs `model`: float64 (n,).

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

    The cost of a model without a code, which a score of anomalies has to surpass.
    """
    flat = (images.astype(np.float32) / np.float32(255) - mean).reshape(len(images), -1)
    return np.einsum("ij,ij->i", flat, flat, dtype=np.float64)
