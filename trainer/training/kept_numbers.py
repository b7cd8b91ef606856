"""What is said of single members among the numbers that are kept of a run. Torch-free."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from trainer.config import LEARNED, ModelConfig
from trainer.sentences import SentenceError
from trainer.training.checkpoint_error import StateError

VARIANCES, RESTING = "variances", "resting"


def kept_resting(numbers: Mapping[str, Any], members: int) -> dict[int, int]:
    """Members that rest, and the step whose weights each has. Raises `StateError` if that cannot be.

    `numbers` are those of a `TrainerState`, its "step" being a count.
    """
    resting = numbers.get(RESTING, [])
    kinds = (
        isinstance(entry, list) and len(entry) == 2 and all(type(number) is int for number in entry)
        for entry in (resting if isinstance(resting, list) else [None])
    )
    if not all(kinds) or not all(0 <= index < members and 0 <= step <= numbers["step"] for index, step in resting):
        raise StateError(
            "The saved run's 'resting' is {value}, which are no models of it.", value=f"{resting!r:.40}"
        )
    if len(resting) >= members:
        raise StateError("The saved run has no model that could go on.")
    return dict(resting)


def kept_variances(numbers: Mapping[str, Any], models: Sequence[ModelConfig]) -> tuple[float | None, ...] | None:
    """The σ² that each of `models` has learned, None for those that learn none; None if they were not kept.

    `numbers` are those of a `TrainerState`. Raises `SentenceError`, in a few words, if they cannot be the σ² of
    these models.
    """
    kept = numbers.get(VARIANCES)
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
