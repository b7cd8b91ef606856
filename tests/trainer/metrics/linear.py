"""A linear VAE set to its exact optimum by hand, as ground truth for the measures."""

import numpy as np
import torch

from trainer.config import ModelConfig
from trainer.models.initialise import build
from trainer.models.plain import PlainModel

VARIANCE = 0.05
SIDE = 3


def rows(count: int, seed: int = 0) -> np.ndarray:
    """Correlated Gaussian rows (count, 9), exactly centred, float32."""
    generator = np.random.default_rng(seed)
    mixing = generator.normal(size=(9, 9)) * np.linspace(1.2, 0.1, 9)[:, None]
    drawn = generator.normal(size=(count, 9)) @ mixing * 0.3
    return (drawn - drawn.mean(0)).astype(np.float32)


def optimum(data: np.ndarray, latent: int, beta: float = 1.0) -> PlainModel:
    """Probabilistic PCA as a linear VAE: decoder along the eigenvectors, encoder the exact posterior."""
    config = ModelConfig(widths=(), latent=latent, likelihood="gaussian", variance=VARIANCE, shape=(1, SIDE, SIDE))
    model = build(config, 0)
    assert isinstance(model, PlainModel)
    spectrum, vectors = np.linalg.eigh(np.cov(data.T.astype(np.float64), bias=True))
    spectrum, vectors = spectrum[::-1][:latent], vectors[:, ::-1][:, :latent]
    noise = beta * VARIANCE
    gains = np.sqrt(np.maximum(spectrum - noise, 0))
    values = {
        "mean.weight": (vectors * gains / (gains**2 + noise)).T,
        "mean.bias": np.zeros(latent),
        "log_variance.weight": np.zeros((latent, data.shape[1])),
        "log_variance.bias": np.log(noise / (gains**2 + noise)),
        "output.weight": vectors * gains,
        "output.bias": np.zeros(data.shape[1]),
    }
    model.load_state_dict({name: torch.from_numpy(value.astype(np.float32)) for name, value in values.items()})
    return model


def as_images(data: np.ndarray) -> torch.Tensor:
    """Float32 (n, 1, 3, 3)."""
    return torch.from_numpy(data).view(-1, 1, SIDE, SIDE)
