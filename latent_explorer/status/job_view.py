"""The running job in the status bar: name, progress, time left, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from latent_explorer.appearance.theme import tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.jobs import Job, JobsState
from latent_explorer.glossary.terms import describe
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.words.figures import clock, count
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.sentences import Sentence


class JobView(QWidget):
    """Shows the oldest job; "+2" counts the others. Empty without jobs."""

    def __init__(self, jobs: JobsState) -> None:
        super().__init__()
        self._jobs = jobs
        self.setObjectName("jobView")
        self.title = ElidedLabel(least=40)
        self.title.setObjectName("jobTitle")
        self.title.setProperty("role", "caption")
        self.bar = QProgressBar()
        self.bar.setObjectName("jobProgress")
        self.bar.setAccessibleName(self.tr("Progress of the job"))
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(120, 6)
        self.left = PlainLabel()
        self.left.setObjectName("jobTimeLeft")
        self.left.setProperty("role", "caption")
        self.left.setFont(tabular(self.left.font()))
        self.left.setMinimumWidth(self.left.fontMetrics().horizontalAdvance(self._time(600)))
        self.title.setProperty("ownToolTip", True)
        for label in (self.title, self.left):
            describe(label, "job")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setObjectName("jobCancel")
        self.cancel.setProperty("role", "link")
        self.cancel.setAccessibleName(self.tr("Cancel the job"))
        self.cancel.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        for widget in (self.bar, self.left, self.cancel):
            row.addWidget(widget)
        self._pace = RedrawThrottle(self, self.refresh)
        jobs.jobs_changed.connect(self._jobs_changed)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._pace.catch_up()
        super().showEvent(event)

    def job(self) -> Job | None:
        """The job shown, or None."""
        return next(iter(self._jobs.jobs.values()), None)

    @Slot()
    def _jobs_changed(self) -> None:
        # Show and hide at once; progress updates are throttled.
        if self.isHidden() == (self.job() is not None):
            self.refresh()
        else:
            self._pace.touch()

    @Slot()
    def refresh(self) -> None:
        """Update the view of the current job."""
        job = self.job()
        self.setVisible(job is not None)
        if job is None:
            return
        others = len(self._jobs.jobs) - 1
        self.title.setText(f"{self._line(job)}  +{others}" if others else self._line(job))
        self.cancel.setToolTip(self.tr("Cancel: {0}").format(job.title))
        progress = job.progress
        if progress is None or not progress.total:
            self.bar.setRange(0, 0)
        else:
            # QProgressBar takes 32-bit integers, too small for the bytes of a download.
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * min(1.0, progress.done / progress.total)))
        self.left.setVisible(job.seconds_left is not None)
        if job.seconds_left is not None:
            self.left.setText(self._time(job.seconds_left))

    def _line(self, job: Job) -> str:
        progress = job.progress
        if progress is None:
            return job.title
        if progress.unit == Sentence("bytes"):
            done, total = f"{progress.done / 1e6:.1f}", f"{(progress.total or 0) / 1e6:.1f} MB"
        else:
            done, total = count(progress.done), f"{count(progress.total or 0)} {shown_sentence(progress.unit)}"
        figures = (
            self.tr("{0} of {1}").format(done, total)
            if progress.total
            else f"{done} {shown_sentence(progress.unit)}"
        )
        return " · ".join(part for part in (job.title, shown_sentence(progress.what), figures) if part)

    def _time(self, seconds: float) -> str:
        return self.tr("{0} left").format(clock(seconds))

    @Slot()
    def _cancel(self) -> None:
        job = self.job()
        if job is not None:
            self._jobs.cancel_requested.emit(job.number)
