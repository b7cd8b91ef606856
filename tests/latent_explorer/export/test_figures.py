"""Figures for papers: what is letters, what is lines, what is a picture; the same in every window."""

from __future__ import annotations

import base64
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import DARK, PAPER, theme
from latent_explorer.core.losses import PaneLosses
from latent_explorer.export.curves_figure import CurvesFigure
from latent_explorer.export.dialog import ExportDialog
from latent_explorer.export.figure import caption_lines, state_line
from latent_explorer.export.legend import MOST, legend_of
from latent_explorer.export.panel_figures import LampsFigure, PicturesFigure, TableFigure
from latent_explorer.export.render import figure_image, image_pixels
from latent_explorer.map.map_picture import MAP_SIZE
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from latent_explorer.tools.posteriors.state import PosteriorsState
from tests.latent_explorer.export.test_exporting import png_settings, save, settled
from tests.latent_explorer.program import Program, running
from trainer.export.difference import difference_picture, squared_error

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait_for_pictures()
        program.drag(0, (0.6, 0.4))
        settled(program)
        program.wait(lambda: program.left.nearest is not None and program.right.nearest is not None)
        yield program


def texts(root: ET.Element) -> list[str]:
    return ["".join(text.itertext()).strip() for text in root.iter(f"{SVG}text")]


def rendered(path: Path) -> np.ndarray:
    """What another reader of SVG makes of it, uint8 (H, W, 3)."""
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image_pixels(image)


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def test_a_map_has_letters_lines_and_one_picture_of_points(program: Program, tmp_path: Path) -> None:
    tools = program.application.tools
    tools.overlays.switch("prior", True)
    tools.overlays.switch("contours", True)
    program.wait(lambda: tools[PosteriorsState].contours(1) is not None)
    path = tools[InterpolationState]
    path.set_stops((Stop(row=3), Stop(row=7)))
    program.wait(lambda: len(path.strips) == 2 and path.strips[1].done)
    save(program, "map1", "svg", tmp_path / "map.svg", scale=2)
    save(program, "map1", "png", tmp_path / "map.png")
    root = ET.parse(tmp_path / "map.svg").getroot()
    said = texts(root)
    # Axes, classes on the map and in the legend, the path's ends, the model, the caption.
    assert {"z1", "z2", "A", "B", "Variational autoencoder"} <= set(said)
    assert all(said.count(str(digit)) >= 2 for digit in range(10) if str(digit) != "0")
    whole = " ".join(said)
    assert "MNIST (70,000) · step 18,760" in whole
    assert "β 1" in whole
    assert "cross-entropy" in whole
    (picture,) = root.iter(f"{SVG}image")
    href = next(value for name, value in picture.attrib.items() if name.endswith("href"))
    with Image.open(io.BytesIO(base64.b64decode(href.partition(",")[2]))) as points:
        assert points.size == (2 * MAP_SIZE[0], 2 * MAP_SIZE[1])
    assert len(list(root.iter(f"{SVG}path"))) > 15
    assert len(list(root.iter(f"{SVG}polyline"))) > 8
    # Lines whose width does not scale are unknown to some readers.
    assert "non-scaling-stroke" not in (tmp_path / "map.svg").read_text("utf-8")
    # A family that another program finds, and a kind of letters for one that does not.
    families = {text.get("font-family", "") for text in root.iter(f"{SVG}text")}
    assert all(family.endswith(", sans-serif") and "'DejaVu Sans'" in family for family in families)
    one, other = rendered(tmp_path / "map.svg"), pixels(tmp_path / "map.png")
    assert one.shape == other.shape
    assert np.abs(one.astype(int) - other).mean() < 6
    # By the way: the sheet of paper that no one asked for is not white.
    assert other.mean() < 128


def test_figures_do_not_depend_on_the_window(program: Program) -> None:
    desk, window = program.window.export_desk, program.window
    sizes, views = [], []
    for size in ((1280, 800), (1700, 1000), (760, 480)):
        window.resize(*size)
        settled(program)
        sizes.append([desk.figure(what).size for what in ("map0", "panes", "table", "pictures")])  # type: ignore[union-attr]
        views.append(desk.figure("map0").picture.view)  # type: ignore[union-attr]
    assert sizes[0] == sizes[1] == sizes[2]
    assert views[0].resembles(views[1])
    assert views[0].resembles(views[2])
    before = desk.preview("map0")
    QTest.keyClick(window, Qt.Key.Key_F11)
    program.wait(lambda: theme().text_px > 13)
    settled(program)
    after = desk.preview("map0")
    assert theme().text_px > 13  # what is drawn for files leaves the window's letters alone
    assert after.size() == before.size()
    assert np.abs(image_pixels(after).astype(int) - image_pixels(before)).mean() < 3
    QTest.keyClick(window, Qt.Key.Key_Escape)


