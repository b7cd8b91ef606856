"""Measures the models that are shown, group by group, while a run trains in between. Imports torch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from trainer.data.images import ImageData
from trainer.data.parts import measured_rows, usual_part
from trainer.measures.all_groups import group_named
from trainer.measures.measure import Figure, measured
from trainer.measures.subject import Subject
from trainer.progress import Monitor, Progress
from trainer.replica.torch_replica import TorchReplica
from trainer.reports import Snapshot
from trainer.sentences import Sentence
from trainer.service.messages import MeasureModels


def measuring(
    wanted: MeasureModels, data: ImageData, monitor: Monitor
) -> Iterator[tuple[int, str, tuple[Figure, ...]]]:
    """See `Backend.measure`."""
    rows = measured_rows(data, usual_part(data), wanted.most, wanted.seed)
    shared: dict[Any, Any] = {}
    subjects = [
        _subject(snapshot, binarise, data, rows, wanted.seed, shared)
        for snapshot, binarise in zip(wanted.models, wanted.binarise, strict=True)
    ]
    total, done = len(wanted.groups) * len(subjects), 0
    for name in wanted.groups:
        group = group_named(name)
        for number, subject in enumerate(subjects):
            watched = _in_parts(monitor, done, total, group.title)
            watched.at(0, None, Sentence("%"))
            yield number, name, measured(group, subject, watched)
            done += 1


def _subject(
    snapshot: Snapshot, binarise: str, data: ImageData, rows: np.ndarray, seed: int, shared: dict[Any, Any]
) -> Subject:
    model = TorchReplica.model_of(snapshot)
    return Subject(model, data, rows, seed=seed, binarise=binarise, variance=snapshot.variance, shared=shared)


def _in_parts(monitor: Monitor, done: int, total: int, title: Sentence) -> Monitor:
    """`monitor` for one part of `total`: it reports the total progress, and lets a run train in between."""

    def report(progress: Progress) -> None:
        share = min(1.0, progress.done / progress.total) if progress.total else 0.0
        percent = round(100 * (done + share) / total)
        monitor.report(Progress(percent, 100, Sentence("%"), title))

    def cancelled() -> bool:
        # Training in between needs gradients, which the measure may have switched off.
        with torch.inference_mode(False), torch.enable_grad():
            return monitor.is_cancelled()

    return Monitor(report, cancelled)
