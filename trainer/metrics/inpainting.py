"""Inpainting: the decoder's prediction of a hidden part of an image, from a code refined on the visible part.

The code starts at the encoding of the image with the hidden values replaced, and is refined to the most probable
one given the visible values: it minimises their squared error over 2 σ² minus ln p(z) (`trainer.metrics.descent`).
Without the prior the code would move far from all codes, with better visible values and worse hidden ones. In a
linear model with Gaussian noise the hidden values are their conditional mean. Scored by the mean squared error of
the hidden values of each image. Cost: at most `STEPS` decodings and derivatives of all images together.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from trainer.metrics.descent import descended
from trainer.progress import UNWATCHED, Monitor

#: Maximum numbers of inpainted images and of evaluations of the refinement.
IMAGES, STEPS = 64, 30


def lower_half(height: int, width: int) -> np.ndarray:
    """Which pixels are hidden: bool (H, W), the lower half in reading order, none for a picture one pixel high."""
    return (np.arange(height * width) >= (height * width + 1) // 2).reshape(height, width)


def has_gradient(decode: Callable[[Tensor], Tensor], latent: int, device: torch.device) -> bool:
    """Whether the output of `decode` for codes (n, d) on `device` is differentiable."""
    with torch.enable_grad():
        return decode(torch.zeros(1, latent, device=device, requires_grad=True)).requires_grad


def refined(
    decode: Callable[[Tensor], Tensor],
    codes: np.ndarray,
    images: np.ndarray,
    hidden: np.ndarray,
    *,
    log_prior: Callable[[Tensor], Tensor] | None = None,
    variance: float = 1.0,
    device: torch.device,
    steps: int = STEPS,
    monitor: Monitor = UNWATCHED,
) -> np.ndarray:
    """`codes` (n, d) refined on the values of images float32 (n, C, H, W) that are not `hidden` (H, W): float32.

    `decode`: codes -> pictures (n, C, H, W), differentiable. `log_prior`: ln p(z) of codes, (n,), differentiable;
    None for a model without a prior. `variance`: σ² of a visible value around the decoded one, which weighs both
    terms. A code whose picture is not finite does not move.
    Raises `CancelledError`.
    """
    targets = torch.from_numpy(images).to(device)
    visible = torch.from_numpy((~hidden).astype(np.float32)).to(device)

    def objective(points: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with torch.enable_grad():
            given = torch.from_numpy(points.astype(np.float32)).to(device).requires_grad_()
            different = (decode(given) - targets[torch.from_numpy(rows).to(device)]) * visible
            each = different.square().flatten(1).sum(1) / (2 * variance)
            if log_prior is not None:
                each = each - log_prior(given)
            (gradient,) = torch.autograd.grad(each.sum(), given)
        return each.detach().double().cpu().numpy(), gradient.double().cpu().numpy()

    return descended(objective, codes, steps, monitor)[0].astype(np.float32)


def hidden_errors(pictures: np.ndarray, images: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Mean squared error of the `hidden` (H, W) values of pictures (n, C, H, W) or (C, H, W): float64 (n,)."""
    different = (pictures - images)[:, :, hidden].reshape(len(images), -1)
    return np.einsum("ij,ij->i", different, different, dtype=np.float64) / different.shape[1]
