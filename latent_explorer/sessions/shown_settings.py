"""Everything that made what is on the screen, as plain data: it is put into every file that is saved."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_explorer import __version__
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.overlays import SWITCHES, OverlaysState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.tools.directions.state import STEPS, DirectionsState, PaneAnalogy
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from latent_explorer.tools.samples.state import SamplesState


def shown_settings(
    what: str, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
) -> dict[str, Any]:
    """The settings of a file that shows `what` (a key of `state.exports.FORMATS`), rows as in the source."""
    # A past moment's maps and pictures are of that moment's step and knobs; curves are of the whole run.
    past = None if what == "curves" else training.looked_at
    settings: dict[str, Any] = {
        "program": "Latent Explorer",
        "version": __version__,
        "what": what,
        "data": None if explorer.data is None else _data(explorer.data),
        "run": None if training.running is None else training.running.to_json(),
        "state": training.run,
        "step": training.step if past is None else past,
        "epoch": training.epoch if past is None else training.history.epoch_at(past),
        "knobs": training.knobs_at(past).to_json(),
        "link": explorer.link,
        "leader": explorer.leader,
        "colour_by": explorer.colour_by,
        "greyed": sorted(explorer.greyed),
        "picked": None if explorer.picked is None else explorer.place(explorer.picked),
        "overlays": _overlays(tools.overlays),
        "panes": [_pane(pane, explorer) for pane in panes],
    }
    if what in ("strips", "animation"):
        settings["interpolation"] = _interpolation(tools.interpolation, explorer)
    if what == "samples":
        settings["samples"] = _samples(tools.samples)
    if what == "traversal":
        settings["traversal"] = {"sort": tools.traversal.sort, "base": list(tools.traversal.bases)}
    if what == "directions":
        settings["direction"] = _direction(tools.directions, explorer)
    return settings


def _direction(directions: DirectionsState, explorer: ExplorerState) -> dict[str, Any]:
    if directions.arithmetic:
        found = [None if one is None else _analogy(one, explorer) for one in directions.analogies]
        terms = [None if row is None else explorer.place(row) for row in directions.terms]
        return {"arithmetic": "A - B + C", "terms": terms, "nearest": found}
    shown = directions.direction
    return {
        "name": shown.name,
        "plus": {"parts": list(shown.plus.parts), "rows": _places(shown.plus.rows, explorer)},
        "minus": {"parts": list(shown.minus.parts), "rows": _places(shown.minus.rows, explorer)},
        "base": directions.base,
        "amount": directions.amount,
        "steps": list(STEPS),
    }


def _places(rows: np.ndarray, explorer: ExplorerState) -> list[int]:
    return [explorer.place(row) for row in rows.tolist()]


def _analogy(found: PaneAnalogy, explorer: ExplorerState) -> dict[str, Any]:
    near = found.row >= 0
    return {"row": explorer.place(found.row) if near else None, "distance": found.distance if near else None}


def _data(data: DataView) -> dict[str, Any]:
    return {
        "title": data.title,
        "config": data.config.to_json(),
        "count": data.count,
        "train_count": data.train_count,
        "fingerprint": data.fingerprint,
    }


def _overlays(overlays: OverlaysState) -> dict[str, Any]:
    switches = {name: getattr(overlays, name) for name in SWITCHES}
    return {"heat": overlays.heat, "ellipses": overlays.ellipses, **switches}


def _pane(pane: PaneState, explorer: ExplorerState) -> dict[str, Any]:
    model, codes, view = pane.model, pane.codes, pane.view
    snapshot = None if codes is None or codes.snapshot is None else codes.snapshot
    return {
        "model": None if model is None else {"title": model.traits.title, **model.config.to_json()},
        "snapshot": None if codes is None else codes.number,
        "step": None if snapshot is None else snapshot.step,
        "codes": 0 if codes is None else len(codes.codes),
        "axes": pane.axes,
        "axis_names": None if pane.plane is None else list(pane.plane.names),
        "hidden": pane.hidden,
        "slice_offset": _numbers(pane.slice_offset),
        "view": None if view is None else {"x": view.x, "y": view.y, "scale": view.scale, "rect": view.rect},
        "cursor": list(pane.cursor),
        "code": _numbers(pane.code),
        "nearest": None
        if pane.nearest is None
        else {"row": explorer.place(pane.nearest.row), "distance": pane.nearest.distance},
    }


def _numbers(values: np.ndarray | None) -> list[float] | None:
    return None if values is None else [float(value) for value in values]


def _interpolation(path: InterpolationState, explorer: ExplorerState) -> dict[str, Any]:
    return {
        "kind": "grid" if path.as_grid else path.kind,
        "frames": path.frames,
        "frame": path.frame,
        "speed": path.speed,
        "stops": [None if stop is None else _stop(stop, explorer) for stop in path.stops],
        "strips": [
            None
            if strip is None
            else {
                "kind": strip.kind,
                "path_over_chord": None if strip.measures is None else strip.measures.ratio,
                "path_measured_between_frames": strip.measures is not None and strip.measures.whole,
                "largest_over_mean_step": None if strip.measures is None else strip.measures.largest,
                "change_per_frame": None if strip.measures is None else _numbers(strip.measures.change),
                "stops": strip.stops.tolist(),
            }
            for strip in (path.strips.get(index) for index in range(1 + max(path.strips, default=-1)))
        ],
    }


def _stop(stop: Stop, explorer: ExplorerState) -> dict[str, Any]:
    row = None if stop.row is None else explorer.place(stop.row)
    return {"row": row, "pane": stop.pane, "code": _numbers(stop.code)}


def _samples(samples: SamplesState) -> dict[str, Any]:
    settings = samples.settings
    return {
        "source": settings.source,
        "components": settings.components,
        "radius": settings.radius,
        "count": settings.count,
        "seed": settings.seed,
        "measured": samples.measured,
        "steps": [None if sheet is None else sheet.snapshot.step for sheet in samples.sheets],
    }
