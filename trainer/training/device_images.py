"""The images of a run as one tensor on the device, with their split."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from trainer.config import RunConfig
from trainer.data.images import ImageData
from trainer.data.split import held_out_share
from trainer.metrics.binarisation import static_draw
from trainer.records import ConfigError


@dataclass(frozen=True, slots=True)
class DeviceImages:
    """The images of a run on its device.

    Attributes:
        rows: (N, D), uint8 or float32, never written to. Flat because indexing flat rows is ten times faster.
        shape: (C, H, W) of one image.
        train_count: number of training rows; the rest is held out.
    """

    rows: Tensor
    shape: tuple[int, int, int]
    train_count: int

    def pixels(self, chosen: Tensor) -> Tensor:
        """Images `chosen` (int64 (n,)) as float32 (n, C, H, W): uint8 scaled to [0, 1], float32 unchanged."""
        return self._scaled(self.rows.index_select(0, chosen))

    def first(self, count: int) -> Tensor:
        """The first `count` images, like `pixels`."""
        return self._scaled(self.rows[:count].clone())

    def drawn_once(self) -> DeviceImages:
        """The training rows only, with a fixed binarisation: uint8."""
        rows = self.rows[: self.train_count]
        return DeviceImages(static_draw(rows.view(-1, *self.shape)).flatten(1), self.shape, self.train_count)

    def _scaled(self, picked: Tensor) -> Tensor:
        images = picked.to(torch.float32).div_(255) if picked.dtype == torch.uint8 else picked
        return images.view(-1, *self.shape)


def put_on_device(
    config: RunConfig, data: ImageData | Tensor, train_count: int | None, device: torch.device
) -> DeviceImages:
    """Put `data` on `device`; on the CPU without copying it.

    Raises `ConfigError` if dtype or shape of the images do not match the models of `config`.
    """
    if isinstance(data, ImageData):
        images, count = data.tensor(), data.train_count
    else:
        images = data
        share = held_out_share(len(data), config.data.held_out)
        count = max(1, round(len(data) * (1 - share))) if train_count is None else train_count
    if images.dtype not in (torch.uint8, torch.float32) or images.ndim != 4:
        raise ConfigError("Images to train on must be uint8 or float32 with shape (N, C, H, W).")
    if not 1 <= count <= len(images):
        raise ConfigError("{rows} training rows cannot be had from {count} images.", rows=count, count=len(images))
    shape = config.models[0].shape
    if tuple(images.shape[1:]) != shape:
        found, wanted = (" x ".join(map(str, sizes)) for sizes in (images.shape[1:], shape))
        raise ConfigError(
            "The images are {found}, but the models take {wanted}: choose models for this data.",
            found=found,
            wanted=wanted,
        )
    if images.dtype == torch.float32 and config.train.binarise != "none":
        low, high = torch.aminmax(images)
        if not (low >= 0 and high <= 1):
            raise ConfigError("Binarisation needs pixels between 0 and 1.")
    return DeviceImages(images.to(device).contiguous().flatten(1), shape, count)
