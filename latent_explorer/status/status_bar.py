"""The status bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStatusBar, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.jobs import JobsState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import describe, refer, tip
from latent_explorer.status.job_view import JobView
from latent_explorer.words.figures import count, megabytes

_MEMORY_EVERY = 2_000
#: Margins in px: at both ends, and between two fields.
_MARGIN, _GAP = 12, 18


class Field(PlainLabel):
    """A text in the status bar, as wide as the `widest` expected text or the widest text shown so far.

    The width never shrinks, so that the neighbours do not move when the text changes.
    """

    def __init__(self, name: str, accessible: str, widest: str = "") -> None:
        super().__init__()
        self._accessible = accessible
        self.setObjectName(name)
        self.setProperty("role", "caption")
        self.setFont(tabular(self.font()))
        self._widest = widest

    def show_text(self, text: str) -> None:
        """Set the text and widen the label if necessary."""
        if text == self.text():
            return
        self.setText(text)
        self.setAccessibleName(f"{self._accessible}: {text}")
        metrics = self.fontMetrics()
        width = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(self._widest) if text else 0)
        if width + 2 > self.minimumWidth():
            self.setMinimumWidth(width + 2)


class StatusBar(QStatusBar):
    """Shows run state, step, images per second, decode and frame time, the running job, device and memory."""

    def __init__(
        self,
        training: TrainingState,
        panes: Sequence[PaneState],
        jobs: JobsState,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._training = training
        self._panes = tuple(panes)
        self._frame_ms = 0.0
        self._trainer_bytes = 0
        self.setObjectName("statusBarView")
        self.run = Field("statusRun", self.tr("Run"))
        self.rate = Field("statusRate", self.tr("Images per second"), self._rate_text(100_000))
        self.times = Field("statusTimes", self.tr("Times"), self._times_text(10.0, 10.0))
        self.job = JobView(jobs)
        self.device = Field("statusDevice", self.tr("Device"))
        self.memory = Field("statusMemory", self.tr("Memory"), "0.00 GB")
        for field, key in ((self.times, "times"), (self.rate, "rate"), (self.device, "device")):
            describe(field, key)
        refer(self.run, "epoch", "step")
        refer(self.memory, "memory")
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_GAP)
        for widget in (self.run, self.rate, self.times):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.job)
        row.addStretch(1)
        for widget in (self.device, self.memory):
            row.addWidget(widget)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(24)
        self.addWidget(body, 1)
        self._pace = RedrawThrottle(self, self.refresh, aside=500)
        training.run_changed.connect(self.refresh)
        training.device_changed.connect(self.refresh)
        training.progress_changed.connect(self._pace.touch)
        for pane in self._panes:
            pane.picture_changed.connect(self._pace.touch)
        self._timer = QTimer(self)
        self._timer.setInterval(_MEMORY_EVERY)
        self._timer.timeout.connect(self.measure_memory)
        self._timer.start()
        QTimer.singleShot(0, self, self.measure_memory)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._pace.catch_up()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide fields in a narrow window; they are included in the tool tip of the run."""
        giving_way = (self.memory, self.device, self.times, self.rate)
        shown: list[QWidget] = [field for field in (self.run, *giving_way) if field.text()]
        if not self.job.isHidden():
            shown.append(self.job)
        room = self.width() - 2 * _MARGIN - 2 * _GAP
        for field in giving_way:
            if field in shown and sum(_width(one) + _GAP for one in shown) > room:
                shown.remove(field)
        for field in giving_way:
            field.setVisible(field in shown)
        self._tell()

    def _tell(self) -> None:
        """Update the run's tool tip."""
        training = self._training
        hidden = [field.text() for field in (self.rate, self.times, self.device, self.memory) if field.isHidden()]
        meant = tip("epoch", "step") if training.step else ""
        self.run.setToolTip("\n".join(filter(None, (training.reason, meant, " · ".join(filter(None, hidden))))))

    def set_frame_ms(self, milliseconds: float) -> None:
        """Set the time that painting the window's last frame took, in ms."""
        self._frame_ms = milliseconds
        self._pace.touch()

    def set_trainer_memory(self, size: int) -> None:
        """Set the resident memory of the trainer's process in bytes; 0 if it is not a separate process."""
        self._trainer_bytes = size
        self.measure_memory()

    @Slot()
    def refresh(self) -> None:
        """Update all texts."""
        training = self._training
        self.run.show_text(self._run_text())
        self.rate.show_text(self._rate_text(training.rate) if training.rate else "")
        decode = max((pane.decode_ms for pane in self._panes), default=0.0)
        self.times.show_text(self._times_text(decode, self._frame_ms))
        parts = [training.device.upper()] if training.device else []
        if training.threads:
            parts.append(
                self.tr("1 thread") if training.threads == 1 else self.tr("{0} threads").format(training.threads)
            )
        self.device.show_text(" · ".join(parts))
        self._fit()

    def _run_text(self) -> str:
        training = self._training
        states = {
            "none": self.tr("Ready"),
            "loading": self.tr("Loading"),
            "ready": self.tr("Ready"),
            "training": self.tr("Training"),
            "paused": self.tr("Paused"),
            "stopped": self.tr("Stopped"),
            "finished": self.tr("Finished"),
            "failed": self.tr("Failed"),
        }
        parts = [states[training.run_state]]
        if training.step:
            parts.append(self.tr("epoch {0}").format(f"{training.epoch:.1f}"))
            parts.append(self.tr("step {0}").format(count(training.step)))
        return " · ".join(parts)

    def _rate_text(self, rate: float) -> str:
        # Three significant digits: the rest is noise.
        shown = float(f"{rate:.3g}")
        return self.tr("{0} images/s").format(count(round(shown)))

    def _times_text(self, decode: float, frame: float) -> str:
        parts = []
        if decode:
            parts.append(self.tr("decode {0} ms").format(f"{decode:.2f}"))
        if frame:
            parts.append(self.tr("paint {0} ms").format(f"{frame:.1f}"))
        return " · ".join(parts)

    @Slot()
    def measure_memory(self) -> None:
        """Update the resident memory of the window's process."""
        # Imported here, after the first paint, because it takes time to import.
        import psutil

        own = psutil.Process().memory_info().rss
        self.memory.show_text(self.tr("memory {0}").format(megabytes(own + self._trainer_bytes)))
        parts = [tip("memory"), self.tr("Window {0}").format(megabytes(own))]
        if self._trainer_bytes:
            parts.append(self.tr("Trainer {0}").format(megabytes(self._trainer_bytes)))
        self.memory.setToolTip("\n".join(parts))
        self._fit()


def _width(field: QWidget) -> int:
    """Width of a part of the bar in px."""
    return max(field.minimumWidth(), field.minimumSizeHint().width())
