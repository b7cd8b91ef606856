"""Circumstances of every window test: no screen, no user settings, nothing left running, time to wait."""

from __future__ import annotations

import gc
import math
import os
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.latent_explorer.program import Program

# Before Qt is imported anywhere: it reads these once.
_HOME = tempfile.TemporaryDirectory(prefix="latent-explorer-tests-", ignore_cleanup_errors=True)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
    os.environ[_name] = _HOME.name
for _name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
    _folder = Path(_HOME.name) / _name.lower()
    _folder.mkdir(mode=0o700)
    os.environ[f"XDG_{_name}"] = str(_folder)

#: The offscreen platform says this of every window whose least size changes, or that is raised or grabs the
#: keyboard: no fault of ours.
_OFFSCREEN = "This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"

#: Seconds that a thread or process which is about to end is waited for, and milliseconds for what is about to
#: happen: so long only where something is wrong, as a neighbour may have the processors meanwhile.
GRACE = 60.0
PATIENCE_MS = 240_000


def pytest_itemcollected(item: pytest.Item) -> None:
    if Path(__file__).parent in item.path.parents:
        item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN))


def pytest_unconfigure() -> None:
    _HOME.cleanup()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """What a failed test made is freed here, in this thread, before the next one begins.

    Its traceback holds its widgets and states, in circles. Left to themselves they would be freed by whichever
    thread of a later test has Python collect its garbage, and Qt does not survive that.
    """
    done = yield
    if hasattr(sys, "last_value"):
        for name in ("last_type", "last_value", "last_traceback", "last_exc"):
            if hasattr(sys, name):
                delattr(sys, name)
        gc.collect()
    return done


class PatientBot(QtBot):
    """Waits as long as it takes, where a test names no time."""

    def waitUntil(self, callback, *, timeout=PATIENCE_MS):
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE_MS, **options):
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitExposed(self, widget, *, timeout=PATIENCE_MS):
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The application is the program's own."""
    from latent_explorer.controls.tool_tips import TipApplication

    return TipApplication


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="module")
def module_bot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """Waits in fixtures that the tests of a file share."""
    return PatientBot(request)


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The whole program on the screen, as it starts. Files whose tests need more make their own of it."""
    from tests.latent_explorer.program import running

    with running(qtbot, tmp_path) as program:
        yield program


@pytest.fixture(autouse=True)
def _no_neighbour_has_a_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a model decodes is not measured, and work in the background waits for no other program's."""
    from latent_explorer.core import exploration
    from latent_explorer.core.workers import worker

    monkeypatch.setattr(exploration, "INLINE_MS", math.inf)
    monkeypatch.setattr(worker, "_NICENESS", 0)


def _may_have_children() -> bool:
    """One system call; `psutil` looks through all processes of the machine."""
    if sys.platform == "win32":
        return True
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _children() -> dict[int, psutil.Process]:
    found: dict[int, psutil.Process] = {}
    if not _may_have_children():
        return found
    for child in psutil.Process().children(recursive=True):
        try:
            # Python's own helper of `multiprocessing`; it lives as long as the interpreter, by design.
            if "resource_tracker" not in " ".join(child.cmdline()) and child.status() != psutil.STATUS_ZOMBIE:
                found[child.pid] = child
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """A thread or a process that a test leaves behind fails it. Those of longer-lived fixtures came before."""
    threads, children = set(threading.enumerate()), set(_children())
    yield
    left = [thread for thread in threading.enumerate() if thread not in threads]
    until = time.monotonic() + GRACE
    for thread in left:
        thread.join(max(0.0, until - time.monotonic()))
    stray = [thread.name for thread in left if thread.is_alive()]
    processes = [child for pid, child in _children().items() if pid not in children]
    _, alive = psutil.wait_procs(processes, timeout=GRACE)
    for child in alive:
        child.kill()
    assert not stray, f"threads left running: {stray}"
    assert not alive, f"processes left running: {alive}"
