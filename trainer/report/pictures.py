"""The graphical part of a model's report: reconstructions, samples, latent map, losses. Torch-free."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from trainer.data.split import subset
from trainer.latent.plane import pca, raw
from trainer.prior import Prior
from trainer.priors.gaussian import StandardNormal
from trainer.priors.registry import prior_of
from trainer.progress import Monitor
from trainer.replica.replica import to_bytes
from trainer.report.report import Curves, Pictures
from trainer.reports import EvaluationReport, StepReport

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

#: Maximum numbers of reconstructed images, of samples, and of dots on the map.
IMAGES, SAMPLES, DOTS = 10, 20, 3_000


def taken(
    images: np.ndarray | None,
    codes: np.ndarray,
    decode: Callable[[np.ndarray], np.ndarray],
    prior: Prior | None,
    labels: np.ndarray | None = None,
    seed: int = 0,
) -> Pictures:
    """The pictures of a model, all choices seeded.

    Args:
        images: uint8 (n, C, H, W), the measured ones as the model's input; None if they are missing.
        codes: their z, or μ, float32 (n, d).
        decode: codes (m, d) -> uint8 (m, H, W, C).
        prior: of the model, in NumPy; None if it has none.
        labels: int64 (n,), class of each image; None for data without classes.
    """
    shown, dots = subset(IMAGES, len(codes), seed, 3), subset(DOTS, len(codes), seed, 4)
    latent = codes.shape[1]
    drawn = prior or StandardNormal(latent)
    plane = raw(latent) if latent <= 2 else pca(codes)
    decoded = decode(codes[shown])
    return Pictures(
        originals=decoded[:0] if images is None else images[shown].transpose(0, 2, 3, 1),
        decoded=decoded,
        samples=decode(drawn.draw(SAMPLES, np.random.default_rng(seed), np.float32)),
        drawn_from=drawn.formula,
        has_prior=prior is not None,
        places=plane.project(codes[dots]),
        axes=plane.names,
        labels=None if labels is None else labels[dots],
    )


def taken_of(subject: Subject, prior: str, monitor: Monitor) -> Pictures:
    """The pictures of a measured model. `prior`: its kind, "none" if it has none."""
    tensors = {name: value.detach().cpu().numpy() for name, value in subject.model.state_dict().items()}
    labels = subject.data.labels
    return taken(
        subject.images.numpy(),
        subject.codes(monitor),
        lambda codes: to_bytes(subject.decode(codes, monitor)),
        prior_of(prior, subject.model.config, tensors),
        None if labels is None else labels[subject.rows],
        subject.seed,
    )


def curves_of(
    history: Sequence[StepReport], evaluations: Sequence[EvaluationReport], member: int
) -> Curves | None:
    """The losses of one member; None if no steps were stored."""
    steps = [report for report in history if len(report.losses) > member]
    names = dict.fromkeys(name for report in steps for name in report.losses[member].terms)
    held_out = [report for report in evaluations if len(report.held_out) > member]
    if not steps and not held_out:
        return None
    terms: Mapping[str, np.ndarray] = {
        name: np.array([report.losses[member].terms.get(name, np.nan) for report in steps], np.float64)
        for name in names
    }
    return Curves(
        steps=np.array([report.step for report in steps], np.int64),
        terms=terms,
        held_out_steps=np.array([report.step for report in held_out], np.int64),
        held_out=np.array([report.held_out[member].total for report in held_out], np.float64),
    )
