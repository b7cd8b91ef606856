"""Evaluation of a run between steps: losses without input noise and at β = 1, otherwise as in training, with
seeded posterior samples and binarisation."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, from_numpy

from trainer.config import LEARNED
from trainer.metrics.binarisation import as_seen, pixels_of
from trainer.metrics.likelihood import LikelihoodFigures, batches, evaluate, learned_variance, outside_training
from trainer.models.latent_model import Batch, LatentModel
from trainer.reports import EvaluationReport, Losses, Uncertainty
from trainer.seeds import chosen_rows, stream_seed
from trainer.training.device_images import DeviceImages
from trainer.training.members import Member

#: Maximum number of held-out and of training rows, so that an evaluation costs about as much as ten training
#: steps.
ROWS = 2000
BATCH = 500
#: Terms that `trainer.metrics.likelihood` measures for every model.
MEASURED = ("reconstruction", "kl", "total")


def variance_on(model: LatentModel, resident: DeviceImages, seed: int, binarise: str) -> float | None:
    """The σ² that `model` has learned on the training images; None for likelihoods other than "gaussian-learned".

    The optimum (Rybkin et al. 2021) is the squared error per value of at most ROWS of them, a seeded choice,
    each decoded from one seeded posterior sample and binarised if the run does so. `seed` is that of the run.
    """
    if model.config.likelihood != LEARNED:
        return None
    images = _chosen(resident, seed, 0, resident.train_count, ROWS)
    return learned_variance(model, images, batch=BATCH, seed=stream_seed(seed, "evaluation"), binarise=binarise)


def _chosen(resident: DeviceImages, seed: int, first: int, end: int, most: int) -> Tensor:
    """At most `most` rows of [first, end): (n, C, H, W)."""
    chosen = from_numpy(chosen_rows(seed, "evaluation", first, end, most))
    return resident.rows.index_select(0, chosen.to(resident.rows.device)).view(-1, *resident.shape)


class Evaluator:
    """Evaluates the members of a run on a fixed seeded choice of its rows, and computes their learned σ².

    Posterior samples and binarisations come from separate generators: training is not affected, the same
    weights give the same numbers, and all members use the same pixels.
    """

    def __init__(self, members: Sequence[Member], resident: DeviceImages, seed: int, binarise: str) -> None:
        self._members = members
        self._resident = resident
        self._run_seed = seed
        self._seed = stream_seed(seed, "evaluation")
        self._binarise = binarise
        self._variances: tuple[int, tuple[float | None, ...]] | None = None
        self._pixels = ""

    def variances(self, step: int) -> tuple[float | None, ...]:
        """The learned σ² of each member with its weights at `step`, see `variance_on`."""
        if self._variances is None or self._variances[0] != step:
            found = tuple(
                variance_on(member.model, self._resident, self._run_seed, self._binarise)
                for member in self._members
            )
            self._variances = step, found
        return self._variances[1]

    def know(self, step: int, variances: tuple[float | None, ...] | None) -> None:
        """Set the variances stored with the present weights; None: compute them when needed."""
        self._variances = None if variances is None else (step, variances)

    def report(self, step: int) -> EvaluationReport:
        """The evaluation at `step`, only on training rows if none is held out."""
        count = self._resident.train_count
        none_held_out = count == len(self._resident.rows)
        held_out_images = self._images(0 if none_held_out else count, len(self._resident.rows), ROWS)
        rows = len(held_out_images)
        self._pixels = self._pixels or pixels_of(self._resident.rows, self._binarise)
        train_images = self._images(0, count, rows)
        held_out = self._measured(held_out_images, step, mse=True)
        train = self._measured(train_images, step, mse=False)
        return EvaluationReport(
            step=step,
            train=self._with_own_terms(train, train_images),
            held_out=self._with_own_terms(held_out, held_out_images),
            active=tuple(found.active for found in held_out),
            rows=rows,
            none_held_out=none_held_out,
            pixels=self._pixels,
            errors=tuple(
                Uncertainty(reconstruction=found.reconstruction_error, kl=found.kl_error, total=found.elbo_error)
                for found in held_out
            ),
            mse=tuple(found.mse for found in held_out),
            ranks=tuple(found.rank for found in held_out),
            variances=self.variances(step),
        )

    def _measured(self, images: Tensor, step: int, *, mse: bool) -> list[LikelihoodFigures]:
        return [
            evaluate(
                member.model,
                images,
                batch=BATCH,
                seed=self._seed,
                binarise=self._binarise,
                variance=variance,
                mse=mse,
            )
            for member, variance in zip(self._members, self.variances(step), strict=True)
        ]

    def _with_own_terms(self, measured: list[LikelihoodFigures], images: Tensor) -> tuple[Losses, ...]:
        """The measured losses with additional terms of the families: means over the images, with default knobs."""
        return tuple(
            _losses(found, self._own_terms(member, images))
            for member, found in zip(self._members, measured, strict=True)
        )

    @torch.no_grad()
    def _own_terms(self, member: Member, images: Tensor) -> dict[str, float]:
        names = [term.name for term in member.family.card.terms if term.name not in MEASURED]
        if not names:
            return {}
        device, knobs, sums = member.generator.device, member.family.usual_knobs, dict.fromkeys(names, 0.0)
        generator = torch.Generator(device).manual_seed(self._seed)
        with outside_training(member.model):
            for rows in batches(member.model, as_seen(images, self._binarise, self._seed), BATCH):
                losses = member.family.losses(member.model, Batch(rows, rows, knobs, generator))
                for name in names:
                    sums[name] += len(rows) * losses[name].item()
        return {name: value / len(images) for name, value in sums.items()}

    def _images(self, first: int, end: int, most: int) -> Tensor:
        return _chosen(self._resident, self._run_seed, first, end, most)


def _losses(found: LikelihoodFigures, own: dict[str, float]) -> Losses:
    terms = {"reconstruction": found.reconstruction}
    if found.has_kl:
        terms["kl"] = found.kl
    return Losses({**terms, **own, "total": found.total}, found.kl_per_dimension)
