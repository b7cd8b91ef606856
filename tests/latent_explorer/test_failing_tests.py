"""A test that fails leaves nothing behind that could bring down a later one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_CONFTEST = "from tests.latent_explorer.conftest import pytest_runtest_protocol\n"
_TESTS = """
import gc, threading, weakref
freed = []

class Thing:
    pass

def test_that_fails():
    gc.collect()
    thing = Thing()
    thing.itself = thing
    weakref.finalize(thing, lambda: freed.append(threading.current_thread().name))
    assert thing is None

def test_that_comes_after():
    collector = threading.Thread(target=gc.collect, name="worker")
    collector.start()
    collector.join()
    assert freed == ["MainThread"]
"""


def test_what_a_failed_test_made_is_freed_in_the_windows_thread_before_the_next(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(_CONFTEST)
    (tmp_path / "test_two.py").write_text(_TESTS)
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", os.devnull)
    done = subprocess.run(
        (*command, "--rootdir", str(tmp_path), str(tmp_path)),
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
