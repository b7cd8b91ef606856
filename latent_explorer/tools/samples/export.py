"""The sheets of samples as a figure, with their settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.export import Export, Studio
from latent_explorer.core.states import States
from latent_explorer.export.row_figures import TileBlock, TileFigure, model_name, tile_figure
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.samples.words import figure_line, former_step, head_line

translate = QCoreApplication.translate

#: Tiles in one row.
_COLUMNS = 16


class SamplesExport(Export):
    """The sheets of all models."""

    key = "samples"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self._samples = self.panel = states.tools[SamplesState]
        self.made = (self._samples.sheets_changed,)
        self.title = translate("export", "Samples")
        self.tip = translate("export", "The sheets of samples of both models")
        self.menu_text = translate("ExportDesk", "Save samples as…")

    def reason(self, making: bool) -> str:
        if not any(sheet is not None and len(sheet.codes) for sheet in self._samples.sheets):
            if making and any(pane.codes is not None for pane in self.states.panes):
                return translate("ExportDesk", "The samples are being drawn.")
            return translate("ExportDesk", "There are no samples yet: show the sheets by Explore > Samples.")
        return super().reason(making)

    def steps(self) -> Sequence[int]:
        """The steps of the sheets, which may be behind the maps."""
        return [0 if sheet is None else sheet.snapshot.step for sheet in self._samples.sheets]

    def settings(self) -> dict[str, Any]:
        samples, settings = self._samples, self._samples.settings
        entries = {
            "source": settings.source,
            "components": settings.components,
            "radius": settings.radius,
            "count": settings.count,
            "seed": settings.seed,
            "measured": samples.measured,
            "steps": [None if sheet is None else sheet.snapshot.step for sheet in samples.sheets],
        }
        return {"samples": entries}

    def figure(self, studio: Studio) -> TileFigure | None:
        return tile_figure(self.blocks(), studio.line(self))

    def blocks(self) -> list[TileBlock]:
        """One sheet per pane, with its figures."""
        samples, blocks = self._samples, []
        for pane, sheet in zip(self.states.panes, samples.sheets, strict=False):
            if sheet is None or pane.model is None or not len(sheet.pictures):
                continue
            figures = samples.figures_of(pane.index)
            said = [head_line(pane.model, sheet).partition(" · ")[2]]
            if figures is not None and samples.real is not None:
                said += [former_step(figures, sheet), figure_line(figures, samples.real)]
            blocks.append(
                TileBlock(
                    pane=pane.index,
                    title=model_name(pane),
                    remark=" · ".join(part for part in said if part),
                    pictures=sheet.pictures,
                    columns=min(len(sheet.pictures), _COLUMNS),
                )
            )
        return blocks
