"""The texts of the drawing: a model's card, its loss terms for one image, contents of each part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.figures import acting_knobs
from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.panes.loss_words import described
from latent_explorer.tools.drawing.brightness import maps_drawn
from latent_explorer.tools.drawing.state import Activation, Drawn, Draws, Flow
from latent_explorer.words.figures import count, missing, nats, signed
from latent_explorer.words.trainer_names import shown_name
from trainer.card import KL, RECONSTRUCTION, Card, Knob, Term
from trainer.prior import Prior

translate = QCoreApplication.translate

#: Number of a code's values listed in a tool tip.
_LISTED = 8
#: Number of dimensions whose values are shown beside a vector's symbol.
FEW = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its name; tip: its definition, one sentence."""

    label: str
    value: str
    tip: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """The texts of one model's row.

    Attributes:
        pane: index.
        name: short name of the model. tip: text of its card.
        formula: formula of z.
        lines: loss terms and options.
        note: why there is nothing to draw; "" if there is.
        remark: why the encoder's half is missing, or its layers; "" if they are there.
        unknown: why hidden layers are missing; "" if they are there.
        no_draws: why there are no draws, where there are none.
    """

    pane: int
    name: str
    tip: str
    formula: str
    lines: tuple[Line, ...]
    flow: Flow | None = None
    draws: Draws | None = None
    note: str = ""
    remark: str = ""
    unknown: str = ""
    no_draws: str = ""


def content_of(pane: PaneState, training: TrainingState, drawn: Drawn | None, draws: bool) -> Content | None:
    """The texts of a pane's row; None for an empty pane. `draws`: whether draws are requested."""
    model = pane.model
    if model is None:
        return None
    card = training.cards.get(model.config.family)
    flow = None if drawn is None or draws else drawn.flow
    made = drawn.draws if drawn is not None and draws else None
    snapshot = pane.codes.snapshot if pane.codes is not None else None
    prior = model.prior(snapshot) if snapshot is not None else None
    unknown = remark = ""
    if flow is not None and not flow.layers_known:
        unknown = translate("Drawing", "A network of its own: its layers are not described here.")
    if flow is not None and flow.row is None:
        remark = translate("Drawing", "From the code under the cursor: nothing is encoded.")
    elif flow is not None and flow.image is None:
        remark = translate("Drawing", "Code from the map: the data's images are not here.")
    return Content(
        pane=pane.index,
        name=model.short,
        tip=_about(model, card, prior),
        formula=_formula(model, flow, prior),
        lines=_lines(model, card, acting_knobs(training, pane), flow, made, prior),
        flow=flow,
        draws=made,
        note=_note(drawn),
        remark=remark,
        unknown=unknown,
        no_draws=_no_draws(model),
    )


def _note(drawn: Drawn | None) -> str:
    if drawn is None:
        return translate("Drawing", "…")
    return {
        "": "",
        "no-image": translate("Drawing", "Pick an image on a map: its way through the model is drawn here."),
        "no-cursor": translate("Drawing", "Drag the cursor on the map: the decoder's half is drawn here."),
        "not-finite": translate("Drawing", "The code is not finite: the weights have diverged, train anew."),
    }[drawn.reason]


def _no_draws(model: PaneModel) -> str:
    if model.traits.has_posterior:
        return translate("Drawing", "n/a: σ of this image is not at hand.")
    return translate("Drawing", "A code is a point: the same picture every time, there is nothing to draw.")


def _formula(model: PaneModel, flow: Flow | None, prior: Prior | None) -> str:
    if flow is not None and flow.row is None:
        return ""
    if not model.traits.has_posterior:
        return translate("Drawing", "the code is a point: z = encoder(x)")
    if prior is None:
        return "z = μ + σ · ε"
    return f"z = μ + σ · ε   p(z) = {prior.formula}"


