"""The settings of the content on screen as plain data, included in every saved file."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_explorer import __version__
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.states import States


def shown_settings(what: str, states: States) -> dict[str, Any]:
    """The settings of a file that shows `what`, the key of an `Export`, rows as in the source."""
    explorer, training, panes = states.explorer, states.training, states.panes
    # Maps and pictures of a past moment have its step and knobs; curves cover the entire run.
    past = None if what == "curves" else training.looked_at
    return {
        "program": "Latent Explorer",
        "version": __version__,
        "what": what,
        "data": None if explorer.data is None else _data(explorer.data),
        "run": None if training.run_config is None else training.run_config.to_json(),
        "state": training.run_state,
        "step": training.step if past is None else past,
        "epoch": training.epoch if past is None else training.history.epoch_at(past),
        "knobs": training.knobs_at(past).to_json(),
        "link": explorer.link,
        "leader": explorer.leader,
        "colour_by": explorer.colour_by,
        "greyed": sorted(explorer.greyed),
        "picked": None if explorer.picked is None else explorer.place(explorer.picked),
        "overlays": states.tools.overlays.to_json(),
        "panes": [_pane(pane, explorer) for pane in panes],
    }


def _data(data: DataView) -> dict[str, Any]:
    return {
        "title": data.title,
        "config": data.config.to_json(),
        "count": data.count,
        "train_count": data.train_count,
        "fingerprint": data.fingerprint,
    }


def _pane(pane: PaneState, explorer: ExplorerState) -> dict[str, Any]:
    model, codes, view = pane.model, pane.codes, pane.view
    snapshot = None if codes is None or codes.snapshot is None else codes.snapshot
    kept = None if pane.frozen is None else pane.frozen.kept
    return {
        "source": pane.source,
        "kept": None if kept is None else {"knobs": kept.knobs.to_json(), "from": kept.origin},
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
        "decoded": "mean" if pane.draw is None else {"draw": explorer.decoded.seed},
        "nearest": None
        if pane.nearest is None
        else {"row": explorer.place(pane.nearest.row), "distance": pane.nearest.distance},
    }


def _numbers(values: np.ndarray | None) -> list[float] | None:
    return None if values is None else [float(value) for value in values]
