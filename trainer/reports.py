"""The engine's reports: frozen, in nats per image. Torch-free; arrays are read-only NumPy.

Every report can be sent to another thread or process unchanged.
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
        terms: by their names in the card (read-only), such as "reconstruction": -E log p(x|z), summed over
            pixels; "kl": KL(q(z|x) || p(z)), summed over latent dimensions, of models with a posterior; and always
            "total": the training objective.
        kl_per_dimension: the terms of "kl"; empty for a model without a posterior.
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
        """The training objective."""
        return self.terms["total"]

    @property
    def finite(self) -> bool:
        """Whether every number is one."""
        return all(map(math.isfinite, (*self.terms.values(), *self.kl_per_dimension)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """One optimisation step, or on a GPU the mean over the few steps since the last readback.

    Attributes:
        step: number of steps done, counted from 1 and never going back.
        epoch: completed passes over the training rows, as a fraction.
        knobs: the knobs read at the start of this step.
        applied: the knobs as applied: β after KL warm-up, the learning rate of a run's last epochs.
        losses: one entry per member, in the run's order, all NaN for a stopped one; empty if the device has not
            been read yet.
        images: images seen by each member since the last report.
        seconds: wall time since the last report.
        remarks: sentences for the user on events in this step.
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
        """The report of one member, as if it were a run of that member only."""
        alone = (member,)
        return replace(
            self,
            knobs=self.knobs.for_members(alone),
            applied=self.applied.for_members(alone),
            losses=self.losses[member : member + 1],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty(Record):
    """Standard errors over the images of one model's mean losses; None if there is none, as for a single image.

    Attributes as in `Losses`.
    """

    reconstruction: float | None
    kl: float | None
    total: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """Losses as the run was trained (likelihood, binarisation), but without input noise and at β = 1, one seeded
    posterior sample per image.

    `total` is therefore the negative ELBO (for a model without a posterior, its reconstruction loss).

    Attributes:
        step: the step of the weights.
        train: per member, on a fixed seeded choice of training rows, as many as held-out rows.
        held_out: per member, on the held-out rows used, a fixed seeded choice.
        active: per member, active units by Var_x(μ_u) > 0.01 (Burda et al. 2016) on the held-out rows; None for
            a model without a posterior, and for a single row.
        rows: how many held-out rows were used.
        none_held_out: whether all rows are trained on; then "held-out" figures are of training rows.
        pixels: kind of pixels: "grey" levels, a "dynamic" or "static" binarisation of them,
            or "binary" data.
        errors: per member, standard errors of `held_out`; empty if not stored.
        mse: per member, squared error per pixel of held-out images, decoded without sampling; or empty.
        ranks: per member, effective rank of the held-out codes of a model without a posterior; or empty.
        variances: per member, the learned σ² used for the losses; or empty.
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
        """The report of one member only."""
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
        step: the step of its weights; for a stopped member earlier than the run's.
        config: the model they belong to.
        weights: parameter name -> read-only float32 array.
        variance: the σ² of likelihood "gaussian-learned" learned with these weights; None for another
            likelihood, and if unknown.
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
        seconds: time that encoding took.
        sigmas: per member σ of q(z|x), float32 (n, d), or None for a model without a posterior; empty if they
            are missing.
    """

    step: int
    rows: np.ndarray = field(repr=False)
    codes: tuple[np.ndarray, ...] = field(repr=False)
    snapshots: tuple[Snapshot, ...] = field(repr=False)
    seconds: float
    sigmas: tuple[np.ndarray | None, ...] = field(default=(), repr=False)

    def spread(self, member: int) -> np.ndarray | None:
        """σ of q(z|x) of one member, None if there is none."""
        return self.sigmas[member] if self.sigmas else None


class NonFiniteLossError(SentenceError):
    """The loss of a member, or its optimiser's state, became NaN or infinite; the run was rolled back to the last
    good state.

    Attributes: `step` at which it happened, `member` (index in the run); its sentence proposes a remedy.
    """

    def __init__(self, step: int, member: int, sentence: Sentence) -> None:
        super().__init__(sentence.template, **dict(sentence.values))
        self.step = step
        self.member = member

    def __reduce__(self) -> tuple[type, tuple[int, int, Sentence]]:
        # The default would rebuild the exception from its template only when it is unpickled in another process.
        return type(self), (self.step, self.member, self.sentence)
