"""What can be undone, one aspect each: how it is read, how it is put back, what menus call a change of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.overlays import SWITCHES
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.view_transform import ViewTransform

translate = QCoreApplication.translate

#: How long an aspect makes sense: as long as the program runs, the data stay, or the models stay.
SCOPES = ("always", "data", "model")


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that a person changes. Values are immutable and compare by what they mean.

    Attributes:
        key: its name.
        kind: aspects of one kind, changed within one gesture, are one entry.
        scope: one of `SCOPES`.
        read, write: from and to state.
        title: what menus call a change from one value to another.
    """

    key: str
    kind: str
    scope: str
    read: Callable[[], Any]
    write: Callable[[Any], None]
    title: Callable[[Any, Any], str]


def _fixed(text: str) -> Callable[[Any, Any], str]:
    return lambda _before, _after: text


def aspects_of(kit: ToolKit) -> list[Aspect]:
    """All aspects but the cursors, which need a memory of their own."""
    return [
        *_explorer_aspects(kit),
        *_training_aspects(kit),
        *(aspect for pane in kit.panes for aspect in _pane_aspects(pane)),
        *_tool_aspects(kit),
        *_image_aspects(kit),
    ]


def _explorer_aspects(kit: ToolKit) -> list[Aspect]:
    explorer = kit.explorer

    def picked(_: object, after: object) -> str:
        return translate("undo", "Let go of image") if after is None else translate("undo", "Pick image")

    return [
        Aspect("picked", "picked", "data", lambda: explorer.picked, explorer.pick, picked),
        Aspect(
            "greyed",
            "greyed",
            "data",
            lambda: explorer.greyed,
            explorer.set_greyed,
            _fixed(translate("undo", "Show or hide classes")),
        ),
        Aspect(
            "colour",
            "colour",
            "data",
            lambda: explorer.colour_by,
            explorer.set_colour_by,
            _fixed(translate("undo", "Colour by")),
        ),
        Aspect(
            "link",
            "link",
            "always",
            lambda: explorer.link,
            explorer.set_link,
            _fixed(translate("undo", "Link cursors")),
        ),
    ]


def _training_aspects(kit: ToolKit) -> list[Aspect]:
    training = kit.training

    def knob(name: str, shown: str, default: float = 0.0) -> Aspect:
        def title(before: float, after: float) -> str:
            return f"{shown} {before:.4g} → {after:.4g}"

        return Aspect(
            name,
            name,
            "always",
            lambda: training.knobs.get(name, default),
            lambda value: training.set_knobs(training.knobs.replace(**{name: value})),
            title,
        )

    of_families = {knob.name: knob for card in training.cards.values() for knob in card.knobs}
    return [
        *(knob(one.name, one.sign, one.default) for one in of_families.values()),
        knob("learning_rate", translate("undo", "Learning rate")),
        knob("noise", translate("undo", "Noise")),
        Aspect(
            "models",
            "models",
            "data",
            lambda: (training.draft_models, tuple(sorted(training.own.items()))),
            lambda draft: training.set_draft(models=draft[0], own=dict(draft[1])),
            _fixed(translate("undo", "Models of the next run")),
        ),
        Aspect(
            "train",
            "train",
            "always",
            lambda: training.draft_train,
            lambda train: training.set_draft(train=train),
            _fixed(translate("undo", "Settings of the next run")),
        ),
        Aspect(
            "device",
            "device",
            "always",
            lambda: training.device_wish,
            training.set_device_wish,
            _fixed(translate("undo", "Device")),
        ),
    ]


def _pane_aspects(pane: PaneState) -> list[Aspect]:
    number = pane.index
    return [
        Aspect(f"view{number}", "view", "model", lambda: _view(pane), lambda view: _look(pane, view), _view_title),
        Aspect(
            f"axes{number}", "axes", "model", lambda: pane.axes, pane.set_axes, _fixed(translate("undo", "Axes"))
        ),
        Aspect(
            f"hidden{number}",
            "hidden",
            "always",
            lambda: pane.hidden,
            pane.set_hidden,
            _fixed(translate("undo", "Where hidden dimensions are held")),
        ),
    ]


#: Centre, scale, and whether the view follows the points.
_View = tuple[float, float, float, bool]


def _view(pane: PaneState) -> _View | None:
    view = pane.view
    return None if view is None else (view.x, view.y, view.scale, pane.follows)


def _look(pane: PaneState, view: _View | None) -> None:
    if view is None or pane.view is None:
        return
    x, y, scale, follows = view
    # A map of another size now has its own way of showing all points.
    pane.look(None if follows else ViewTransform(pane.view.width, pane.view.height, x, y, scale))


