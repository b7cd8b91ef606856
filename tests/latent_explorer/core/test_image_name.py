"""What images are called in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latent_explorer.core.image_name import image_name
from tests.latent_explorer.build import explorer_state


def test_number_class_and_split() -> None:
    explorer = explorer_state(count=20)
    data = replace(explorer.data, labels=np.zeros(20, np.int64), label_names=("cat",), train_count=15)
    explorer.set_data(data)
    assert image_name(explorer, 3) == f"image {explorer.called(3)} · cat"
    assert image_name(explorer, 17) == f"image {explorer.called(17)} · cat · held-out"
    assert image_name(explorer, 40) == f"image {explorer.called(40)}"
