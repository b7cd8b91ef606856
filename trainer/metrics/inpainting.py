"""Inpainting: what a decoder says of the hidden part of an image whose visible part its code is refined on.

The code starts where the encoder puts the image with the hidden values replaced, and becomes the most probable one
given the visible values: it minimises their squared error over 2 σ² minus ln p(z) (`trainer.metrics.descent`).
Without the prior a code explains the visible values ever better far from where codes are, and the hidden ones
worse. In a linear model with Gaussian noise the hidden values are then their conditional mean. Judged by the mean
squared error of the hidden values, of each image. Cost: at most `STEPS` decodings and derivatives of all images
together.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from trainer.metrics.descent import descended
from trainer.progress import UNWATCHED, Monitor

#: Images that are inpainted, and evaluations of the refinement, at most.
IMAGES, STEPS = 64, 30


def lower_half(height: int, width: int) -> np.ndarray:
    """Which pixels are hidden: bool (H, W), the lower half in reading order, none of a picture of one pixel."""
    return (np.arange(height * width) >= (height * width + 1) // 2).reshape(height, width)


def has_gradient(decode: Callable[[Tensor], Tensor], latent: int, device: torch.device) -> bool:
    """Whether what `decode` makes of codes (n, d) on `device` has a derivative."""
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

    `decode`: codes -> pictures (n, C, H, W), differentiable. `log_prior`: ln p(z) of codes, (n,), likewise; None
    for a model without a prior. `variance`: σ² of a visible value around its picture, which weighs the two. A code
    whose picture is not finite stays as it is.
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
