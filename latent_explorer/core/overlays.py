"""What lies over and under the points of both maps."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

#: Heat maps: nothing, *Data here*, *Looks real*, *Round trip*, magnification √det G.
HEATS = ("none", "density", "distance", "trip", "magnification")
#: Whose posterior is drawn as ellipses.
ELLIPSES = ("off", "hovered", "picked", "all")
#: Overlays that are on or off.
SWITCHES = ("prior", "contours", "mosaic", "samples", "path")


class OverlaysState(QObject):
    """Switches shared by both panes. Setting an equal value emits nothing.

    Attributes:
        heat: one of `HEATS`.
        ellipses: one of `ELLIPSES`.
        prior: circles of the prior N(0, I).
        contours: contours of the aggregated posterior.
        mosaic: decoded tiles under the points.
        samples: the codes of the sample sheets.
        path: the interpolation's path with its stops.

    Signals:
        changed(str): the attribute of this name changed.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heat = "none"
        self.ellipses = "off"
        self.prior = False
        self.contours = False
        self.mosaic = False
        self.samples = True
        self.path = True

    def set_heat(self, heat: str) -> None:
        """Choose the heat map."""
        if heat not in HEATS:
            raise ValueError(f"unknown heat map {heat!r}")
        self._set("heat", heat)

    def set_ellipses(self, whose: str) -> None:
        """Choose whose posterior is drawn."""
        if whose not in ELLIPSES:
            raise ValueError(f"unknown choice of ellipses {whose!r}")
        self._set("ellipses", whose)

    def switch(self, name: str, on: bool) -> None:
        """Turn one of `SWITCHES` on or off."""
        if name not in SWITCHES:
            raise ValueError(f"unknown overlay {name!r}")
        self._set(name, on)

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.changed.emit(name)
