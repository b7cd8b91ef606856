"""Figures kept per target and seed, a file each, so that nothing is measured twice."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.target import Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.storage.atomic_files import write_atomically


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The figures of one seed, and processor seconds, those of models that other targets share included."""

    figures: dict[str, Figure]
    cpu_seconds: float


class KeptFigures:
    """A folder with figures and, while they are needed, the trainings that they come from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, target: Target, seed: int) -> Kept | None:
        """What was measured by the target's present protocol; None if nothing was, or the file is damaged."""
        try:
            found = json.loads(self._file(target, seed).read_text("utf-8"))
            if found["protocol"] != target.protocol:
                return None
            return Kept(figures=found["figures"], cpu_seconds=found["cpu_seconds"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def measure(self, target: Target, seed: int, say: Callable[[str], None] = lambda text: None) -> Kept:
        """Measure a seed, whatever was kept, and keep it."""
        work = Workplace(self.folder / "trainings" / f"seed-{seed}", say)
        begun = time.process_time()
        figures = dict(target.run(seed, work))
        own = time.process_time() - begun - work.training_seconds
        found = Kept(figures=figures, cpu_seconds=own + work.trained_seconds)
        file = self._file(target, seed)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = {
            "target": target.key,
            "seed": seed,
            "protocol": target.protocol,
            "figures": found.figures,
            "cpu_seconds": found.cpu_seconds,
        }
        write_atomically(file, json.dumps(text, indent=2, ensure_ascii=False).encode())
        return found

    def _file(self, target: Target, seed: int) -> Path:
        return self.folder / "figures" / f"{target.key}-seed-{seed}.json"
