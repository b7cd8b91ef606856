"""Model families from outside the package, as someone else would add them."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

from trainer.models.family import Family, families, register

ROOT = Path(__file__).resolve().parents[2]


def printed(script: str, *arguments: Path, env: dict[str, str] | None = None) -> str:
    """What a Python of its own prints; it knows the program's own families alone unless `env` names others."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    return done.stdout.strip()


def printed_beside_the_critic(script: str) -> str:
    """The same with the critic's family named in its environment, and little else."""
    env = {"PATH": "", "PYTHONPATH": str(ROOT), "LATENT_EXPLORER_FAMILIES": "tests.families.critic"}
    return printed(script, env=env)


def registered(module: str) -> None:
    """Have the families of a module beside this one, whether it was imported before or not."""
    found = importlib.import_module(f"tests.families.{module}")
    for name in dir(found):
        kind = getattr(found, name)
        mine = isinstance(kind, type) and issubclass(kind, Family) and kind.__module__ == found.__name__
        if mine and not any(one.name == kind.card.name for one in families()):
            register(kind())
