"""Sheets of samples and their figures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.panel_state import PanelState
from trainer.metrics.samples import Fidelity
from trainer.reports import Snapshot

#: Sources of codes: the prior; a density fitted to the codes; one image's posterior; about the cursor.
SOURCES = ("prior", "gaussian", "mixture", "kernels", "posterior", "neighbourhood")
#: Sources that represent all images, so that their samples can be compared with real pictures.
WHOLE = ("prior", "gaussian", "mixture", "kernels")
COUNTS = (16, 36, 64, 100, 144, 256)
#: Reasons for missing figures that measuring would not change; see `SamplesState.unmeasured`.
UNMEASURABLE = ("no-images", "few-images", "same-images", "local")
MEASURED_COUNTS = (500, 1_000, 2_000, 5_000, 10_000)
MOST_COMPONENTS = 50
RADII = (0.01, 3.0)
MOST_SEED = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSettings:
    """The settings of a sheet.

    Attributes:
        source: one of `SOURCES`.
        components: of the mixture.
        radius: standard deviation of the neighbourhood in units of the codes' standard deviation per dimension.
        count: samples on the sheet.
        seed: of the noise.
    """

    source: str = "prior"
    components: int = 10
    radius: float = 0.25
    count: int = 64
    seed: int = 0

    def same_distribution(self, other: SampleSettings) -> bool:
        """Whether the two differ at most in the number of samples."""
        return replace(self, count=other.count) == other


@dataclass(frozen=True, slots=True, kw_only=True)
class FitSummary:
    """How the density fits the codes.

    Attributes:
        held_out_log_density: mean ln p(z) of codes of held-out images, in nats.
        held_out: number of codes that was measured on.
        fitted_on: number of codes it was fitted on; 0 for the prior, which is not fitted.
        left_out: number of non-finite codes.
        iterations: of the mixture's fit; 0 for others. converged: whether it converged.
        dropped: number of mixture components without codes.
        bandwidth: of the kernel density, in units of the codes; 0 for others.
        apart: whether the real images that samples are compared with were excluded from the fit.
    """

    held_out_log_density: float
    held_out: int
    fitted_on: int = 0
    left_out: int = 0
    iterations: int = 0
    converged: bool = True
    dropped: int = 0
    bandwidth: float = 0.0
    apart: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sheet:
    """One pane's samples.

    Attributes:
        settings: their settings.
        snapshot: the weights that decoded them.
        codes: float32 (n, d), read-only; (0, d) if nothing could be drawn.
        pictures: uint8 (n, H, W, C), read-only.
        prior: formula of the prior that they were drawn from; "" for another source.
        remark: "" or a note on these samples: "no-prior" (the model has no prior, N(0, I) is used) or
            "point" (a posterior without a spread: one picture).
        reason: why there are none: "no-picked", "not-finite" (its code), "no-posterior" (σ is missing),
            "no-cursor", or a sentence.
        fit: of sources that are densities over all codes.
    """

    settings: SampleSettings
    snapshot: Snapshot
    codes: np.ndarray = field(repr=False)
    pictures: np.ndarray = field(repr=False)
    prior: str = ""
    remark: str = ""
    reason: str = ""
    fit: FitSummary | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PaneFigures:
    """Figures of one pane's samples, and of its reconstructions, against real pictures.

    apart: whether the density was fitted without these real pictures; None if it was not fitted.
    """

    settings: SampleSettings
    snapshot: Snapshot
    fidelity: Fidelity
    reconstructed: Fidelity
    apart: bool | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RealFigures:
    """Figures of real pictures against other real pictures: the reference of a perfect model.

    name: name of the Fréchet distance in this feature space. sentence: description of that space. same: whether
    all pictures are equal, so that comparisons and `fidelity` are meaningless.
    """

    name: str
    sentence: str
    fidelity: Fidelity
    same: bool = False


class SamplesState(PanelState):
    """The state of the sheets. Setting an equal value emits nothing.

    Attributes:
        settings: the present settings.
        measured: number of samples for figures.
        sheets, figures: one entry a pane, None before the first.
        real: of the data available, None before it was measured.
        measuring: whether figures are being measured.
        unmeasured: why there are no figures for the present sheets: "" (there are, or they are expected),
        "no-images",
            "few-images", "same-images" (all the same one), "local" (not a source of all images), "training",
            "cancelled".
        hovered: (pane, place) of the sample under the pointer, or None.
        selected: (pane, place) of the sample whose code was put under the cursor, or None.

    Signals:
        settings_changed: `settings` or `measured` changed.
        sheets_changed: `sheets` changed.
        figures_changed: `figures`, `real`, `measuring` or `unmeasured` changed.
        marks_changed: `hovered` or `selected` changed.
        measure_requested: the user requests figures now.
        cancel_requested: the user cancels measuring.
    """

    settings_changed = Signal()
    sheets_changed = Signal()
    figures_changed = Signal()
    marks_changed = Signal()
    measure_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = SampleSettings()
        self.measured = 2_000
        self.sheets: list[Sheet | None] = [None, None]
        self.figures: list[PaneFigures | None] = [None, None]
        self.real: RealFigures | None = None
        self.measuring = False
        self.unmeasured = ""
        self.hovered: tuple[int, int] | None = None
        self.selected: tuple[int, int] | None = None

    def set_settings(self, settings: SampleSettings) -> None:
        """Set the settings. Raises `ValueError` for invalid ones."""
        if settings.source not in SOURCES:
            raise ValueError(f"unknown source of samples {settings.source!r}")
        inside = 1 <= settings.components <= MOST_COMPONENTS and RADII[0] <= settings.radius <= RADII[1]
        if not inside or not 1 <= settings.count <= COUNTS[-1] or not 0 <= settings.seed <= MOST_SEED:
            raise ValueError(f"settings of samples outside their range: {settings}")
        if settings != self.settings:
            self.settings = settings
            self._unmark()
            self.settings_changed.emit()

    def set_source(self, source: str) -> None:
        """Choose the source of codes."""
        self.set_settings(replace(self.settings, source=source))

    def set_measured(self, count: int) -> None:
        """Choose the number of samples for figures."""
        if count != self.measured:
            self.measured = count
            self.settings_changed.emit()

    def new_noise(self) -> None:
        """Draw with the next seed."""
        self.set_settings(replace(self.settings, seed=(self.settings.seed + 1) % (MOST_SEED + 1)))

    def set_sheet(self, pane: int, sheet: Sheet | None) -> None:
        """Set one pane's samples."""
        if sheet is not self.sheets[pane]:
            self.sheets[pane] = sheet
            self.sheets_changed.emit()

    def set_figures(self, pane: int, figures: PaneFigures | None) -> None:
        """Set one pane's figures."""
        if figures is not self.figures[pane]:
            self.figures[pane] = figures
            self.figures_changed.emit()

    def set_real(self, real: RealFigures | None) -> None:
        """Set the figures of real data."""
        if real is not self.real:
            self.real = real
            self.figures_changed.emit()

    def set_measuring(self, measuring: bool, unmeasured: str = "") -> None:
        """Set whether figures are being measured, and why there are none."""
        if (measuring, unmeasured) != (self.measuring, self.unmeasured):
            self.measuring, self.unmeasured = measuring, unmeasured
            self.figures_changed.emit()

    def hover(self, mark: tuple[int, int] | None) -> None:
        """Set the sample under the pointer."""
        if mark != self.hovered:
            self.hovered = mark
            self.marks_changed.emit()

    def select(self, mark: tuple[int, int] | None) -> None:
        """Set the sample whose code is under the cursor."""
        if mark != self.selected:
            self.selected = mark
            self.marks_changed.emit()

    def figures_of(self, pane: int) -> PaneFigures | None:
        """The figures of pane `pane`'s sheet: same distribution and noise, of these or earlier weights."""
        figures, sheet = self.figures[pane], self.sheets[pane]
        if figures is None or sheet is None or not figures.settings.same_distribution(sheet.settings):
            return None
        return figures

    def _unmark(self) -> None:
        if self.hovered is not None or self.selected is not None:
            self.hovered = self.selected = None
            self.marks_changed.emit()
