"""The learned σ² among the numbers that are kept of a run. Torch-free."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from trainer.config import LEARNED, ModelConfig
from trainer.sentences import SentenceError

NAME = "variances"


def kept_variances(numbers: Mapping[str, Any], models: Sequence[ModelConfig]) -> tuple[float | None, ...] | None:
    """The σ² that each of `models` has learned, None for those that learn none; None if they were not kept.

    `numbers` are those of a `TrainerState`. Raises `SentenceError`, in a few words, if they cannot be the σ² of
    these models.
    """
    kept = numbers.get(NAME)
    if kept is None:
        return None
    if not isinstance(kept, list) or len(kept) != len(models):
        raise SentenceError("its learned σ² are not one a model")
    for value, model in zip(kept, models, strict=True):
        if model.likelihood != LEARNED:
            right = value is None
        else:
            right = isinstance(value, float) and math.isfinite(value) and value > 0
        if not right:
            raise SentenceError("{value} is not a σ² that a model learns", value=f"{value!r:.20}")
    return tuple(kept)
