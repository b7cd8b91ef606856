"""The work of the losses' thread: the losses of all images on a map."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.losses import PaneLosses
from latent_explorer.core.replica_cache import ReplicaCache
from trainer.metrics.image_losses import kl_of, reconstruction_losses
from trainer.progress import Progress

#: Posteriors processed between two checks for cancellation.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class PaneMeasured:
    """An answer: the losses of one pane."""

    pane: int
    look: Look = field(repr=False)
    losses: PaneLosses = field(repr=False)


class LossesWork:
    """Yields one `PaneMeasured` per look; for one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas

    def measure(self, looks: tuple[Look, ...]) -> Iterator[object]:
        """Progress, and the losses of every look, which was taken with its data."""
        for look in looks:
            snapshot, data, images = look.snapshot, look.data, look.images
            if snapshot is None or data is None or images is None:
                continue
            there = look.codes.rows < len(images)
            rows, codes = look.codes.rows[there], look.codes.codes[there]
            values: dict[str, np.ndarray] = {}
            if look.codes.sigmas is not None:
                divergences = yield from self._kl(look, codes, look.codes.sigmas[there])
                values["kl"] = _whole(data.count, rows, divergences)
            replica = self._replicas.of(snapshot, look.traits)
            for found in reconstruction_losses(replica, images, rows, codes, snapshot.variance):
                if isinstance(found, Progress):
                    yield found
                elif found is not None:
                    values["reconstruction"] = _whole(data.count, rows, found)
            losses = PaneLosses(step=snapshot.step, number=snapshot.number, values=values)
            for kind in values:
                losses.worst_first(kind)  # sort here, outside the GUI thread
                yield None
            yield PaneMeasured(look.index, look, losses)

    @staticmethod
    def _kl(look: Look, codes: np.ndarray, sigmas: np.ndarray) -> Generator[object, None, np.ndarray]:
        prior = look.model.prior(look.snapshot)
        kind = look.traits.posterior_kind
        parts = []
        for start in range(0, len(codes), _AT_ONCE):
            piece = slice(start, start + _AT_ONCE)
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                posterior = kind.of_sigmas(codes[piece], sigmas[piece])
                parts.append(
                    np.full(len(codes[piece]), np.nan) if prior is None else kl_of(posterior, prior, start)
                )
            yield None
        return np.concatenate(parts) if parts else np.empty(0)


def _whole(count: int, rows: np.ndarray, values: np.ndarray) -> np.ndarray:
    """`values` of `rows` among all rows: float32 (count,), NaN elsewhere."""
    whole = np.full(count, np.nan, np.float32)
    whole[rows] = values
    whole.setflags(write=False)
    return whole
