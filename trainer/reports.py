"""What the engine says: frozen reports, in nats per image. Torch-free; arrays are read-only NumPy.

Every report that leaves the engine can be sent to another thread or process as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trainer.config import ModelConfig
from trainer.knobs import Knobs
from trainer.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses(Record):
    """Mean over images of one model's loss, in nats per image (SCIENCE section 1).

    Attributes:
        reconstruction: -E log p(x|z), summed over pixels.
        kl: KL(q(z|x) || p(z)), summed over latent dimensions; 0 for a model without a posterior.
        total: what the optimiser minimises: reconstruction + (effective β)·kl.
        kl_per_dimension: the summands of `kl`; empty for a model without a posterior.
    """

    reconstruction: float
    kl: float
    total: float
    kl_per_dimension: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """One optimisation step, or on a card the mean over the few steps since the last reading.

    Attributes:
        step: number of steps done, counted from 1 and never going back.
        epoch: passes over the training rows done, as a fraction.
        knobs: the knobs read at the top of this step.
        beta: β as applied, after KL warm-up.
        losses: one entry a member, in the run's order; empty when the device has not been read yet.
        images: images seen by each member since the last report.
        seconds: wall time since the last report.
    """

    step: int
    epoch: float
    knobs: Knobs
    beta: float
    losses: tuple[Losses, ...]
    images: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """Losses without input noise or binarisation, at β = 1, one seeded posterior sample an image.

    `total` is therefore the negative ELBO (for a model without a posterior, its reconstruction loss).

    Attributes:
        step: when.
        train: per member, on a fixed subset of the training rows as large as the held-out rows used.
        held_out: per member, on the held-out rows used.
        active: per member, active units by Var_x(μ_u) > 0.01 (Burda et al. 2016) on the held-out rows.
        rows: how many held-out rows were used.
    """

    step: int
    train: tuple[Losses, ...]
    held_out: tuple[Losses, ...]
    active: tuple[int, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Weights in memory, numbered, immutable.

    Attributes:
        number: grows by one with each snapshot of a run.
        step: the step after which it was taken.
        config: the model they belong to.
        weights: parameter name -> read-only float32 array.
    """

    number: int
    step: int
    config: ModelConfig
    weights: dict[str, np.ndarray] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapReport:
    """The codes of the probe rows and the snapshots they were encoded with: map and picture always agree.

    Attributes:
        step: when.
        rows: int64 (n,) indices into the data, the same in every report of a run unless all rows are asked for.
        codes: per member, float32 (n, d): z of an autoencoder, μ of a variational one.
        snapshots: per member.
        seconds: what encoding took.
        spreads: per member σ of q(z|x), float32 (n, d), or None for a model without a posterior; empty where they
            are not at hand.
    """

    step: int
    rows: np.ndarray = field(repr=False)
    codes: tuple[np.ndarray, ...] = field(repr=False)
    snapshots: tuple[Snapshot, ...] = field(repr=False)
    seconds: float
    spreads: tuple[np.ndarray | None, ...] = field(default=(), repr=False)

    def spread(self, member: int) -> np.ndarray | None:
        """σ of q(z|x) of one member, None where there is none."""
        return self.spreads[member] if self.spreads else None


class NonFiniteLossError(RuntimeError):
    """The loss of a member became NaN or infinite; the weights of the last good snapshot are restored.

    Attributes: `step`, `member` (index in the run), and a message that proposes a remedy.
    """

    def __init__(self, step: int, member: int, message: str) -> None:
        super().__init__(message)
        self.step = step
        self.member = member

    def __reduce__(self) -> tuple[type, tuple[int, int, str]]:
        # The default would rebuild the exception from its message alone, on the far side of a pipe.
        return type(self), (self.step, self.member, str(self))
