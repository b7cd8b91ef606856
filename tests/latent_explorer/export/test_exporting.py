"""Saving what can be seen, in the whole program: every file is read back by someone else's reader."""

from __future__ import annotations

import csv
import errno
import json
import os
import stat
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from latent_explorer.core.exports import ExportRequest
from latent_explorer.export import dialog as export_dialog
from latent_explorer.export.dialog import ExportDialog
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.traversal.state import TraversalState
from tests.latent_explorer.program import Program, running
from trainer.export.settings_text import KEY


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait_for_pictures()
        program.drag(0, (0.6, 0.4))
        settled(program)
        yield program


def settled(program: Program) -> None:
    """Until docks have their places and maps stand still."""
    sizes: list[list[int]] = []

    def still() -> bool:
        sizes.append([shown.width() for shown in program.maps] + [shown.height() for shown in program.maps])
        return all(shown.at_rest for shown in program.maps) and len(sizes) > 3 and sizes[-3:] == [sizes[-1]] * 3

    program.wait(still)


def with_path(program: Program) -> None:
    """A short interpolation in both panes."""
    path = program.application.tools[InterpolationState]
    path.set_frames(5)
    path.set_stops((Stop(row=3), Stop(row=7)))
    program.application.tools.panel_wanted.emit("interpolation")
    program.wait(lambda: len(path.strips) == 2 and all(len(strip.codes) == 5 for strip in path.strips.values()))
    settled(program)


def save(program: Program, what: str, kind: str, path: Path, scale: int = 1) -> None:
    """Have it written, and wait for it."""
    written: list[str] = []
    exports = program.application.tools.exports
    exports.written.connect(written.append)
    program.window.export_desk.save(what, kind, scale, str(path))
    program.wait(lambda: written == [str(path)])
    exports.written.disconnect(written.append)


def check(settings: dict[str, Any], program: Program, what: str) -> None:
    assert settings["program"] == "Latent Explorer"
    assert settings["what"] == what
    assert settings["data"]["config"]["name"] == "mnist"
    assert settings["knobs"]["beta"] == program.training.knobs.beta
    assert settings["panes"][0]["cursor"] == pytest.approx(program.left.cursor)
    assert settings["panes"][1]["model"]["family"] == "variational"
    assert settings["picked"] == program.explorer.picked


def png_settings(path: Path) -> dict[str, Any]:
    with Image.open(path) as image:
        image.load()
        read: dict[str, Any] = json.loads(image.text[KEY])  # type: ignore[attr-defined]
        return read


def test_a_map_as_png_at_twice_the_size(program: Program, tmp_path: Path) -> None:
    figure = program.window.export_desk.figure("map0")
    assert figure is not None
    save(program, "map0", "png", tmp_path / "map.png", scale=2)
    settings = png_settings(tmp_path / "map.png")
    check(settings, program, "map0")
    assert settings["scale"] == 2
    with Image.open(tmp_path / "map.png") as image:
        assert image.size == (2 * figure.size[0], 2 * figure.size[1])
        assert len(np.unique(np.asarray(image).reshape(-1, 3), axis=0)) > 100


