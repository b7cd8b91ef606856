"""The own image's work on models of every kind: colour, wide, many dimensions, collapsed, diverged."""

from __future__ import annotations

import dataclasses
import errno
import os
import time
from pathlib import Path

import numpy as np
import pytest

from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.own_image.state import OwnSettings, OwnSource
from latent_explorer.tools.own_image.work import (
    OwnImageWork,
    OwnMade,
    Unreadable,
    read_file,
)
from tests.latent_explorer.build import AE, VAE
from tests.trainer.replica.stacks import config_of, snapshot_of
from trainer.latent import plane as planes
from trainer.replica.choice import make_replica
from trainer.sentences import Sentence

STACKS = {
    "colour conv": ("conv", (4, 8), 3, (3, 32, 32)),
    "wide": ("mlp", (16,), 2, (1, 9, 21)),
    "512 dimensions": ("mlp", (32,), 512, (3, 16, 16)),
    "one dimension": ("mlp", (16,), 1, (1, 28, 28)),
}


def picture(size=(60, 90), channels=3):
    return np.random.default_rng(0).integers(0, 256, (*size, channels), dtype=np.uint8)


def look(index, snapshot, traits, codes):
    latent = codes.shape[1]
    plane = planes.raw(latent) if latent <= 2 else planes.dimensions(0, 1, latent)
    held = PaneCodes(np.arange(len(codes)), codes, plane.project(codes), 1, snapshot)
    return Look(index=index, model=PaneModel(snapshot.config, traits, 1), codes=held, plane=plane)


def answers(
    stack,
    likelihood="bernoulli",
    pixels=None,
    change=None,
    refine=True,
    traits=VAE,
    images=None,
    kind="file",
    variance=None,
):
    config = config_of(stack, likelihood)
    snapshot = snapshot_of(config, posterior=traits.has_posterior)
    if traits is AE:
        config = dataclasses.replace(config, family="autoencoder")
        snapshot = dataclasses.replace(snapshot, config=config)
    snapshot = dataclasses.replace(snapshot, variance=variance)
    if change is not None:
        change(snapshot.weights)
    work = OwnImageWork(ReplicaCache(lambda config, traits: make_replica(config)))
    codes = np.random.default_rng(1).standard_normal((300, config.latent)).astype(np.float32)
    if change is collapse:
        codes *= 1e-4
    looks = tuple(look(index, snapshot, traits, codes) for index in (0, 1))
    source = OwnSource(kind, "", picture() if pixels is None else pixels)
    made, slowest, last = [], 0.0, time.thread_time()
    for answer in work.make(looks, images, source, OwnSettings(), refine):
        now = time.thread_time()
        slowest, last = max(slowest, now - last), now
        if isinstance(answer, OwnMade):
            made.append(answer)
    assert set(made[0].encoded) == {0, 1}
    return made[0].encoded[0], made[-1].refined.get(0), slowest


def collapse(weights):
    for name in ("mean.weight", "mean.bias", "log_variance.weight", "log_variance.bias"):
        weights[name][:] = 0


def diverge(weights):
    weights["mean.bias"][:] = np.nan


@pytest.mark.parametrize("name", STACKS)
@pytest.mark.parametrize("likelihood", ["bernoulli", "gaussian", "gaussian-learned", "gaussian-pixel"])
def test_every_model_and_likelihood(name, likelihood):
    encoded, refined, _ = answers(STACKS[name], likelihood, variance=0.03)
    channels, height, width = STACKS[name][3]
    assert encoded.seen.shape == encoded.picture.shape == (height, width, channels)
    assert encoded.remark == ""
    assert np.isfinite(encoded.loss)
    assert refined.done
    assert refined.errors[-1] <= refined.errors[0] == pytest.approx(encoded.loss, rel=1e-4)
    assert refined.track.shape == (len(refined.errors), STACKS[name][2])


def test_what_is_encoded_and_where_its_refinement_begins_are_reported_together():
    config = config_of(STACKS["wide"], "bernoulli")
    snapshot = snapshot_of(config, posterior=True)
    work = OwnImageWork(ReplicaCache(lambda config, traits: make_replica(config)))
    codes = np.zeros((10, config.latent), np.float32)
    source = OwnSource("file", "", picture())
    steps = work.make((look(1, snapshot, VAE, codes),), None, source, OwnSettings(), True)
    first = next(answer for answer in steps if answer is not None)
    np.testing.assert_array_equal(first.refined[1].track, [first.encoded[1].code])


def test_it_can_be_stopped_at_any_time():
    # Processor time, once more if a neighbour has emptied the caches.
    assert any(answers(("conv", (32, 64), 32, (1, 28, 28)))[2] < 0.3 for _ in range(3))


@pytest.mark.parametrize("make", [Path.mkdir, getattr(os, "mkfifo", Path.mkdir), lambda path: None])
def test_what_is_no_file_is_not_read(make, tmp_path):
    make(tmp_path / "one.png")
    (reported,) = read_file(str(tmp_path / "one.png"))
    assert isinstance(reported, Unreadable)
    assert "not a file" in str(reported.reason)


def test_a_file_in_a_folder_that_may_not_be_read(monkeypatch, tmp_path):
    def forbidden(path, **_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "is_file", forbidden)
    assert list(read_file(str(tmp_path / "one.png"))) == [Unreadable("one.png", Sentence("it may not be read"))]


def test_points_have_no_spread():
    encoded, _, _ = answers(STACKS["wide"], traits=AE)
    assert encoded.spread is None
    assert encoded.remark == ""


def test_constant_collapsed_and_diverged():
    blank = np.full((50, 50, 1), 90, np.uint8)
    assert answers(STACKS["wide"], pixels=blank)[0].remark == "constant"
    collapsed, refined, _ = answers(STACKS["wide"], change=collapse)
    assert collapsed.remark == "collapsed"
    assert refined.done
    lost, refined, _ = answers(STACKS["wide"], change=diverge)
    assert lost.remark == "not-finite"
    assert refined is None


def test_the_paper_comes_from_the_data_or_from_decoded_codes():
    digits = np.zeros((30, 1, 9, 21), np.uint8)
    digits[:, :, 3:6, 5:9] = 255
    background = np.full((90, 210, 1), 255, np.uint8)
    background[30:60, 50:90] = 0
    assert answers(STACKS["wide"], pixels=background, images=digits)[0].inverted
    assert not answers(STACKS["wide"], pixels=background, images=255 - digits)[0].inverted

    def dark(weights):
        weights["output.bias"][:] = -30

    assert answers(STACKS["wide"], pixels=background, change=dark)[0].inverted