def test_paper_is_white_whatever_the_window_looks_like(program: Program, tmp_path: Path) -> None:
    theme().set_appearance("dark")
    exports = program.application.tools.exports
    program.application.tools.exports.wanted.emit("map0")
    dialog = program.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dark = image_pixels(dialog._image)
    button = dialog.style_.buttons["paper"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert exports.paper
    light = image_pixels(dialog._image)
    assert dark[2, 2].max() < 64
    assert (light[2, 2] == 255).all()
    dialog.reject()
    for what in ("map0", "panes", "loss-curves", "lamps", "table", "pictures"):
        save(program, what, "png", tmp_path / f"{what}.png")
        picture = pixels(tmp_path / f"{what}.png")
        assert (picture[1, 1] == 255).all()
        assert (picture[-1, -1] == 255).all()
        assert picture.mean() > 140
        assert png_settings(tmp_path / f"{what}.png")["style"] == "paper"
    assert theme().tokens is DARK
    exports.paper = False
    theme().set_appearance("system")


def test_curves_lamps_table_and_pictures_as_figures(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = program.window.export_desk
    for pane in (program.left, program.right):
        assert pane.nearest is not None
        original = np.random.default_rng(0).integers(0, 256, (28, 28, 1), np.uint8)
        monkeypatch.setattr(pane, "nearest", replace(pane.nearest, picture=original))
    found: dict[str, list[str]] = {}
    for what in ("loss-curves", "lamps", "table", "pictures"):
        path = tmp_path / f"{what}.svg"
        save(program, what, "svg", path)
        root = ET.parse(path).getroot()
        found[what] = texts(root)
        metadata = root.find(f"{SVG}metadata")
        assert metadata is not None
        assert json.loads(metadata.text or "")["what"] == what
        assert len(list(root.iter(f"{SVG}image"))) == (6 if what == "pictures" else 0)
        save(program, what, "png", path.with_suffix(".png"))
        one, other = rendered(path), pixels(path.with_suffix(".png"))
        assert one.shape == other.shape
        assert np.abs(one.astype(int) - other).mean() < 6
        assert "step 18,760" in " ".join(found[what])
    curves = desk.figure("loss-curves")
    assert isinstance(curves, CurvesFigure)
    assert {"Total loss, nats per image", "AE", "VAE", "step", "5,000"} <= set(found["loss-curves"])
    assert any("held-out, at" in text for text in found["loss-curves"])
    lamps = desk.figure("lamps")
    assert isinstance(lamps, LampsFigure)
    (block,) = lamps.blocks
    assert block.kl == program.window.panes[1].lamps.grid.kl
    assert {"z1", "z2", f"{block.kl[0]:.2f}"} <= set(found["lamps"])
    table = desk.figure("table")
    assert isinstance(table, TableFigure)
    cells = program.window.comparison.cells
    assert table.table.rows[0][1] == tuple(cell.text() for cell in cells[0])
    assert {cell.text() for row in cells for cell in row if cell.text().isascii()} <= set(found["table"])
    pictures = desk.figure("pictures")
    assert isinstance(pictures, PicturesFigure)
    for pane, shown in zip((program.left, program.right), pictures.blocks, strict=True):
        assert pane.nearest is not None
        assert pane.picture is not None
        (_, _, original), (_, _, decoded), (_, error, difference) = shown.pictures
        assert original is pane.nearest.picture
        assert decoded is pane.picture
        assert original is not None
        np.testing.assert_array_equal(difference, difference_picture(decoded, original))
        assert float(error.rpartition(" ")[2]) == pytest.approx(squared_error(decoded, original), rel=1e-3)


def test_a_legend_of_many_classes_says_how_many_more(program: Program) -> None:
    explorer = program.explorer
    assert explorer.data is not None
    legend = legend_of(explorer)
    assert [entry.name for entry in legend.entries] == [str(digit) for digit in range(10)]
    explorer.data = replace(explorer.data, label_names=tuple(f"class {number}" for number in range(1234)))
    legend = legend_of(explorer)
    assert len(legend.entries) == MOST + 1
    assert legend.entries[-1].name == "and 1,204 more"
    assert legend.height(560) > legend.height(4000)
    explorer.set_colour_by("split")
    assert [entry.name for entry in legend_of(explorer).entries] == ["training images", "held-out images"]
    explorer.set_colour_by("none")
    assert legend_of(explorer).height(560) == 0


def test_a_ramp_has_its_name_unit_and_ends(program: Program, tmp_path: Path) -> None:
    explorer = program.explorer
    data = explorer.data
    assert data is not None
    losses = np.random.default_rng(0).gamma(2.0, 50.0, data.count).astype(np.float32)
    low, high = float(losses.min()), float(np.sort(losses)[-1 - data.count // 100])
    explorer.losses.set_measured(1, PaneLosses(step=7, number=0, values={"kl": losses, "reconstruction": losses}))
    for what, name in (("kl:1", "KL of VAE"), ("reconstruction:1", "reconstruction loss of VAE")):
        explorer.colour_by = what
        save(program, "map1", "svg", tmp_path / "map.svg")
        found = texts(ET.parse(tmp_path / "map.svg").getroot())
        assert f"{name}, nats per image" in found
        assert f"{low:.4g}" in found
        assert f"{high:.4g} and more" in found
    # The points have these colours in the figure, as on the map.
    figure = program.window.export_desk.figure("map1")
    assert figure is not None
    many = len(np.unique(image_pixels(figure_image(figure, 1)).reshape(-1, 3), axis=0))
    explorer.colour_by = "none"
    figure = program.window.export_desk.figure("map1")
    assert figure is not None
    assert many > 2 * len(np.unique(image_pixels(figure_image(figure, 1)).reshape(-1, 3), axis=0))
    # Losses of former weights say so.
    explorer.colour_by = "kl:1"
    explorer.losses.set_state(frozenset({1}), busy=False)
    assert legend_of(explorer, program.application.panes).title == "KL of VAE, nats per image (step 7)"


def test_a_factor_s_ramp_names_grey_points_and_keeps_within_the_figure(program: Program) -> None:
    explorer = program.explorer
    data = explorer.data
    assert data is not None
    factors = np.linspace(-1.5, 2, data.count, dtype=np.float32)[:, None].copy()
    explorer.data = replace(data, factors=factors, factor_names=("scale of it " * 20,))
    explorer.colour_by = explorer.data.factor_names[0]
    legend = legend_of(explorer)
    assert legend.ends == ("−1.5", "2")
    assert not legend.unknown
    factors = factors.copy()
    factors[5:9] = np.nan
    explorer.data = replace(explorer.data, factors=factors)
    legend = legend_of(explorer)
    assert legend.unknown
    image = QImage(700, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        legend.paint(painter, QPointF(10, 10), 540, PAPER)
    drawn = (image_pixels(image) < 250).any(axis=(0, 2))
    assert drawn[10:540].any()
    assert not drawn[552:].any()
    # A factor of which nothing is known has no ramp.
    explorer.data = replace(explorer.data, factors=np.full_like(factors, np.nan))
    assert legend_of(explorer).height(560) == 0


def test_points_grow_with_the_scale(program: Program) -> None:
    """A point covers the same part of the figure at every scale; letters and lines do anyway."""
    theme().set_appearance("light")
    figure = program.window.export_desk.figure("map0")
    assert figure is not None
    inked = []
    for scale in (1, 2, 4):
        image = QImage(int(scale * MAP_SIZE[0]), int(scale * MAP_SIZE[1]), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        with QPainter(image) as painter:
            painter.translate(-figure.map_corner)  # type: ignore[attr-defined]
            figure.paint(painter, scale, PAPER)
        inked.append(float((image_pixels(image).min(axis=2) < 225).mean()))
    # The smallest dots are squares of two pixels, larger ones round.
    assert inked[1] == pytest.approx(inked[0], rel=0.25)
    assert inked[2] == pytest.approx(inked[1], rel=0.12)
    theme().set_appearance("system")


def test_a_caption_names_each_thing_once(qapp: object) -> None:
    line = state_line("MNIST", 70_000, [100, 100], [1.0, 1.0], "Bernoulli")
    assert line == "Latent Explorer · MNIST (70,000) · step 100 · β 1 · Bernoulli"
    # Steps that differ are named with their panes, whichever is the larger.
    line = state_line("MNIST", 70_000, [100, 20_000], [None, 0.25], "")
    assert line == "Latent Explorer · MNIST (70,000) · left step 100, right step 20,000 · β 0.25"
    line = state_line("", 0, [20_000, 100], [4.0, 1.0], "")
    assert line == "Latent Explorer · left step 20,000, right step 100 · left β 4, right β 1"
    assert state_line("", 0, [None, 100], [None, 1.0], "") == "Latent Explorer · right step 100 · β 1"
    assert state_line("", 0, [100, None], [1.0, None], "") == "Latent Explorer · left step 100 · β 1"
    # The figure of one pane alone.
    assert state_line("", 0, [100], [1.0], "") == "Latent Explorer · step 100 · β 1"
    assert state_line("", 0, [None, None], [], "") == "Latent Explorer"
    assert state_line("", 0, [0, 0], [], "").endswith("step 0")
    lines = caption_lines(" · ".join(["a part of some length"] * 9), 300, 2)
    assert len(lines) == 2
    assert " · ".join(lines).count("part") == 9
