"""The curve under the strips is painted when it says something else, not at every move of a hand."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from latent_explorer.tools.interpolation.path_curve import PathCurve
from latent_explorer.tools.interpolation.state import InterpolationState, Stop, Strip
from trainer.metrics.continuity import continuity


class Paints(QObject):
    """Counts paint events."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def strip(seed: int, scale: float = 1.0) -> Strip:
    """Nine frames of noise."""
    rng = np.random.default_rng(seed)
    pictures = np.float32(scale) * rng.random((9, 1, 4, 4), dtype=np.float32)
    codes = rng.normal(size=(9, 2)).astype(np.float32)
    ends = np.array([0, 8])
    return Strip(
        asked=(Stop(row=0), Stop(row=1)),
        kind="lerp",
        codes=codes,
        pictures=(pictures * 255).astype(np.uint8).transpose(0, 2, 3, 1),
        measures=continuity(pictures),
        line=codes[ends],
        stops=codes[ends],
        places=ends,
    )


def test_it_is_painted_when_strips_frame_or_curve_change(qtbot: QtBot) -> None:
    state = InterpolationState()
    curve = PathCurve(state)
    qtbot.addWidget(curve)
    state.set_strip(0, strip(0))
    with qtbot.waitExposed(curve):
        curve.show()
    paints = Paints()
    curve.installEventFilter(paints)

    def painted() -> bool:
        before = paints.count
        curve.refresh()
        qtbot.wait(1)
        return paints.count > before

    painted()
    assert not painted()
    state.set_stops([Stop(row=2), Stop(row=3)])  # the strip follows later
    assert not painted()
    for change in (
        lambda: state.set_strip(0, strip(1)),
        lambda: state.set_strip(1, strip(2)),
        lambda: state.set_frame(4),
        lambda: state.set_curve("density"),
        lambda: setattr(curve, "ends", 30.0),
        lambda: setattr(curve, "names", ("AE", "VAE")),
    ):
        change()
        assert painted()
        assert not painted()


def test_small_changes_do_not_read_as_none(qtbot: QtBot) -> None:
    state = InterpolationState()
    curve = PathCurve(state)
    qtbot.addWidget(curve)
    curve.names = ("AE",)
    for scale, digits in ((1.0, 3), (1e-3, 6)):
        state.set_strip(0, strip(0, scale))
        state.set_frame(4)
        change = float(state.strips[0].measures.change[3])
        assert curve.at() == [f"AE {change:.{digits}f}"]
        assert float(curve.at()[0].split()[1]) > 0.9 * change


def test_the_rounding_of_equal_pictures_is_no_curve(qtbot: QtBot) -> None:
    state = InterpolationState()
    curve = PathCurve(state)
    qtbot.addWidget(curve)
    curve.names = ("AE",)
    state.set_strip(0, strip(0, 1e-8))
    state.set_frame(4)
    assert curve.at() == ["AE 0.0000"]
