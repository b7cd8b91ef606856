"""The stops of the tour: a sentence or two, and the widgets to outline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop. targets: the widgets it explains, as far as they are visible."""

    text: str
    targets: Sequence[QWidget]


def stops(
    maps: Sequence[QWidget],
    panes: Sequence[QWidget],
    training: Sequence[QWidget],
    tools: QWidget,
    reading: Sequence[QWidget],
) -> tuple[Callable[[], Stop], ...]:
    """The five stops in the present language, created when they are shown.

    `training`: β and Train; `reading`: the meter and the menu of overlays.
    """
    return (
        lambda: Stop(
            translate(
                "Tour",
                "Drag over a map: every place is a code, and the picture beside the map is what the decoder makes "
                "of it.",
            ),
            maps[:1],
        ),
        lambda: Stop(
            translate(
                "Tour",
                "Two models have learned the same images: an autoencoder on the left, a variational autoencoder "
                "on the right. Each dot is an image; the cursors follow each other.",
            ),
            panes,
        ),
        lambda: Stop(
            translate(
                "Tour",
                "Press Train, and both learn while you watch. β is the weight of the KL divergence: turn it while "
                "they train, and see the right map change.",
            ),
            training,
        ),
        lambda: Stop(
            translate(
                "Tour",
                "Each tab opens a tool: loss curves, paths between images, samples, traversals and more. Choose "
                "it again to close it.",
            ),
            (tools,),
        ),
        lambda: Stop(
            translate(
                "Tour",
                "The meter says whether there is data at the cursor and whether the picture looks real; Overlays "
                "draw such measures on the map. Shift+F1 tells what a number means.",
            ),
            reading,
        ),
    )