def _about(model: PaneModel, card: Card | None, prior: Prior | None) -> str:
    """Title, sentence, network, prior, options, and what only training has."""
    lines = [f"{model.title} · {model.config.summary}"]
    if card is None:
        lines.append(translate("Drawing", "Its family is not known here; this is what its file says of it."))
    else:
        lines.append(shown_name(card.about))
        lines += [f"{line.label}: {line.value}" for line in _options(model, card)]
    if prior is not None:
        lines.append(translate("Drawing", "Prior p(z) = {formula}").format(formula=prior.formula))
    if model.traits.training_only:
        parts = ", ".join(name.rstrip(".") for name in model.traits.training_only)
        lines.append(translate("Drawing", "Only in training, and not drawn: {parts}").format(parts=parts))
    return "\n".join(lines)


# ------------------------------------------------------------ figures


def _lines(
    model: PaneModel,
    card: Card | None,
    knobs: Mapping[str, float],
    flow: Flow | None,
    draws: Draws | None,
    prior: Prior | None,
) -> tuple[Line, ...]:
    if draws is not None:
        return _draw_lines(model, draws)
    if flow is None or flow.row is None:
        return ()
    lines = []
    terms = (RECONSTRUCTION, KL) if card is None else card.terms
    for term in terms:
        if term.name != "total":
            line = _term(model, term, card, flow, prior)
            if line is not None:
                lines.append(line)
    if card is not None:
        lines += [_knob(knob, knobs[knob.name]) for knob in card.knobs if knob.name in knobs]
    if flow.squared_error is not None:
        lines.append(
            Line(
                translate("Drawing", "MSE"),
                _small(flow.squared_error),
                translate(
                    "Drawing",
                    "Mean squared difference of decoded and original a pixel value, black 0, white 1; lower is "
                    "better.",
                ),
            )
        )
    if card is not None:
        lines += _options(model, card)
        lines += [_training_only(name) for name in model.traits.training_only]
    return tuple(lines)


def _term(model: PaneModel, term: Term, card: Card | None, flow: Flow, prior: Prior | None) -> Line | None:
    """A loss term of a single image; None if it has no meaning."""
    title, tip = shown_name(term.title), shown_name(term.help)
    if term == RECONSTRUCTION:
        pixels = "grey"
        if flow.image is not None and ((flow.image == 0) | (flow.image == 255)).all():
            pixels = "binary"
        tip = f"{tip}\n{described(model.config, pixels, flow.snapshot.variance)[1]}".strip()
        if flow.reconstruction is None:
            reason = translate("Drawing", "n/a: without the image, or the σ² that the model has learned.")
            return Line(title, missing(), f"{reason}\n{tip}")
        return Line(title, _in_nats(flow.reconstruction), tip)
    if term == KL:
        if not model.traits.has_posterior:
            return None
        if prior is not None:
            title = translate("Drawing", "{term} to {prior}").format(term=title, prior=prior.formula)
        if flow.kl is None:
            reason = translate("Drawing", "n/a: it needs μ and σ of an image, and a prior.")
            return Line(title, missing(), f"{reason}\n{tip}")
        value = _in_nats(flow.kl)
        if flow.kl_error is not None:
            value = translate("Drawing", "{value} ± {error} nats").format(
                value=nats(flow.kl), error=nats(flow.kl_error)
            )
            tip += "\n" + translate("Drawing", "Estimated from 256 draws, with its standard error.")
        return Line(title, value, tip)
    reason = translate("Drawing", "n/a: known of a batch in training only; see the panel Loss.")
    return Line(title, missing(), f"{reason}\n{tip}")


def _draw_lines(model: PaneModel, draws: Draws) -> tuple[Line, ...]:
    tip = translate(
        "Drawing",
        "Mean squared difference of two draws' pictures a pixel value (black 0, white 1), over all pairs: how "
        "much of the picture the noise decides.",
    )
    label = translate("Drawing", "MSE between draws")
    if not len(draws.codes):
        figure = missing() if model.traits.has_posterior else "0"
        return (Line(label, figure, f"{_no_draws(model)}\n{tip}"),)
    return (Line(label, _small(draws.spread), tip),)


def _knob(knob: Knob, value: float) -> Line:
    title = shown_name(knob.title)
    return Line(f"{title} {knob.sign}", f"{value:.4g}", shown_name(knob.help))


def _options(model: PaneModel, card: Card) -> list[Line]:
    """The options of the card, as this model has them."""
    known = {option.name: option for option in card.options}
    chosen = {name: value for name, value in model.config.options.items() if name in known}
    values = card.all_options(chosen)
    return [
        Line(
            shown_name(one.title),
            " ".join(filter(None, (_option(values[one.name]), one.unit and shown_name(one.unit)))),
            shown_name(one.help),
        )
        for one in card.options
    ]


