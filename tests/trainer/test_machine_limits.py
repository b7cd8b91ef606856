"""The smallest limit of memory and processors applies: of the machine, a container or the process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from trainer import machine_limits
from trainer.machine_limits import available_cores, free_memory, group_rooms, processor_quota, total_memory

ROOT = Path(__file__).resolve().parents[2]
Tree = Callable[..., None]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Write the kernel's files: `tree(cgroup=..., **{"path/below/groups": contents})`."""
    monkeypatch.setattr(machine_limits, "PROC", tmp_path / "proc")
    monkeypatch.setattr(machine_limits, "GROUPS", tmp_path / "groups")

    def write(cgroup: str, files: dict[str, str]) -> None:
        (tmp_path / "proc").mkdir(exist_ok=True)
        (tmp_path / "proc" / "cgroup").write_text(cgroup)
        for name, contents in files.items():
            path = tmp_path / "groups" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(contents + "\n")

    return write


def test_without_groups_the_machine_counts(tree: Tree, tmp_path: Path) -> None:
    assert group_rooms() == []
    assert processor_quota() is None
    assert 0 < free_memory() <= psutil.virtual_memory().total
    assert total_memory() == psutil.virtual_memory().total


def test_a_group_of_version_2(tree: Tree) -> None:
    """Reclaimable file cache counts as free; limits of parent groups apply."""
    tree(
        "0::/a/b\n",
        {
            "a/b/memory.max": "3000000",
            "a/b/memory.current": "2500000",
            "a/b/memory.stat": "anon 1000\ninactive_file 1500000\nfile x",
            "a/memory.max": "max",
            "a/memory.current": "9000000",
            "memory.current": "9000000",
        },
    )
    assert group_rooms() == [2_000_000]
    assert free_memory() == 2_000_000
    assert total_memory() == 3_000_000
    tree("0::/a/b\n", {"a/memory.max": "9100000", "a/b/memory.high": "1500000"})
    assert sorted(group_rooms()) == [100_000, 500_000, 2_000_000]
    assert free_memory() == 100_000


def test_a_container_of_version_2_sees_its_group_as_the_root(tree: Tree) -> None:
    tree("0::/\n", {"memory.max": "1000000", "memory.current": "1200000"})
    assert free_memory() == 0


def test_a_group_of_version_1(tree: Tree) -> None:
    tree(
        "5:cpu,cpuacct:/docker/x\n4:memory:/docker/x\n0::/\nnonsense\n",
        {
            # In a container the path that the kernel reports does not exist.
            "memory/memory.limit_in_bytes": "5000000",
            "memory/memory.usage_in_bytes": "4000000",
            "memory/memory.stat": "total_inactive_file 1000000",
            "cpu,cpuacct/cpu.cfs_quota_us": "150000",
            "cpu,cpuacct/cpu.cfs_period_us": "100000",
        },
    )
    assert group_rooms() == [2_000_000]
    assert processor_quota() == 1.5
    assert available_cores() <= 2
    tree("4:memory:/\n", {"memory/memory.limit_in_bytes": str(2**63 - 4096)})  # version 1's value for "no limit"
    assert group_rooms() == []


def test_processor_time_of_version_2(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree("0::/a\n", {"a/cpu.max": "max 100000"})
    assert processor_quota() is None
    tree("0::/a\n", {"a/cpu.max": "50000 100000", "cpu.max": "300000 100000"})
    assert processor_quota() == 0.5
    assert available_cores() == 1


def test_what_cannot_be_read_is_no_limit(tree: Tree) -> None:
    tree(
        "0::/a\n",
        {"a/memory.max": "ÿ", "a/cpu.max": "0 0"},
    )
    assert group_rooms() == []
    assert processor_quota() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds processes to it")
@pytest.mark.parametrize("which", ["RLIMIT_AS", "RLIMIT_DATA"])
def test_limits_of_the_process_count(which: str) -> None:
    """As under `ulimit -v` or `ulimit -d`: the program refuses a too large request before the system does."""
    code = (
        "import resource, psutil; from trainer.machine_limits import free_memory; import numpy\n"
        "free_memory()\n"
        f"resource.setrlimit(resource.{which}, (3_000_000_000, resource.getrlimit(resource.{which})[1]))\n"
        "from trainer.data.memory import check_memory; from trainer.data.images import DataError\n"
        "assert free_memory() < 3_000_000_000, free_memory()\n"
        "try: check_memory(2_990_000_000, 'This')\n"
        "except DataError as error: print(error)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.startswith("This needs 3.0 GB of memory and only"), done.stderr
