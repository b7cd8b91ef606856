"""Results as a model would give them."""

from __future__ import annotations

import numpy as np

from latent_explorer.tools.own_image.state import Encoded, Refined
from tests.latent_explorer.build import picture
from trainer.config import ModelConfig
from trainer.reports import Snapshot

SNAPSHOT = Snapshot(number=0, step=0, config=ModelConfig(), weights={})


def encoded(code=(0.5, -0.5), spread=(0.1, 0.2), **changes) -> Encoded:
    """What a model makes of an image."""
    fields = {
        "snapshot": SNAPSHOT,
        "seen": picture(),
        "inverted": False,
        "code": np.asarray(code, np.float32),
        "spread": None if spread is None else np.asarray(spread, np.float32),
        "picture": picture(),
        "loss": 123.45,
        "squared_error": 0.0321,
    }
    return Encoded(**(fields | changes))


def refined(track=((0.5, -0.5), (0.6, 0.1), (1.0, 1.0)), **changes) -> Refined:
    """How far its code is refined."""
    fields = {
        "snapshot": SNAPSHOT,
        "track": np.asarray(track, np.float32),
        "errors": np.linspace(123.45, 99.9, len(track)),
        "in_nats": True,
        "squared_error": 0.0123,
        "picture": picture(),
        "done": True,
    }
    return Refined(**(fields | changes))