def _option(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return translate("Drawing", "on") if value else translate("Drawing", "off")
    return shown_name(value) if isinstance(value, str) else f"{value:g}"


def _training_only(name: str) -> Line:
    tip = translate("Drawing", "Only training needs this part of the model: no picture goes through it.")
    return Line(name.rstrip("."), translate("Drawing", "in training only"), tip)


def _in_nats(value: float) -> str:
    return translate("Drawing", "{value} nats").format(value=nats(value))


def _small(value: float) -> str:
    """A mean squared error, such as "0.0123"."""
    if not np.isfinite(value):
        return missing()
    return f"{value:.4f}" if value >= 0.00995 else f"{value:.3g}"


# ------------------------------------------------------------ parts


def shape_text(shape: tuple[int, ...]) -> str:
    """ "512" or "32×14×14"."""
    return "×".join(str(side) for side in shape)


def picture_shape(picture: np.ndarray) -> str:
    """The shape of uint8 (H, W, C): "1×28×28", channels first as layers have them."""
    height, width, channels = picture.shape
    return shape_text((channels, height, width))


def layer_tip(layer: Activation) -> str:
    """The tool tip of a hidden layer."""
    values = layer.values
    finite = values[np.isfinite(values)]
    most = float(finite.max()) if len(finite) else 0.0
    above = float((values > 0).mean())
    if values.ndim == 1:
        what = translate("Drawing", "{layer}: {units} units after the ReLU.").format(
            layer=layer.name, units=count(len(values))
        )
    else:
        channels, height, width = values.shape
        what = translate("Drawing", "{layer}: {channels} maps of {width} × {height} after the ReLU.").format(
            layer=layer.name, channels=count(channels), width=width, height=height
        )
        shown = maps_drawn(channels, max(height, width)) ** 2
        if shown < channels:
            what += " " + translate("Drawing", "The first {shown} are drawn.").format(shown=count(shown))
    scale = translate(
        "Drawing", "The background's colour is 0, the strongest colour is {most}. Above 0: {share}."
    ).format(most=f"{most:.3g}", share=f"{100 * above:.0f} %")
    return f"{what}\n{scale}"


def folded_tip(layers: tuple[Activation, ...]) -> str:
    """The tool tip for folded layers."""
    sizes = " → ".join(shape_text(layer.values.shape) for layer in layers)
    return translate("Drawing", "Hidden layers without room: {sizes}").format(sizes=sizes)


def vector_tip(symbol: str, values: np.ndarray, model_has_posterior: bool) -> str:
    """The tool tip of μ, σ, ε or z, with its first values."""
    what = {
        "μ": translate("Drawing", "μ: the mean of q(z|x), what the map shows."),
        "σ": translate("Drawing", "σ: the standard deviation of q(z|x) in each latent dimension."),
        "ε": translate(
            "Drawing",
            "ε: noise of mean 0 and variance 1 in each dimension, drawn anew for each z; models of one latent "
            "size get the same.",
        ),
        "z": translate("Drawing", "z = μ + σ · ε: the code that is decoded.")
        if model_has_posterior
        else translate("Drawing", "z: the code, a point; the same image always has the same."),
    }[symbol]
    listed = ", ".join(signed(float(value)) for value in values[:_LISTED])
    more = len(values) - _LISTED
    if more > 0:
        listed += translate("Drawing", " and {more} more").format(more=count(more))
    return f"{what}\n{listed}"


def vector_figure(symbol: str, values: np.ndarray) -> str:
    """One line for a vector: its values if they are few, else its length, or the range of σ."""
    if len(values) <= FEW:
        if symbol == "σ":
            return "  ".join(f"{value:.3f}" if value < 0.0995 else f"{value:.2f}" for value in values.tolist())
        return "  ".join(signed(value) for value in values.tolist())
    if symbol == "σ":
        return f"{float(values.min()):.2f} – {float(values.max()):.2f}"
    return f"|{symbol}| = {float(np.linalg.norm(values.astype(np.float64))):.2f}"
