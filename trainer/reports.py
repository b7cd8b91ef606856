"""The engine's reports: frozen, in nats per image. Torch-free; arrays are read-only NumPy.

Every report that leaves the engine can be sent to another thread or process as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np

from trainer.config import ModelConfig
from trainer.knobs import Knobs
from trainer.records import Record
from trainer.sentences import Sentence, SentenceError


@dataclass(frozen=True, slots=True)
class Losses:
    """Mean over images of one model's loss terms, in nats per image unless the family's card says otherwise.

    Attributes:
        terms: by their names in the card (not to be changed), such as "reconstruction": -E log p(x|z), summed over
            pixels; "kl": KL(q(z|x) || p(z)), summed over latent dimensions, of models with a posterior; and always
            "total": what the optimiser minimises.
        kl_per_dimension: the summands of "kl"; empty for a model without a posterior.
    """

    terms: dict[str, float]
    kl_per_dimension: tuple[float, ...] = ()

    def __getitem__(self, name: str) -> float:
        return self.terms[name]

    def get(self, name: str) -> float | None:
        """A term; None for one that this model does not have."""
        return self.terms.get(name)

    @property
    def total(self) -> float:
        """What the optimiser minimises."""
        return self.terms["total"]

    @property
    def finite(self) -> bool:
        """Whether every number is one."""
        return all(map(math.isfinite, (*self.terms.values(), *self.kl_per_dimension)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """One optimisation step, or on a card the mean over the few steps since the last reading.

    Attributes:
        step: number of steps done, counted from 1 and never going back.
        epoch: passes over the training rows done, as a fraction.
        knobs: the knobs read at the top of this step.
        applied: the same as they acted: β after KL warm-up, the learning rate of a run's last epochs.
        losses: one entry a member, in the run's order, all NaN for one that rests; empty when the device has not
            been read yet.
        images: images seen by each member since the last report.
        seconds: wall time since the last report.
        remarks: sentences for people where something happened in this step.
    """

    step: int
    epoch: float
    knobs: Knobs
    applied: Knobs
    losses: tuple[Losses, ...]
    images: int
    seconds: float
    remarks: tuple[Sentence, ...] = ()

    def of(self, member: int) -> StepReport:
        """What this report says of one member alone, as of a run of that member."""
        alone = (member,)
        return replace(
            self,
            knobs=self.knobs.for_members(alone),
            applied=self.applied.for_members(alone),
            losses=self.losses[member : member + 1],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty(Record):
    """Standard errors over the images of one model's mean losses; None where there is none, as of one image.

    Attributes as in `Losses`.
    """

    reconstruction: float | None
    kl: float | None
    total: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """Losses as the run was trained (likelihood, binarisation), but without input noise and at β = 1, one seeded
    posterior sample an image.

    `total` is therefore the negative ELBO (for a model without a posterior, its reconstruction loss).

    Attributes:
        step: when.
        train: per member, on a fixed seeded choice of training rows, as many as held-out rows were used.
        held_out: per member, on the held-out rows used, a fixed seeded choice.
        active: per member, active units by Var_x(μ_u) > 0.01 (Burda et al. 2016) on the held-out rows; None for
            a model without a posterior, and for a single row.
        rows: how many held-out rows were used.
        none_held_out: whether all rows are trained on; then training rows are used where this says "held-out".
        pixels: what the pixels were: "grey" levels, a "dynamic" or "static" binarisation of them,
            or "binary" to begin with.
        errors: per member, standard errors of `held_out`; empty where they were not kept.
        mse: per member, squared error a pixel of held-out images, decoded without sampling; or empty.
        ranks: per member, effective rank of the held-out codes of a model without a posterior; or empty.
        variances: per member, the learned σ² that the losses are taken at; or empty.
    """

    step: int
    train: tuple[Losses, ...]
    held_out: tuple[Losses, ...]
    active: tuple[int | None, ...]
    rows: int
    none_held_out: bool = False
    pixels: str = "grey"
    errors: tuple[Uncertainty, ...] = ()
    mse: tuple[float | None, ...] = ()
    ranks: tuple[float | None, ...] = ()
    variances: tuple[float | None, ...] = ()

    def of(self, member: int) -> EvaluationReport:
        """What this report says of one member alone."""
        one = slice(member, member + 1)
        return replace(
            self,
            train=self.train[one],
            held_out=self.held_out[one],
            active=self.active[one],
            errors=self.errors[one],
            mse=self.mse[one],
            ranks=self.ranks[one],
            variances=self.variances[one],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Weights in memory, numbered, immutable.

    Attributes:
        number: grows by one with each snapshot of a run.
        step: the step of its weights; of a member that rests an earlier one than the run's.
        config: the model they belong to.
        weights: parameter name -> read-only float32 array.
        variance: the σ² of likelihood "gaussian-learned" that was learned with these weights; None for another
            likelihood, and where it is not known.
    """

    number: int
    step: int
    config: ModelConfig
    weights: dict[str, np.ndarray] = field(repr=False)
    variance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapReport:
    """The codes of the probe rows and the snapshots they were encoded with: map and picture always agree.

    Attributes:
        step: when.
        rows: int64 (n,) indices into the data, the same in every report of a run unless all rows are asked for.
        codes: per member, float32 (n, d): z of an autoencoder, μ of a variational one.
        snapshots: per member.
        seconds: what encoding took.
        sigmas: per member σ of q(z|x), float32 (n, d), or None for a model without a posterior; empty where they
            are missing.
    """

    step: int
    rows: np.ndarray = field(repr=False)
    codes: tuple[np.ndarray, ...] = field(repr=False)
    snapshots: tuple[Snapshot, ...] = field(repr=False)
    seconds: float
    sigmas: tuple[np.ndarray | None, ...] = field(default=(), repr=False)

    def spread(self, member: int) -> np.ndarray | None:
        """σ of q(z|x) of one member, None where there is none."""
        return self.sigmas[member] if self.sigmas else None


class NonFiniteLossError(SentenceError):
    """The loss of a member, or what its optimiser keeps, became NaN or infinite; the run is back where it was last
    known to be good.

    Attributes: `step` at which it happened, `member` (index in the run); its sentence proposes a remedy.
    """

    def __init__(self, step: int, member: int, sentence: Sentence) -> None:
        super().__init__(sentence.template, **dict(sentence.values))
        self.step = step
        self.member = member

    def __reduce__(self) -> tuple[type, tuple[int, int, Sentence]]:
        # The default would rebuild the exception from its template alone, on the far side of a pipe.
        return type(self), (self.step, self.member, self.sentence)
