"""The losses beside the tabs: the figures of the table, each in its pane's accent, as far as there is room."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextDocumentFragment
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme
from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.layout.live_numbers import LiveNumbers
from tests.latent_explorer.build import evaluate, pane_state, train


def make(qtbot: QtBot, panes: tuple[PaneState, ...] | None = None) -> tuple[LiveNumbers, TrainingState]:
    training = TrainingState()
    numbers = LiveNumbers(training, panes or (pane_state(0), pane_state(1)))
    qtbot.addWidget(numbers)
    numbers.resize(600, 34)
    numbers.show()
    return numbers, training


def said(numbers: LiveNumbers) -> str:
    text = QTextDocumentFragment.fromHtml(numbers.text()).toPlainText()
    return re.sub(r"\s+", " ", text)


def test_nothing_is_said_before_anything_is_measured(qtbot: QtBot) -> None:
    numbers, _ = make(qtbot)
    assert said(numbers) == ""
    assert numbers.toolTip() == ""
    assert numbers.accessibleName()


def test_both_models_last_evaluation_in_their_colours(qtbot: QtBot) -> None:
    numbers, training = make(qtbot)
    evaluate(training, 4690)
    qtbot.waitUntil(
        lambda: said(numbers) == "reconstruction loss 129.6 · 133.5 KL 2.48 held-out images, nats per image"
    )
    shades = [colours(theme().tokens)[f"accent{place}"] for place in (0, 1)]
    assert f'style="color:{shades[0]}">129.6<' in numbers.text()
    assert f'style="color:{shades[1]}">133.5<' in numbers.text()
    assert f'style="color:{shades[1]}">2.48<' in numbers.text(), "an autoencoder has no KL"
    assert "lower is better" in numbers.toolTip().lower()
    assert "step 4,690" in numbers.toolTip()
    assert "10,000 images" in numbers.toolTip()


def test_words_give_way_to_figures_and_those_to_nothing(qtbot: QtBot) -> None:
    numbers, training = make(qtbot)
    evaluate(training, 4690)
    qtbot.waitUntil(lambda: bool(said(numbers)))
    seen = []
    for width in range(600, 0, -10):
        numbers.resize(width, 34)
        if not seen or seen[-1] != said(numbers):
            seen.append(said(numbers))
        lines = QTextDocumentFragment.fromHtml(numbers.text()).toPlainText().splitlines()
        assert all(numbers.fontMetrics().horizontalAdvance(line) <= width for line in lines), "nothing is cut"
        assert not seen[-1] or "nats" in seen[-1], "no figure without its unit"
    assert seen == [
        "reconstruction loss 129.6 · 133.5 KL 2.48 held-out images, nats per image",
        "reconstruction 129.6 · 133.5 KL 2.48 held-out images, nats per image",
        "reconstruction 129.6 · 133.5 KL 2.48 nats per image",
        "129.6 · 133.5 reconstruction, nats",
        "129.6 · 133.5 nats per image",
        "129.6 · 133.5 nats",
        "130 · 134 nats",
        "",
    ]


def test_figures_that_the_run_has_left_behind_say_of_which_step_they_are(qtbot: QtBot) -> None:
    numbers, training = make(qtbot)
    train(training, 2)
    evaluate(training, 2)
    figures = "reconstruction loss 129.6 · 133.5 KL 2.48"
    qtbot.waitUntil(lambda: said(numbers) == f"{figures} held-out images, nats per image")
    train(training, 200, start=2)
    qtbot.waitUntil(lambda: said(numbers) == f"{figures} held-out images at step 2, nats per image")
    numbers.resize(
        int(1.1 * numbers.fontMetrics().horizontalAdvance("reconstruction 129.6 · 133.5 KL 2.48  ")), 34
    )
    assert "step 2" in said(numbers), "the step before what the images are"
    numbers.resize(600, 34)
    evaluate(training, 202)
    qtbot.waitUntil(lambda: said(numbers) == f"{figures} held-out images, nats per image")
    training.set_looked_at(100)
    qtbot.waitUntil(lambda: said(numbers) == f"{figures} held-out images at step 2, nats per image")


def test_they_follow_the_moment_that_the_maps_show(qtbot: QtBot) -> None:
    numbers, training = make(qtbot)
    train(training, 300)
    evaluate(training, 100)
    qtbot.waitUntil(lambda: bool(said(numbers)))
    training.set_looked_at(50)
    qtbot.waitUntil(lambda: said(numbers) == "")
    training.set_looked_at(None)
    qtbot.waitUntil(lambda: bool(said(numbers)))
