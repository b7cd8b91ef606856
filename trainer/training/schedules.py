"""What a knob becomes at a given moment of a run: KL warm-up and the last epochs' learning rate."""

from __future__ import annotations

from trainer.config import TrainConfig


def applied_beta(beta: float, steps_done: int, warm_up: int) -> float:
    """β for the next step: grows linearly from 0 to `beta` over `warm_up` steps (Bowman et al. 2016)."""
    return beta if steps_done >= warm_up else beta * steps_done / warm_up


def applied_rate(rate: float, epochs_done: int, config: TrainConfig) -> float:
    """The learning rate for a step of the epoch after `epochs_done` whole ones.

    `config.final_rate` times `rate` in the last `config.final_epochs` of a run of known length.
    """
    if config.epochs is not None and epochs_done >= config.epochs - config.final_epochs:
        return rate * config.final_rate
    return rate
