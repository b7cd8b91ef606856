"""Small models and data to measure."""

from __future__ import annotations

import numpy as np

from trainer.config import DataConfig, ModelConfig
from trainer.data.images import ImageData
from trainer.measures.measure import Figure, Group, measured
from trainer.measures.subject import Subject
from trainer.models.initialise import build
from trainer.progress import UNWATCHED


def image_data(
    count: int = 60,
    *,
    shape: tuple[int, int, int] = (1, 8, 8),
    train: int | None = None,
    classes: int = 3,
    factors: np.ndarray | None = None,
    seed: int = 0,
) -> ImageData:
    """Random grey images; class k is bright in its own band of rows."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % max(classes, 1)
    images = rng.integers(0, 100, (count, *shape), dtype=np.uint8)
    band = max(1, shape[1] // max(classes, 1))
    for row, label in enumerate(labels):
        images[row, :, label * band : (label + 1) * band] += 120
    return ImageData(
        config=DataConfig(name="array"),
        title="Toy",
        images=images,
        train_count=count // 2 if train is None else train,
        labels=labels if classes else None,
        label_names=tuple(f"class {k}" for k in range(classes)),
        factors=factors,
        factor_names=() if factors is None else tuple(f"factor {k}" for k in range(factors.shape[1])),
    )


def subject(
    family: str = "variational", *, latent: int = 2, data: ImageData | None = None, seed: int = 0, **config: object
) -> Subject:
    """An untrained model of this family, measured on the held-out images."""
    data = image_data() if data is None else data
    model = build(ModelConfig(family=family, shape=data.shape, widths=(16,), latent=latent, **config), seed)
    return Subject(model, data, np.arange(data.train_count, data.count), seed=seed)


def figures(group: Group, of: Subject) -> dict[str, Figure]:
    """What `group` says, by key."""
    return {figure.key: figure for figure in measured(group, of, UNWATCHED)}
