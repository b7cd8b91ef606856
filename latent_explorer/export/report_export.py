"""Exports a comparison of the models in the panes with measured figures: a page, Markdown or a table.

A tool with such figures subclasses it with a key, and lists it among its exports:

    class MeasuredReport(ReportExport):
        key = "report"

        def __init__(self, states):
            measures = states.tools[MeasuresState]

            def steps():
                return {pane: one.step for pane, one in measures.measured.items()}

            super().__init__(states, lambda: measures.figures, steps, (measures.figures_changed,))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QApplication

from latent_explorer import __version__
from latent_explorer.core.explorer import DataView
from latent_explorer.core.export import Export, Writer
from latent_explorer.core.figures import applied_knobs, figures_of
from latent_explorer.core.history import History
from latent_explorer.core.pane import PaneCodes, PaneModel, PaneState
from latent_explorer.core.states import States
from latent_explorer.translation import in_use
from latent_explorer.words.trainer_names import shown_name
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.export.partial_file import partial_file
from trainer.measures.all_groups import GROUPS
from trainer.measures.measure import Figure
from trainer.metrics.likelihood_label import likelihood_label
from trainer.replica.choice import make_replica
from trainer.report.csv import write_csv
from trainer.report.differences import difference
from trainer.report.html import html_bytes
from trainer.report.markdown import markdown
from trainer.report.pictures import taken
from trainer.report.report import Curves, Pictures, Report, ReportedModel
from trainer.reports import EvaluationReport
from trainer.sentences import Sentence

translate = QCoreApplication.translate

#: Returns the figures of the model in each pane that has any, by the pane's index.
Figures = Mapping[int, tuple[Figure, ...]]


class ReportExport(Export):
    """The report. figures: returns the present figures of the models in the panes. made: signals of changes.

    steps: returns the steps of the measured weights, by the pane's index.
    """

    formats = ("html", "md", "csv")
    table = True

    def __init__(
        self,
        states: States,
        figures: Callable[[], Figures],
        steps: Callable[[], Mapping[int, int]] = dict,
        made: tuple[SignalInstance, ...] = (),
    ) -> None:
        super().__init__(states)
        self._figures, self._steps = figures, steps
        self.made = made
        self.title = translate("export", "Report")
        self.tip = translate("export", "Every measure of the models, side by side, with pictures")
        self.menu_text = translate("ExportDesk", "Save report as…")
        self.copy_text = translate("ExportDesk", "Copy report as Markdown")
        self.about = translate(
            "ExportDialog",
            "A row a measure: each model's value with unit, 95 % interval and what it was measured on, and which "
            "is better where that is more than chance. A web page (HTML) has pictures and needs no network.",
        )

    def reason(self, making: bool) -> str:
        if not self._panes():
            return translate("ExportDesk", "Nothing has been measured yet: choose Measure in the panel Measures.")
        return super().reason(making)

    def amount(self) -> tuple[int, int]:
        panes = self._panes()
        keys = {figure.key for pane in panes for figure in self._figures()[pane.index]}
        return len(keys), len(panes)

    def writer(self, kind: str) -> Writer | None:
        """A function that writes the present figures in the present language."""
        report = self.report({})
        application = QCoreApplication.instance()
        language = in_use(application) if isinstance(application, QApplication) else "en"
        seen = [None if kind != "html" else _Seen.of(self.states, pane) for pane in self._panes()]

        def write(path: Path, settings: dict[str, Any]) -> Iterator[object]:
            models = []
            for model, one in zip(report.models, seen, strict=True):
                yield None
                models.append(model if one is None else replace(model, pictures=one.pictures()))
            whole = replace(report, models=tuple(models), settings=settings)
            if kind == "csv":
                write_csv(path, whole)
                return
            with partial_file(path) as file:
                if kind == "html":
                    file.write(html_bytes(whole, say=shown_sentence, language=language.replace("_", "-")))
                else:
                    file.write(markdown(whole, say=shown_sentence).encode("utf-8", "backslashreplace"))

        return write

    def copied(self) -> str:
        """The report as Markdown, without settings: for the clipboard."""
        return markdown(self.report({}), settings=False, say=shown_sentence)

    def report(self, settings: dict[str, Any]) -> Report:
        """The report of the present figures, without decoded pictures."""
        states, panes = self.states, self._panes()
        models = [self._reported(pane) for pane in panes]
        data = states.explorer.data
        title = "" if data is None else shown_name(data.title)
        measured = Sentence("held-out images of {data}", data=title)
        if data is not None and data.train_count == data.count:
            measured = Sentence("training images of {data}", data=title)
        keys = {figure.key for model in models for figure in model.figures}
        signs = {knob.name: knob.sign for card in states.training.cards.values() for knob in card.knobs}
        return Report(
            data=title,
            measured=measured,
            models=tuple(models),
            groups=tuple(group for group in GROUPS if any(measure.key in keys for measure in group.measures)),
            label_names=() if data is None else data.label_names,
            difference=difference(
                [model.config for model in models],
                [model.knobs for model in models],
                [model.train for model in models],
                [model.step for model in models],
                signs,
            ),
            settings=settings,
            date=date.today().isoformat(),
            version=__version__,
            remarks=self._remarks(panes),
        )

    def _remarks(self, panes: list[PaneState]) -> tuple[str, ...]:
        """Remarks on figures of weights other than those on the map."""
        found = []
        for pane in panes:
            step, snapshot = self._steps().get(pane.index), None if pane.codes is None else pane.codes.snapshot
            if pane.model is not None and snapshot is not None and step not in (None, snapshot.step):
                said = translate(
                    "ReportExport", "{model}: the figures are of step {step}, the pictures of step {now}."
                )
                found.append(said.format(model=pane.model.short, step=f"{step:,}", now=f"{snapshot.step:,}"))
        return tuple(found)

    def _panes(self) -> list[PaneState]:
        figures = self._figures()
        return [pane for pane in self.states.panes if pane.model is not None and figures.get(pane.index)]

    def _reported(self, pane: PaneState) -> ReportedModel:
        training, model = self.states.training, pane.model
        assert model is not None
        reports = figures_of(training, pane)
        evaluation = None if reports is None else reports.evaluation_at(training.looked_at)
        snapshot = None if pane.codes is None else pane.codes.snapshot
        run = (training.run_config or training.on_show) if pane.frozen is None else pane.frozen.kept.run
        step = training.step if snapshot is None else snapshot.step
        epoch = training.history.epoch_at(step) if pane.frozen is None else pane.frozen.kept.epoch
        pixels = "grey" if evaluation is None else evaluation.pixels
        return ReportedModel(
            name=model.short,
            title=model.title,
            config=model.config,
            train=None if run is None else run.train,
            knobs=applied_knobs(training, pane),
            step=step,
            epoch=epoch,
            label=likelihood_label(model.config, pixels, None if snapshot is None else snapshot.variance),
            pixels=pixels,
            figures=self._figures()[pane.index],
            curves=None
            if reports is None
            else _curves(reports.history, reports.member, reports.evaluations, step),
        )


class _Seen:
    """The inputs of the pictures of a pane's model, taken now."""

    def __init__(self, model: PaneModel, codes: PaneCodes, data: DataView) -> None:
        self._model, self._codes, self._data = model, codes, data

    @classmethod
    def of(cls, states: States, pane: PaneState) -> _Seen | None:
        """The inputs for `pane`; None without codes or weights, and for a network that only torch can run."""
        model, codes, data = pane.model, pane.codes, states.explorer.data
        if model is None or codes is None or codes.snapshot is None or data is None:
            return None
        return cls(model, codes, data) if model.traits.plain else None

    def pictures(self) -> Pictures | None:
        """The pictures, decoded in the writing thread; of held-out images if the map has any."""
        codes, data, model = self._codes, self._data, self._model
        assert codes.snapshot is not None
        held_out = np.flatnonzero(codes.rows >= data.train_count)
        chosen = held_out if len(held_out) else np.arange(len(codes.rows))
        rows = codes.rows[chosen]
        if not len(rows):
            return None
        replica = make_replica(model.config, "cpu", True, model.traits.posterior_kind)
        replica.load(codes.snapshot)
        labels = None if data.labels is None else data.labels[rows]
        return taken(
            None if data.images is None else data.images[rows],
            codes.codes[chosen],
            replica.decode,
            model.prior(codes.snapshot),
            labels,
        )


def _curves(history: History, member: int, evaluations: Any, step: int) -> Curves | None:
    """The losses up to `step`, copied because views of a history become invalid when it grows."""
    seen: list[EvaluationReport] = [one for one in evaluations if one.step <= step]
    until = int(np.searchsorted(history.steps, step, side="right"))
    if not until and not seen:
        return None
    terms = {
        name: history.losses[:until, member, place].astype(np.float64) for place, name in enumerate(history.names)
    }
    return Curves(
        steps=history.steps[:until].copy(),
        terms={name: values for name, values in terms.items() if np.isfinite(values).any()},
        held_out_steps=np.array([one.step for one in seen], np.int64),
        held_out=np.array([one.held_out[0].total for one in seen], np.float64),
    )
