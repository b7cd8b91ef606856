"""A session comes back as it was left: same map, same cursor, same code in all dimensions, same pictures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.sessions.state import PaneView, SavedPlane
from latent_explorer.tools.timeline.state import TimelineState
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, panes, save, settle, train
from tests.latent_explorer.wheel import turn_wheel
from trainer.config import DataConfig, ModelConfig
from trainer.latent.plane import Plane
from trainer.records import ConfigError

FORMER = Path(__file__).parents[2] / "former" / "format1"
MOONS = DataConfig(name="moons", count=300)
DIGITS = DataConfig(name="digits", count=600)
STEPS = 4


def begin(program: Program, *, data: DataConfig = DIGITS, families: str = "ae vae", **options: Any) -> None:
    """A trained pair, small but for what `options` say."""
    names = {"ae": "autoencoder", "vae": "variational"}
    wished = {"widths": (16,)} | options
    models = tuple(ModelConfig(family=names[family], **wished) for family in families.split())
    program.training.set_draft(models=models, train=program.training.draft_train.replace(batch=64))
    load(program, data)
    train(program, STEPS)


def rest(program: Program) -> None:
    """Wait until the maps show the present run, and no animation runs."""
    settle(program, evaluated=False)
    program.wait(lambda: {pane.codes.snapshot.step for pane in panes(program)} == {program.training.step})
    program.wait(lambda: not program.application.map_thread.busy)
    program.wait(lambda: not any(shown._motion.running for shown in program.maps))


def look_at(program: Program) -> list[Any]:
    """All that the user sees of the maps once they rest, by value, and what it is made of."""
    rest(program)
    explorer = program.explorer
    seen: list[Any] = [
        explorer.picked,
        explorer.link,
        explorer.colour_by,
        sorted(explorer.greyed),
        explorer.leader,
    ]
    for pane in panes(program):
        view = pane.view
        seen += [pane.axes, pane.hidden, pane.plane.names, pane.nearest.row, pane.follows]
        seen += [pane.plane.axes, pane.plane.origin, np.array(pane.cursor), pane.code, pane.codes.points]
        seen += [pane.picture.astype(float), view]
    return seen


def assert_alike(now: list[Any], then: list[Any]) -> None:
    for one, other in zip(now, then, strict=True):
        if isinstance(one, np.ndarray):
            loose = one.ndim == 3  # a picture's last grey level may round otherwise
            np.testing.assert_allclose(one, other, atol=1.0 if loose else 1e-4, rtol=1e-4)
        elif isinstance(one, ViewTransform):
            # A view that follows the points may be a little apart from the one that fits them.
            assert abs(np.log(one.scale / other.scale)) < 0.2
            assert np.hypot(one.x - other.x, one.y - other.y) * one.scale < 0.1 * one.width
        else:
            assert one == other


def come_back(
    qtbot: QtBot, place: Path, prepare: Callable[[Program], None], again: Callable[..., None] = save
) -> None:
    """Prepare, save, open in another program: it looks the same, and continues."""
    place.mkdir(exist_ok=True)
    with running(qtbot, place / "first") as program:
        prepare(program)
        then = look_at(program)
        again(program, place / "saved")
        step = program.training.step
    with running(qtbot, place / "second", open_path=place / "saved") as program:
        program.wait(lambda: program.training.run_config is not None)
        assert_alike(look_at(program), then)
        assert not [one for one in program.said if one.level in ("error", "warning")], program.sentences()
        train(program, 1)
        assert program.training.step == step + 1


def pick(program: Program, row: int) -> None:
    """Click on a point of the left map."""
    pane, shown = program.left, program.maps[0]
    x, y = pane.view.to_pixels(*pane.codes.points[pane.codes.place_of(row)])
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    program.wait(lambda: program.explorer.picked is not None)


def zoom(program: Program, pane: int) -> None:
    shown = program.maps[pane]
    turn_wheel(shown, QPointF(0.4 * shown.width(), 0.6 * shown.height()), 240)


def test_twenty_dimensions_with_a_picked_image_and_a_dragged_cursor(qtbot: QtBot, tmp_path: Path) -> None:
    def prepare(program: Program) -> None:
        begin(program, latent=20)
        pick(program, 7)
        program.drag(0, (0.4, 0.5), (0.6, 0.35))
        zoom(program, 0)
        zoom(program, 1)
        program.explorer.set_greyed(frozenset({1, 4}))
        program.explorer.set_colour_by("split")
        assert program.explorer.picked is not None
        assert np.linalg.norm(program.left.code) > 0

    come_back(qtbot, tmp_path, prepare)


@pytest.mark.parametrize(
    ("options", "axes", "link"),
    [
        ({"latent": 20}, "rows:3,20,100", "image"),
        ({"latent": 6}, "4,2", "image"),
        ({"latent": 2}, "auto", "image"),
        ({"latent": 2}, "pca", "off"),
        ({"latent": 1}, "auto", "image"),
        ({"latent": 512}, "auto", "decode"),
        ({"latent": 20, "network": "conv", "widths": (4, 8), "data": MOONS}, "auto", "decode"),
        ({"latent": 8, "families": "ae ae"}, "auto", "off"),
        ({"latent": 8, "families": "vae vae"}, "auto", "image"),
    ],
)  # fmt: skip
def test_kinds_of_runs(qtbot: QtBot, tmp_path: Path, options: dict[str, Any], axes: str, link: str) -> None:
    def prepare(program: Program) -> None:
        begin(program, **options)
        for pane in panes(program):
            pane.set_axes(axes)
        rest(program)
        program.explorer.set_link(link)
        program.right.set_hidden("mean")
        program.drag(0, (0.3, 0.5), (0.55, 0.45))
        program.drag(1, (0.3, 0.5), (0.45, 0.55))

    come_back(qtbot, tmp_path, prepare)


def test_a_chosen_code_off_the_plane_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    def prepare(program: Program) -> None:
        begin(program, latent=12)
        program.explorer.set_link("off")
        off_the_plane = program.left.codes.codes[5] + np.linspace(-1, 1, 12, dtype=np.float32)
        program.left.want_code(off_the_plane)

    come_back(qtbot, tmp_path, prepare)


def test_undone_axes_and_a_look_at_the_past_change_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    def prepare(program: Program) -> None:
        begin(program, latent=20)
        pick(program, 7)
        program.drag(0, (0.4, 0.5), (0.6, 0.35))
        then = look_at(program)
        program.left.set_axes("3,5")
        program.wait(lambda: program.left.plane.names == ("z4", "z6"))
        program.application.tools.undo.undo_requested.emit()
        settle(program)
        program.wait(lambda: program.left.plane.names != ("z4", "z6"))
        assert_alike(look_at(program), then)
        timeline = program.application.tools[TimelineState]
        for place in (0, 1):
            timeline.look_at(place)
            step = timeline.moments[place].step
            program.wait(lambda step=step: program.left.codes.snapshot.step == step)
        timeline.look(None)
        settle(program)
        program.wait(lambda: program.left.codes.snapshot.step == program.training.step)
        assert_alike(look_at(program), then)

    come_back(qtbot, tmp_path, prepare)


def test_a_session_saved_while_the_past_is_looked_at_is_the_runs_own(qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[Any] = []

    def prepare(program: Program) -> None:
        begin(program, latent=20)
        program.drag(0, (0.4, 0.5), (0.6, 0.35))

    def save_looking_back(program: Program, folder: Path) -> None:
        timeline = program.application.tools[TimelineState]
        timeline.look_at(0)
        program.wait(lambda: program.left.codes.snapshot.step == timeline.moments[0].step)
        save(program, folder)
        seen.append(folder)

    come_back(qtbot, tmp_path, prepare, save_looking_back)
    assert seen


def test_a_crash_costs_nothing_of_how_the_window_stood(qtbot: QtBot, tmp_path: Path) -> None:
    left = tmp_path / "second" / "unfinished" / f"run-{2**31 - 2}-0123abcd"
    with running(qtbot, tmp_path / "first") as program:
        begin(program, latent=20)
        rest(program)
        pick(program, 7)
        program.drag(0, (0.4, 0.5), (0.6, 0.35))
        then, cursor = look_at(program), list(program.left.cursor)
        (kept,) = (tmp_path / "first" / "unfinished").glob("run-*")
        file = kept / "session.json"
        program.wait(lambda: file.exists() and json.loads(file.read_text())["panes"][0]["cursor"] == cursor)
        shutil.copytree(kept, left)
    with running(qtbot, tmp_path / "second") as program:
        program.wait(lambda: "An unfinished run was found" in program.sentences())
        program.answer("recover-run")
        program.wait(lambda: program.training.run_config is not None and program.training.step == STEPS)
        assert_alike(look_at(program), then)


def test_the_map_stays_when_the_run_continues_from_a_moment(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        begin(program, latent=20)
        rest(program)
        timeline = program.application.tools[TimelineState]
        moment = timeline.moments[-2]
        timeline.look(moment)
        program.wait(lambda: program.left.codes.snapshot.step == moment.step)
        program.drag(0, (0.4, 0.5), (0.6, 0.35))
        axes, code = [pane.plane.axes for pane in panes(program)], program.left.code
        timeline.ask_to_continue(moment)
        program.wait(lambda: program.training.step == moment.step and timeline.looked is None)
        rest(program)
        for pane, former in zip(panes(program), axes, strict=True):
            np.testing.assert_allclose(pane.plane.axes, former, atol=1e-6)
        np.testing.assert_allclose(program.left.code, code, atol=1e-4)


@pytest.mark.parametrize("name", ["session-6d", "session-2d"])
def test_a_former_session_shows_the_code_that_was_saved(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    shutil.copytree(FORMER / name, place)
    saved = json.loads((place / "session.json").read_text())["panes"]
    with running(qtbot, tmp_path, open_path=place) as program:
        program.wait(lambda: program.training.run_config is not None)
        rest(program)
        np.testing.assert_allclose(program.left.code, saved[0]["code"], atol=1e-5)
        if name == "session-6d":
            np.testing.assert_allclose(program.right.code, saved[1]["code"], atol=1e-5)


def test_planes_that_are_none_are_refused() -> None:
    plane = Plane(
        np.zeros(3, np.float32), np.eye(3, dtype=np.float32)[:2], ("PC1 (60 %)", "PC2 (30 %)"), (0.6, 0.3)
    )
    good = SavedPlane.of(plane).to_json()
    assert SavedPlane.from_json(good).plane().names == plane.names
    for wrong in (
        {"origin": [0, 0]},
        {"origin": [0, float("nan"), 0]},
        {"origin": [0, 1e300, 0]},
        {"origin": [0.0] * 600, "axes": [[0.0] * 600] * 2},
        {"axes": [[1, 0, 0]]},
        {"axes": [[1, 0, 0], [1, 0, 0]]},
        {"axes": [[1, 0, 0], [0, float("inf"), 0]]},
        {"axes": [[1e200, 0, 0], [0, 1, 0]]},
        {"axes": [[0, 0, 0], [0, 0, 0]]},
        {"explained": [0.5]},
        {"explained": [float("nan"), 0.1]},
        {"names": ["x" * 10_000, ""]},
    ):
        with pytest.raises(ConfigError, match=r"\.$"):
            SavedPlane.from_json(good | wrong)
    for view in ([0, 0, 0], [float("nan"), 0, 1], [0, 0, float("inf")], [0, 0, -5]):
        with pytest.raises(ConfigError, match=r"\.$"):
            PaneView.from_json({"view": view})
