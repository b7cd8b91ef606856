"""The link to a service in a process: orderly beginnings and ends, whatever the other side does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QCoreApplication

from tests.latent_explorer.core.workers import far_ends
from tests.latent_explorer.core.workers.conftest import PATIENCE_MS, Link
from tests.trainer.service.fakes import FakeBackend
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.service.messages import Control, ListData, Ready, StartRun
from trainer.service.serve import serve

ROOT = Path(__file__).resolve().parents[4]


def _list(job: int) -> ListData:
    return ListData(job=job, folder=Path("x" * 100_000))


def test_requests_go_out_in_order_even_before_the_service_is_up(qtbot, listen) -> None:
    listener = listen(far_ends.echo)
    jobs = [listener.link.next_job() for _ in range(50)]
    for job in jobs:
        listener.link.tell(ListData(job=job, folder=Path()))
    qtbot.waitUntil(lambda: len(listener.reports) == 51, timeout=PATIENCE_MS)
    assert [report.step for report in listener.reports[1:]] == jobs == list(range(1, 51))
    assert listener.link.pid == listener.reports[0].step != os.getpid()
    assert listener.threads == {QCoreApplication.instance().thread()}
    listener.link.stop()
    assert not psutil.pid_exists(listener.reports[0].step)
    assert listener.deaths == []


def test_starting_costs_the_caller_nothing_to_speak_of(listen) -> None:
    listener = listen(far_ends.echo)
    # The process is started by another thread: this one has come here before there is a process.
    assert threading.current_thread() is threading.main_thread()
    names = {thread.name for thread in threading.enumerate()}
    assert {"trainer-requests", "trainer-reports"} <= names
    assert not any(thread.daemon for thread in threading.enumerate() if thread.name.startswith("trainer-"))
    listener.link.start()  # a second start changes nothing
    listener.link.stop()
    listener.link.stop()


def test_a_flood_of_reports_arrives_whole_in_few_batches(qtbot, listen) -> None:
    listener = listen(far_ends.flood)
    qtbot.waitUntil(lambda: len(listener.reports) == 20_000, timeout=PATIENCE_MS)
    assert [report.step for report in listener.reports] == list(range(20_000))
    assert listener.batches < 10_000


def test_a_killed_service_is_reported_once_and_can_be_started_again(qtbot, listen) -> None:
    listener = listen(far_ends.echo)
    qtbot.waitUntil(lambda: bool(listener.reports), timeout=PATIENCE_MS)
    os.kill(listener.link.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    qtbot.waitUntil(lambda: bool(listener.deaths), timeout=PATIENCE_MS)
    assert len(listener.deaths) == 1
    assert "signal 9" in listener.deaths[0] or sys.platform == "win32"
    assert not listener.link.running
    listener.link.tell(Control("train"))  # no one is there; nothing happens
    listener.reports.clear()
    listener.link.restart()
    listener.link.tell(ListData(job=5, folder=Path()))
    qtbot.waitUntil(lambda: len(listener.reports) == 2, timeout=PATIENCE_MS)
    assert listener.reports[1].step == 5
    assert len(listener.deaths) == 1


def test_last_words_arrive_before_the_death(qtbot, listen) -> None:
    order: list[object] = []
    listener = listen(far_ends.last_words)
    listener.link.arrived.connect(lambda batch: order.extend(report.step for report in batch))
    listener.link.lost.connect(order.append)
    listener.link.tell(Control("train"))
    qtbot.waitUntil(lambda: bool(listener.deaths), timeout=PATIENCE_MS)
    assert order[:3] == [0, 1, 2]
    assert "code 7" in order[3]


def test_restarting_a_living_service_is_no_death_and_nothing_old_arrives(qtbot, listen) -> None:
    listener = listen(far_ends.echo)
    qtbot.waitUntil(lambda: bool(listener.reports), timeout=PATIENCE_MS)
    first = listener.link.pid
    listener.link.tell(ListData(job=1, folder=Path()))
    listener.link.restart()
    listener.reports.clear()
    qtbot.waitUntil(lambda: bool(listener.reports), timeout=PATIENCE_MS)
    assert listener.reports[0].step == listener.link.pid != first
    assert listener.deaths == []


@pytest.mark.parametrize("target", [far_ends.slow, far_ends.deaf])
def test_a_service_that_does_not_listen_is_ended_all_the_same(qtbot, listen, target) -> None:
    listener = listen(target)
    qtbot.waitUntil(lambda: bool(listener.reports), timeout=PATIENCE_MS)
    pid = listener.link.pid
    # Far more than the pipe holds: the writer waits for good; this thread, too, if it did not leave that to it.
    for job in range(50):
        listener.link.tell(_list(job))
    listener.link.stop(timeout=0.2)
    assert not psutil.pid_exists(pid)
    assert listener.deaths == []


@pytest.mark.timeout(100)
@pytest.mark.parametrize("asked", [False, True])
def test_a_service_that_is_still_starting_is_not_waited_for(qtbot, listen, tmp_path: Path, asked: bool) -> None:
    """There is nothing to lose yet, whatever it was asked for: asking it to quit would wait for its imports."""
    listener = listen(far_ends.importing)
    if asked:
        listener.link.tell(_start())
    qtbot.waitUntil((tmp_path / "begun").exists, timeout=PATIENCE_MS)
    pid = listener.link.pid
    listener.link.stop(timeout=10_000.0)  # longer than a test may take
    assert not psutil.pid_exists(pid)
    assert listener.deaths == []


@pytest.mark.timeout(100)
def test_a_service_without_work_is_not_waited_for(qtbot, listen) -> None:
    listener = listen(far_ends.slow)
    listener.link.tell(_list(1))
    qtbot.waitUntil(lambda: bool(listener.reports), timeout=PATIENCE_MS)
    pid = listener.link.pid
    listener.link.stop(timeout=10_000.0)
    assert not psutil.pid_exists(pid)


def test_a_service_with_a_run_is_asked_first(qtbot, listen, tmp_path: Path) -> None:
    listener = listen(far_ends.conscientious)
    listener.link.tell(_start())
    qtbot.waitUntil(lambda: bool(listener.reports), timeout=PATIENCE_MS)
    listener.link.stop(timeout=90.0)
    assert (tmp_path / "kept").exists()


def _start() -> StartRun:
    config = RunConfig(data=DataConfig(), models=(ModelConfig(),), train=TrainConfig())
    return StartRun(job=1, config=config, knobs=Knobs())


def test_stopping_right_after_starting(listen) -> None:
    for _ in range(3):
        listener = listen(far_ends.slow)
        listener.link.stop(timeout=0.0)
        assert not listener.link.running


def test_the_service_imports_no_window_even_if_the_programs_main_module_does(tmp_path: Path) -> None:
    script = tmp_path / "started-like-a-console-script"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys
            sys.path.insert(0, {str(ROOT)!r})
            import PySide6.QtCore
            import latent_explorer
            from tests.latent_explorer.core.workers.conftest import Link
            from tests.latent_explorer.core.workers.far_ends import modules

            if __name__ == "__main__":
                app = PySide6.QtCore.QCoreApplication([])
                link = Link({str(tmp_path)!r}, target=modules)
                link.arrived.connect(lambda batch: (print(batch[0].reason), app.quit()))
                link.lost.connect(lambda sentence: (print(sentence), app.quit()))
                link.start()
                app.exec()
                link.stop()
                assert sys.modules["__main__"].__file__
            """
        )
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=300, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    names = done.stdout.split()
    assert "trainer.service.serve" in names
    for name in ("PySide6", "pyqtgraph", "latent_explorer", "torch", "torchvision", "sklearn"):
        assert name not in names


def test_a_service_in_a_thread_speaks_the_same_language(qtbot, listen) -> None:
    backend = FakeBackend()
    listener = listen(lambda connection, folder: serve(connection, folder, backend), in_thread=True)
    qtbot.waitUntil(lambda: bool(listener.reports))
    assert isinstance(listener.reports[0], Ready)
    assert listener.link.pid is None
    job = listener.link.next_job()
    listener.link.tell(ListData(job=job, folder=Path()))
    qtbot.waitUntil(lambda: len(listener.reports) == 2)
    assert listener.reports[1].job == job


def test_a_link_that_was_never_started_stops(qapp, tmp_path: Path) -> None:
    link = Link(tmp_path)
    link.stop()
    assert not link.running
