"""The texts of the own image's panel: remarks, figures and what they mean."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.glossary.terms import tip
from latent_explorer.panes.loss_words import described
from latent_explorer.tools.own_image.state import Encoded, OwnImageState, Refined
from latent_explorer.words.figures import MINUS, missing, nats

#: Latent dimensions whose σ are listed one by one.
_LISTED = 3
_ARROW = " → "
#: From this loss in nats on, values beside an arrow have no decimals.
_LARGE = 999.95


def head(pane: PaneState) -> str:
    """The head line of one model's part."""
    if pane.model is None:
        return ""
    return pane.model.short


def loss_line(model: PaneModel, encoded: Encoded, refined: Refined | None) -> str:
    """Reconstruction loss, before and after refinement."""
    translate = QCoreApplication.translate
    if encoded.loss is None:
        return translate("OwnImage", "loss n/a")
    figures = nats(encoded.loss)
    if refined is not None and refined.in_nats:
        after = float(refined.errors[-1])
        # Both figures must fit in a narrow column.
        form = _whole if encoded.loss >= _LARGE else nats
        figures = form(encoded.loss) + _ARROW + form(after)
    return translate("OwnImage", "loss {0} nats").format(figures)


def loss_tip(model: PaneModel, encoded: Encoded) -> str:
    """The tool tip of the loss."""
    translate = QCoreApplication.translate
    variance, learned = encoded.snapshot.variance, model.config.likelihood == "gaussian-learned"
    if encoded.loss is None and learned and variance is None:
        return translate(
            "OwnImage",
            "n/a: this file does not keep the σ² that the model has learned; train a step on the images that it "
            "was trained on, and it is measured there.",
        )
    if encoded.loss is None:
        return translate(
            "OwnImage", "n/a: this model's decoder gives pictures only, not what its likelihood needs."
        )
    # The image is not binarised: its grey levels are the pixels.
    pixels = "binary" if ((encoded.seen == 0) | (encoded.seen == 255)).all() else "grey"
    return "\n".join(
        (
            tip("own_loss"),
            described(model.config, pixels, variance)[1],
        )
    )


def error_line(encoded: Encoded, refined: Refined | None) -> str:
    """Mean squared error, before and after refinement."""
    figures = _small(encoded.squared_error)
    if refined is not None:
        figures += _ARROW + _small(refined.squared_error)
    return QCoreApplication.translate("OwnImage", "MSE per pixel {0}").format(figures)


def error_tip() -> str:
    """The tool tip of the error."""
    return tip("own_error")


def spread_line(model: PaneModel, encoded: Encoded) -> str:
    """σ of the posterior, or that there is none."""
    translate = QCoreApplication.translate
    if encoded.spread is None:
        return translate("OwnImage", "a point, no σ")
    spread = encoded.spread.astype(float)
    if not np.isfinite(spread).all():
        return translate("OwnImage", "σ n/a")
    if len(spread) <= _LISTED:
        return "σ " + ", ".join(_sigma(value) for value in spread)
    return translate("OwnImage", "σ {0} to {1}").format(_sigma(spread.min()), _sigma(spread.max()))


def spread_tip(model: PaneModel, encoded: Encoded) -> str:
    """The tool tip of σ with all values."""
    translate = QCoreApplication.translate
    if encoded.spread is None:
        return translate(
            "OwnImage", "{model} encodes an image as a point: there is no posterior and no σ."
        ).format(model=model.short)
    median = translate("OwnImage", "Here the median is {0}, of {1} dimensions.")
    return f"{tip('own_spread')}\n" + median.format(_sigma(float(np.median(encoded.spread))), len(encoded.spread))


def saved_text(model: PaneModel, encoded: Encoded, refined: Refined | None) -> str:
    """The text embedded in a saved picture: model, weights and code."""
    code = encoded.code if refined is None else refined.track[-1]
    numbers = ", ".join(f"{value:.6g}" for value in code.tolist())
    what = "your image" if refined is None else f"your image, z refined in {len(refined.errors) - 1} steps"
    return f"{model.title}, {model.config.summary}, step {encoded.snapshot.step}, {what}, z = ({numbers})"


def status(own: OwnImageState, panes: tuple[PaneState, ...]) -> str:
    """The status line: instructions, limitations, or progress of the refinement."""
    translate = QCoreApplication.translate
    if all(pane.model is None or pane.codes is None for pane in panes):
        return translate("OwnImage", "There is no model yet: open a session or train one, then draw.")
    if own.source is None:
        return translate("OwnImage", "Draw in the pad, or drop, paste or open an image: both models encode it.")
    lines = [line for pane in panes if (line := _remark(own.encoded[pane.index], pane)) and line]
    if lines:
        return " ".join(dict.fromkeys(lines))
    refined = [(pane, one) for pane in panes if (one := own.refined[pane.index]) is not None]
    if refined:
        return " · ".join(_steps(pane, one, own.refining) for pane, one in refined)
    return _how_shown(own, panes)


def _how_shown(own: OwnImageState, panes: tuple[PaneState, ...]) -> str:
    translate = QCoreApplication.translate
    parts = []
    if any(encoded is not None and encoded.inverted for encoded in own.encoded) and own.settings.invert is None:
        parts.append(
            translate("OwnImage", "Shown as a negative, because the data are light on dark or vice versa.")
        )
    sizes = [encoded.code.shape[0] for encoded in own.encoded if encoded is not None]
    if sizes and max(sizes) > 2:
        parts.append(
            translate("OwnImage", "The star is where the map's plane has the code of {0} dimensions.").format(
                max(sizes)
            )
        )
    return " ".join(parts)


def _remark(encoded: Encoded | None, pane: PaneState) -> str:
    translate = QCoreApplication.translate
    if encoded is None or pane.model is None or not encoded.remark:
        return ""
    if encoded.remark == "constant":
        return translate("OwnImage", "The image is the same all over: its code says little.")
    if encoded.remark == "not-finite":
        text = translate("OwnImage", "{model} gives no finite code: its weights have diverged, train it anew.")
    else:
        text = translate(
            "OwnImage", "{model} is collapsed: its code says nothing about the image, every image looks alike."
        )
    return text.format(model=pane.model.short)


def _steps(pane: PaneState, refined: Refined, refining: bool) -> str:
    translate = QCoreApplication.translate
    steps = len(refined.errors) - 1
    name = "" if pane.model is None else pane.model.short
    if refined.done and steps == 1:
        text = translate("OwnImage", "{model}: refined in 1 step")
    elif refined.done:
        text = translate("OwnImage", "{model}: refined in {steps} steps")
    elif refining:
        text = translate("OwnImage", "{model}: step {steps}…")
    elif steps == 1:
        text = translate("OwnImage", "{model}: stopped after 1 step")
    else:
        text = translate("OwnImage", "{model}: stopped after {steps} steps")
    return text.format(model=name, steps=steps)


def _whole(value: float) -> str:
    """A large loss, such as "2,013"."""
    return f"{value:,.0f}" if math.isfinite(value) else missing()


def _small(value: float) -> str:
    """A mean squared error, such as "0.0123"."""
    if not math.isfinite(value):
        return missing()
    return f"{value:.4f}" if value < 9.99995 else f"{value:.2e}"


def _sigma(value: float) -> str:
    text = f"{value:.2f}" if 0.095 <= value < 99.5 else f"{value:.3f}" if value < 0.095 else f"{value:.1e}"
    return text.replace("-", MINUS)
