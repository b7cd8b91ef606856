"""Posteriors, prior and contours in the real window, chosen by menu; and models of many shapes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.mosaic.state import MosaicState
from latent_explorer.tools.posteriors.state import PosteriorsState
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import narrow, settle, train
from trainer.config import DataConfig
from trainer.metrics.prior_coverage import DRAWS


@pytest.fixture
def program(qtbot, tmp_path):
    with running(qtbot, tmp_path) as started:
        started.wait(lambda: started.left.codes is not None and started.left.view is not None)
        yield started


def choose(program: Program, name: str) -> None:
    """Choose an action of the menus by its object name."""
    action = program.window.findChild(QAction, name)
    assert action is not None, name
    action.trigger()


def said(program: Program, pane: int, view: ViewTransform | None = None) -> str:
    """All captions of a map, in the view that it has or another."""
    stack, view = program.maps[pane].stack, view or (program.left, program.right)[pane].view
    captions = [overlay.caption(view) for overlay in stack.overlays if overlay.active]
    return "\n".join(caption.text for caption in captions if caption is not None).replace("\u00a0", " ")


def posteriors(program: Program):
    return program.application.tools[PosteriorsState]


def pixels(program: Program, pane: int) -> np.ndarray:
    image = program.maps[pane].grab_image()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].copy()


def test_the_bundled_pair_brings_its_sigmas(program):
    assert program.left.codes.sigmas is None
    sigmas = program.right.codes.sigmas
    assert sigmas.shape == (70_000, 2)
    assert sigmas.dtype == np.float32
    assert 0 < sigmas.min() < sigmas.max() < 1


def test_the_union_of_all_ellipses_with_the_prior_mass_they_cover(program):
    before = pixels(program, 1)
    choose(program, "ellipses-all")
    program.wait(lambda: (one := posteriors(program).coverage(1)) is not None and one.draws == DRAWS)
    program.wait(lambda: posteriors(program).union(1) is not None)
    coverage = posteriors(program).coverage(1)
    assert coverage.shares[0] == pytest.approx(0.968, abs=0.01)
    assert coverage.shares[1] > coverage.shares[0]
    assert "all 70,000 posteriors" in said(program, 1)
    assert f"{100 * coverage.shares[0]:.1f} ± 0.2 %" in said(program, 1)
    assert "10,000 draws" in said(program, 1)
    assert "within 1σ / 2σ of at least one posterior" in said(program, 1)
    # Every code lies in its own ellipse.
    union = posteriors(program).union(1)
    left, bottom, right, top = union.rect
    rows, columns = union.levels.shape
    points = program.right.codes.points
    inside = (points[:, 0] > left) & (points[:, 0] < right) & (points[:, 1] > bottom) & (points[:, 1] < top)
    x = ((points[inside, 0] - left) / (right - left) * columns).astype(int)
    y = ((top - points[inside, 1]) / (top - bottom) * rows).astype(int)
    assert (union.levels[y, x] > 0).mean() > 0.99
    assert (pixels(program, 1) != before).any()
    # The autoencoder says why it has none, at the same place.
    assert "a code is a point without σ" in said(program, 0)
    assert posteriors(program).coverage(0) is None
    choose(program, "ellipses-off")
    assert posteriors(program).union(1) is None
    assert said(program, 1) == ""


def test_a_pan_brings_a_new_union_and_the_share_stays(program):
    choose(program, "ellipses-all")
    program.wait(lambda: (one := posteriors(program).coverage(1)) is not None and one.draws == DRAWS)
    program.wait(lambda: posteriors(program).union(1) is not None)
    share, union = posteriors(program).coverage(1), posteriors(program).union(1)
    shown = program.maps[1]
    middle = shown.rect().center()
    QTest.mousePress(shown, Qt.MouseButton.MiddleButton, pos=middle)
    QTest.mouseMove(shown, middle + QPoint(60, 40))
    QTest.mouseRelease(shown, Qt.MouseButton.MiddleButton, pos=middle + QPoint(60, 40))
    program.wait(lambda: posteriors(program).union(1).rect[0] < union.rect[0])
    assert posteriors(program).coverage(1) is share


def test_the_ellipse_of_the_hovered_image_shows_in_both_panes(program):
    choose(program, "ellipses-hovered")
    assert "point at an image" in said(program, 1)
    shown, pane = program.maps[1], program.right
    place = int(np.argmax(pane.codes.sigmas.min(axis=1)))  # a stray code: nothing else is near
    x, y = program.right.view.to_pixels(*pane.codes.points[place].tolist())
    if not shown.rect().contains(QPoint(round(x), round(y))):
        place = int(np.abs(pane.codes.points - [0, 1]).sum(axis=1).argmin())
        x, y = program.right.view.to_pixels(*pane.codes.points[place].tolist())
    QTest.mouseMove(shown, QPoint(5, 5))
    before = [pixels(program, index) for index in (0, 1)]
    QTest.mouseMove(shown, QPointF(x, y).toPoint())
    program.wait(lambda: posteriors(program).row is not None)
    row = posteriors(program).row
    assert row == pane.hovered
    sigma = pane.codes.sigmas[row]
    assert f"image {row:,}: σ = {sigma[0]:.2g}, {sigma[1]:.2g}" in said(program, 1)
    for index in (0, 1):
        assert (pixels(program, index) != before[index]).any()


def test_the_picked_image_prior_and_contours(program):
    choose(program, "ellipses-picked")
    assert "no image is picked" in said(program, 1)
    program.explorer.pick(1234)
    assert "image 1,234" in said(program, 1)
    assert "Zoom in to see the ellipses." in said(program, 1)
    assert "Zoom in" not in said(program, 0)
    view = program.right.view
    nearer = dataclasses.replace(view, scale=20 * view.scale)
    assert "Zoom in" not in said(program, 1, nearer)  # a file need not have the screen's view
    program.right.set_view(nearer)
    assert "Zoom in" not in said(program, 1)
    program.right.set_view(view)
    choose(program, "overlay-prior")
    choose(program, "overlay-contours")
    program.wait(lambda: all(posteriors(program).contours(index) is not None for index in (0, 1)))
    assert "hold 39 %, 86 % and 95 % of it" in said(program, 1)
    assert "it has no prior" in said(program, 0)
    assert "Aggregated posterior: 10, 50, 90 %" in said(program, 1)
    assert "kernel density" in said(program, 0)
    program.wait(lambda: (one := posteriors(program).coverage(1)) is not None and one.draws >= 4_000)
    assert "Prior coverage" in said(program, 1)
    draws = []
    posteriors(program).changed.connect(lambda index: draws.append(posteriors(program).coverage(1).draws))
    choose(program, "ellipses-hovered")  # the share is asked for again where it is not finished
    program.wait(lambda: posteriors(program).coverage(1).draws == DRAWS)
    assert draws == sorted(draws)
    choose(program, "ellipses-picked")
    lines = posteriors(program).contours(1).lines
    assert [len(part) > 0 for part in lines] == [True, True, True]
    pixels(program, 0)
    pixels(program, 1)


@pytest.mark.parametrize("latent", [1, 2, 20, 512])
def test_every_overlay_on_models_of_any_size_while_they_train(qtbot, tmp_path, latent):
    with running(qtbot, tmp_path) as program:
        narrow(program)
        models = tuple(model.replace(latent=latent) for model in program.training.draft_models)
        program.training.set_draft(models=models)
        program.explorer.data_requested.emit(DataConfig(name="digits"), False)
        program.wait(lambda: program.training.run_state == "ready" and program.right.codes is not None)
        settle(program)
        for name in ("overlay-mosaic", "ellipses-all", "overlay-prior", "overlay-contours"):
            choose(program, name)
        train(program, 2)
        made, mosaics = posteriors(program), program.application.tools[MosaicState]

        def there() -> bool:
            return (
                made.union(1) is not None
                and made.coverage(1) is not None
                and all(made.contours(index) is not None for index in (0, 1))
                and all((one := mosaics.picture(index)) is not None and one.complete for index in (0, 1))
                and mosaics.picture(1).number == program.right.codes.number
            )

        program.wait(there)
        assert program.right.codes.sigmas.shape[1] == latent
        text = said(program, 1)
        assert "Decoded mosaic" in text
        if latent == 1:
            assert "one latent dimension" in text
            rows = mosaics.picture(1).pixels
            side = round(mosaics.picture(1).pitch * mosaics.picture(1).scale)
            np.testing.assert_array_equal(rows[:side], rows[side : 2 * side])
        if latent > 2:
            assert f"√{latent}" in text
            assert f"all {latent} dimensions" in text
        for index in (0, 1):
            pixels(program, index)
        assert not [one for one in program.said if one.level == "error"]


@pytest.mark.parametrize("kind", ["nan", "collapsed", "zero", "huge"])
def test_codes_and_spreads_of_broken_models(program, kind):
    codes = program.right.codes
    count = 3_000
    rng = np.random.default_rng(0)
    means = (1e-3 * rng.normal(size=(count, 2))).astype(np.float32)
    sigmas = np.full((count, 2), {"collapsed": 0.99, "zero": 0.0, "huge": 1e30, "nan": np.nan}[kind], np.float32)
    if kind == "nan":
        means[:] = np.nan
    report_codes = dataclasses.replace(
        codes, rows=np.arange(count), codes=means, points=means, sigmas=sigmas, number=99
    )
    for name in ("overlay-mosaic", "ellipses-all", "overlay-prior", "overlay-contours"):
        choose(program, name)
    program.right.set_codes(report_codes, program.right.plane)
    made = posteriors(program)

    def there() -> bool:
        mosaic = program.application.tools[MosaicState].picture(1)
        return (
            made.union(1) is not None
            and made.contours(1) is not None
            and mosaic is not None
            and mosaic.number == 99
        )

    program.wait(there)
    text = said(program, 1)
    if kind == "nan":
        assert "no σ is a finite number" in text
        assert "Contours: n/a, because no code is a finite number" in text
    elif kind == "collapsed":
        program.wait(lambda: (one := made.coverage(1)) is not None and one.draws == DRAWS)
        # Each posterior is the prior: chi-squared with two degrees of freedom.
        assert made.coverage(1).shares[0] == pytest.approx(1 - np.exp(-0.5), abs=0.02)
    pixels(program, 1)
    assert not [one for one in program.said if one.level == "error"]


def test_an_old_checkpoint_without_spreads_says_so(program):
    codes = dataclasses.replace(program.right.codes, sigmas=None)
    program.right.set_codes(codes, program.right.plane)
    choose(program, "ellipses-all")
    choose(program, "overlay-contours")
    program.wait(lambda: posteriors(program).contours(1) is not None)
    assert "saved without σ" in said(program, 1)
    assert "Contours: n/a" in said(program, 1)
