"""Forged checkpoints by the thousand, each taken through a step after resuming, in a process of its own.

    python -m tests.fuzz_checkpoints --files 3000 --seed 1

A real checkpoint is changed as somebody could who knows its format: values of the description, shapes, types and
contents of tensors, headers, bytes; size, hash and digest are then made right again (but for one in ten). Whatever
comes of it, the only errors are the program's own. A file that kills the process is told with its number and the
rest goes on. Ends with exit code 1 if there was any fault.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import dataclasses
import faulthandler
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

import numpy as np

from tests.families import registered
from tests.forged_checkpoints import forge, images, write_larger, write_original

#: Seconds after which a file counts as hanging.
_PATIENCE = 120


# ---------------------------------------------------------------- trying


def try_out(folder: Path) -> str:
    """Everything that is ever done with a checkpoint: "stepped", "refused" or "stopped"; a fault is raised."""
    from trainer.data.images import DataError
    from trainer.records import ConfigError
    from trainer.replica.replica import ReplicaError
    from trainer.reports import NonFiniteLossError
    from trainer.training.checkpoint import load, read_codes, read_description, read_weights
    from trainer.training.checkpoint_error import CheckpointError, naming_the_run
    from trainer.training.description import DataSummary, from_text, to_text
    from trainer.training.engine import Trainer
    from trainer.training.kept_model import FOLDER, read_kept

    own = (CheckpointError, ConfigError, DataError, ReplicaError)
    for reader in (read_description, read_codes):
        with contextlib.suppress(CheckpointError):
            reader(folder)
    for model in read_kept(folder / FOLDER, DataSummary.of(images()))[0]:
        with contextlib.suppress(ConfigError, ReplicaError):
            _look_at(model.snapshot, model.traits)
    try:
        description = read_description(folder)
        if from_text(to_text(description)).config != description.config:
            raise AssertionError("what was read is not what would be written")
        for snapshot, traits in zip(read_weights(folder), description.traits, strict=True):
            _look_at(snapshot, traits)
        description, state = load(folder)
        trainer = Trainer(
            description.config.replace(train=_on_cpu(description.config.train)), images(), description.knobs
        )
        with naming_the_run(folder):
            trainer.restore(state)
    except own as error:
        _check_sentence(str(error))
        return "refused"
    steps = trainer.steps()
    try:
        for _ in range(5):
            if next(steps, None) is None:
                break
        trainer.map_report()
        trainer.evaluate()
        trainer.state()
    except NonFiniteLossError as error:
        _check_sentence(str(error))
        return "stopped"
    return "stepped"


def _look_at(snapshot: Any, traits: Any) -> None:
    from trainer.noise import Noise
    from trainer.priors.registry import prior_of
    from trainer.replica.choice import make_replica

    replica = make_replica(snapshot.config, "cpu", traits.plain, traits.posterior_kind)
    replica.load(snapshot)
    with np.errstate(all="ignore"):
        replica.encode(np.zeros((2, *snapshot.config.shape), np.uint8))
        replica.posterior(np.zeros((2, *snapshot.config.shape), np.uint8))
        replica.decode(np.zeros((2, snapshot.config.latent), np.float32))
        prior = prior_of(traits.prior, snapshot.config, snapshot.weights)
        if prior is not None:
            prior.codes_of(Noise(np.zeros((2, snapshot.config.latent)), np.full(2, 0.5)))
            prior.log_density(np.zeros((2, snapshot.config.latent)))


def _on_cpu(train: Any) -> Any:
    return dataclasses.replace(train, device="cpu")


def _check_sentence(sentence: str) -> None:
    if not sentence or not sentence.isprintable() or len(sentence) > 2000:
        raise AssertionError(f"this is no sentence on one line: {sentence!r:.200}")


# ---------------------------------------------------------------- processes


def work(original: Path, seed: int, first: int, files: int) -> None:
    """The worker: one line to standard output before each file and one after it."""
    from trainer.training.kept_model import FOLDER

    faulthandler.enable()
    for module in ("chosen", "priors"):
        registered(module)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "run"
        for number in range(first, files):
            faulthandler.dump_traceback_later(_PATIENCE, exit=True)
            random = np.random.default_rng((seed, number))
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(original / ("larger" if number % 2 else "pair"), folder)
            kept = sorted((folder / FOLDER).glob("*"))
            done = forge(kept[number // 2 % len(kept)] if kept and random.random() < 0.2 else folder, random)
            print(json.dumps({"number": number, "done": done}), flush=True)
            try:
                outcome = {"outcome": try_out(folder)}
            except Exception as error:  # noqa: BLE001 - this is what is looked for
                kind = type(error).__name__
                outcome = {"outcome": "fault", "error": f"{kind}: {error!s:.300}", "trace": traceback.format_exc()}
            print(json.dumps(outcome), flush=True)
        faulthandler.cancel_dump_traceback_later()


def hunt(files: int, seed: int, say: Any = print, first: int = 0) -> tuple[collections.Counter[str], list[str]]:
    """Try the forged checkpoints `first` to `files`; how often each outcome came, and the faults as texts."""
    outcomes: collections.Counter[str] = collections.Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        original = Path(place) / "original"
        write_original(original / "pair")
        write_larger(original / "larger")
        number = first
        while number < files:
            number = _one_worker(original, seed, number, files, outcomes, faults)
            say(f"{number} of {files}: {dict(outcomes)}")
    return outcomes, faults


def _one_worker(
    original: Path, seed: int, first: int, files: int, outcomes: collections.Counter[str], faults: list[str]
) -> int:
    """Let one process work until its end or death; the number of the file to go on with."""
    command = [
        sys.executable,
        "-m",
        __spec__.name if __spec__ else "tests.fuzz_checkpoints",
        "--worker",
        str(original),
    ]
    command += ["--seed", str(seed), "--first", str(first), "--files", str(files)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment) as process:
            assert process.stdout is not None
            now: dict[str, Any] | None = None
            for line in process.stdout:
                said = json.loads(line)
                if "number" in said:
                    now = said
                    continue
                assert now is not None
                outcomes[said["outcome"]] += 1
                if said["outcome"] == "fault":
                    faults.append(f"file {now['number']} ({now['done']}): {said['error']}\n{said['trace']}")
                first, now = now["number"] + 1, None
        if process.returncode == 0:
            return files
        errors.seek(0)
        told = errors.read().decode("utf-8", "replace")[-3000:]
        outcomes["killed"] += 1
        faults.append(f"file {now or first}: the process ended with {process.returncode}\n{told}")
        return (now["number"] if now else first) + 1


def main() -> int:
    """The command; 0 if there was no fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="the number to begin with")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker is not None:
        work(options.worker, options.seed, options.first, options.files)
        return 0
    outcomes, faults = hunt(options.files, options.seed, first=options.first)
    for fault in faults:
        print(fault)
    print(dict(outcomes))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
