"""The known priors by name. Torch-free."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.arrays import Array
from trainer.config import ModelConfig
from trainer.prior import KINDS, Prior
from trainer.records import ConfigError


def prior_kind(name: str) -> type[Prior]:
    """The kind called `name`. Raises `ConfigError` listing the known ones."""
    try:
        return KINDS[name]
    except KeyError:
        known = ", ".join(sorted(KINDS))
        raise ConfigError(
            "There is no prior called {name}; known are {known}.", name=f"{name!r:.80}", known=known
        ) from None


def prior_of(kind: str, config: ModelConfig, tensors: Mapping[str, Array]) -> Prior | None:
    """The prior of a model whose card or traits say `kind`; None for "none".

    `tensors`: the model's, or those among them that begin with `PREFIX`. Raises `ConfigError` for an unknown kind.
    """
    return None if kind == "none" else prior_kind(kind).read(config, tensors)
