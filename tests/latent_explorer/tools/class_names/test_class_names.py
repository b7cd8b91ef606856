"""Class names on the maps: at the medians that NumPy finds, apart from each other, along with gliding points."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPicture

from latent_explorer.appearance.theme import DARK, LIGHT
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.class_names import overlay as module
from latent_explorer.tools.class_names.overlay import MOST, ClassNamesOverlay
from tests.latent_explorer import pictures
from tests.latent_explorer.build import pane_state
from trainer.config import DataConfig
from trainer.latent import plane as planes

VIEW = ViewTransform(700, 500, 0.0, 0.0, 60.0)


@dataclass
class Made:
    """An overlay with its states. points: float32 (n, 2), labels: int64 (n,)."""

    overlay: ClassNamesOverlay
    pane: PaneState
    explorer: ExplorerState
    tools: ToolStates
    points: np.ndarray
    labels: np.ndarray

    def give(self, points: np.ndarray, rows: np.ndarray | None = None) -> None:
        self.points = points
        rows = np.arange(len(points)) if rows is None else rows
        self.pane.set_codes(PaneCodes(rows, points, points), planes.raw(2))

    def names(self, view: ViewTransform = VIEW) -> dict[str, tuple[float, float]]:
        return {word.text: (at.x(), at.y()) for word, at in self.overlay.placed(view, font())}


def font() -> QFont:
    made = QFont()
    made.setPixelSize(14)
    return made


@pytest.fixture
def make(qtbot):
    def made(count: int = 900, classes: int = 10, name: str = "{}", labels: np.ndarray | None = None) -> Made:
        rng = np.random.default_rng(3)
        labels = rng.integers(0, classes, count) if labels is None else labels
        explorer = ExplorerState()
        explorer.set_data(
            DataView(
                title="Toy",
                config=DataConfig(),
                count=count,
                train_count=count,
                shape=(1, 4, 4),
                labels=labels,
                label_names=tuple(name.format(i) for i in range(classes)),
                factors=np.zeros((count, 1), np.float32),
                factor_names=("angle",),
            )
        )
        centres = rng.uniform(-3.5, 3.5, (classes, 2))
        points = (centres[labels] + rng.normal(0, 0.3, (count, 2))).astype(np.float32)
        tools, pane = ToolStates(all_tools()), pane_state()
        found = Made(ClassNamesOverlay(pane, explorer, tools), pane, explorer, tools, points, labels)
        found.give(points)
        return found

    return made


def test_medians_are_those_of_numpy(make):
    made = make()
    found = made.overlay.medians()
    assert set(found) == set(range(10))
    for label, place in found.items():
        np.testing.assert_allclose(place, np.median(made.points[made.labels == label], axis=0), rtol=1e-6)


def test_medians_of_large_classes_are_of_an_even_share(make):
    made = make(count=40_000, classes=3)
    for label, place in made.overlay.medians().items():
        points = made.points[made.labels == label]
        np.testing.assert_allclose(place, np.median(points, axis=0), atol=5 * 0.3 * 1.25 / np.sqrt(1_000))


def test_of_a_map_that_shows_some_rows_these_count(make):
    made = make()
    rows = np.arange(0, 900, 3)
    made.give(made.points[rows], rows)
    for label, place in made.overlay.medians().items():
        chosen = made.labels[rows] == label
        np.testing.assert_allclose(place, np.median(made.points[chosen], axis=0), rtol=1e-6)


def test_points_that_are_not_finite_do_not_count(make):
    made = make()
    points = made.points.copy()
    points[::7] = np.nan
    points[made.labels == 4] = np.inf
    made.give(points)
    found = made.overlay.medians()
    assert 4 not in found
    for label, place in found.items():
        kept = points[(made.labels == label) & np.isfinite(points).all(axis=1)]
        np.testing.assert_allclose(place, np.median(kept, axis=0), rtol=1e-6)


def test_unknown_classes_have_no_name(make):
    labels = np.tile(np.array([-1, 0, 1]), 100)
    made = make(count=300, classes=2, labels=labels)
    assert set(made.overlay.medians()) == {0, 1}
    nothing = make(count=300, classes=2, labels=np.full(300, -1))
    assert not nothing.overlay.medians()
    assert nothing.overlay.caption(VIEW) is None


def test_names_are_at_their_medians_where_nothing_is_in_their_way(make):
    made = make(classes=2)
    for name, place in made.names().items():
        assert place == pytest.approx(VIEW.to_pixels(*made.overlay.medians()[int(name)]))


@pytest.mark.parametrize("name", ["{}", "a long name of a class {}", "salt & pepper {}"])
@pytest.mark.parametrize("classes", [10, 40])
def test_no_name_covers_another_or_leaves_the_map(make, classes, name):
    made = make(classes=classes, name=name, count=2_000)
    metrics = QFontMetricsF(font())
    boxes = []
    for word, at in made.overlay.placed(VIEW, font()):
        boxes.append((at.x() - word.wide / 2, at.y() - metrics.height() / 2 + 1, word.wide, metrics.height() - 2))
    assert len(boxes) >= 5
    for place, (x, y, wide, tall) in enumerate(boxes):
        assert x >= 0
        assert y >= 0
        assert x + wide <= VIEW.width
        assert y + tall <= VIEW.height
        for other_x, other_y, other_wide, other_tall in boxes[:place]:
            apart = x >= other_x + other_wide or other_x >= x + wide
            assert apart or y >= other_y + other_tall or other_y >= y + tall


def test_large_classes_come_first(make):
    labels = np.repeat(np.arange(60), np.arange(1, 61))
    made = make(count=len(labels), classes=60, labels=labels)
    assert list(made.overlay.medians()) == list(range(59, 19, -1))


def test_all_in_one_place_some_names_have_no_room(make):
    made = make()
    made.give(np.zeros_like(made.points))
    assert 0 < len(made.names()) <= 10


def test_long_names_are_cut_off_and_odd_ones_are_as_they_are(make):
    made = make(classes=3, name="R&D\n{} <b>")
    assert set(made.names()) == {f"R&D {i} <b>" for i in range(3)}
    long = make(classes=3, name="{} of a name that has no end at all, however long one waits")
    assert len(long.names()) == 3
    metrics = QFontMetricsF(font())
    for word, _ in long.overlay.placed(VIEW, font()):
        assert "…" in word.text
        assert word.text[0] in "012"  # beginning and end stay
        assert word.wide <= 6.5 * metrics.height()
    empty = make(classes=1, name="")
    assert not empty.names()
    pictures.painted(VIEW, empty.overlay, tokens=DARK)


def test_greyed_classes_have_no_name(make):
    made = make()
    made.explorer.set_greyed(frozenset({2, 3}))
    assert {"2", "3"}.isdisjoint(made.names())
    made.explorer.set_greyed(frozenset())
    assert {"2", "3"} & set(made.names())


def test_only_while_points_are_coloured_by_class(make):
    made = make()
    assert made.overlay.active
    for what in ("none", "split", "angle"):
        made.explorer.set_colour_by(what)
        assert not made.overlay.active
    made.explorer.set_colour_by("class")
    made.tools.overlays.switch("class-names", False)
    assert not made.overlay.active
    made.tools.overlays.switch("class-names", True)
    made.explorer.set_data(replace(made.explorer.data, labels=None, label_names=(), fingerprint="other"))
    assert not made.overlay.active


def test_ten_thousand_classes_of_one_image_are_sorted_once(make, monkeypatch):
    made = make(count=10_000, classes=10_000, name="class {}", labels=np.arange(10_000))
    assert len(made.overlay.medians()) == MOST
    for label, place in made.overlay.medians().items():
        np.testing.assert_allclose(place, made.points[label], rtol=1e-6)
    said = made.overlay.caption(VIEW)
    assert said.text == "names of the 40 largest of 10,000 classes"
    assert said.brief == "40 of 10,000 classes named"
    sorted_again: list[int] = []
    monkeypatch.setattr(module, "_grouped", lambda *_: sorted_again.append(1))
    made.give(made.points + np.float32(1))  # the same rows with other codes
    made.overlay.medians()
    assert not sorted_again


def test_few_classes_need_no_caption(make):
    assert make(classes=MOST).overlay.caption(VIEW) is None


def test_names_go_along_with_gliding_points(make):
    made = make()
    pictures.painted(VIEW, made.overlay, tokens=DARK)
    before = dict(made.overlay.medians())
    reported: list[int] = []
    made.overlay.changed.connect(lambda: reported.append(1))
    made.give(made.points + np.float32(1.0))
    after = made.overlay.medians()
    made.pane.set_glide(0.0)
    assert reported
    for label, place in made.overlay.places().items():
        assert place == pytest.approx(before[label])
    made.pane.set_glide(0.25)
    for label, place in made.overlay.places().items():
        assert place == pytest.approx(np.array(before[label]) + 0.25 * 1.0, abs=1e-5)
    # A refresh in the middle of it begins where names are.
    pictures.painted(VIEW, made.overlay, tokens=DARK)
    halfway = made.overlay.places()
    made.give(made.points + np.float32(1.0))
    made.pane.set_glide(0.0)
    assert made.overlay.places()[0] == pytest.approx(halfway[0])
    made.pane.set_glide(1.0)
    assert made.overlay.places() == made.overlay.medians() != after


def test_names_that_come_again_are_where_they_will_be(make):
    made = make()
    points = made.points.copy()
    points[made.labels == 4] = np.nan
    made.give(points)
    pictures.painted(VIEW, made.overlay, tokens=DARK)
    made.give(made.points + np.float32(1.0))
    made.pane.set_glide(0.0)
    finite = made.points[made.labels != 4]
    assert np.isfinite(finite).all()
    assert set(made.overlay.places()) >= set(range(4))


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_names_are_letters_in_the_colour_of_text_on_a_halo(make, tokens):
    made = make(classes=1, name="HHH")
    image = pictures.painted(VIEW, made.overlay, tokens=tokens)
    ((x, y),) = made.names().values()
    seen = {
        image.pixelColor(column, row).name()
        for column in range(round(x) - 16, round(x) + 16)
        for row in range(round(y) - 8, round(y) + 8)
        if image.pixelColor(column, row).alpha() > 250
    }
    lightness = [QColor(colour).lightness() for colour in seen]
    assert min(abs(value - QColor(tokens.text).lightness()) for value in lightness) < 12
    assert min(abs(value - QColor(tokens.map).lightness()) for value in lightness) < 12
    assert image.pixelColor(2, 2).alpha() == 0


def test_into_a_file_names_go_as_areas(make):
    made = make(classes=2, name="HH {}")
    recorded = QPicture()
    with QPainter(recorded) as painter:
        made.overlay.paint(painter, VIEW, DARK)
    magnified = QImage(1_400, 1_000, QImage.Format.Format_ARGB32_Premultiplied)
    magnified.fill(0)
    with QPainter(magnified) as painter:
        painter.scale(2, 2)
        made.overlay.paint(painter, VIEW, DARK)
    for word, at in made.overlay.placed(VIEW, font()):
        assert word.text
        box = range(round(2 * at.x()) - 20, round(2 * at.x()) + 20)
        assert any(magnified.pixelColor(column, round(2 * at.y())).alpha() > 0 for column in box)
    assert recorded.size() > 0


def box_of(made: Made, name: str) -> QRectF:
    """Where a name is written, in px."""
    word, at = next(one for one in made.overlay.placed(VIEW, font()) if one[0].text == name)
    tall = QFontMetricsF(font()).height()
    return QRectF(at.x() - word.wide / 2, at.y() - tall / 2, word.wide, tall)


def test_names_keep_out_of_what_the_map_itself_says(make):
    made = make(classes=3)
    before = {name: box_of(made, name) for name in made.names()}
    made.overlay.clear = tuple(before.values())
    assert set(made.names()) == set(before)
    for name in made.names():
        inner = box_of(made, name).adjusted(0, 2, 0, -2)
        assert not any(inner.intersects(other) for other in made.overlay.clear)


def test_names_on_a_heap_leave_most_of_a_small_map_free(make):
    small = replace(VIEW, width=200, height=150)
    made = make(name="automobile {}")
    made.give(made.points * np.float32(0.01))
    metrics = QFontMetricsF(font())
    placed = made.overlay.placed(small, font())
    assert 1 <= len(placed) < 10
    covered = sum(word.wide * metrics.height() for word, _ in placed)
    assert covered <= 0.15 * small.width * small.height
    assert len(made.names()) > len(placed)


def test_a_line_leads_from_a_name_far_away_to_its_median(make):
    made = make(name="class {}")
    made.give(np.zeros_like(made.points))
    tall = QFontMetricsF(font()).height()
    median = QPointF(*VIEW.to_pixels(0.0, 0.0))
    led = 0
    for one in made.overlay._placed(VIEW, font()):
        # Of a rectangle, the place nearest to a point is that point, moved inside.
        box = box_of(made, one.word.text).adjusted(-2, 1, 2, -1)
        x = float(np.clip(median.x(), box.left(), box.right()))
        y = float(np.clip(median.y(), box.top(), box.bottom()))
        away = float(np.hypot(x - median.x(), y - median.y()))
        assert (one.leader is not None) == (away > 2 * tall)
        if one.leader is not None:
            led += 1
            assert one.leader.p1() == median
            assert (one.leader.p2().x(), one.leader.p2().y()) == pytest.approx((x, y))
    assert led
    image = pictures.painted(VIEW, made.overlay, tokens=DARK)
    assert image.pixelColor(round(median.x()), round(median.y())).alpha() > 0
