"""Has what is to be saved made, though the panel that shows it is behind another one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.interpolation.state import InterpolationState
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.traversal.state import TraversalState

_Tool = SamplesState | TraversalState | DirectionsState | InterpolationState


class MadeForExport(QObject):
    """Tools make nothing while nobody looks; who is about to save looks, too.

    Signals:
        made: something that was wanted has been made, or has changed.
    """

    made = Signal()

    def __init__(self, tools: ToolStates, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools: dict[str, _Tool] = {
            "samples": tools.samples,
            "traversal": tools.traversal,
            "directions": tools.directions,
            "strips": tools.interpolation,
            "animation": tools.interpolation,
        }
        #: The tool that is looked at for this reason alone.
        self._looked: _Tool | None = None
        tools.samples.sheets_changed.connect(lambda: self._tell(tools.samples))
        tools.traversal.rows_changed.connect(lambda _: self._tell(tools.traversal))
        tools.directions.strip_changed.connect(lambda _: self._tell(tools.directions))
        tools.directions.analogy_changed.connect(lambda _: self._tell(tools.directions))
        tools.interpolation.strip_changed.connect(lambda _: self._tell(tools.interpolation))

    def want(self, what: str) -> None:
        """Have `what`, a key of `state.exports.FORMATS`, made, and nothing else for this reason."""
        tool = self._tools.get(what)
        if tool is self._looked:
            return
        self.release()
        if tool is not None and not tool.shown:
            self._looked = tool
            tool.set_shown(True)

    def release(self) -> None:
        """Nobody is about to save any more."""
        former, self._looked = self._looked, None
        if former is not None:
            former.set_shown(False)

    def making(self, what: str) -> bool:
        """Whether `what` is made for this reason."""
        return self._looked is not None and self._tools.get(what) is self._looked

    def _tell(self, tool: _Tool) -> None:
        if tool is self._looked:
            self.made.emit()
