"""The controls of the samples' panel: source and its parameter, how many, noise, measuring."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from latent_explorer.controls.combo import Combo
from latent_explorer.controls.icon_button import IconButton
from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.glossary.terms import refer
from latent_explorer.tools.samples.state import (
    COUNTS,
    MEASURED_COUNTS,
    MOST_COMPONENTS,
    MOST_SEED,
    RADII,
    UNMEASURABLE,
    SamplesState,
)
from latent_explorer.tools.samples.words import source_names
from latent_explorer.words.figures import count

#: Fields with a term of the glossary.
_TERMS = {
    "sampleComponents": "components",
    "sampleRadius": "radius",
    "sampleCount": "sample_count",
    "sampleSeed": "seed",
    "sampleMeasured": "sample_count",
}


class SampleControls(QWidget):
    """One row of controls; writes choices into state and follows state."""

    def __init__(self, samples: SamplesState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = samples
        self.source = Combo(source_names())
        self._name(self.source, "sampleSource", self.tr("Source of the samples"))
        self.source.setMinimumContentsLength(14)
        self.components = NumberField(least=1, most=MOST_COMPONENTS, whole=True, step=1)
        self._name(self.components, "sampleComponents", self.tr("Number K of Gaussians in the mixture, 1 to 50"))
        self.radius = NumberField(least=RADII[0], most=RADII[1], factor=1.25)
        self._name(
            self.radius,
            "sampleRadius",
            self.tr("Radius: the standard deviation of the neighbourhood, in units of the codes' own spread"),
        )
        numbers = tuple((count(number), number, "") for number in COUNTS)
        self.count = Combo(numbers)
        self._name(self.count, "sampleCount", self.tr("Samples on a sheet"))
        self.noise = IconButton("dice", self.tr("New noise (Ctrl+Alt+N)"))
        self.noise.setObjectName("newNoise")
        self.seed = NumberField(least=0, most=MOST_SEED, whole=True, step=1)
        self._name(self.seed, "sampleSeed", self.tr("Seed of the noise: the same seed gives the same samples"))
        self.measured = Combo(tuple((count(number), number, "") for number in MEASURED_COUNTS))
        self._name(
            self.measured,
            "sampleMeasured",
            self.tr(
                "How many samples are compared with as many real images (half the images, if there are fewer)"
            ),
        )
        self.measure = QPushButton(self.tr("Measure"))
        self.measure.setObjectName("measureSamples")
        self._measures = True
        self._build()
        self.source.activated.connect(lambda _: samples.set_source(self.source.currentData()))
        self.count.activated.connect(lambda _: self._change(count=int(self.count.currentData())))
        self.measured.activated.connect(lambda _: samples.set_measured(self.measured.currentData()))
        self.components.committed.connect(lambda number: self._change(components=int(number)))
        self.radius.committed.connect(lambda number: self._change(radius=number))
        self.seed.committed.connect(lambda number: self._change(seed=int(number)))
        self.noise.clicked.connect(samples.new_noise)
        self.measure.clicked.connect(self._measure_clicked)
        samples.settings_changed.connect(self.refresh)
        samples.figures_changed.connect(self._refresh_measure)
        self.refresh()

    def _name(self, widget: QWidget, name: str, text: str) -> None:
        widget.setObjectName(name)
        widget.setAccessibleName(text)
        if name in _TERMS:
            refer(widget, _TERMS[name])
        if isinstance(widget, NumberField):
            widget.set_help(text)
        else:
            widget.setToolTip(text)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._labels = {}
        row.addWidget(self.source, 3)
        for key, text, field, width in (
            ("components", "K", self.components, 46),
            ("radius", self.tr("radius"), self.radius, 56),
        ):
            label = PlainLabel(text)
            label.setProperty("role", "caption")
            label.setBuddy(field)
            field.setFixedWidth(width)
            self._labels[key] = label
            row.addWidget(label)
            row.addWidget(field)
        row.addWidget(self.count, 1)
        row.addWidget(self.noise)
        seed = PlainLabel(self.tr("seed"))
        seed.setProperty("role", "caption")
        row.addWidget(seed)
        row.addWidget(self.seed)
        self.seed.setFixedWidth(56)
        row.addWidget(self.measure)
        row.addWidget(self.measured, 1)
        for combo, width in ((self.source, 130), (self.count, 56), (self.measured, 80)):
            combo.setMinimumWidth(width)
        self.source.setMaximumWidth(260)
        self.count.setMaximumWidth(80)
        self.measured.setMaximumWidth(120)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _change(self, **what: Any) -> None:
        self._samples.set_settings(replace(self._samples.settings, **what))

    @Slot()
    def _measure_clicked(self) -> None:
        if self._samples.measuring:
            self._samples.cancel_requested.emit()
        else:
            self._samples.measure_requested.emit()

    @Slot()
    def refresh(self) -> None:
        """Show the settings."""
        settings = self._samples.settings
        self.source.choose(settings.source)
        self.count.choose(settings.count)
        self.measured.choose(self._samples.measured)
        self.components.set_number(settings.components)
        self.radius.set_number(settings.radius)
        self.seed.set_number(settings.seed)
        for key, field, source in (
            ("components", self.components, "mixture"),
            ("radius", self.radius, "neighbourhood"),
        ):
            self._labels[key].setVisible(settings.source == source)
            field.setVisible(settings.source == source)
        self._refresh_measure()

    @Slot()
    def _refresh_measure(self) -> None:
        measuring, why = self._samples.measuring, self._samples.unmeasured
        self.measure.setText(self.tr("Cancel") if measuring else self.tr("Measure"))
        self.measure.setEnabled(measuring or why not in UNMEASURABLE)
        self.measured.setEnabled(why != "local")
