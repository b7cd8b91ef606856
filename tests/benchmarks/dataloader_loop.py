"""The usual way to train an autoencoder and a variational one, as tutorials do it: the peer of the engine.

A `Dataset` that makes each image a PIL picture and then a tensor, a shuffling `DataLoader`, the functional
cross-entropy summed, plain Adam, the loss read every step: PyTorch's own `examples/vae/main.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import ToTensor


class PictureDataset(Dataset[Tensor]):
    """Like torchvision's MNIST with `transform=ToTensor()`."""

    def __init__(self, images: Tensor) -> None:
        self._images = images[:, 0]
        self._transform = ToTensor()

    def __len__(self) -> int:
        return len(self._images)

    def __getitem__(self, index: int) -> Tensor:
        return self._transform(Image.fromarray(self._images[index].numpy(), mode=None))


class TutorialModel(nn.Module):
    """784-width-latent, with or without a posterior."""

    def __init__(self, width: int, latent: int, variational: bool) -> None:
        super().__init__()
        self.variational = variational
        self.inward = nn.Linear(784, width)
        self.mean = nn.Linear(width, latent)
        self.log_variance = nn.Linear(width, latent) if variational else None
        self.hidden = nn.Linear(latent, width)
        self.outward = nn.Linear(width, 784)

    def loss(self, images: Tensor) -> Tensor:
        flat = images.view(-1, 784)
        features = F.relu(self.inward(flat))
        codes = mean = self.mean(features)
        divergence: Tensor | float = 0.0
        if self.log_variance is not None:
            log_variance = self.log_variance(features)
            codes = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
            divergence = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())
        pictures = torch.sigmoid(self.outward(F.relu(self.hidden(codes))))
        return F.binary_cross_entropy(pictures, flat, reduction="sum") + divergence


def dataloader_steps(
    images: Tensor, variational: tuple[bool, ...], width: int, latent: int, batch: int
) -> Iterator[int]:
    """Train one model for each entry of `variational` on the same batches; yields the images of each step."""
    models = [TutorialModel(width, latent, flag) for flag in variational]
    optimisers = [torch.optim.Adam(model.parameters(), lr=1e-3) for model in models]
    loader = DataLoader(PictureDataset(images), batch_size=batch, shuffle=True)
    while True:
        for pictures in loader:
            for model, optimiser in zip(models, optimisers, strict=True):
                optimiser.zero_grad()
                loss = model.loss(pictures)
                loss.backward()
                loss.item()
                optimiser.step()
            yield len(pictures)
