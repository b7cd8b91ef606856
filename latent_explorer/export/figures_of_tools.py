"""Figures of what the tools show at this moment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.export.animation import PaneWalk, WalkAnimation
from latent_explorer.export.pane_figures import PairFigure
from latent_explorer.export.row_figures import WIDEST, TileBlock, TileFigure, tile_figure
from latent_explorer.panes.short_name import short_name
from latent_explorer.tools.directions.state import STEPS, DirectionsState
from latent_explorer.tools.directions.words import analogy_text, score_text, title
from latent_explorer.tools.interpolation.state import LETTERS, InterpolationState, Strip
from latent_explorer.tools.interpolation.words import kind_name, measures_text
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.samples.words import figure_line, former_step, head_line
from latent_explorer.tools.traversal.state import TraversalRow, TraversalState
from latent_explorer.words.figures import MINUS, signed
from trainer.latent.traversal import order_of

#: Tiles of a film in one row, and of a sheet.
_FILM, _SHEET = 32, 16
#: Traversals are as wide as a page.
_ROWS_WIDTH = 900


def strip_figure(
    panes: Sequence[PaneState], path: InterpolationState, line: str, *, curves: bool = True, width: int = WIDEST
) -> TileFigure | None:
    """The films of all models with their measures, at most `width` wide if tiles allow it; None without any."""
    translate = QCoreApplication.translate
    shown = [(pane, path.strips[pane.index]) for pane in panes if pane.index in path.strips]
    changes = [strip.measures.change for _, strip in shown if strip.measures is not None]
    # One scale for all models, so that their curves compare.
    top = max((float(change.max(initial=0.0)) for change in changes), default=0.0) or 1.0
    blocks = []
    for pane, strip in shown:
        one_row = len(strip.pictures) <= _FILM and not strip.columns
        curve = strip.measures.change if curves and strip.measures is not None and one_row else None
        blocks.append(
            TileBlock(
                pane=pane.index,
                title=_title(pane),
                remark=" · ".join(part for part in (_kind(strip), measures_text(strip)) if part),
                pictures=strip.pictures,
                columns=strip.columns or min(len(strip.pictures), _FILM),
                letters=_letters(strip) if one_row else {},
                curve=curve,
                top=top,
                unit=translate("export", "change per frame (RMS, grey levels 0–1); upper line:"),
            )
        )
    return tile_figure(blocks, line, width)


def sample_figure(panes: Sequence[PaneState], samples: SamplesState, line: str) -> TileFigure | None:
    """The sheets of all models with their figures; None while there is none."""
    blocks = []
    for pane, sheet in zip(panes, samples.sheets, strict=False):
        if sheet is None or pane.model is None or not len(sheet.pictures):
            continue
        figures = samples.figures_of(pane.index)
        said = [head_line(pane.model, sheet).partition(" · ")[2]]
        if figures is not None and samples.real is not None:
            said += [former_step(figures, sheet), figure_line(figures, samples.real)]
        blocks.append(
            TileBlock(
                pane=pane.index,
                title=_title(pane),
                remark=" · ".join(part for part in said if part),
                pictures=sheet.pictures,
                columns=min(len(sheet.pictures), _SHEET),
            )
        )
    return tile_figure(blocks, line)


def traversal_figure(panes: Sequence[PaneState], state: TraversalState, line: str) -> TileFigure | None:
    """The traversals that are on the screen, in their order; None while there is none."""
    blocks = []
    for pane, rows, summary in zip(panes, state.rows, state.summaries, strict=False):
        if summary is None or summary.summary is None or not rows:
            continue
        first, count = state.windows[pane.index]
        order = order_of(summary.summary, state.sort)[first : first + count].tolist()
        shown = [rows[dimension] for dimension in order if dimension in rows]
        if shown:
            blocks.append(
                TileBlock(
                    pane=pane.index,
                    title=_title(pane),
                    remark=_traversed(state, pane.index),
                    pictures=np.concatenate([row.pictures for row in shown]),
                    columns=len(shown[0].pictures),
                    names=tuple(_row_name(row) for row in shown),
                )
            )
    return tile_figure(blocks, line, _ROWS_WIDTH)


def _row_name(row: TraversalRow) -> str:
    return QCoreApplication.translate("export", "z{dimension}: {low} to {high}").format(
        dimension=row.dimension + 1,
        low=signed(float(row.codes[0, row.dimension])),
        high=signed(float(row.codes[-1, row.dimension])),
    )


def _traversed(state: TraversalState, pane: int) -> str:
    if state.bases[pane] == "picked":
        return QCoreApplication.translate("export", "traversals through the picked image's code")
    return QCoreApplication.translate("export", "traversals through the code at the cursor")


def direction_figure(panes: Sequence[PaneState], state: DirectionsState, line: str) -> TileFigure | None:
    """The direction applied step by step, with its score; None while there is none."""
    blocks = []
    for pane, strip, found in zip(panes, state.strips, state.found, strict=False):
        if strip is None:
            continue
        scored = found is not None and found.direction is not None
        said = [title(state.direction, state.current), score_text(found) if found is not None and scored else ""]
        blocks.append(
            TileBlock(
                pane=pane.index,
                title=_title(pane),
                remark=" · ".join(part for part in said if part),
                pictures=strip.pictures,
                columns=len(strip.pictures),
                letters={place: f"{step:+.1f}".replace("-", MINUS) for place, step in enumerate(STEPS)},
            )
        )
    return tile_figure(blocks, line, _ROWS_WIDTH)


def analogy_figure(
    panes: Sequence[PaneState], explorer: ExplorerState, state: DirectionsState, line: str
) -> TileFigure | None:
    """A, B, C, what A - B + C decodes to, and the nearest image, as far as these are at hand; None without any."""
    translate = QCoreApplication.translate
    data, blocks = explorer.data, []
    for pane, found in zip(panes, state.analogies, strict=False):
        if found is None or found.picture is None:
            continue
        tiles = []
        for letter, row in zip("ABC", found.terms, strict=True):
            tiles.append((letter, _original(data, row)))
        tiles.append(("A − B + C", found.picture))
        if found.row >= 0:
            tiles.append((translate("export", "nearest"), _original(data, found.row)))
        shown = [
            (letter, picture)
            for letter, picture in tiles
            if picture is not None and picture.shape == found.picture.shape
        ]
        blocks.append(
            TileBlock(
                pane=pane.index,
                title=_title(pane),
                remark=analogy_text(found, data),
                pictures=np.stack([picture for _, picture in shown]),
                columns=len(shown),
                letters={place: letter for place, (letter, _) in enumerate(shown)},
            )
        )
    return tile_figure(blocks, line, _ROWS_WIDTH)


def _original(data: DataView | None, row: int) -> np.ndarray | None:
    return data.picture(row) if data is not None and row < data.count else None


def walk_animation(
    panes: Sequence[PaneState],
    path: InterpolationState,
    pair: PairFigure,
    strips: TileFigure | None,
    scale: float,
    tokens: Tokens,
) -> WalkAnimation | None:
    """The interpolation played through; None while there is no path."""
    walks = {}
    for place, pane in enumerate(panes):
        strip, plane = path.strips.get(pane.index), pane.plane
        if strip is None or plane is None or plane.latent != strip.codes.shape[1] or strip.columns:
            continue
        places = np.asarray(plane.project(strip.codes), np.float64)
        walks[place] = PaneWalk(places, strip.pictures, theme().accent(pane.index))
    count = max((len(walk.places) for walk in walks.values()), default=0)
    if count < 2:
        return None
    text = QCoreApplication.translate("export", "frame {frame} of {count}")
    return WalkAnimation(pair, strips, walks, count, scale, tokens, text)


def _title(pane: PaneState) -> str:
    return short_name(pane.model) if pane.model is not None else ""


def _kind(strip: Strip) -> str:
    if strip.kind == "grid":
        return QCoreApplication.translate("export", "bilinear grid of four images")
    return kind_name(strip.kind)


def _letters(strip: Strip) -> dict[int, str]:
    return {int(place): LETTERS[number] for number, place in enumerate(strip.places) if number < len(LETTERS)}
