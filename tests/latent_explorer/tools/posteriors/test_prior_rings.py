"""Words of the prior's rings: seen whole or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPixmap

from latent_explorer.appearance.theme import DARK
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.posteriors.prior_rings import paint_prior
from tests.latent_explorer.tools.posteriors.plates import Plates
from trainer.latent.plane import raw
from trainer.latent.posterior_shapes import Shapes
from trainer.latent.prior_regions import one_gaussian
from trainer.priors.gaussian import StandardNormal


def _shapes(latent: int) -> Shapes:
    found = one_gaussian(StandardNormal(latent), raw(latent))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("x", "y", "named"), [(0.0, 0.0, 3), (2.0, 0.0, 3), (-2.0, 0.0, 3), (0.0, 2.0, 3), (9.0, 0.0, 0)]
)
def test_words_are_whole_wherever_the_prior_lies(qapp, x, y, named):
    pixmap = QPixmap(320, 400)
    with Plates(pixmap) as painter:
        paint_prior(painter, ViewTransform(320, 400, x, y, 60.0), DARK, raw(2), _shapes(2), True)
        boxes = painter.boxes
    assert len(boxes) == named
    assert all(QRectF(30, 0, 290, 380).contains(box) for box in boxes)


@pytest.mark.parametrize(("x", "named"), [(0.0, 3), (1.5, 3), (-1.5, 3), (9.0, 0)])
def test_one_axis_has_its_words_apart_on_the_side_that_is_seen(qapp, x, named):
    pixmap = QPixmap(320, 400)
    with Plates(pixmap) as painter:
        paint_prior(painter, ViewTransform(320, 400, x, 0.0, 60.0), DARK, raw(1), _shapes(1), True)
        boxes = painter.boxes
    assert len(boxes) == named
    assert not any(one.intersects(other) for one, other in pairwise(boxes))
