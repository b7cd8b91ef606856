"""Model families from outside the package, as somebody else would add them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def printed_beside_the_critic(script: str) -> str:
    """What a Python of its own prints that has the critic's family named in its environment, and little else."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PATH": "", "PYTHONPATH": str(ROOT), "LATENT_EXPLORER_FAMILIES": "tests.families.critic"},
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    return done.stdout.strip()
