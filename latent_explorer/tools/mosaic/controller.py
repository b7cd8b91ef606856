"""Fills the visible planes with decoded tiles."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.follower import Follower, Question
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.tools.mosaic.state import MosaicPicture, MosaicState
from latent_explorer.tools.mosaic.work import MosaicWork

#: Delay after a zoom (ms) before tiles of the new size are decoded; a pan decodes its new edge immediately.
_AFTER_ZOOM = 60
_AFTER_PAN = 12
#: Between two mosaics while training (ms), or so many times as long as one takes, whichever is longer.
_TRAINING = 700
_SHARE = 4


class MosaicController(QObject):
    """Updates the mosaics of all panes from weights, planes and views."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = [_PaneMosaic(kit, pane, self) for pane in kit.panes]


class _PaneMosaic(QObject):
    """The mosaic of one pane."""

    def __init__(self, kit: ToolKit, pane: PaneState, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._pane = kit, pane
        self._state, self._overlays = kit.tools[MosaicState], kit.tools.overlays
        self.follower = follower = Follower(
            kit.new_worker(f"mosaic-{pane.index}", background=True),
            self._question,
            MosaicWork(kit.new_replicas()).pictures,
            kit.training,
            kit.notifications,
            self,
            sentence=lambda: self.tr("The mosaic could not be decoded; see the details."),
            seen=lambda: self._overlays.on("mosaic"),
            pane=pane,
            pause=_TRAINING,
            share=_SHARE,
            view=_AFTER_ZOOM,
            pan=_AFTER_PAN,
            whole=True,
        )
        follower.answered.connect(self._answered)
        follower.watch_map(pane, kit.explorer)
        pane.model_changed.connect(self._clear)
        self._overlays.changed.connect(self._overlay_changed)

    def _question(self) -> Question | None:
        look = self._kit.look(self._pane, "hidden", "view")
        return None if look is None or look.view is None else (look,)

    @Slot(str)
    def _overlay_changed(self, name: str) -> None:
        if name == "mosaic":
            self._clear()
            self.follower.renew()

    @Slot()
    def _clear(self) -> None:
        self._state.set_picture(self._pane.index, None)

    @Slot(object)
    def _answered(self, picture: MosaicPicture) -> None:
        self._state.set_picture(self._pane.index, picture)
