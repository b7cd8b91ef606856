"""The targets by their keys; each is imported, with torch, when it is asked for."""

from __future__ import annotations

import importlib

from tests.benchmarks.targets.target import Target

MODULES = {
    "T1": "collapse_law",
    "T2": "closed_forms",
    "T3": "dynamic_nll",
    "T4": "notes_network",
    "T5": "sampling_repair",
    "T6": "rate_distortion",
    "T7": "moon_paths",
    "T8": "no_barrier",
    "T9": "cloud_shapes",
    "T10": "line_paths",
}


def target(key: str) -> Target:
    """The target called so."""
    found = importlib.import_module(f"tests.benchmarks.targets.{MODULES[key]}").TARGET
    assert isinstance(found, Target)
    return found
