"""Where the parts of a drawing lie: inside, apart, under each other; and what is reported of cards."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.export.figure import text_font
from latent_explorer.tools.drawing.brightness import brightness
from latent_explorer.tools.drawing.layout import lay_out
from latent_explorer.tools.drawing.paint import wrapped
from latent_explorer.tools.drawing.parts import Word
from latent_explorer.tools.drawing.words import Content, content_of
from tests.families import registered
from tests.latent_explorer.tools.drawing.looks import AE, VAE, config_of, drawn, look_at
from trainer.models.family import families, unregister

CASES = {
    "mlp": {},
    "linear": {"widths": ()},
    "deep": {"widths": (512, 256, 128, 64, 32, 16)},
    "conv": {"network": "conv", "widths": (8, 16, 32), "shape": (3, 64, 64), "latent": 40},
    "wide": {"latent": 512},
}
#: Width and height of the canvas in the smallest window, at 1280 x 800 (low and usual), at 1920 x 1080, in a file.
SIZES = [(600, 128), (1046, 150), (1046, 184), (1690, 270), (1096, 304)]


def contents(*pairs: tuple, draws: bool = False, cards: bool = True, **settings) -> list[Content]:
    """Of models (config, traits), from left to right."""
    training, found = TrainingState(), []
    if cards:
        training.set_cards({family.card.name: family.card for family in families()})
    for index, (config, traits) in enumerate(pairs):
        look = look_at(config, traits, index)
        pane = PaneState(index)
        pane.set_model(look.model)
        pane.set_codes(look.codes, look.plane)
        found.append(content_of(pane, training, drawn(look, draws=draws, **settings)[index], draws))
    return found


def pair(**changes) -> tuple:
    return (config_of("autoencoder", **changes), AE), (config_of(**changes), VAE)


def lines(content: Content) -> dict[str, str]:
    return {line.label: line.value for line in content.lines}


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("draws", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_parts_are_inside_and_apart(qapp, case, draws, size):
    rows = lay_out(contents(*pair(**CASES[case]), draws=draws), *size)
    assert len(rows) == 2
    for row in rows:
        drawn_parts = [part for part in row.parts if part.kind != "text"]
        for part in row.parts:
            assert part.rect.left() >= 0
            assert part.rect.top() >= row.rect.top() - 0.5
            assert part.rect.right() <= size[0] + 0.5, part.key
            assert part.rect.bottom() <= size[1] + 1, part.key
        for one, other in itertools.combinations(drawn_parts, 2):
            assert not one.rect.adjusted(1, 1, -1, -1).intersects(other.rect), (one.key, other.key)
        for one, other in itertools.combinations([word for word in row.words if word.align != "wrapped"], 2):
            # What is really written, not the room for it.
            assert not written(one).intersects(written(other)), (one.text, other.text)
    upper, lower = ({part.key: part.rect for part in row.parts} for row in rows)
    for key in (set(upper) & set(lower)) - {f"line{number}" for number in range(9)}:
        assert upper[key].center().x() == pytest.approx(lower[key].center().x(), abs=1.0), key


def written(word):
    metrics = QFontMetricsF(text_font(bold=word.bold, small=not word.bold))
    rect = word.rect
    wide = min(metrics.horizontalAdvance(word.text), rect.width())
    left = rect.left() if word.align == "left" else rect.center().x() - wide / 2
    return rect.__class__(left, rect.top(), wide, rect.height()).adjusted(0.5, 0.5, -0.5, -0.5)


def test_hidden_layers_fold_where_there_is_no_room_and_say_so(qapp):
    both = contents(*pair(**CASES["deep"]))
    narrow, broad = lay_out(both, 700, 150), lay_out(both, 2400, 400)
    folds = [part for part in narrow[1].parts if part.kind == "fold"]
    assert len(folds) == 2
    assert "→" in folds[0].tip
    assert not [part for part in broad[1].parts if part.kind == "fold"]
    layers = [part.key for part in broad[1].parts if part.kind == "layer"]
    assert layers == [*(f"encoder.{2 * i}" for i in range(6)), *(f"decoder.{2 * i}" for i in range(6))]


@pytest.mark.parametrize("size", SIZES[1:], ids=str)
def test_sizes_of_layers_are_written(qapp, size):
    rows = lay_out(contents(*pair(**CASES["mlp"])), *size)
    text = " ".join(word.text for word in rows[0].words)
    assert "32" in text
    assert "16" in text
    rows = lay_out(contents(*pair(**CASES["conv"])), *size)
    text = " ".join(word.text for word in rows[1].words)
    assert "8×32×32" in text
    assert "32×8×8" in text


def test_brightness_is_the_activations_share_of_the_largest():
    values = np.array([0, 1, 4, 2, 0], np.float32)
    np.testing.assert_array_equal(brightness(values, 100).ravel(), [0, 64, 255, 128, 0])
    assert not brightness(np.zeros(7, np.float32), 1.0).any()
    maps = np.arange(5 * 2 * 2, dtype=np.float32).reshape(5, 2, 2)
    tiles = brightness(maps, 1.0)
    assert tiles.shape == (4, 4)
    np.testing.assert_array_equal(tiles[:2, 2:], np.rint(255 * maps[1] / 19))
    assert brightness(np.array([np.nan, np.inf, 1], np.float32), 3.0).max() == 255


def test_terms_knobs_and_priors_are_those_of_the_card(qapp):
    left, right = contents(*pair())
    assert set(lines(left)) == {"Reconstruction", "MSE"}
    assert list(lines(right)) == ["Reconstruction", "KL to N(0, I)", "KL weight β", "MSE"]
    assert lines(right)["KL to N(0, I)"] == f"{right.flow.kl:.2f} nats"
    assert lines(right)["KL weight β"] == "1"
    assert lines(left)["Reconstruction"].endswith(" nats")
    assert "z = encoder(x)" in left.formula
    assert right.formula == "z = μ + σ · ε   p(z) = N(0, I)"


def test_a_family_with_parts_for_training_only_says_why_they_are_not_drawn(qapp):
    registered("critic")
    try:
        traits = next(family.card.traits for family in families() if family.card.name == "critic")
        (content,) = contents((config_of("critic"), traits))
        assert lines(content)["Critic fooled"] == "n/a"
        assert lines(content)["critic"] == "in training only"
        fooled = next(line for line in content.lines if line.label == "Critic fooled")
        assert "in training only" in fooled.tip
        assert "Only in training, and not drawn: critic" in content.tip
        assert [part.key for part in lay_out([content], 1046, 90)[0].parts if part.kind == "layer"]
    finally:
        unregister("critic")


def test_options_and_own_knobs_are_listed(qapp):
    registered("chosen")
    try:
        traits = next(family.card.traits for family in families() if family.card.name == "chosen")
        (content,) = contents((config_of("chosen", options={"parts": 5}), traits))
        reported = lines(content)
        assert (reported["Parts"], reported["Slack"], reported["Manner"], reported["Twice"]) == (
            "5",
            "0.5",
            "a",
            "off",
        )
        assert reported["Gamma γ"] == "0.5"
    finally:
        unregister("chosen")


def test_a_network_of_its_own_says_why_its_layers_are_missing(qapp):
    traits = dataclasses.replace(VAE, plain=False)
    (content,) = contents((config_of(), traits))
    assert "network of its own" in content.unknown
    words = [word.text for word in lay_out([content], 1046, 90)[0].words]
    assert words.count(content.unknown) == 2


def test_a_family_that_is_not_known_here_is_drawn_from_what_its_file_says(qapp):
    traits = dataclasses.replace(VAE, title="Strange", short="S")
    (content,) = contents((config_of(), traits), cards=False)
    assert set(lines(content)) == {"Reconstruction", "KL to N(0, I)", "MSE"}
    assert "not known here" in content.tip


@pytest.mark.parametrize("text", ["Code from the map: the data's images are not here.", "编码取自潜空间图：" * 6])
def test_wrapped_words_end_with_dots_where_lines_have_no_room(qapp, text):
    metrics = QFontMetricsF(text_font(small=True))
    flags = int(Qt.TextFlag.TextWordWrap)
    wide = QRectF(0, 0, 2_000, 20)
    assert wrapped(Word(text, wide, "wrapped")) == text
    low = QRectF(0, 0, 110, 2 * metrics.lineSpacing())
    said = wrapped(Word(text, low, "wrapped"))
    assert said.endswith("…")
    assert text.startswith(said[:-1])
    assert metrics.boundingRect(low, flags, said).height() <= low.height() + 1
    longer = text[: len(said) + 8] + "…"
    assert metrics.boundingRect(low, flags, longer).height() > low.height() + 1
