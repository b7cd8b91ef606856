"""Models with priors of their own in the real window: pictures and figures ask the prior, not N(0, I)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from scipy import stats

from latent_explorer.appearance.theme import DARK
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.panes.hidden_policy import hidden_policy
from latent_explorer.tools.holes.meter_state import MeterReading, MeterState
from latent_explorer.tools.holes.words import prior_text
from latent_explorer.tools.posteriors.prior_rings import paint_prior
from latent_explorer.tools.posteriors.state import PosteriorsState
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.samples.words import head_line
from latent_explorer.tools.traversal.state import TraversalState
from tests.families import registered
from tests.families.priors import MEAN, MEANS, SPREAD, SPREADS, WEIGHTS, by_dimension
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import narrow, settle, train
from tests.latent_explorer.tools.posteriors.plates import Plates
from trainer.config import DataConfig
from trainer.latent.plane import raw
from trainer.latent.prior_regions import one_gaussian
from trainer.metrics.prior_coverage import DRAWS
from trainer.models.family import unregister
from trainer.noise import draw_noise
from trainer.priors.gaussian import DiagonalGaussian
from trainer.replica.choice import make_replica

NAMES = ("shifted", "two-gaussians")


@pytest.fixture(params=[2, 3])
def program(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The shifted Gaussian on the left and the mixture on the right, after a few steps, in 2 and 3 dimensions."""
    registered("priors")
    with running(qtbot, tmp_path) as made:
        narrow(made)
        drafts = zip(NAMES, made.training.draft_models, strict=True)
        models = tuple(model.replace(family=name, latent=request.param) for name, model in drafts)
        made.training.set_draft(models=models)
        made.explorer.data_requested.emit(DataConfig(name="digits"), False)
        made.wait(lambda: made.training.run_state == "ready" and made.right.codes is not None)
        settle(made)
        train(made, 3)
        yield made
    for name in NAMES:
        unregister(name)


def choose(program: Program, name: str) -> None:
    action = program.window.findChild(QAction, name)
    assert action is not None, name
    action.trigger()


def said(program: Program, pane: int) -> str:
    view = (program.left, program.right)[pane].view
    captions = [one.caption(view) for one in program.maps[pane].stack.overlays if one.active]
    return "\n".join(caption.text for caption in captions if caption is not None).replace("\u00a0", " ")


def pixels(program: Program, pane: int) -> np.ndarray:
    image = program.maps[pane].grab_image()
    seen = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return seen[..., :3].astype(int)


def changed_by(program: Program, pane: int, name: str) -> np.ndarray:
    """How much the overlay of this name changes each pixel of a map, in a layout that rests: int (h, w)."""
    while True:
        seen = []
        for _ in range(2):
            seen.append(pixels(program, pane))
            choose(program, name)
        if seen[0].shape == seen[1].shape:
            return np.abs(seen[0] - seen[1]).sum(-1)
        program.qtbot.wait(50)


def mixture_draws(latent: int, count: int) -> np.ndarray:
    rng = np.random.default_rng(11)
    means, sigmas = (np.stack([by_dimension(row, latent) for row in rows]) for rows in (MEANS, SPREADS))
    chosen = rng.choice(2, count, p=WEIGHTS)
    return rng.normal(means[chosen], sigmas[chosen])


def mixture_density(codes: np.ndarray) -> np.ndarray:
    means, sigmas = (np.stack([by_dimension(row, codes.shape[1]) for row in rows]) for rows in (MEANS, SPREADS))
    return np.array(WEIGHTS) @ stats.norm(means[:, None], sigmas[:, None]).pdf(codes).prod(-1)


def inside(lines: tuple[np.ndarray, ...], points: np.ndarray) -> np.ndarray:
    within = np.zeros(len(points), bool)
    for line in lines:
        for (x0, y0), (x1, y1) in pairwise(line):
            between = (y0 > points[:, 1]) != (y1 > points[:, 1])
            with np.errstate(divide="ignore", invalid="ignore"):
                within ^= between & (points[:, 0] < x0 + (points[:, 1] - y0) * (x1 - x0) / (y1 - y0))
    return within


def test_every_tool_asks_the_models_own_prior(program: Program) -> None:
    _rings_and_contours(program)
    _coverage(program)
    _samples(program)
    _meter(program)
    _traversal(program)
    _hidden(program)
    _lamps(program)
    assert not [one for one in program.said if one.level == "error"], program.sentences()


