"""Collects the information that the hover card shows about a data point."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.map.hover_layer import Hovered
from latent_explorer.words.figures import nats


def hovered_point(
    spot: tuple[float, float], row: int, explorer: ExplorerState, tokens: Tokens, *, in_full: bool = True
) -> Hovered:
    """The card of data row `row`, whose point is at pixel `spot`; only its picture if not `in_full`."""
    translate = QCoreApplication.translate
    data = explorer.data
    number = translate("LatentMap", "image {row}").format(row=explorer.number(row))
    if data is None or row >= data.count:
        absence = translate("LatentMap", "The original is not at hand: its data set is not open.")
        return Hovered(*spot, row, number, "", -1, QColor(tokens.text_2), None, absence, in_full=in_full)
    label = -1 if data.labels is None else int(data.labels[row])
    colour = tokens.text_2
    if label >= 0:
        colour = tokens.grey if label in explorer.greyed else tokens.classes[label % len(tokens.classes)]
    split = translate("LatentMap", "held-out") if row >= data.train_count else translate("LatentMap", "training")
    title, detail = number, split
    if data.label(row):
        title, detail = data.label(row), translate("LatentMap", "{row}, {split}").format(row=number, split=split)
    value = _factor(row, explorer)
    if value:
        title = value
    picture = data.picture(row)
    absence = "" if picture is not None else translate("LatentMap", "The original comes with the data set.")
    return Hovered(
        *spot, row, title, detail, label, QColor(colour), picture, absence, data.file(row), in_full=in_full
    )


def _factor(row: int, explorer: ExplorerState) -> str:
    """Name and value of the factor that colours the map, or the loss; "" if none does."""
    data = explorer.data
    losses = explorer.losses.values(explorer.colour_by)
    if losses is not None and row < len(losses):
        unit = QCoreApplication.translate("LatentMap", "{value} nats")
        return unit.format(value=nats(float(losses[row])))
    if data is None or data.factors is None or explorer.colour_by not in data.factor_names:
        return ""
    value = float(data.factors[row, data.factor_names.index(explorer.colour_by)])
    return f"{data.factor_title(explorer.colour_by)} {value:.4g}"
