"""Reports of models as they come: untrained, collapsed, broken, of one image, of one dimension and of many."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.trainer.measures.subjects import image_data, subject
from tests.trainer.report.reports import report
from trainer.measures.information import GROUP as INFORMATION
from trainer.measures.measure import measured
from trainer.measures.rate import GROUP as RATE
from trainer.measures.subject import Subject
from trainer.metrics.standard_error import standard_error
from trainer.progress import UNWATCHED
from trainer.report.csv import csv_bytes
from trainer.report.html import html
from trainer.report.markdown import markdown
from trainer.report.pictures import taken_of
from trainer.report.report import ReportedModel
from trainer.report.table import rows
from trainer.sentences import Sentence


def reported(name: str, of: Subject) -> ReportedModel:
    return ReportedModel(
        name=name,
        title=name,
        config=of.model.config,
        step=0,
        epoch=0.0,
        label=Sentence("Bernoulli"),
        pixels="grey",
        figures=tuple(figure for group in (RATE, INFORMATION) for figure in measured(group, of, UNWATCHED)),
        pictures=taken_of(of, "normal" if of.prior is not None else "none", UNWATCHED),
    )


def body(text: str) -> str:
    return text.split("<main>")[1].lower()


@pytest.mark.parametrize("latent", [1, 2, 512])
def test_untrained_models(latent: int) -> None:
    pair = [reported(name, subject(name, latent=latent)) for name in ("autoencoder", "variational")]
    made = report(*pair, groups=(RATE, INFORMATION))
    text = html(made)
    assert "nan" not in body(text)
    assert text.count("<svg") == 2
    assert markdown(made)
    assert csv_bytes(made)


def test_weights_that_are_not_numbers() -> None:
    broken = subject("variational")
    with torch.no_grad():
        for weight in broken.model.parameters():
            weight.fill_(torch.nan)
    made = report(
        reported("sound", subject("variational")), reported("broken", broken), groups=(RATE, INFORMATION)
    )
    for row in rows(made):
        assert row.figures[1].reason is not None or row.measure.key == "active_units"
        assert row.verdict.best == ()
    assert "nan" not in body(html(made)).replace("not a finite", "")


@pytest.mark.parametrize("train", [59, 58])
def test_one_image_and_two(train: int) -> None:
    data = image_data(60, train=train)
    pair = [reported(name, subject(name, data=data)) for name in ("autoencoder", "variational")]
    made = report(*pair, groups=(RATE, INFORMATION))
    if train == 59:
        assert all(not row.verdict.best for row in rows(made))
    assert "nan" not in body(html(made))


def test_values_of_images_have_the_figures_as_their_means() -> None:
    of = subject("variational")
    by_key = {figure.key: figure for figure in measured(RATE, of, UNWATCHED)}
    assert by_key.keys() == {"reconstruction", "kl", "elbo", "bits_per_dimension", "mse"}
    for figure in by_key.values():
        assert figure.images is not None
        assert len(figure.images) == len(of.rows)
        assert figure.value == pytest.approx(figure.images.mean(), rel=1e-6)
        assert figure.error == pytest.approx(standard_error(figure.images), rel=1e-5)
    of_points = measured(RATE, subject("autoencoder"), UNWATCHED)
    assert {figure.key for figure in of_points if figure.images is not None} == {"reconstruction", "mse"}


def test_the_squared_error_of_single_images() -> None:
    of = subject("autoencoder")
    (error,) = (figure for figure in measured(RATE, of, UNWATCHED) if figure.key == "mse")
    assert error.images is not None
    pictures = of.decode(of.codes())
    wanted = ((pictures - of.images.numpy() / 255) ** 2).reshape(len(pictures), -1).mean(axis=1)
    np.testing.assert_allclose(error.images, wanted, rtol=1e-4)
