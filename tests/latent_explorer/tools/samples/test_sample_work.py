"""What the samples' worker does: every source, both panes, the bundled pair, and data as they should not be."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files

import numpy as np
import pytest

from latent_explorer.core.explorer import DataView
from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.samples import sources as sample_sources
from latent_explorer.tools.samples.measures import real_rows
from latent_explorer.tools.samples.state import PaneFigures, RealFigures, SampleSettings, Sheet
from latent_explorer.tools.samples.work import Made, SampleWork
from tests.latent_explorer.pictures import same_pictures
from tests.trainer.latent.drained import drained
from trainer.config import DataConfig, ModelConfig
from trainer.latent import plane as planes
from trainer.latent.density import DensityError
from trainer.progress import Progress
from trainer.replica.numpy_replica import NumpyReplica
from trainer.reports import Snapshot
from trainer.training import checkpoint
from trainer.traits import Traits

AE = Traits(uses_beta=False, posterior="none", prior="none", stochastic=False, plain=True)
VAE = Traits(uses_beta=True, posterior="gaussian", prior="normal", stochastic=True, plain=True)


def look(index, snapshot, rows, codes, train_count=60_000):
    held = PaneCodes(rows, codes, codes[:, :2], 1, snapshot)
    model = PaneModel(snapshot.config, (AE, VAE)[index], 1)
    plane = planes.raw(codes.shape[1]) if codes.shape[1] <= 2 else planes.pca(codes)
    return Look(index=index, model=model, codes=held, plane=plane, data=data(None, train_count))


def data(pictures, train_count):
    shape = (1, 28, 28) if pictures is None else pictures.shape[1:]
    return DataView(
        title="", config=DataConfig(), count=70_000, train_count=train_count, shape=shape, images=pictures
    )


def changed(seen, *, codes=None, rows=None, **parts):
    """`seen` with other codes (n, d), of the first rows by default, and other parts."""
    if codes is not None:
        rows = seen.codes.rows[: len(codes)] if rows is None else rows
        sigmas = None if seen.codes.sigmas is None else seen.codes.sigmas[: len(codes)]
        parts["codes"] = replace(seen.codes, codes=codes, rows=rows, sigmas=sigmas)
        if codes.shape[1] != seen.model.config.latent:
            config = replace(seen.model.config, latent=codes.shape[1])
            parts["model"] = replace(seen.model, config=config)
    return replace(seen, **parts)


@pytest.fixture(scope="module")
def pair():
    """The bundled pair."""
    with as_file(files("resources") / "pretrained" / "mnist") as folder:
        codes, snapshots = checkpoint.read_codes(folder), checkpoint.read_weights(folder)
    return tuple(look(index, snapshots[index], codes.rows, codes.codes[index]) for index in range(2))


def work():
    return SampleWork(ReplicaCache(lambda config, traits: NumpyReplica(config)))


def sheets(looks, **settings):
    steps = list(work().make(looks, SampleSettings(**settings), 0, 0))
    return [step.what for step in steps if isinstance(step, Made)]


def images(count=400, seed=3):
    return np.random.default_rng(seed).integers(0, 256, (count, 1, 28, 28), dtype=np.uint8)


@pytest.mark.parametrize("source", ["prior", "gaussian", "mixture", "kernels"])
def test_sheets_of_whole_densities(pair, source):
    for sheet, order in zip(sheets(pair, source=source, count=36, seed=4), pair, strict=True):
        assert isinstance(sheet, Sheet)
        assert sheet.pictures.shape == (36, 28, 28, 1)
        assert not sheet.pictures.flags.writeable
        replica = NumpyReplica(order.snapshot.config)
        replica.load(order.snapshot)
        assert same_pictures(sheet.pictures, replica.decode(sheet.codes))
        assert sheet.fit.held_out == 2_000
        assert sheet.fit.fitted_on == (0 if source == "prior" else 10_000)
        assert np.isfinite(sheet.fit.held_out_log_density)
        assert not sheet.reason


def test_the_prior_is_the_same_noise_in_both_panes_and_no_part_of_an_autoencoder(pair):
    ours, theirs = sheets(pair, source="prior")
    np.testing.assert_array_equal(ours.codes, theirs.codes)
    assert (ours.remark, theirs.remark) == ("no-prior", "")
    # What the codes held out say of it: nearly as likely as they can be for one, far off for the other.
    assert theirs.fit.held_out_log_density > -3.2
    assert ours.fit.held_out_log_density < -20


def test_a_mixture_of_an_autoencoders_codes_is_likelier_than_a_gaussian(pair):
    gaussian, mixture = (sheets(pair[:1], source=source)[0] for source in ("gaussian", "mixture"))
    assert mixture.fit.held_out_log_density > gaussian.fit.held_out_log_density + 0.5
    assert mixture.fit.iterations > 1


def test_more_samples_are_the_beginning_of_the_same_and_another_seed_gives_others(pair):
    few, more = (sheets(pair[:1], source="mixture", count=count)[0] for count in (16, 100))
    np.testing.assert_allclose(few.codes, more.codes[:16], atol=1e-5)
    assert (sheets(pair[:1], source="mixture", seed=1)[0].codes[:16] != few.codes).any()


def test_the_neighbourhood_is_as_wide_as_the_codes_own_spread_says(pair):
    cursor = np.array([1.0, -2.0], np.float32)
    order = changed(pair[0], code=cursor)
    (sheet,) = sheets((order,), source="neighbourhood", radius=0.5, count=256)
    spread = order.codes.codes.std(axis=0)
    np.testing.assert_allclose(sheet.codes.std(axis=0), 0.5 * spread, rtol=0.15)
    np.testing.assert_allclose(sheet.codes.mean(axis=0), cursor, atol=0.5 * spread.max() * 0.2)
    assert sheet.fit is None
    assert sheets((pair[0],), source="neighbourhood")[0].reason == "no-cursor"


def test_the_spread_of_the_codes_is_measured_once_for_all_cursors(pair, monkeypatch):
    measured_ = []
    monkeypatch.setattr(
        sample_sources, "_spread", lambda codes, made=sample_sources._spread: measured_.append(1) or made(codes)
    )
    work_ = work()
    settings = SampleSettings(source="neighbourhood")
    for place in range(5):
        looks = tuple(changed(order, code=order.codes.codes[place]) for order in pair)
        list(work_.make(looks, settings, 0, 0))
    assert len(measured_) == 2
    # Other codes are measured again, and what is not finite counts for nothing.
    codes = np.vstack([pair[0].codes.codes, np.full((3, 2), np.nan, np.float32)])
    order = changed(pair[0], codes=codes, rows=np.arange(len(codes)))
    sigmas = sample_sources.PosteriorSigmas()
    for _ in range(2):
        found = drained(sigmas.of(order))
        np.testing.assert_allclose(found, pair[0].codes.codes.std(axis=0, dtype=np.float64), rtol=1e-9)
    assert len(measured_) == 3


def test_a_mixture_that_needs_more_codes_than_fit_into_memory_says_so(pair):
    order = changed(pair[0], codes=np.zeros((700, 512), np.float32))
    fit = sample_sources.Fits().of(order, SampleSettings(source="mixture", components=50))
    with pytest.raises(DensityError, match="choose fewer components"):
        list(fit)


def test_the_posterior_is_a_cloud_for_one_model_and_a_point_for_the_other(pair):
    image, seen = images(1)[0], data(images(1), 60_000)
    (point,) = sheets((changed(pair[0], picked=5, data=seen),), source="posterior")
    assert point.remark == "point"
    np.testing.assert_array_equal(point.codes, pair[0].codes.codes[5:6])
    assert len(point.pictures) == 1
    (cloud,) = sheets((changed(pair[1], picked=0, data=seen),), source="posterior", count=256)
    replica = NumpyReplica(pair[1].snapshot.config)
    replica.load(pair[1].snapshot)
    mean, log_variance = (part[0] for part in replica.posterior(image[None]))
    np.testing.assert_allclose(cloud.codes.mean(0), mean, atol=0.3 * np.exp(0.5 * log_variance).max())
    np.testing.assert_allclose(cloud.codes.std(0), np.exp(0.5 * log_variance), rtol=0.2)


def test_a_posterior_from_known_spreads_needs_no_image(pair):
    sigmas = np.tile(np.array([0.1, 0.4], np.float32), (len(pair[1].codes.rows), 1))
    order = replace(pair[1], picked=0, codes=replace(pair[1].codes, sigmas=sigmas))
    (cloud,) = sheets((order,), source="posterior", count=256)
    np.testing.assert_allclose(cloud.codes.std(0), [0.1, 0.4], rtol=0.2)


def test_posteriors_that_cannot_be_sampled_say_why(pair):
    assert [sheet.reason for sheet in sheets(pair, source="posterior")] == ["no-picked"] * 2
    known = tuple(changed(order, picked=0) for order in pair)
    ours, theirs = sheets(known, source="posterior")
    assert (ours.reason, ours.remark) == ("", "point")
    assert (theirs.reason, len(theirs.codes)) == ("no-posterior", 0)
    # An autoencoder can encode a picked image that is not on the map.
    codes = pair[0].codes
    off_map = replace(codes, rows=codes.rows[1:], codes=codes.codes[1:])
    (point,) = sheets((replace(pair[0], picked=0, codes=off_map, data=data(images(1), 0)),), source="posterior")
    assert len(point.codes) == 1


def test_a_picked_code_that_is_not_finite_is_reported(pair):
    for order, picked, spread in ((pair[0], [np.nan, 0], None), (pair[1], [0, 0], [np.inf, 1])):
        codes = PaneCodes(
            rows=np.array([3]),
            codes=np.array([picked], np.float32),
            points=np.array([picked], np.float32),
            snapshot=order.snapshot,
            sigmas=None if spread is None else np.array([spread], np.float32),
        )
        (sheet,) = sheets((replace(order, picked=3, codes=codes),), source="posterior")
        assert (len(sheet.codes), sheet.reason) == (0, "not-finite")


@pytest.mark.parametrize("source", ["gaussian", "mixture", "kernels"])
def test_codes_that_no_density_fits_give_a_sentence_and_an_empty_sheet(pair, source):
    codes = pair[0].codes.codes
    few = changed(pair[0], codes=codes[:2])
    same = changed(pair[0], codes=np.ones_like(codes))
    broken = changed(pair[0], codes=np.full_like(codes, np.nan))
    for order in (few, same, broken):
        (sheet,) = sheets((order,), source=source)
        assert len(sheet.codes) == len(sheet.pictures) == 0
        assert sheet.reason.endswith(".")
        assert sheets((order,), source="prior")[0].pictures.shape[0] == 64


def test_codes_that_are_not_finite_are_counted(pair):
    codes = pair[0].codes.codes.copy()
    codes[:7] = np.inf
    (sheet,) = sheets((changed(pair[0], codes=codes),), source="gaussian")
    assert sheet.fit.left_out == 7
    assert np.isfinite(sheet.codes).all()


def test_data_whose_held_out_part_is_not_on_the_map_keep_some_codes_back(pair):
    order = changed(pair[0], codes=pair[0].codes.codes[:1000])
    (sheet,) = sheets((order,), source="gaussian")
    assert (sheet.fit.held_out, sheet.fit.fitted_on) == (100, 900)


def beside(looks, pictures, train_count=0):
    """The same with these images."""
    seen = data(pictures, train_count)
    return tuple(replace(look, data=seen) for look in looks)


def measured(looks, pictures, count=150, train_count=0, **settings):
    seen = beside(looks, pictures, train_count)
    return list(work().make(seen, SampleSettings(**settings), count, count))


def test_figures_come_after_the_sheets(pair):
    steps = measured(pair, images(), source="mixture", components=3)
    kinds = [type(step.what) for step in steps if isinstance(step, Made)]
    assert kinds == [Sheet, Sheet, RealFigures, PaneFigures, PaneFigures]
    real, ours, theirs = [step.what for step in steps if isinstance(step, Made)][2:]
    assert real.name == "FD-clf"
    for found in (real.fidelity, ours.fidelity, theirs.fidelity, ours.reconstructed):
        assert (found.count, found.real) == (150, 150)
        assert 0 <= found.coverage <= 1
    # Noise beside noise is all alike; digits are nothing like it.
    assert real.fidelity.coverage > 0.9 > 0.1 > ours.fidelity.coverage
    assert ours.fidelity.frechet > 20 * real.fidelity.frechet
    assert ours.settings.source == "mixture"


@pytest.mark.parametrize("source", ["gaussian", "mixture", "kernels"])
def test_densities_are_not_fitted_to_the_images_that_samples_are_compared_with(pair, source):
    order = changed(pair[0], codes=pair[0].codes.codes[:800].copy())
    reference, others = real_rows(800, 500, 100)
    assert len(np.intersect1d(reference, others)) == 0
    assert len(reference) == len(others) == 100
    # The decoder has seen the images below: real ones to compare with are held-out ones.
    assert min(reference.min(), others.min()) >= 500
    # Codes of the images compared with lie apart: no sample may come near them.
    order.codes.codes[reference] = 1000 + np.random.default_rng(0).normal(size=(100, 2))
    pictures = images(800)
    steps = measured((order,), pictures, 100, train_count=500, source=source)
    made = [step.what for step in steps if isinstance(step, Made)]
    sheet, figures = made[0], made[2]
    assert sheet.fit.apart
    assert figures.apart is True
    assert np.abs(sheet.codes).max() < 500
    assert sheet.fit.fitted_on <= 500
    # A sheet without figures, as while training, is the same.
    given = work().make(beside((order,), pictures, 500), sheet.settings, 0, 100)
    (again,) = [step.what for step in given if isinstance(step, Made)]
    np.testing.assert_array_equal(again.codes, sheet.codes)


def test_only_held_out_images_are_real_ones_to_compare_with(pair):
    order = changed(pair[0], codes=pair[0].codes.codes[:600])
    steps = measured((order,), images(600), train_count=580, source="kernels")
    made = [step.what for step in steps if isinstance(step, Made)]
    assert made[0].fit.fitted_on == 580
    assert [(what.fidelity.count, what.fidelity.real) for what in made[1:]] == [(20, 20)] * 2
    assert made[2].apart is True
    # Of so few pictures a Fréchet distance is noise.
    assert not made[2].fidelity.frechet_valid
    steps = measured((order,), images(600), train_count=580, source="prior")
    assert [step.what for step in steps if isinstance(step, Made)][2].apart is None


def test_figures_do_not_change_with_the_training_images(pair):
    """Other training images, the same held-out ones: the same figures of the same decoder."""
    found = []
    for seed in (1, 2):
        pictures = images(400)
        pictures[:200] = np.random.default_rng(seed).integers(0, 256, pictures[:200].shape, dtype=np.uint8)
        steps = measured(pair[:1], pictures, 60, train_count=200, source="prior")
        made = [step.what for step in steps if isinstance(step, Made)]
        found.append([what.fidelity for what in made if not isinstance(what, Sheet)])
    for first, second in zip(*found, strict=True):
        assert first.frechet == pytest.approx(second.frechet, rel=1e-4)
        assert first.coverage == pytest.approx(second.coverage, abs=0.02)


def test_components_that_keep_no_code_are_dropped_and_counted(pair):
    """Codes that are three points, again and again, have no use for ten components."""
    points = np.array([[0.0, 0.0], [5.0, 0.0], [0.0, 5.0]], np.float32)
    codes = points[np.arange(len(pair[0].codes.rows)) % 3]
    codes += 1e-3 * np.random.default_rng(0).normal(size=codes.shape).astype(np.float32)
    codes[:] = np.round(codes, 2)
    (sheet,) = sheets((changed(pair[0], codes=codes),), source="mixture", components=10)
    assert sheet.fit.dropped > 0
    assert np.abs(sheet.codes - codes[:3].mean()).max() < 20
    near = np.linalg.norm(sheet.codes[:, None] - points, axis=2).min(axis=1)
    assert near.max() < 0.2


def test_fewer_images_than_wished_for_are_halved(pair):
    steps = measured(pair[:1], images(50), count=2000)
    found = [step.what for step in steps if isinstance(step, Made) and not isinstance(step.what, Sheet)]
    assert [type(what) for what in found] == [RealFigures, PaneFigures]
    # As many samples as real images on either side: all figures depend on how many pictures are compared.
    assert [(what.fidelity.count, what.fidelity.real) for what in found] == [(25, 25)] * 2


def test_images_that_are_all_the_same_one_are_no_measure(pair):
    for source in ("prior", "kernels"):
        steps = measured(pair, np.full((400, 1, 28, 28), 128, np.uint8), source=source)
        made = [step.what for step in steps if isinstance(step, Made)]
        assert [type(what) for what in made] == [Sheet, Sheet, RealFigures]
        assert made[-1].same
    (real,) = [what.what for what in measured(pair, images()) if getattr(what, "pane", 0) == -1]
    assert not real.same


def test_work_can_be_stopped_often(pair):
    steps = measured(pair, images(2000), count=1000, source="kernels")
    assert sum(step is None or isinstance(step, Progress) for step in steps) > 100


def test_progress_counts_all_of_the_measuring_once(pair):
    work_ = work()
    for count in (500, 500, 300):
        asked = beside(pair, images(1200)), SampleSettings(count=16), count, count
        told = [step for step in work_._all(*asked) if isinstance(step, Progress)]
        assert {step.total for step in told} == {17 * count}
        done = [step.done for step in told]
        assert done == sorted(done)
        assert done[-1] == told[-1].total
    # What is known of real images and of these weights is not measured again.
    again = [step for step in work_._all(*asked) if isinstance(step, Progress)]
    assert {step.total for step in again} == {6 * 300}
    assert again[-1].done == again[-1].total


def test_no_figures_about_one_point_without_images_or_of_another_shape(pair):
    near = tuple(replace(order, code=order.codes.codes[0]) for order in pair)
    for orders, pictures, source in ((near, images(), "neighbourhood"), (pair, None, "prior")):
        made = [step.what for step in measured(orders, pictures, source=source) if isinstance(step, Made)]
        assert [type(what) for what in made] == [Sheet, Sheet]
    other = np.zeros((40, 1, 8, 8), np.uint8)
    made = [step.what for step in measured(pair, other) if isinstance(step, Made)]
    assert not any(isinstance(what, PaneFigures) for what in made)


@pytest.mark.parametrize("latent", [1, 20, 512])
def test_other_latent_sizes(latent):
    config = ModelConfig(latent=latent, widths=(8,))
    rng = np.random.default_rng(0)
    pixels = config.pixels
    shapes = {
        "encoder.0.weight": (8, pixels),
        "encoder.0.bias": (8,),
        "mean.weight": (latent, 8),
        "mean.bias": (latent,),
        "decoder.0.weight": (8, latent),
        "decoder.0.bias": (8,),
        "output.weight": (pixels, 8),
        "output.bias": (pixels,),
    }
    weights = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    snapshot = Snapshot(number=1, step=0, config=config, weights=weights)
    codes = rng.normal(size=(700, latent)).astype(np.float32)
    order = replace(look(0, snapshot, np.arange(700), codes, 600), code=np.zeros(latent, np.float32))
    for source in ("prior", "gaussian", "mixture", "kernels", "neighbourhood"):
        (sheet,) = sheets((order,), source=source)
        if latent == 512 and source == "mixture":
            assert "5,130 codes of 512 dimensions" in sheet.reason
        else:
            assert sheet.codes.shape == (64, latent), sheet.reason
            assert np.isfinite(sheet.codes).all()
