"""What may change while a run goes on. One frozen object, swapped whole, read once at the top of each step.

Torch-free.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from trainer.records import ConfigError, Record

MAX_BETA = 1000.0
MAX_LEARNING_RATE = 1.0
MAX_NOISE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Knobs(Record):
    """The live settings.

    Attributes:
        beta: weight of the KL divergence in the loss; used by models that declare it. 0 to 1000.
        learning_rate: Adam's step size. Above 0, at most 1.
        noise: standard deviation of the Gaussian noise added to the encoder's input (pixels in [0, 1]) while
            training; the target stays clean. 0 to 1.
    """

    beta: float = 1.0
    learning_rate: float = 1e-3
    noise: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.beta) and 0 <= self.beta <= MAX_BETA):
            raise ConfigError("β must be between 0 and {most:g}.", most=MAX_BETA)
        if not (math.isfinite(self.learning_rate) and 0 < self.learning_rate <= MAX_LEARNING_RATE):
            raise ConfigError("The learning rate must be above 0 and at most {most:g}.", most=MAX_LEARNING_RATE)
        if not (math.isfinite(self.noise) and 0 <= self.noise <= MAX_NOISE):
            raise ConfigError("Noise must be between 0 and {most:g}.", most=MAX_NOISE)
