"""The services that every tool's controller gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from latent_explorer.core.exploration import ExplorationController
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.local_job import LocalJob
from latent_explorer.core.look import Look, look_at
from latent_explorer.core.maps import MapController
from latent_explorer.core.models import ModelsState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.pane import PaneState
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.run_display import RunDisplay
from latent_explorer.core.runs import RunController
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.trainer_client import TrainerClient
from latent_explorer.core.training import TrainingState
from latent_explorer.core.workers.worker import Worker
from trainer.config import ModelConfig
from trainer.replica.replica import Replica
from trainer.traits import Traits


class NewWorker(Protocol):
    """Creates a worker thread for a tool."""

    def __call__(self, name: str, background: bool = False) -> Worker:
        """`background`: with lower priority than other threads."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ToolKit:
    """States, controllers for tools, and factories of the composition root.

    Attributes:
        models: the models that a pane can show.
        new_worker: creates a worker thread for the tool; the composition root closes it.
        make_replica: (config, traits) -> a replica without weights, for the device in use; called in workers.
        session_folder: temporary files of this session.
    """

    explorer: ExplorerState
    training: TrainingState
    models: ModelsState
    panes: tuple[PaneState, ...]
    tools: ToolStates
    jobs: JobsState
    notifications: Notifications
    exploration: ExplorationController
    client: TrainerClient
    maps: MapController
    display: RunDisplay
    runs: RunController
    new_worker: NewWorker
    make_replica: Callable[[ModelConfig, Traits], Replica]
    session_folder: Path

    def new_replicas(self) -> ReplicaCache:
        """A cache of loaded replicas for one worker thread."""
        return ReplicaCache(self.make_replica)

    def look(self, pane: PaneState, *parts: str) -> Look | None:
        """A look at `pane` with these of `look.PARTS`; None while it shows nothing."""
        return look_at(pane, self.explorer, self.exploration.hidden, *parts)

    def looks(self, *parts: str) -> tuple[Look, ...]:
        """Looks at all panes that show something."""
        looks = (self.look(pane, *parts) for pane in self.panes)
        return tuple(look for look in looks if look is not None)

    def local_job(self, title: Callable[[], str], worker: Worker) -> LocalJob:
        """Show this worker's long requests in the status bar, under `title`."""
        return LocalJob(title, worker, self.jobs)
