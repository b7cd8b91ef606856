"""Where the models of targets are trained and kept, so that a run that was broken continues where it was."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

from torch import Tensor

from trainer.config import RunConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.models.latent_model import LatentModel
from trainer.storage.atomic_files import write_atomically
from trainer.training.checkpoint import FILE, load
from trainer.training.checkpoint_writing import save
from trainer.training.description import DataSummary
from trainer.training.engine import Trainer

#: Seconds between two checkpoints of a training.
SAVE_EVERY = 20.0
SPENT = "spent.json"


class Workplace:
    """The trainings of one seed, each in a folder of its own that its settings name.

    Targets that train the same thing share it.

    Attributes:
        folder: of the seed.
        trained_seconds: processor seconds of all trainings asked for here, of former runs, too.
        training_seconds: those of this process among them.
    """

    def __init__(self, folder: Path, say: Callable[[str], None] = lambda text: None) -> None:
        """`say`: gets a sentence where a training begins or continues."""
        self.folder = folder
        self._say = say
        self.trained_seconds = self.training_seconds = 0.0

    def trained(
        self,
        name: str,
        config: RunConfig,
        data: ImageData | Tensor,
        knobs: Knobs | Callable[[int], Knobs] | None = None,
        *,
        steps: int | None = None,
    ) -> tuple[LatentModel, ...]:
        """The models of a run that has come to its end, trained as far as they are not yet.

        knobs: the same for all steps, or those of each step, counted from 0; None for the usual ones. steps: where
        a run ends that has no number of epochs. All rows of a tensor are trained on. On one thread the models are
        bit for bit the same, however often the training was broken off.
        """
        at = knobs if callable(knobs) else _always(knobs or Knobs())
        summary = _summary(config, data)
        folder = self.folder / f"{name}-{_digest(config, summary, at, steps)}"
        trainer = Trainer(config, data, at(0), train_count=len(data) if isinstance(data, Tensor) else None)
        before = 0.0
        if (folder / FILE).exists():
            _, state = load(folder)
            trainer.restore(state)
            before = float(json.loads((folder / SPENT).read_text("utf-8")))
        if not _ended(trainer, steps):
            self._say(f"training {name} from step {trainer.step:,}")
            here = _train(trainer, at, steps, folder, summary, before)
            self.training_seconds += here
            before += here
        self.trained_seconds += before
        return tuple(member.model for member in trainer.members)


def _train(
    trainer: Trainer,
    at: Callable[[int], Knobs],
    steps: int | None,
    folder: Path,
    summary: DataSummary,
    before: float,
) -> float:
    """Train to the end, keeping the run in `folder` now and then; processor seconds that it took."""
    begun, saved = time.process_time(), time.monotonic()
    running = trainer.steps()
    while not _ended(trainer, steps):
        trainer.knobs = at(trainer.step)
        next(running)
        if _ended(trainer, steps) or time.monotonic() - saved >= SAVE_EVERY:
            folder.mkdir(parents=True, exist_ok=True)
            # First, so that there is one with every checkpoint.
            write_atomically(folder / SPENT, json.dumps(before + time.process_time() - begun).encode())
            save(folder, config=trainer.config, state=trainer.state(), data=summary)
            saved = time.monotonic()
    running.close()
    return time.process_time() - begun


def _ended(trainer: Trainer, steps: int | None) -> bool:
    return trainer.finished or (steps is not None and trainer.step >= steps)


def _always(knobs: Knobs) -> Callable[[int], Knobs]:
    return lambda step: knobs


def _digest(config: RunConfig, summary: DataSummary, at: Callable[[int], Knobs], steps: int | None) -> str:
    """All that a training depends on, in a few letters."""
    knobs = [at(step).to_json() for step in range(steps or 1)]
    text = json.dumps([config.to_json(), summary.fingerprint, knobs, steps], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _summary(config: RunConfig, data: ImageData | Tensor) -> DataSummary:
    if isinstance(data, ImageData):
        return DataSummary.of(data)
    pixels = hashlib.blake2b(data.numpy().tobytes(), digest_size=32).hexdigest()
    shape = config.models[0].shape
    return DataSummary(
        title=config.data.name, fingerprint=pixels, shape=shape, count=len(data), train_count=len(data)
    )
