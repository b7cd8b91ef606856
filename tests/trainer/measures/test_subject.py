"""What several measures need of a model comes in blocks, and what they need of the images once for all models."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
import torch

from tests.trainer.measures.subjects import figures, image_data
from trainer.config import ModelConfig
from trainer.measures import continuity, uses
from trainer.measures.subject import Subject
from trainer.models.initialise import build
from trainer.progress import CancelledError, Monitor


def subject(shared: dict[Any, Any] | None = None, *, seed: int = 0, **settings: Any) -> Subject:
    data = image_data()
    config = ModelConfig(family="variational", shape=data.shape, widths=(16,), latent=2)
    rows = np.arange(data.train_count, data.count)
    return Subject(build(config, seed), data, rows, shared=shared, **settings)


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = subject()
    codes, sigmas = whole.codes(), whole.sigmas()
    pictures = whole.decode(codes)
    monkeypatch.setattr("trainer.measures.subject._VALUES", 7 * 64)
    parts = subject()
    assert parts.codes() == pytest.approx(codes, rel=1e-5, abs=1e-6)
    assert parts.sigmas() == pytest.approx(sigmas, rel=1e-5)
    assert parts.decode(codes) == pytest.approx(pictures, rel=1e-5, abs=1e-6)


def test_blocks_say_how_far_they_are_and_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.measures.subject._VALUES", 10 * 64)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        seen = []
        subject().codes(Monitor(lambda progress: seen.append((progress.done, progress.total))))
        assert seen[:3] == [(0, 30), (10, 30), (20, 30)]
        with pytest.raises(CancelledError):
            subject().codes(Monitor(is_cancelled=lambda: True))
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("group", [uses.GROUP, continuity.GROUP])
def test_what_is_of_the_images_alone_is_measured_once_for_all_models(group) -> None:
    shared: dict[Any, Any] = {}
    alone, first, second = (figures(group, subject(known, seed=1)) for known in (None, shared, shared))
    assert shared
    assert first == second == alone
    asked: Counter[str] = Counter()

    def found() -> str:
        asked["it"] += 1
        return "it"

    pair = [subject(shared), subject(shared, seed=1), subject(shared, binarise="static")]
    assert [one.shared("it", found) for one in pair] == ["it"] * 3
    assert asked["it"] == 2  # binarised images are others
