"""What the service says of a data set it has loaded, as the window shows it."""

from __future__ import annotations

import numpy as np

from latent_explorer.state.explorer import DataView
from trainer.service.messages import DataLoaded


def data_view(loaded: DataLoaded) -> DataView:
    """A loaded data set as the window sees it; its images are mapped from their file, not copied."""
    images = np.load(loaded.images, mmap_mode="r", allow_pickle=False)
    return DataView(
        title=loaded.title,
        config=loaded.config,
        count=len(images),
        train_count=loaded.train_count,
        shape=tuple(images.shape[1:]),
        images=images,
        labels=loaded.labels,
        label_names=loaded.label_names,
        factors=loaded.factors,
        factor_names=loaded.factor_names,
        skipped=tuple((skip.path, skip.reason) for skip in loaded.skipped),
        fingerprint=loaded.fingerprint,
    )
