"""Seconds and peak memory of the measures, each in a separate process, with the peers' in the same run.

`features`: Fréchet distance with precision, recall, density and coverage of 10,000 MNIST digits beside 10,000
others; the peers are the double precision distances that the same figures take by their definition, prdc and
SciPy's root of a matrix. `evaluate`: all groups but the slow ones on 10,000 digits of the bundled pair's VAE, and
each group. `samples`: the slow group of samples beside it. `iwae`: IWAE-5000 of 500 digits for 784-512-20, beside
the same number of bare decoder passes. Memory is the process's largest, and what it was before.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

from tests.benchmarks.report import Figure, emit

CASES = ("features", "evaluate", "samples", "iwae")
#: Digits measured, and those of IWAE.
COUNT, IWAE_IMAGES, IWAE_DRAWS = 10_000, 500, 5_000
#: Peers whose work grows with the square are timed on fewer pictures, and scaled.
PEER_COUNT = 4_000


def main(argv: list[str]) -> int:
    """Run the cases."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks measures", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=CASES, help="one case")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.inside:
        print(
            json.dumps(
                {"features": _features, "evaluate": _evaluate, "samples": _samples, "iwae": _iwae}[options.only]()
            )
        )
        return 0
    cases = {}
    for case in CASES if options.only is None else (options.only,):
        command = [sys.executable, "-m", "tests.benchmarks", "measures", "--only", case, "--inside"]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        cases[case] = json.loads(done.stdout.splitlines()[-1])
    emit("Measures", cases, options.json)
    return 0


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak() -> float:
    """Largest resident memory of this process so far, in MB."""
    import resource

    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1e6 if sys.platform == "darwin" else 1024)


def _features() -> dict[str, Figure]:
    from trainer.metrics.features import feature_net_for
    from trainer.metrics.samples import compare, frechet_error
    from trainer.progress import completed

    images = _digits().images
    net = feature_net_for(images.shape[1:])
    before = _peak()
    real, other = (images[part] for part in (slice(60_000, 70_000), slice(0, COUNT)))
    sets: list[np.ndarray] = []
    found: dict[str, Figure] = {
        "features_s": _timed(lambda: sets.extend(net.features(part) for part in (real, other)))
    }
    found["fd_and_coverage_s"] = _timed(lambda: completed(compare(*sets)))
    found["fd_error_s"] = _timed(lambda: frechet_error(*sets))
    found["all_s"] = sum(float(seconds) for seconds in found.values())
    found["peak_mb"], found["of_that_before_mb"] = _peak(), before
    found |= _peers(*sets)
    return found


def _peers(real: np.ndarray, other: np.ndarray) -> dict[str, Figure]:
    import prdc
    from scipy.linalg import LinAlgWarning, sqrtm

    scale = (COUNT / PEER_COUNT) ** 2
    one, two = (part[:PEER_COUNT].astype(np.float64) for part in (real, other))

    def exact() -> None:
        for first, second in ((one, one), (two, two), (one, two)):
            for start in range(0, len(first), 200):
                some = first[start : start + 200]
                apart = (some**2).sum(1)[:, None] + (second**2).sum(1) - 2 * some @ second.T
                np.partition(apart, 5, axis=1)

    def quiet() -> None:
        import contextlib
        import io

        with contextlib.redirect_stdout(io.StringIO()):
            prdc.compute_prdc(one, two, 5)

    warnings.simplefilter("ignore", LinAlgWarning)  # features that no digit excites
    return {
        "peer_double_precision_s": scale * _timed(exact),
        "peer_prdc_s": scale * _timed(quiet),
        "peer_scipy_root_s": _timed(lambda: sqrtm(np.cov(real.T) @ np.cov(other.T))),
    }


def _digits():
    from trainer.config import DataConfig
    from trainer.data.images import default_data_folder
    from trainer.data.registry import load

    return load(DataConfig(name="mnist"), default_data_folder())


def _subject():
    from importlib.resources import files
    from pathlib import Path

    from trainer.measures.subject import Subject
    from trainer.models.initialise import build
    from trainer.training.checkpoint import load

    description, state = load(Path(str(files("resources"))) / "pretrained" / "mnist")
    model, prefix = build(description.config.models[1], 0), "member1.model."
    model.load_state_dict(
        {name.removeprefix(prefix): value for name, value in state.tensors.items() if name.startswith(prefix)}
    )
    data = _digits()
    return Subject(model, data, np.arange(data.count - COUNT, data.count))


def _groups(slow: tuple[str, ...] = ()) -> dict[str, Figure]:
    from trainer.measures.all_groups import GROUPS
    from trainer.measures.measure import measured
    from trainer.progress import UNWATCHED

    subject, before = _subject(), _peak()
    found: dict[str, Figure] = {}
    for group in GROUPS:
        if group.name in slow if slow else not group.slow:
            found[f"{group.name}_s"] = _timed(lambda group=group: measured(group, subject, UNWATCHED))
    found["all_s"] = sum(float(seconds) for seconds in found.values())
    return found | {"peak_mb": _peak(), "of_that_before_mb": before}


def _evaluate() -> dict[str, Figure]:
    return _groups()


def _samples() -> dict[str, Figure]:
    return _groups(("samples",))


def _iwae() -> dict[str, Figure]:
    import torch

    from trainer.config import ModelConfig
    from trainer.metrics.importance import iwae
    from trainer.models.initialise import build

    model = build(ModelConfig(family="variational", shape=(1, 28, 28), widths=(512,), latent=20), 0).eval()
    images, before = _digits().tensor()[-IWAE_IMAGES:], _peak()
    found: dict[str, Figure] = {
        "iwae_s": _timed(lambda: iwae(model, images, (IWAE_DRAWS,), binarise="dynamic")),
        "peak_mb": _peak(),
        "of_that_before_mb": before,
    }
    codes, passes = torch.randn(5_000, 20), IWAE_IMAGES * IWAE_DRAWS // 5_000

    def decode() -> None:
        with torch.no_grad():
            for _ in range(passes // 10):
                model.decode(codes)

    found["peer_decoder_alone_s"] = 10 * _timed(decode)
    return found
