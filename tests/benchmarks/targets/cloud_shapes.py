"""T9, its synthetic part: four kinds of clouds of codes are told apart."""

from __future__ import annotations

from tests.benchmarks.targets.verdict import Verdict
from tests.trainer.metrics.clouds import clouds
from trainer.metrics.cloud_shape import cloud_shape

EXACT = False
CLOUDS, RIGHT = 50, 0.98
TITLE = "shape labels: line, disc, ring and irregular clouds of 2,000 codes, 50 of each a seed"
CRITERION = "the word is right for 98 % of the clouds (198 of 200 when first measured)"


def measure(seed: int, quick: bool) -> Verdict:
    """Label clouds that no other seed has. `quick`: ten of each kind."""
    verdict = Verdict()
    right: dict[str, int] = {}
    count = 10 if quick else CLOUDS
    for one in range(count):
        for name, points in clouds(1_000 * seed + one).items():
            found = cloud_shape(points)
            right[name] = right.get(name, 0) + (found is not None and found.shape == name)
    for name, hits in right.items():
        verdict.note(f"{name} right", f"{hits} of {count}")
    share = sum(right.values()) / (count * len(right))
    verdict.note("share right", share)
    verdict.require(share >= RIGHT, "share of clouds called what they are")
    return verdict
