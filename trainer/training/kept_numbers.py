"""Checks of the entries for single members in the saved numbers of a run. Torch-free."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from trainer.config import LEARNED, ModelConfig
from trainer.sentences import SentenceError
from trainer.training.checkpoint_error import StateError

VARIANCES, RESTING = "variances", "resting"


def kept_resting(numbers: Mapping[str, Any], members: int) -> dict[int, int]:
    """Stopped members (index -> step of the weights). Raises `StateError` for invalid entries.

    `numbers` are those of a `TrainerState`; its "step" is a count.
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
    """The learned σ² of each of `models`, None for those that learn none; None if they were not stored.

    `numbers` are those of a `TrainerState`. Raises `SentenceError`, in a few words, if they are invalid for
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
