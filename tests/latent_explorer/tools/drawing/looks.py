"""Looks at random plain models with random images, as a drawing is made of."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.explorer import DataView
from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.drawing.state import DrawingSettings, Drawn
from latent_explorer.tools.drawing.work import DrawingWork
from tests.trainer.replica.stacks import snapshot_of
from trainer.config import DataConfig, ModelConfig
from trainer.latent import plane as planes
from trainer.replica.choice import make_replica
from trainer.replica.numpy_replica import NumpyReplica
from trainer.reports import Snapshot
from trainer.traits import Traits

AE = Traits(
    title="Autoencoder", short="AE", uses_beta=False, posterior="none", prior="none", stochastic=False, plain=True
)
VAE = Traits(
    title="Variational autoencoder",
    short="VAE",
    uses_beta=True,
    posterior="gaussian",
    prior="normal",
    stochastic=True,
    plain=True,
)
ROWS = 20


def config_of(family: str = "variational", **changes) -> ModelConfig:
    """A small model."""
    fields = {"family": family, "shape": (1, 8, 8), "widths": (32, 16), "latent": 4}
    return ModelConfig(**(fields | changes))


def images_for(config: ModelConfig) -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, (ROWS, *config.shape), dtype=np.uint8)


def look_at(
    config: ModelConfig,
    traits: Traits,
    index: int = 0,
    *,
    images: bool = True,
    snapshot: Snapshot | None = None,
    **more,
) -> Look:
    """A pane with this model, whose map has the codes of all images."""
    snapshot = snapshot or snapshot_of(config, seed=index, posterior=traits.has_posterior)
    replica = make_replica(config, posterior=traits.posterior_kind)
    replica.load(snapshot)
    pictures = images_for(config)
    posterior = replica.posterior(pictures)
    codes = replica.encode(pictures)
    plane = planes.raw(codes.shape[1]) if codes.shape[1] <= 2 else planes.pca(codes)
    held = PaneCodes(
        np.arange(ROWS),
        codes,
        plane.project(codes),
        0,
        snapshot,
        sigmas=None if posterior is None else posterior.spread,
    )
    data = DataView(
        title="",
        config=DataConfig(),
        count=ROWS,
        train_count=ROWS // 2,
        shape=config.shape,
        images=pictures if images else None,
    )
    model = PaneModel(config, traits, 1)
    return Look(index=index, model=model, codes=held, plane=plane, data=data, **more)


def replica_of(look: Look) -> NumpyReplica:
    replica = make_replica(look.model.config, posterior=look.traits.posterior_kind)
    assert isinstance(replica, NumpyReplica)
    assert look.snapshot is not None
    replica.load(look.snapshot)
    return replica


def drawn(*looks: Look, row: int | None = 3, work: DrawingWork | None = None, **settings) -> dict[int, Drawn]:
    """What the worker answers."""
    work = work or DrawingWork(ReplicaCache(lambda config, traits: make_replica(config, plain=traits.plain)))
    (answer,) = work.make(looks, row, DrawingSettings(**settings))
    return dict(answer)
