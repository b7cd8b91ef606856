"""All aspects that can be undone, except the cursors, which need separate handling."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting, text, truth
from latent_explorer.core.overlays import OverlaysState
from latent_explorer.core.pane import PaneState, Source
from latent_explorer.core.states import States
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.words.plain_text import shown_text

translate = QCoreApplication.translate


def aspects_of(states: States) -> list[Aspect]:
    """Aspects of explorer, run, panes, overlays and tools."""
    return [
        *_explorer_aspects(states),
        *_training_aspects(states),
        *(aspect for pane in states.panes for aspect in _pane_aspects(pane)),
        *tool_aspects(states),
    ]


def tool_aspects(states: States) -> list[Aspect]:
    """Aspects of overlays and tools; the keys of a tool's aspects begin with its name."""
    tools = states.tools
    return [
        *_overlay_aspects(tools.overlays),
        *(replace(one, key=f"{tool.name}.{one.key}") for tool in tools.declared for one in tool.aspects(states)),
    ]


def _explorer_aspects(states: States) -> list[Aspect]:
    explorer = states.explorer

    def picked(_: object, after: object) -> str:
        return translate("undo", "Let go of image") if after is None else translate("undo", "Pick image")

    return [
        Aspect(
            key="picked",
            scope="data",
            read=lambda: explorer.picked,
            write=explorer.pick,
            title=picked,
            changed=(explorer.picked_changed,),
            brings=("view",),
        ),
        setting(
            explorer,
            "greyed",
            explorer.set_greyed,
            translate("undo", "Show or hide classes"),
            explorer.colour_changed,
            scope="data",
        ),
        setting(
            explorer,
            "colour_by",
            explorer.set_colour_by,
            translate("undo", "Colour by"),
            explorer.colour_changed,
            scope="data",
        ),
        setting(
            explorer,
            "link",
            explorer.set_link,
            translate("undo", "Link cursors"),
            explorer.link_changed,
            noted=(explorer.link_changed,),  # other cursors may now show the code under them
        ),
    ]


def _training_aspects(states: States) -> list[Aspect]:
    training = states.training

    def by_hand() -> bool:
        return training.by_hand

    def knob(name: str, shown: str, default: float = 0.0) -> Aspect:
        return Aspect(
            key=name,
            scope="always",
            read=lambda: training.knobs.get(name, default),
            write=lambda value: training.turn(name, value),
            title=lambda before, after: f"{shown} {before:.4g} → {after:.4g}",
            changed=(training.knobs_changed,),
            voided=(training.adopted,),
            by_hand=by_hand,
        )

    of_families = {knob.name: knob for card in training.cards.values() for knob in card.knobs}
    return [
        *(knob(one.name, one.sign, one.default) for one in of_families.values()),
        knob("learning_rate", translate("undo", "Learning rate")),
        knob("noise", translate("undo", "Noise")),
        Aspect(
            key="models",
            scope="data",
            read=lambda: (training.draft_models, tuple(sorted(training.own.items()))),
            write=lambda draft: training.set_draft(models=draft[0], own=dict(draft[1])),
            title=translate("undo", "Models of the next run"),
            # Includes the knob values of single models.
            changed=(training.draft_changed, training.knobs_changed),
            voided=(training.adopted,),
            by_hand=by_hand,
            brings=("train",),
        ),
        setting(
            training,
            "draft_train",
            lambda train: training.set_draft(train=train),
            translate("undo", "Settings of the next run"),
            training.draft_changed,
            key="train",
            voided=(training.adopted,),
            by_hand=by_hand,
        ),
        setting(
            training, "device_wish", training.set_device_wish, translate("undo", "Device"), training.device_changed
        ),
    ]


def _pane_aspects(pane: PaneState) -> list[Aspect]:
    number = pane.index

    def put_source(source: Source | None) -> None:
        if source is not None:  # a model that no longer exists is replaced by a member
            pane.choose(source)

    return [
        Aspect(
            key=f"source{number}",
            kind="source",
            scope="data",
            read=lambda: pane.source,
            write=put_source,
            title=translate("undo", "Model in a pane"),
            changed=(pane.source_chosen,),
        ),
        Aspect(
            key=f"view{number}",
            kind="view",
            scope="model",
            read=lambda: _view(pane),
            write=lambda view: _look(pane, view),
            title=_view_title,
            changed=(pane.view_moved,),
            noted=(pane.view_changed,),
        ),
        setting(
            pane,
            "axes",
            pane.set_axes,
            translate("undo", "Axes"),
            pane.plane_changed,
            key=f"axes{number}",
            kind="axes",
            scope="model",
        ),
        setting(
            pane,
            "hidden",
            pane.set_hidden,
            translate("undo", "Where hidden dimensions are held"),
            pane.plane_changed,
            key=f"hidden{number}",
            kind="hidden",
        ),
    ]


def _overlay_aspects(overlays: OverlaysState) -> list[Aspect]:
    def put_all(values: dict[str, str | bool]) -> None:
        for name, value in values.items():
            if isinstance(value, bool):
                overlays.switch(name, value)
            else:
                overlays.choose(name, value)

    everything = Aspect(
        key="overlays",
        scope="always",
        read=overlays.to_json,
        write=put_all,
        title=translate("undo", "Clear all overlays"),
        changed=(overlays.cleared,),
        noted=(overlays.changed,),
        brings=tuple(entry.name for entry in overlays.entries),
    )
    return [everything, *_choice_aspects(overlays), *_switch_aspects(overlays)]


def _switch_aspects(overlays: OverlaysState) -> list[Aspect]:
    return [
        Aspect(
            key=switch.name,
            scope="always",
            read=lambda name=switch.name: overlays.on(name),  # type: ignore[misc]
            write=lambda on, name=switch.name: overlays.switch(name, on),  # type: ignore[misc]
            title=translate("undo", "Overlay"),
            changed=(overlays.changed,),
            saved=truth,
        )
        for switch in overlays.switches
    ]


def _choice_aspects(overlays: OverlaysState) -> list[Aspect]:
    return [
        Aspect(
            key=choice.name,
            scope="always",
            read=lambda name=choice.name: overlays.chosen(name),  # type: ignore[misc]
            write=lambda key, name=choice.name: overlays.choose(name, key),  # type: ignore[misc]
            title=shown_text(choice.text),
            changed=(overlays.changed,),
            saved=text,
        )
        for choice in overlays.choices
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
    # If the map's size has changed, showing all points needs another scale.
    pane.look(None if follows else ViewTransform(pane.view.width, pane.view.height, x, y, scale))


def _view_title(before: _View | None, after: _View | None) -> str:
    if after is None or after[3]:
        return translate("undo", "Fit map")
    return (
        translate("undo", "Pan map")
        if before is not None and before[2] == after[2]
        else translate("undo", "Zoom map")
    )
