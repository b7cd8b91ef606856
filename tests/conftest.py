"""What tests of several parts share."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

# As the program itself does, before NumPy: threads that spin make one-row products up to a hundred times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

# What a shell starts in its background is deaf to Ctrl+C, what `nohup` starts to a terminal that goes, and so are
# their children; some tests send theirs these signals.
if threading.current_thread() is threading.main_thread():
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)

# The same examples every time, so that chance breaks no build; HYPOTHESIS_PROFILE=default draws others.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_finish() -> None:
    # Modules stay: hundreds of thousands of objects that no collection need look at again.
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()  # else the compiler's bindings call everything frozen a leak


@cache
def _spare_compiler() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collections_pass_over_the_compiler() -> Iterator[None]:
    """An optimiser's first step imports torch's: 140,000 objects, 70 ms of every collection from then on."""
    yield
    if "torch._dynamo" in sys.modules:
        _spare_compiler()


@pytest.fixture(autouse=True)
def _smallest_numbers_come_back() -> Iterator[None]:
    """Training in a test's own thread has torch flush them to zero there, for all tests that follow."""
    yield
    if (torch := sys.modules.get("torch")) is not None:
        torch.set_flush_denormal(False)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The data folder that LATENT_EXPLORER_DATA names, with MNIST in it; skips where there is none."""
    chosen = os.environ.get("LATENT_EXPLORER_DATA")
    if not chosen:
        pytest.skip("LATENT_EXPLORER_DATA is not set, so there is no MNIST to read")
    folder = Path(chosen).expanduser().resolve()
    if not (folder / "MNIST" / "raw" / "train-images-idx3-ubyte").is_file():
        pytest.skip(f"LATENT_EXPLORER_DATA ({folder}) has no MNIST/raw/train-images-idx3-ubyte")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test logged or printed of names that are no text is escaped: workers send reports as UTF-8."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode("utf-8")) for name, text in report.sections
    ]
    return report
