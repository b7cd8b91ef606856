"""The exports that need no tool: maps, panes, codes and curves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.export import Export, Figure, Studio
from latent_explorer.core.figures import kept_on_show
from latent_explorer.core.states import States
from latent_explorer.export.legend import legend_of
from latent_explorer.export.pane_figures import MapFigure
from latent_explorer.map.map_picture import MapPicture

translate = QCoreApplication.translate


class PanesExport(Export):
    """Both panes in one picture."""

    key = "panes"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self.title = translate("export", "Both panes")
        self.tip = translate("export", "Maps, decoded images, the meaning of colours and captions in one picture")

    def figure(self, studio: Studio) -> Figure | None:
        figure: Figure = studio.pair(studio.line(self))
        return figure


class MapExport(Export):
    """One map. place: its pane's index. draw: returns its present figure."""

    def __init__(self, states: States, place: int, draw: Callable[[int], MapPicture]) -> None:
        super().__init__(states)
        self.place, self._draw = place, draw
        self.key = f"map{place}"
        self.word = ("left-map", "right-map")[place]
        self.title = (translate("export", "Left map"), translate("export", "Right map"))[place]
        self.tip = (
            translate("export", "The left latent map with its overlays, the meaning of colours and a caption"),
            translate("export", "The right latent map with its overlays, the meaning of colours and a caption"),
        )[place]

    def reason(self, making: bool) -> str:
        return self.no_map(self.states.panes[self.place : self.place + 1])

    def steps(self) -> Sequence[int]:
        return super().steps()[self.place : self.place + 1]

    def places(self) -> Sequence[int]:
        return (self.place,)

    def figure(self, studio: Studio) -> Figure | None:
        pane = self.states.panes[self.place]
        legend = legend_of(self.states.explorer, self.states.panes)
        return MapFigure(pane, self._draw(self.place), legend, studio.line(self))


class CodesExport(Export):
    """The codes of all images on the maps."""

    key = "codes"
    formats = ("csv", "npz")
    table = True

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self.title = translate("export", "Codes as a table")
        self.tip = translate("export", "The code of every image on the maps")
        self.about = translate(
            "ExportDialog",
            "A row an image: its index in the data set, its label, its split, its factors where there are any, "
            "and its code in each model (z, or the posterior mean μ with σ where it is at hand).",
        )

    def amount(self) -> tuple[int, int]:
        codes = [pane.codes for pane in self.states.panes if pane.codes is not None]
        columns = sum(
            entry.codes.shape[1] + (0 if entry.sigmas is None else entry.sigmas.shape[1]) for entry in codes
        )
        data = self.states.explorer.data
        factors = 0 if data is None or data.factors is None else data.factors.shape[1]
        named = 4 if data is not None and data.files else 3  # number, class, split, and the file if there is one
        return max((len(entry.rows) for entry in codes), default=0), named + factors + columns


class CurvesExport(Export):
    """The losses of the run, and of kept models in the panes."""

    key = "curves"
    formats = ("csv", "npz")
    table = True

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self.title = translate("export", "Losses as a table")
        self.tip = translate("export", "Losses of every step, and evaluations, as numbers")
        self.about = translate(
            "ExportDialog",
            "A row a step: epoch, β as applied, learning rate, noise, and each model's reconstruction loss, "
            "KL and total in nats per image; and a row a held-out evaluation.",
        )

    def reason(self, making: bool) -> str:
        steps, evaluations = self._lengths()
        if not steps and not evaluations:
            return translate("ExportDesk", "There are no curves yet; train first.")
        return super().reason(making)

    def step(self) -> int:
        return self.states.training.step

    def settings(self) -> dict[str, Any]:
        names = [title for _, title in self.states.training.names]
        return {"models": names + [kept.kept.name for kept in kept_on_show(self.states.panes)]}

    def amount(self) -> tuple[int, int]:
        steps, evaluations = self._lengths()
        models = self.states.training.history.members + len(kept_on_show(self.states.panes))
        return steps + 2 * evaluations, 6 + 4 * models

    def _lengths(self) -> tuple[int, int]:
        """Numbers of steps and of evaluations, of the run and of kept models."""
        training, kept = self.states.training, kept_on_show(self.states.panes)
        steps = len(training.history) + sum(len(one.history) for one in kept)
        return steps, len(training.evaluations) + sum(len(one.kept.evaluations) for one in kept)
