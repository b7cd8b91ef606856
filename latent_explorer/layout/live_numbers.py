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
_GAP = "&nbsp;&nbsp;&nbsp;"


class LiveNumbers(PlainLabel):
    """ "reconstruction loss 128.5 · 131.1   KL 7.04" over "nats per image", each figure in its pane's accent.

    Held-out figures of the last evaluation, those of the table under *Loss*; if the run has continued since, the
    second line shows their step. Texts are shortened if room is short, the unit last.
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
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
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
        loss, divergence = self._shown("reconstruction"), self._shown("kl")
        kl = f"{escape(self.tr('KL'))} {divergence}" if divergence else ""
        whole = [
            f"{escape(title)} {loss}" for title in (self.tr("reconstruction loss"), self.tr("reconstruction"))
        ]
        both = [_GAP.join(filter(None, (one, kl))) for one in whole]
        former = self._former_step()
        images = self._images()
        of = images if former is None else self.tr("{0} at step {1}").format(images, count(former))
        unit, per_image = escape(self.tr("nats")), escape(self.tr("nats per image"))
        long, brief = f"{escape(of)}, {per_image}", escape(images if former is None else self._at(former))
        second = (long, f"{brief}, {per_image}", f"{brief}, {unit}", per_image if former is None else brief, unit)
        pairs = [(first, below) for first in both for below in second]
        if kl:  # two lines have enough room
            pairs += [(whole[1], f"{kl}{_GAP}{below}") for below in (per_image, unit)]
        pairs += [(whole[1], per_image), (loss, f"{escape(self.tr('reconstruction'))}, {unit}")]
        pairs += [(loss, per_image), (loss, unit)]
        pairs.append((self._shown("reconstruction", whole=True), unit))
        #: From the longest form to the shortest, each with two lines.
        longest = tuple("<br>".join(pair) for pair in pairs) if loss else ()
        self._forms = (*longest, "")
        self.setToolTip(self._tip() if loss else "")
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

    def _images(self) -> str:
        """The images that the figures were measured on."""
        found = (figures_of(self._training, pane) for pane in self._panes)
        reports = [one.evaluation_at(self._training.looked_at) for one in found if one is not None]
        trained_on = any(report is not None and report.none_held_out for report in reports)
        return self.tr("training images") if trained_on else self.tr("held-out images")

    def _at(self, step: int) -> str:
        return self.tr("step {0}").format(count(step))

    def _former_step(self) -> int | None:
        """The step of the figures, if the run, or the moment shown, is later; else None."""
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
            # Bold figures are wider than the font's.
            lines = form.split("<br>")
            if 1.06 * max(map(self._width_of, lines)) <= self.width():
                self.setText(form)
                return
        self.setText("")

    def _width_of(self, line: str) -> int:
        return self.fontMetrics().horizontalAdvance(QTextDocumentFragment.fromHtml(line).toPlainText())
