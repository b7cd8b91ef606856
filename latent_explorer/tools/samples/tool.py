"""Samples: would a random point decode?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect
from latent_explorer.core.export import Export
from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Layer, Panel, Tool
from latent_explorer.tools.samples.controller import SamplesController
from latent_explorer.tools.samples.export import SamplesExport
from latent_explorer.tools.samples.overlay import SamplesOverlay
from latent_explorer.tools.samples.panel import SamplesPanel
from latent_explorer.tools.samples.state import SampleSettings, SamplesState

translate = QCoreApplication.translate


class SamplesTool(Tool):
    """Sheets in a panel, their codes on the maps."""

    name = "samples"
    states = (SamplesState,)
    controller = SamplesController
    layers = (Layer(50, SamplesOverlay),)

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Samples"), "Ctrl+2", SamplesPanel)

    def choices(self) -> Sequence[Choice | Switch]:
        codes = translate("ExploreMenu", "Codes of the &samples")
        return (Switch("samples", codes, "Ctrl+Alt+S", at_start=True, with_panel=True),)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "panels",
                translate("shortcuts", "Arrows and Enter on samples"),
                translate("shortcuts", "From sample to sample; the cursor goes there"),
            ),
        )

    def aspects(self, states: States) -> Sequence[Aspect]:
        samples = states.tools[SamplesState]
        return (
            Aspect(
                key="samples",
                scope="always",
                read=lambda: replace(samples.settings),
                write=samples.set_settings,
                title=translate("undo", "Samples"),
                changed=(samples.settings_changed,),
                saved=_settings,
                to_json=asdict,
            ),
        )

    def exports(self, states: States) -> Sequence[Export]:
        return (SamplesExport(states),)


def _settings(saved: Any) -> SampleSettings:
    """Settings of a session's file; invalid ones are rejected when they are set."""
    usual = asdict(SampleSettings())
    if not isinstance(saved, dict) or set(saved) != {field.name for field in fields(SampleSettings)}:
        raise TypeError(f"no settings of samples: {saved!r:.80}")
    for name, value in saved.items():
        if type(value) is not type(usual[name]):
            raise TypeError(f"samples' {name} cannot be {value!r:.40}")
    return SampleSettings(**saved)


TOOL = SamplesTool()