def _rings_and_contours(program: Program) -> None:
    tools, latent = program.application.tools, program.left.model.config.latent
    assert tools[PosteriorsState].prior(1) is None
    # The prior's whole place on the map, with nothing drawn of it yet.
    middle = program.left.plane.project(by_dimension(MEAN, latent)[None].astype(np.float32))[0]
    view = program.left.view
    program.left.look(ViewTransform(view.width, view.height, float(middle[0]), float(middle[1]), 25.0))
    program.wait(lambda: program.left.view.scale == 25.0)
    choose(program, "overlay-prior")
    program.wait(lambda: tools[PosteriorsState].prior(1) is not None)
    assert tools[PosteriorsState].prior(0) is None, "rings of a Gaussian need no contours"
    text = said(program, 0)
    assert "Prior N(m, s²)" in text
    assert "N(0, I)" not in text
    if latent > 2:
        assert "√3 = 1.73σ" in text
    # Where the map has changed, there is the 2σ ellipse: its extreme points across and up.
    changed = changed_by(program, 0, "overlay-prior") > 60
    view = program.left.view
    prior = DiagonalGaussian(by_dimension(MEAN, latent), np.log(by_dimension(SPREAD, latent)))
    shape = one_gaussian(prior, program.left.plane)
    assert shape is not None
    scale = changed.shape[1] / view.width
    xx, xy, yy = shape.covariances[0]
    for x, y in ((math.sqrt(xx), xy / math.sqrt(xx)), (xy / math.sqrt(yy), math.sqrt(yy))):
        for side in (2.0, -2.0):
            at = program.left.view.to_pixels(float(middle[0] + side * x), float(middle[1] + side * y))
            column, row = (round(scale * part) for part in at)
            if 4 <= row < changed.shape[0] - 4 and 4 <= column < changed.shape[1] - 4:
                assert changed[row - 3 : row + 4, column - 3 : column + 4].any(), (x, y, side)
    # Contours of the mixture hold the shares that they name, of draws made by NumPy alone.
    program.wait(lambda: tools[PosteriorsState].prior(1) is not None)
    regions = tools[PosteriorsState].prior(1).regions
    assert "contours hold 39, 86, 95 % of" in said(program, 1)
    assert ("as this plane shows it" in said(program, 1)) == (latent > 2)
    drawn = program.right.plane.project(mixture_draws(latent, 5_000).astype(np.float32))
    for mass, lines in zip(regions.masses, regions.lines, strict=True):
        assert inside(lines, drawn).mean() == pytest.approx(mass, abs=0.03)
    assert (changed_by(program, 1, "overlay-prior") > 60).sum() > 500
    choose(program, "overlay-prior")
    assert tools[PosteriorsState].prior(1) is None


def _coverage(program: Program) -> None:
    """Broad posteriors just like the first component: they cover what of the mixture lies in their regions."""
    choose(program, "overlay-prior")
    posteriors = program.application.tools[PosteriorsState]
    program.wait(lambda: (one := posteriors.coverage(1)) is not None and one.draws == DRAWS)
    program.wait(lambda: (one := posteriors.coverage(0)) is not None and one.draws == DRAWS)
    codes = program.right.codes
    drawn = mixture_draws(codes.codes.shape[1], 3_000)
    limits = stats.chi2(codes.codes.shape[1]).ppf([1 - math.exp(-0.5), 1 - math.exp(-2)])
    if codes.codes.shape[1] == 2:
        np.testing.assert_allclose(limits, (1, 4), rtol=1e-6)
    nearest = np.full(len(drawn), np.inf)
    for mean, spread in zip(codes.codes.astype(float), codes.sigmas.astype(float), strict=True):
        np.minimum(nearest, (((drawn - mean) / spread) ** 2).sum(1), out=nearest)
    for share, limit in zip(posteriors.coverage(1).shares, limits, strict=True):
        expected = (nearest <= limit).mean()
        assert share == pytest.approx(expected, abs=5 * math.sqrt(0.25 / 3_000))
    choose(program, "overlay-prior")


def _samples(program: Program) -> None:
    samples = program.application.tools[SamplesState]
    samples.set_source("prior")
    program.application.tools.panel_wanted.emit("samples")
    program.wait(lambda: all(sheet is not None and sheet.settings == samples.settings for sheet in samples.sheets))
    for pane, formula in ((program.left, "N(m, s²)"), (program.right, "Σ w N(m, s²)")):
        sheet, prior = samples.sheets[pane.index], pane.model.prior(pane.codes.snapshot)
        assert formula in head_line(pane.model, sheet)
        assert not sheet.remark
        noise = draw_noise(samples.settings.count, pane.model.config.latent, samples.settings.seed)
        np.testing.assert_allclose(sheet.codes, prior.sample(noise), rtol=1e-6)
        replica = make_replica(pane.model.config)
        replica.load(sheet.snapshot)
        assert same_pictures(sheet.pictures, replica.decode(sheet.codes))
    left = samples.sheets[0].codes
    latent = left.shape[1]
    error = by_dimension(SPREAD, latent) / math.sqrt(len(left))
    assert (np.abs(left.mean(0) - by_dimension(MEAN, latent)) < 4 * error).all()


