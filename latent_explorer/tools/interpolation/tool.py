"""Interpolation: does the path between two images pass through images?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting, text, truth, whole
from latent_explorer.core.belonging import Belonging
from latent_explorer.core.export import Export
from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Layer, Panel, PlaneRows, Tool
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.interpolation.controller import InterpolationController
from latent_explorer.tools.interpolation.export import StripsExport, WalkExport
from latent_explorer.tools.interpolation.overlay import PathOverlay
from latent_explorer.tools.interpolation.panel import InterpolationPanel
from latent_explorer.tools.interpolation.state import InterpolationState, Stop

translate = QCoreApplication.translate

_Stops = tuple[Stop | None, ...]


class InterpolationTool(Tool):
    """Film strips in a panel, the path with its stops on the maps."""

    name = "interpolation"
    states = (InterpolationState,)
    controller = InterpolationController
    layers = (Layer(80, PathOverlay),)

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Interpolation"), "Ctrl+1", InterpolationPanel)

    def choices(self) -> Sequence[Choice | Switch]:
        return (Switch("path", translate("ExploreMenu", "Interpolation pa&th"), "Ctrl+Alt+I", at_start=True),)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "map",
                translate("shortcuts", "A, B"),
                translate("shortcuts", "Ends of the interpolation: the image under the pointer, or the place"),
            ),
            Gesture(
                "map", translate("shortcuts", "C"), translate("shortcuts", "A further stop of the interpolation")
            ),
        )

    def wants_letters(self, tools: ToolStates) -> int:
        return 2 if tools[InterpolationState].shown else 1

    def plane_rows(self, tools: ToolStates) -> Sequence[PlaneRows]:
        path = tools[InterpolationState]

        def rows() -> tuple[int, ...]:
            stops = (None if stop is None else stop.row for stop in path.stops[:3])
            return tuple(row for row in stops if row is not None)

        return (
            PlaneRows(
                name="stops",
                title=translate("AxesMenu", "Images A, B and C"),
                menu_text=translate("PlaneMenu", "Plane through images &A, B and C"),
                rows=rows,
                missing=translate("AxesMenu", "Choose A, B and C for an interpolation first."),
                changed=path.stops_changed,
            ),
        )

    def aspects(self, states: States) -> Sequence[Aspect]:
        path = states.tools[InterpolationState]

        def kept(name: str, write: Callable[[Any], None], title: str, saved: Callable[[Any], Any]) -> Aspect:
            return setting(path, name, write, title, path.settings_changed, saved=saved)

        return (
            setting(path, "stops", path.set_stops, _stops_title, path.stops_changed, scope="model"),
            Aspect(
                key="frame",
                kind="cursor",
                scope="model",
                read=lambda: path.frame,
                write=path.set_frame,
                title=translate("undo", "Move along the path"),
                noted=(path.frame_changed,),
                asked=(path.frame_wanted,),
                by_hand=lambda: not path.playing,  # playback is not a change by the user
            ),
            kept("kind", path.set_kind, translate("undo", "Kind of path"), text),
            kept("frames", path.set_frames, translate("undo", "Number of frames"), whole),
            kept("grid", path.set_grid, translate("undo", "Grid of four images"), truth),
            kept("curve", path.set_curve, translate("undo", "Curve under the strips"), text),
        )

    def belongings(self, states: States) -> Sequence[Belonging]:
        path = states.tools[InterpolationState]

        def stops() -> _Stops:
            found = tuple(stop if stop is not None and stop.row is not None else None for stop in path.stops)
            return found if any(found) else ()

        def put_stops(stops: _Stops) -> None:
            """Restore stops; places keep their positions."""
            if stops:
                path.set_stops(stops)
            else:
                path.set_stops([None if stop is None or stop.row is not None else stop for stop in path.stops])

        return (
            Belonging(
                "stops",
                stops,
                put_stops,
                (),
                translate("Belongings", "stops of the path"),
                partial(_without_places, path),
                translate("Belongings", "Places set as stops were in the former model's code space and are gone."),
            ),
        )

    def exports(self, states: States) -> Sequence[Export]:
        return (StripsExport(states), WalkExport(states))


def _stops_title(before: tuple[object, ...], after: tuple[object, ...]) -> str:
    if len(after) > len(before):
        return translate("undo", "Add stop")
    return translate("undo", "Remove stop") if len(after) < len(before) else translate("undo", "Move stop")


def _without_places(path: InterpolationState, pane: int) -> Callable[[], None] | None:
    """A function that removes the stops that are places in this pane's code space; None if there are none."""
    kept = [
        None if stop is not None and stop.code is not None and stop.pane == pane else stop for stop in path.stops
    ]
    if kept == list(path.stops):
        return None
    if len(kept) > 2:
        kept = [*kept[:2], *(stop for stop in kept[2:] if stop is not None)]
    return partial(path.set_stops, kept)


TOOL = InterpolationTool()
