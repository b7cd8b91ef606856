"""The exports of the parts beside the maps: curves, lamps, table, pictures of both panes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.export import Export, Figure, Studio
from latent_explorer.core.figures import kept_on_show
from latent_explorer.core.pane import PaneState
from latent_explorer.core.states import States
from latent_explorer.curves.curves_dock import CurvesDock
from latent_explorer.export.curves_figure import CurvesFigure, curves_figure
from latent_explorer.export.panel_figures import LampBlock, LampsFigure, PictureBlock, PicturesFigure, TableFigure
from latent_explorer.panes.comparison import Comparison
from latent_explorer.panes.lamps import ShownKl, shown_kl
from latent_explorer.words.figures import count, nats, signed
from trainer.export.difference import difference_picture, squared_error

translate = QCoreApplication.translate


class PicturesExport(Export):
    """Original, decoded image and difference of both panes."""

    key = "pictures"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self.title = translate("export", "Pictures of both panes")
        self.tip = translate("export", "Original, decoded image and their difference, as they are at the cursors")

    def reason(self, making: bool) -> str:
        if all(pane.picture is None for pane in self.states.panes):
            return translate("ExportDesk", "Nothing is decoded yet: drag on a map.")
        return super().reason(making)

    def figure(self, studio: Studio) -> Figure | None:
        blocks = tuple(_pictures_of(pane) for pane in self.states.panes if pane.picture is not None)
        return PicturesFigure(blocks, studio.line(self)) if blocks else None


def _pictures_of(pane: PaneState) -> PictureBlock:
    nearest, decoded, model = pane.nearest, pane.picture, pane.model
    original = None if nearest is None else nearest.picture
    named = [translate("export", "original"), translate("export", "decoded"), translate("export", "difference")]
    if pane.draw is not None:
        named[1:] = [translate("export", "decoded: a draw"), translate("export", "difference of the mean")]
    said = ["", "", ""]
    if nearest is not None:
        image = translate("export", "image {0}").format(nearest.number)
        said[0] = " · ".join(filter(None, (image, nearest.label, nearest.file)))
    if pane.code is not None:
        said[1] = "  ".join(f"z{place + 1} {signed(value)}" for place, value in enumerate(pane.code[:3].tolist()))
        said[1] += " …" if len(pane.code) > 3 else ""
    difference = None
    if original is None:
        named[0] = named[2] = ""
    elif decoded is not None and decoded.shape == original.shape:
        difference = difference_picture(decoded, original)
        said[2] = translate("export", "MSE per pixel {0}").format(f"{squared_error(decoded, original):.4g}")
    pictures = tuple(zip(named, said, (original, pane.shown_picture, difference), strict=True))
    title, remark = ("", "") if model is None else (model.title, model.config.summary)
    return PictureBlock(pane.index, title, remark, pictures)


class LossCurvesExport(Export):
    """The curves of the loss shown in the panel, over the steps visible there."""

    key = "loss-curves"

    def __init__(self, states: States, dock: CurvesDock) -> None:
        super().__init__(states)
        self._dock = dock
        self.title = translate("export", "Loss curves")
        self.tip = translate("export", "The loss that is chosen in the panel, over the steps in view there")

    def reason(self, making: bool) -> str:
        training, kept = self.states.training, kept_on_show(self.states.panes)
        if len(training.history) or training.evaluations or any(len(one.history) for one in kept):
            return ""
        return translate("ExportDesk", "There are no curves yet; train first.")

    def steps(self) -> Sequence[int]:
        # Curves cover the entire run, regardless of the moment that the maps show.
        steps = self.states.training.history.steps
        run = int(steps[-1]) if len(steps) else self.states.training.step
        return [
            0 if pane.model is None else run if pane.frozen is None else pane.frozen.kept.step
            for pane in self.states.panes
        ]

    def settings(self) -> dict[str, Any]:
        return {"loss": self._dock.quantity.key, "steps_in_view": self._dock.visible}

    def figure(self, studio: Studio) -> CurvesFigure | None:
        dock, states = self._dock, self.states
        return curves_figure(
            states.training, states.panes, dock.quantity.key, dock.shown_title, dock.visible, studio.line(self)
        )


def _measured_on(shown: ShownKl) -> str:
    """The images that the figures were measured on."""
    if shown.held_out is None:
        return translate("export", "training images of the last step")
    if shown.none_held_out:
        return translate("export", "training images, step {0}").format(count(shown.held_out))
    return translate("export", "held-out images, step {0}").format(count(shown.held_out))


class LampsExport(Export):
    """KL of each latent dimension of the models that have it."""

    key = "lamps"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self.title = translate("export", "KL per dimension")
        self.tip = translate("export", "A lamp and a number for each latent dimension of models with a posterior")

    def _blocks(self) -> Iterator[LampBlock]:
        for pane in self.states.panes:
            shown, model = shown_kl(pane, self.states.training), pane.model
            if shown.values and model is not None:
                said = translate("export", "KL per dimension in nats; {0} in all").format(nats(sum(shown.values)))
                yield LampBlock(pane.index, model.title, f"{said} · {_measured_on(shown)}", shown.values)

    def reason(self, making: bool) -> str:
        if not any(True for _ in self._blocks()):
            return translate("ExportDesk", "No model on show has a KL of each latent dimension.")
        return super().reason(making)

    def settings(self) -> dict[str, Any]:
        return {
            "kl_per_dimension": [list(shown_kl(pane, self.states.training).values) for pane in self.states.panes]
        }

    def figure(self, studio: Studio) -> LampsFigure | None:
        blocks = tuple(self._blocks())
        return LampsFigure(blocks, studio.line(self)) if blocks else None


class TableExport(Export):
    """The held-out figures of the models side by side."""

    key = "table"

    def __init__(self, states: States, comparison: Comparison) -> None:
        super().__init__(states)
        self._comparison = comparison
        self.title = translate("export", "Side-by-side table")
        self.tip = translate("export", "The held-out figures of the models in the panes")

    def settings(self) -> dict[str, Any]:
        table = self._comparison.table()
        return {"table": {"columns": list(table.heads), "rows": {name: list(cells) for name, cells in table.rows}}}

    def figure(self, studio: Studio) -> TableFigure | None:
        panes = tuple(pane.index for pane in self.states.panes)
        return TableFigure(self._comparison.table(), panes, studio.line(self))