def _view_title(before: _View | None, after: _View | None) -> str:
    if after is None or after[3]:
        return translate("undo", "Fit map")
    return (
        translate("undo", "Pan map")
        if before is not None and before[2] == after[2]
        else translate("undo", "Zoom map")
    )


def _tool_aspects(kit: ToolKit) -> list[Aspect]:
    overlays, path, samples, rows = (
        kit.tools.overlays,
        kit.tools.interpolation,
        kit.tools.samples,
        kit.tools.traversal,
    )

    def set_slices(values: tuple[float, ...]) -> None:
        for number, spreads in enumerate(values):
            rows.set_slice(number, spreads)

    def switch(name: str) -> Aspect:
        return Aspect(
            f"overlay-{name}",
            f"overlay-{name}",
            "always",
            lambda: getattr(overlays, name),
            lambda on: overlays.switch(name, on),
            _fixed(translate("undo", "Overlay")),
        )

    def setting(name: str, write: Callable[[Any], None], title: str) -> Aspect:
        return Aspect(f"path-{name}", f"path-{name}", "always", lambda: getattr(path, name), write, _fixed(title))

    return [
        Aspect(
            "heat",
            "heat",
            "always",
            lambda: overlays.heat,
            overlays.set_heat,
            _fixed(translate("undo", "Heat map")),
        ),
        Aspect(
            "ellipses",
            "ellipses",
            "always",
            lambda: overlays.ellipses,
            overlays.set_ellipses,
            _fixed(translate("undo", "Posterior ellipses")),
        ),
        *(switch(name) for name in SWITCHES),
        Aspect("stops", "stops", "model", lambda: path.stops, path.set_stops, _stops_title),
        Aspect(
            "frame",
            "cursor",
            "model",
            lambda: path.frame,
            path.set_frame,
            _fixed(translate("undo", "Move along the path")),
        ),
        setting("kind", path.set_kind, translate("undo", "Kind of path")),
        setting("frames", path.set_frames, translate("undo", "Number of frames")),
        setting("grid", path.set_grid, translate("undo", "Grid of four images")),
        setting("curve", path.set_curve, translate("undo", "Curve under the strips")),
        Aspect(
            "slices",
            "slices",
            "model",
            lambda: tuple(rows.slices),
            set_slices,
            _fixed(translate("undo", "Move slice")),
        ),
        Aspect(
            "order",
            "order",
            "always",
            lambda: rows.sort,
            rows.set_sort,
            _fixed(translate("undo", "Order of traversals")),
        ),
        Aspect(
            "base",
            "base",
            "always",
            lambda: rows.base,
            rows.set_base,
            _fixed(translate("undo", "Base of traversals")),
        ),
        Aspect(
            "way",
            "slices",
            "always",
            lambda: rows.way,
            rows.set_way,
            _fixed(translate("undo", "Way through slices")),
        ),
        Aspect(
            "samples",
            "samples",
            "always",
            lambda: replace(samples.settings),
            samples.set_settings,
            _fixed(translate("undo", "Samples")),
        ),
    ]


def _stops_title(before: tuple[object, ...], after: tuple[object, ...]) -> str:
    if len(after) > len(before):
        return translate("undo", "Add stop")
    return translate("undo", "Remove stop") if len(after) < len(before) else translate("undo", "Move stop")


def _image_aspects(kit: ToolKit) -> list[Aspect]:
    """Groups of images, terms of A - B + C, and one's own image."""
    directions, own = kit.tools.directions, kit.tools.own_image
    return [
        Aspect(
            "groups",
            "groups",
            "data",
            lambda: (directions.directions, directions.current),
            lambda value: directions.set_directions(*value),
            _fixed(translate("undo", "Groups of images")),
        ),
        Aspect(
            "terms",
            "terms",
            "data",
            lambda: directions.terms,
            directions.set_terms,
            _fixed(translate("undo", "A − B + C")),
        ),
        Aspect(
            "amount",
            "amount",
            "model",
            lambda: directions.amount,
            directions.want_amount,
            _fixed(translate("undo", "Apply direction")),
        ),
        Aspect(
            "own",
            "own",
            "data",
            lambda: (own.source, own.strokes),
            lambda value: own.set_source(*value),
            _fixed(translate("undo", "Your image")),
        ),
        Aspect(
            "own-settings",
            "own-settings",
            "always",
            lambda: own.settings,
            own.set_settings,
            _fixed(translate("undo", "How your image is prepared")),
        ),
    ]
