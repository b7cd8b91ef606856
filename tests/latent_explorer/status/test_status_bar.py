"""The status bar: run, job and machine, with stable widths."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from latent_explorer.appearance.theme import theme
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.training import TrainingState
from latent_explorer.status.status_bar import StatusBar
from latent_explorer.words.figures import clock, megabytes, nats, signed
from tests.latent_explorer.build import pane_state, picture, train
from tests.latent_explorer.dressed import dressed
from trainer.progress import Progress
from trainer.sentences import Sentence


def make(qtbot):
    training, jobs = TrainingState(), JobsState()
    panes = [pane_state(0), pane_state(1)]
    bar = StatusBar(training, panes, jobs)
    qtbot.addWidget(bar)
    bar.resize(1280, 30)
    bar.show()
    return bar, training, jobs, panes


def test_one_hairline_is_above_it_in_the_window(qtbot):
    """It lies in the window's own bar, which has the line."""
    with dressed():
        window = QMainWindow()
        qtbot.addWidget(window)
        window.statusBar().addWidget(StatusBar(TrainingState(), [pane_state(0), pane_state(1)], JobsState()), 1)
        window.resize(1280, 200)
        window.show()
        image = window.statusBar().grab().toImage()
        middle = [image.pixelColor(640, y).name() for y in range(image.height())]
        assert middle.count(theme().tokens.line) == 1


def test_fields_give_way_whole_and_are_in_the_tip(qtbot):
    bar, training, _, panes = make(qtbot)
    train(training, 1000)
    training.set_run("training")
    training.set_device("cpu", 2)
    training.set_rate(31_417.0)
    panes[0].set_picture(panes[0].codes.codes[0], picture(), 0.08)
    bar.set_trainer_memory(10**9)
    bar.refresh()
    fields = (bar.run, bar.rate, bar.times, bar.device, bar.memory)
    assert not bar.memory.isHidden()
    bar.resize(120, 24)
    assert bar.memory.isHidden()
    assert bar.memory.text() in bar.run.toolTip()
    for width in range(120, 1200, 60):
        bar.resize(width, 24)
        ends = [field.geometry() for field in fields if field.isVisible() and field.text()]
        assert all(left.right() < right.left() for left, right in pairwise(ends))


def test_run_rate_and_times(qtbot):
    bar, training, _, panes = make(qtbot)
    assert bar.run.text() == "Ready"
    train(training, 1000)
    training.set_run("training")
    training.set_rate(31_417.0)
    panes[0].set_picture(panes[0].codes.codes[0], picture(), 0.08)
    bar.set_frame_ms(3.44)
    qtbot.waitUntil(lambda: bar.times.text() == "decode 0.08 ms · paint 3.4 ms")
    assert bar.run.text() == "Training · epoch 10.0 · step 1,000"
    assert bar.rate.text() == "31,400 images/s"
    training.set_device("cpu", 2)
    assert bar.device.text() == "CPU · 2 threads"


def test_fields_never_shrink(qtbot):
    bar, training, _, _ = make(qtbot)
    training.set_rate(100_000.0)
    bar.refresh()
    wide = bar.rate.minimumWidth()
    training.set_rate(9.0)
    bar.refresh()
    assert bar.rate.minimumWidth() == wide


def test_memory_counts_the_trainer(qtbot):
    bar, *_ = make(qtbot)
    bar.set_trainer_memory(2_000_000_000)
    assert bar.memory.text().endswith("GB")
    assert "Trainer 2.00 GB" in bar.memory.toolTip()


def test_job_with_progress_and_cancel(qtbot):
    bar, _, jobs, _ = make(qtbot)
    assert not bar.job.isVisible()
    jobs.begin(7, "Download MNIST")
    assert bar.job.isVisible()
    assert bar.job.bar.maximum() == 0  # indeterminate until the total is known
    jobs.advance(7, Progress(4_000_000_000, 8_000_000_000, Sentence("bytes")))
    qtbot.waitUntil(lambda: bar.job.bar.value() == 500)
    assert "4000.0 of 8000.0 MB" in bar.job.title.text()
    jobs.begin(8, "Encode")
    qtbot.waitUntil(lambda: bar.job.title.text().endswith("+1"))
    with qtbot.waitSignal(jobs.cancel_requested) as heard:
        qtbot.mouseClick(bar.job.cancel, Qt.MouseButton.LeftButton)
    assert heard.args == [7]
    jobs.end(7)
    qtbot.waitUntil(lambda: bar.job.title.text() == "Encode")
    jobs.end(8)
    assert not bar.job.isVisible()


def test_figures():
    assert signed(2.25) == "+2.25"
    assert signed(-1.118) == "−1.12"
    assert signed(-123.4) == "−123"
    assert signed(float("nan")) == "n/a"
    assert nats(129.55) == "129.6"
    assert nats(-0.001) == "0.00"
    assert nats(-1234.56) == "−1,234.6"
    assert nats(float("inf")) == "n/a"
    assert clock(6.2) == "0:07"
    assert clock(3750) == "1:02:30"
    assert megabytes(612_000_000) == "612 MB"
    assert megabytes(1_240_000_000) == "1.24 GB"
