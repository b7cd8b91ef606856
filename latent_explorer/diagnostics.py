"""`--diagnostics`: versions, devices, paths, and the time to decode one picture."""

from __future__ import annotations

import argparse
import os

# As in the program itself; it must be set before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import platform
import time
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from latent_explorer import __version__
from latent_explorer.core.settings import config_folder, log_folder, state_folder
from trainer.data.images import default_data_folder
from trainer.machine_limits import available_cores, total_memory
from trainer.replica.choice import make_replica
from trainer.training.checkpoint import CheckpointError, read_weights

_PACKAGES = (
    "PySide6-Essentials",
    "pyqtgraph",
    "numpy",
    "torch",
    "torchvision",
    "scikit-learn",
    "safetensors",
    "pillow",
)
_DECODES = 300


def main(options: argparse.Namespace) -> int:
    """Print the report; returns 0."""
    folder = Path(options.data).expanduser() if options.data else default_data_folder()
    rows = [
        ("Latent Explorer", __version__),
        ("Python", f"{platform.python_version()} on {platform.platform()}"),
        *((package, _version(package)) for package in _PACKAGES),
        ("processor", f"{available_cores()} cores, {total_memory() / 2**30:.1f} GiB"),
        ("torch devices", _devices()),
        ("device asked for", options.device or "auto"),
        ("Qt platform", os.environ.get("QT_QPA_PLATFORM", "the system's")),
        ("data folder", f"{folder}{'' if folder.is_dir() else ' (does not exist yet)'}"),
        ("settings", str(config_folder())),
        ("unfinished runs", str(state_folder())),
        ("log", str(log_folder())),
        ("decode, bundled pair", _decode_cost()),
    ]
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")
    return 0


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _devices() -> str:
    from trainer.training.devices import device_names

    return ", ".join(device_names())


def _decode_cost() -> str:
    """Median and 95th percentile of the time to decode one picture with the bundled models, in ms."""
    with as_file(files("resources") / "pretrained" / "mnist") as bundled:
        try:
            snapshots = read_weights(Path(bundled))
        except CheckpointError as error:
            return f"not measured: {error}"
    parts = []
    for snapshot in snapshots:
        replica = make_replica(snapshot.config)
        replica.load(snapshot)
        code = np.zeros((1, snapshot.config.latent), np.float32)
        costs = []
        for _ in range(_DECODES):
            start = time.perf_counter()
            replica.decode(code)
            costs.append(1000 * (time.perf_counter() - start))
        middle, high = np.percentile(costs, [50, 95])
        parts.append(f"{snapshot.config.family} p50 {middle:.3f} ms, p95 {high:.3f} ms")
    return "; ".join(parts)