def _meter(program: Program) -> None:
    meter = program.application.tools[MeterState]
    shown = program.maps[0]
    place = QPoint(shown.width() // 2, shown.height() // 2)
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(shown, place + QPoint(15, 5))
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=place + QPoint(15, 5))
    latent = program.left.model.config.latent
    for pane in (program.left, program.right):
        program.wait(lambda pane=pane: _is_read(meter.reading(pane.index), pane.code))
        found, code = meter.reading(pane.index), pane.code.astype(float)
        if pane is program.left:
            squared = (((code - by_dimension(MEAN, latent)) / by_dimension(SPREAD, latent)) ** 2).sum()
            assert found.prior.radius == pytest.approx(math.sqrt(squared), rel=1e-4)
            assert found.prior.farther == pytest.approx(stats.chi2(latent).sf(squared), abs=1e-6)
            assert " standard deviations from the mean of the prior N(m, s²)" in prior_text(found)
        else:
            denser = (mixture_density(mixture_draws(latent, 20_000)) > mixture_density(code[None])).mean()
            assert found.prior.nearer == pytest.approx(denser, abs=0.02)
            assert "Of 10,000 draws of the prior Σ w N(m, s²)" in prior_text(found)


def _is_read(reading: MeterReading | None, code: np.ndarray | None) -> bool:
    return reading is not None and code is not None and np.array_equal(reading.code, code) and bool(reading.prior)


def _traversal(program: Program) -> None:
    state, panes = program.application.tools[TraversalState], (program.left, program.right)
    program.application.tools.panel_wanted.emit("traversal")
    program.wait(lambda: state.shown and all(state.summaries))
    program.wait(lambda: all(one.codes is pane.codes for one, pane in zip(state.summaries, panes, strict=True)))
    latent, codes = program.left.model.config.latent, program.left.codes
    m, s = by_dimension(MEAN, latent), by_dimension(SPREAD, latent)
    mu, sigma = codes.codes.astype(float), codes.sigmas.astype(float)
    expected = 0.5 * (((mu - m) / s) ** 2 + (sigma / s) ** 2 - 2 * np.log(sigma / s) - 1)
    np.testing.assert_allclose(state.summaries[0].summary.kl, expected.mean(0), rtol=1e-6)
    assert state.summaries[1].summary.kl is None


def _lamps(program: Program) -> None:
    left, right = (pane.lamps for pane in program.window.panes)
    for lamps in (left, right):
        lamps.refresh()
    latent = program.left.model.config.latent
    assert len(left.grid.kl) == latent
    kl = program.training.evaluations[-1].held_out[1]["kl"]
    assert kl > 0
    assert "nats in all" in right.summary.text()
    assert f"of {latent} units active" in right.summary.text()
    assert "does not factorise" in right.summary.toolTip()


def test_words_are_on_the_ellipses_that_they_name(qapp: object) -> None:
    prior = DiagonalGaussian(np.array([1.0, -0.5]), np.log([0.7, 1.4]))
    shapes = one_gaussian(prior, raw(2))
    assert shapes is not None
    view = ViewTransform(600, 600, 1.0, -0.5, 70.0)
    pixmap = QPixmap(600, 600)
    with Plates(pixmap) as painter:
        paint_prior(painter, view, DARK, raw(2), shapes, True)
        boxes = painter.boxes
    assert len(boxes) == 3
    for box, radius in zip(boxes, (1.0, 2.0, 2.4477), strict=True):
        x, y = view.to_world(box.center().x(), box.center().y())
        assert math.hypot((x - 1) / 0.7, (y + 0.5) / 1.4) == pytest.approx(radius, rel=0.02)


def _hidden(program: Program) -> None:
    """Hidden dimensions are held at the middle of the prior, and the words say so."""
    latent = program.left.model.config.latent
    if latent <= 2:
        return  # nothing is hidden
    program.explorer.set_link("off")
    for pane, mean in (
        (program.left, by_dimension(MEAN, latent)),
        (program.right, np.array(WEIGHTS) @ [by_dimension(row, latent) for row in MEANS]),
    ):
        pane.set_hidden("zero")
        np.testing.assert_allclose(program.application.exploration.hidden(pane.index), mean, rtol=1e-5)
        assert hidden_policy(pane, program.explorer)[0] == "other dimensions: held at the prior's mean"
