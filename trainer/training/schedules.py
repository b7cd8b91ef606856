"""The values of knobs over a run: KL warm-up and the last epochs' learning rate."""

from __future__ import annotations

from trainer.config import TrainConfig
from trainer.knobs import Knobs, knob_of
from trainer.sentences import Sentence


def applied_knobs(knobs: Knobs, steps_done: int, epochs_done: int, config: TrainConfig) -> Knobs:
    """The knobs as applied in the next step: β during warm-up, the learning rate of the last epochs."""
    changes: dict[str, float] = {}
    if steps_done < config.warm_up:
        for name, value in knobs.items():
            if knob_of(name)[1] == "beta":
                changes[name] = applied_beta(value, steps_done, config.warm_up)
    rate = applied_rate(knobs.learning_rate, epochs_done, config)
    if rate != knobs.learning_rate:
        changes["learning_rate"] = rate
    return knobs.replace(**changes) if changes else knobs


def applied_beta(beta: float, steps_done: int, warm_up: int) -> float:
    """β for the next step: grows linearly from 0 to `beta` over `warm_up` steps (Bowman et al. 2016)."""
    return beta if steps_done >= warm_up else beta * steps_done / warm_up


def applied_rate(rate: float, epochs_done: int, config: TrainConfig) -> float:
    """The learning rate for a step of the epoch after `epochs_done` completed ones.

    `config.final_rate` times `rate` in the last `config.final_epochs` of a run of known length, and in all
    later ones if its end was moved (`extended`).
    """
    return rate * config.final_rate if _is_final(epochs_done, config) else rate


def _is_final(epochs_done: int, config: TrainConfig) -> bool:
    if config.final_from is not None and epochs_done >= config.final_from:
        return True
    return config.epochs is not None and epochs_done >= config.epochs - config.final_epochs


def extended(config: TrainConfig, epochs: int | None, epochs_done: int) -> TrainConfig:
    """`config` with length `epochs` (None: without end), for a run that has completed `epochs_done` epochs.

    A run that has begun its last epochs continues at their lower learning rate: a higher one would undo their
    effect.
    """
    begun = config.final_from
    if begun is None and config.epochs is not None and config.final_epochs and _is_final(epochs_done, config):
        begun = max(0, config.epochs - config.final_epochs)
    return config.replace(epochs=epochs, final_from=begun)


def rate_that_stays(rate: float, epochs_done: int, config: TrainConfig) -> Sentence | None:
    """The remark that a run continues at the learning rate of its last epochs; None if it does not."""
    if config.final_from is None or config.final_rate == 1:
        return None
    applied = applied_rate(rate, epochs_done, config)
    return Sentence(
        "The run goes on at the learning rate of its last epochs, {applied:.3g}: {factor:g} times the "
        "{rate:.3g} that is set; raise that to learn faster.",
        applied=applied,
        factor=config.final_rate,
        rate=rate,
    )