def test_both_panes_as_svg_have_letters_and_one_picture_of_points_each(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "panes.svg"
    figure = program.window.export_desk.figure("panes")
    assert figure is not None
    size = figure.size
    save(program, "panes", "svg", path)
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    root = ET.parse(path).getroot()
    texts = "".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Variational autoencoder" in texts
    assert "z1" in texts
    metadata = root.find("{http://www.w3.org/2000/svg}metadata")
    assert metadata is not None
    check(json.loads(metadata.text or ""), program, "panes")
    assert (image.width(), image.height()) == size


def test_film_strips_and_their_measures(program: Program, tmp_path: Path) -> None:
    with_path(program)
    path = program.application.tools[InterpolationState]
    program.wait(lambda: all(one.measures is not None and one.measures.whole for one in path.strips.values()))
    save(program, "strips", "png", tmp_path / "strips.png")
    settings = png_settings(tmp_path / "strips.png")
    assert settings["interpolation"]["kind"] == "lerp"
    assert [stop["row"] for stop in settings["interpolation"]["stops"]] == [3, 7]
    strip = path.strips[1]
    assert strip.measures is not None
    assert settings["interpolation"]["strips"][1]["path_over_chord"] == pytest.approx(strip.measures.ratio)
    save(program, "strips", "svg", tmp_path / "strips.svg")
    assert QSvgRenderer(str(tmp_path / "strips.svg")).isValid()


def test_an_animation_moves_through_both_panes(program: Program, tmp_path: Path) -> None:
    with_path(program)
    path = tmp_path / "walk.gif"
    animation = program.window.export_desk.exports["animation"].animation(program.window.export_desk, 1)
    assert animation is not None
    save(program, "animation", "gif", path)
    with Image.open(path) as image:
        check(json.loads(image.info["comment"]), program, "animation")
        assert image.size == animation.size
        frames = [np.asarray(frame.convert("RGB")).astype(int) for frame in ImageSequence.Iterator(image)]
    assert len(frames) == 5
    for number in (0, 4):
        off = np.abs(frames[number] - animation.frame(number))
        assert off.mean() < 3
    # What does not move does not flicker: the corner with the title.
    assert all((frame[:40, :200] == frames[0][:40, :200]).all() for frame in frames)
    moved = np.abs(frames[4] - frames[0]).max(axis=2) > 40
    middle = moved.shape[1] // 2
    assert moved[:, :middle].any()
    assert moved[:, middle:].any()


def test_codes_carry_image_indices(program: Program, tmp_path: Path) -> None:
    save(program, "codes", "npz", tmp_path / "codes.npz")
    with np.load(tmp_path / "codes.npz", allow_pickle=False) as read:
        settings = json.loads(str(read["settings"]))
        check(settings, program, "codes")
        assert program.right.codes is not None
        assert (read["rows"] == program.right.codes.rows).all()
        assert (read["codes_2"] == program.right.codes.codes).all()
        assert read["held_out"].sum() == 10_000
    save(program, "codes", "csv", tmp_path / "codes.csv")
    settings = json.loads((tmp_path / "codes.csv.settings.json").read_text(encoding="utf-8"))
    assert settings["Latent Explorer"]["what"] == "codes"
    with open(tmp_path / "codes.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 70_000
    assert rows[-1]["split"] == "held-out"
    assert np.float32(rows[5]["m1_z2"]) == program.left.codes.codes[5, 1]  # type: ignore[union-attr]


def test_codes_have_the_factors_of_their_images(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = program.explorer.data
    assert data is not None
    factors = np.random.default_rng(0).normal(size=(data.count, 2)).astype(np.float32)
    factors[4, 1] = np.nan
    made = replace(data, factors=factors, factor_names=("scale", "größe"))
    monkeypatch.setattr(program.explorer, "data", made)
    save(program, "codes", "csv", tmp_path / "codes.csv")
    with open(tmp_path / "codes.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:5] == ["row", "label", "split", "factor_scale", "factor_größe"]
    assert [np.float32(row["factor_scale"]) for row in rows] == factors[:, 0].tolist()
    assert rows[4]["factor_größe"] == ""
    # Two numbers more a row, in the estimate of the dialog as well.
    columns = program.window.export_desk.exports["codes"].amount()[1]
    monkeypatch.setattr(program.explorer, "data", data)
    assert columns == program.window.export_desk.exports["codes"].amount()[1] + 2


def test_curves(program: Program, tmp_path: Path) -> None:
    save(program, "curves", "npz", tmp_path / "curves.npz")
    with np.load(tmp_path / "curves.npz", allow_pickle=False) as read:
        assert (read["steps"] == program.training.history.steps).all()
        assert (read["losses"][:, 1, 1] == program.training.history.column(1, "kl")).all()
        assert (read["epoch"] > 0).all()
        assert (np.diff(read["epoch"]) > 0).all()


def test_samples_on_their_sheets(program: Program, tmp_path: Path) -> None:
    assert "no samples" in program.window.export_desk.reason("samples")
    program.application.tools.panel_wanted.emit("samples")
    sheets = program.application.tools[SamplesState].sheets
    program.wait(lambda: all(sheet is not None and len(sheet.pictures) for sheet in sheets))
    save(program, "samples", "png", tmp_path / "samples.png")
    settings = png_settings(tmp_path / "samples.png")["samples"]
    assert (settings["source"], settings["seed"]) == ("prior", 0)


def test_a_file_name_has_the_step_of_what_is_shown(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.application.tools.panel_wanted.emit("samples")
    sheets = program.application.tools[SamplesState].sheets
    program.wait(lambda: all(sheet is not None and len(sheet.pictures) for sheet in sheets))
    desk, codes = program.window.export_desk, program.right.codes
    assert codes is not None
    assert codes.snapshot is not None
    step = codes.snapshot.step
    newer = replace(codes, snapshot=replace(codes.snapshot, step=step + 100))
    monkeypatch.setattr(program.right, "codes", newer)
    names = {what: desk.name(what, "png") for what in ("map0", "map1", "panes", "samples")}
    assert names == {
        "map0": f"mnist-left-map-step-{step}.png",
        "map1": f"mnist-right-map-step-{step + 100}.png",
        "panes": f"mnist-panes-step-{step + 100}.png",
        "samples": f"mnist-samples-step-{step}.png",
    }
    settings = desk.settings("samples")
    assert settings["samples"]["steps"] == [step, step]  # type: ignore[index]
    assert f"step {step + 100:,}" not in desk.line(desk.exports["samples"])
    assert f" · left step {step:,}, right step {step + 100:,} · β" in desk.line(desk.exports["panes"])
    assert f" · step {step + 100:,} · β" in desk.line(desk.exports["map1"])
    assert f" · step {step:,} · " in desk.line(desk.exports["map0"])
    assert f" · step {step:,} · β" in desk.line(desk.exports["loss-curves"])


def test_traversals_that_are_on_the_screen(program: Program, tmp_path: Path) -> None:
    program.application.tools.panel_wanted.emit("traversal")
    rows = program.application.tools[TraversalState].rows
    program.wait(lambda: all(rows) and not program.window.export_desk.reason("traversal"))
    save(program, "traversal", "png", tmp_path / "rows.png")
    assert png_settings(tmp_path / "rows.png")["traversal"]["sort"] == "kl"


def test_a_direction_with_its_groups(program: Program, tmp_path: Path) -> None:
    directions = program.application.tools[DirectionsState]
    program.application.tools.panel_wanted.emit("directions")
    assert "No direction" in program.window.export_desk.reason("directions")
    labels = program.explorer.data.labels  # type: ignore[union-attr]
    assert labels is not None
    directions.add_rows(0, np.flatnonzero(labels == 7)[:50], "7")
    directions.add_rows(1, np.flatnonzero(labels == 1)[:50], "1")
    program.wait(lambda: all(directions.strips))
    save(program, "directions", "png", tmp_path / "direction.png")
    read = png_settings(tmp_path / "direction.png")["direction"]
    assert read["plus"]["parts"] == ["7"]
    assert len(read["minus"]["rows"]) == 50


def test_arithmetic_with_its_images(program: Program, tmp_path: Path) -> None:
    directions = program.application.tools[DirectionsState]
    program.application.tools.panel_wanted.emit("directions")
    directions.set_arithmetic(True)
    assert "no A − B + C" in program.window.export_desk.reason("directions")
    directions.set_terms((11, 222, 3333))
    program.wait(lambda: all(directions.analogies) and not program.window.export_desk.reason("directions"))
    save(program, "directions", "png", tmp_path / "arithmetic.png")
    reported = png_settings(tmp_path / "arithmetic.png")["direction"]
    assert reported["terms"] == [11, 222, 3333]
    assert [one["row"] for one in reported["nearest"]] == [one.row for one in directions.analogies]
    directions.set_terms((11, 222, 70_001))
    program.wait(lambda: all(one is not None and one.problem == "off-map" for one in directions.analogies))
    reported = program.window.export_desk.settings("directions")["direction"]
    assert reported["nearest"] == 2 * [{"row": None, "distance": None}]


# ---------------------------------------------------------------- the dialog


def dialog_of(program: Program) -> ExportDialog:
    program.wait(lambda: program.window.findChild(ExportDialog) is not None)
    dialog = program.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    return dialog


def press(dialog: ExportDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_dialog_by_keys_and_mouse(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def choose(_: object, start: str, suffix: str) -> str:
        asked.append((Path(start).name, suffix))
        return str(tmp_path / "chosen.svg")

    monkeypatch.setattr(export_dialog, "choose_export_file", choose)
    QTest.keyClick(program.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(program)
    assert dialog.chosen.key == "panes"
    figure = program.window.export_desk.figure("panes")
    assert figure is not None
    assert dialog.size_.text() == f"{figure.size[0]:,} × {figure.size[1]:,} pixels"
    dialog.what.setFocus()
    QTest.keyClick(dialog.what, Qt.Key.Key_Down)
    assert dialog.chosen.key == "map0"
    press(dialog, "segment_svg")
    press(dialog, "segment_2")
    figure = program.window.export_desk.figure("map0")
    assert figure is not None
    assert dialog.size_.text() == f"{2 * figure.size[0]:,} × {2 * figure.size[1]:,} pixels"
    press(dialog, "export-save")
    program.wait(lambda: (tmp_path / "chosen.svg").exists())
    assert asked == [("mnist-left-map-step-18760.svg", "svg")]
    program.wait(lambda: "Saved to" in program.sentences())


def test_what_is_not_there_says_so(program: Program) -> None:
    program.application.tools.exports.wanted.emit("strips")
    dialog = dialog_of(program)
    assert "no interpolation yet" in dialog.size_.text()
    assert not dialog.save.isEnabled()
    dialog.choose("codes")
    assert dialog.size_.text().startswith("70,000 rows")
    assert dialog.save.isEnabled()
    press(dialog, "export-cancel")


def test_without_an_encoder_mp4_is_grey_and_says_why(program: Program) -> None:
    program.application.tools.exports.no_video = "ffmpeg was not found; install it to save MP4."
    with_path(program)
    program.application.tools.exports.wanted.emit("animation")
    dialog = dialog_of(program)
    video = dialog.formats[("gif", "mp4")]
    assert not video.buttons["mp4"].isEnabled()
    assert "ffmpeg" in video.buttons["mp4"].toolTip()
    assert "ffmpeg" in dialog.remark.text()
    assert not dialog.scale.buttons["4"].isEnabled()
    assert dialog.size_.text().endswith("5 frames, 0.4 s")
    press(dialog, "export-cancel")


def test_copying_both_panes(program: Program) -> None:
    QApplication.clipboard().clear()
    action = next(entry for entry in program.window.edit_menu.actions() if entry.objectName() == "copy-panes")
    action.trigger()
    figure = program.window.export_desk.figure("panes")
    assert figure is not None
    assert QApplication.clipboard().image().width() == figure.size[0]


# ---------------------------------------------------------------- what goes wrong


def test_an_unwritable_place_is_one_sentence(program: Program, tmp_path: Path) -> None:
    program.window.export_desk.save("map0", "png", 1, str(tmp_path / "nowhere" / "map.png"))
    program.wait(lambda: "map.png" in program.sentences())
    assert program.said[-1].level == "error"
    assert "could not be used" in program.said[-1].sentence


def test_a_full_disk_leaves_nothing(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "full"
    folder.mkdir()
    monkeypatch.setattr("trainer.storage.system.os.fsync", full)
    program.window.export_desk.save("codes", "npz", 1, str(folder / "codes.npz"))
    program.wait(lambda: "The disk is full" in program.sentences())
    assert list(folder.iterdir()) == []


def test_files_asked_for_together_are_written_one_after_the_other(program: Program, tmp_path: Path) -> None:
    """None takes another one's place, and one that is cancelled makes room."""
    still = np.zeros((64, 64, 3), np.uint8)
    written: list[str] = []
    exports, jobs = program.application.tools.exports, program.application.jobs
    exports.written.connect(written.append)

    def animation(name: str, frames: int) -> str:
        path = str(tmp_path / name)
        exports.requested.emit(
            ExportRequest("animation", "gif", path, {}, frame=lambda _: still, frames=frames, speed=12)
        )
        return path

    first, second = animation("a.gif", 40), animation("b.gif", 2)
    endless, last = animation("c.gif", 10**6), animation("d.gif", 2)
    program.wait(lambda: written == [first, second])
    program.wait(lambda: any(job.title == "Saving" and job.progress for job in jobs.jobs.values()))
    jobs.cancel_requested.emit(next(key for key, job in jobs.jobs.items() if job.title == "Saving"))
    program.wait(lambda: written == [first, second, last])
    assert not Path(endless).exists()
    assert all(Path(path).exists() for path in written)
    assert "took its turn" not in program.sentences()


def test_a_long_one_is_a_job_that_can_be_cancelled(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    still = np.zeros((64, 64, 3), np.uint8)

    def frame(number: int) -> np.ndarray:
        return np.roll(still + np.uint8(number % 250), number, axis=0)

    request = ExportRequest("animation", "gif", str(folder / "a.gif"), {}, frame=frame, frames=10**6)
    program.application.tools.exports.requested.emit(request)
    jobs = program.application.jobs
    program.wait(lambda: any(job.title == "Saving" and job.progress for job in jobs.jobs.values()))
    number = next(key for key, job in jobs.jobs.items() if job.title == "Saving")
    jobs.cancel_requested.emit(number)
    program.wait(lambda: not list(folder.iterdir()), milliseconds=300)
    assert number not in jobs.jobs


# ---------------------------------------------------------------- MP4, with a stand-in for the encoder

_ENCODER = """#!{python}
import json, sys
arguments = sys.argv[1:]
if "-encoders" in arguments:
    print(" V....D libx264              H.264 (codec h264)")
    sys.exit()
if "framecrc" in arguments:
    film = json.load(open(arguments[arguments.index("-i") + 1]))
    width, height = map(int, film["size"].split("x"))
    print("0, 0, 0, 1, 1, 0x1\\n" * (film["bytes"] // (3 * width * height)))
    sys.exit()
frames = sys.stdin.buffer.read()
if "{fail}":
    sys.stderr.write("Unknown encoder\\n")
    sys.exit(1)
size = arguments[arguments.index("-video_size") + 1]
comment = arguments[arguments.index("-metadata") + 1]
open(arguments[-1], "w").write(json.dumps({{"size": size, "bytes": len(frames), "comment": comment}}))
"""


def stand_in(folder: Path, fail: str = "") -> None:
    encoder = folder / "ffmpeg"
    encoder.write_text(_ENCODER.format(python=sys.executable, fail=fail))
    encoder.chmod(encoder.stat().st_mode | stat.S_IXUSR)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for the encoder is a script with a first line")
def test_an_encoder_gets_every_frame_and_the_settings(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with_path(program)
    save(program, "animation", "mp4", tmp_path / "walk.mp4")
    reported = json.loads((tmp_path / "walk.mp4").read_text())
    width, height = (int(side) for side in reported["size"].split("x"))
    assert width % 2 == height % 2 == 0
    assert reported["bytes"] == 5 * width * height * 3
    check(json.loads(reported["comment"].removeprefix("comment=")), program, "animation")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for the encoder is a script with a first line")
def test_an_encoder_that_fails_is_one_sentence(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, fail="yes")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with_path(program)
    program.window.export_desk.save("animation", "mp4", 1, str(tmp_path / "walk.mp4"))
    program.wait(lambda: "save a GIF instead" in program.sentences())
    assert "Unknown encoder" in program.sentences()
    assert not (tmp_path / "walk.mp4").exists()


def test_a_panel_offers_what_is_on_it(program: Program) -> None:
    with_path(program)
    panel = next(panel for panel in program.window.tool_panels if panel.name == "interpolation")
    names = [action.objectName() for action in panel.widget.actions()]
    assert names == ["save-strips", "save-animation"]
    panel.widget.actions()[0].trigger()
    dialog = dialog_of(program)
    assert dialog.chosen.key == "strips"
    QTest.mouseClick(dialog, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    press(dialog, "export-cancel")


def test_single_images_and_the_window_carry_their_settings(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = program.window.panes[0].column.decoded.image()
    check(json.loads(image.text(KEY)), program, "image")
    path = tmp_path / "window.png"
    monkeypatch.setattr("latent_explorer.main_window.choose_picture_file", lambda _: str(path))
    program.window.file_menu.picture.trigger()
    check(png_settings(path), program, "window")


@pytest.mark.parametrize("what", ["samples", "traversal"])
def test_what_is_on_a_tab_behind_another_can_be_exported(program: Program, what: str) -> None:
    """Nothing is drawn while nothing is visible; saving draws, too."""
    tools = program.application.tools
    tools.panel_wanted.emit(what)
    state = tools[SamplesState] if what == "samples" else tools[TraversalState]
    program.wait(lambda: state.shown)
    if what == "traversal":  # how many rows there is room for is known once it was seen
        program.wait(lambda: any(count for _, count in state.windows))
    tools.panel_wanted.emit("directions")
    program.wait(lambda: not state.shown)
    # What was made is of other settings now.
    if what == "samples":
        tools[SamplesState].set_settings(replace(tools[SamplesState].settings, seed=5))
    else:
        tools[TraversalState].set_sort("number")
    for index in (0, 1):
        if what == "samples":
            state.set_sheet(index, None)
        else:
            state.set_rows(index, {})
    program.window.export_desk.open(what)
    dialog = program.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    program.wait(lambda: dialog.save.isEnabled())
    assert state.shown
    dialog.reject()
    assert not state.shown
