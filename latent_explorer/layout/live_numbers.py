"""The losses of the models in the panes, in one line beside the tabs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent, QTextDocumentFragment
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.figures import figures_of
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.glossary.terms import refer, tip
from latent_explorer.words.figures import MINUS, count, nats

_SEPARATOR = " · "


class LiveNumbers(PlainLabel):
    """ "reconstruction 128.5 · 131.1   KL 7.04   nats per image", each figure in the accent of its pane.

    Held-out figures of the last evaluation, those of the table under *Loss*; once the run has learned since, the
    line says of which step they are. Words give way where room is short.
    """

    def __init__(self, training: TrainingState, panes: Sequence[PaneState], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._panes = tuple(panes)
        self._forms: tuple[str, ...] = ()
        self.setObjectName("live-numbers")
        self.setProperty("role", "caption")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Losses of the models on show"))
        refer(self, "reconstruction", "kl")
        self._pace = RedrawThrottle(self, self.refresh, aside=500)
        for signal in (
            training.evaluations_changed,
            training.looked_at_changed,
            training.progress_changed,
            theme().changed,
        ):
            signal.connect(self._pace.touch)
        for pane in self._panes:
            pane.model_changed.connect(self._pace.touch)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the last evaluation of each model."""
        said = []
        for name, title in (("reconstruction", self.tr("reconstruction")), ("kl", self.tr("KL"))):
            shown = self._shown(name)
            if shown:
                said.append((escape(title), shown))
        gap = "&nbsp;&nbsp;&nbsp;"
        whole = gap.join(f"{title} {figures}" for title, figures in said)
        unit = escape(self.tr("nats per image"))
        #: From the longest form to the shortest.
        brief = f"{whole}{gap}{escape(self.tr('nats'))}"
        longest: tuple[str, ...] = (f"{whole}{gap}{unit}", brief, whole, said[0][1]) if said else ()
        former = self._former_step()
        if longest and former is not None:
            of_step = escape(self.tr("step {0}").format(count(former)))
            longest = (f"{whole}{gap}{unit}, {of_step}", f"{whole}{gap}{of_step}", *longest[1:])
        self._forms = (*longest, self._shown("reconstruction", whole=True), "")
        self.setToolTip(self._tip() if said else "")
        self._fit()

    def _shown(self, name: str, *, whole: bool = False) -> str:
        """The figures of all panes in their accents; `whole`: without decimals."""
        shade = colours(theme().tokens)
        figures = [self._figure(pane, name, whole=whole) for pane in self._panes]
        shown = [
            f'<b style="color:{shade[f"accent{place % 2}"]}">{escape(text)}</b>'
            for place, text in enumerate(figures)
            if text
        ]
        return _SEPARATOR.join(shown)

    def _figure(self, pane: PaneState, name: str, *, whole: bool) -> str:
        figures = figures_of(self._training, pane)
        report = None if figures is None else figures.evaluation_at(self._training.looked_at)
        value = None if report is None else report.held_out[0].get(name)
        if value is None:
            return ""
        return f"{round(value):,}".replace("-", MINUS) if whole and math.isfinite(value) else nats(value)

    def _former_step(self) -> int | None:
        """The step of the figures, if the run has come, or is looked at, farther on; else None."""
        training = self._training
        now = training.step if training.looked_at is None else training.looked_at
        found = (figures_of(training, pane) for pane in self._panes)
        reports = [one.evaluation_at(training.looked_at) for one in found if one is not None and one.live]
        return min((one.step for one in reports if one is not None and one.step < now), default=None)

    def _tip(self) -> str:
        lines, on = [tip("reconstruction", "kl")], self.tr("On held-out images:")
        for pane in self._panes:
            figures = figures_of(self._training, pane)
            report = None if figures is None else figures.evaluation_at(self._training.looked_at)
            if pane.model is not None and report is not None:
                if report.none_held_out:
                    on = self.tr("On training images, none being held out:")
                text = self.tr("{model}: step {step}, {images} images")
                lines.append(
                    text.format(model=pane.model.title, step=count(report.step), images=count(report.rows))
                )
        return "\n".join([lines[0], on, *lines[1:]])

    def showEvent(self, event: QShowEvent) -> None:
        self._pace.catch_up()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for form in self._forms:
            text = QTextDocumentFragment.fromHtml(form).toPlainText()
            # Bold figures are wider than the font's.
            if 1.12 * self.fontMetrics().horizontalAdvance(text) <= self.width():
                self.setText(form)
                return
        self.setText("")
