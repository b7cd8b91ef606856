"""Texts shared by several formats of the report."""

from __future__ import annotations

from collections.abc import Callable

from trainer.measures.as_text import value_text
from trainer.measures.measure import Figure, Measure
from trainer.report.differences import knob_name
from trainer.report.report import Report, ReportedModel
from trainer.sentences import Sentence

Say = Callable[[Sentence], str]


def model_facts(model: ReportedModel, report: Report, say: Say) -> dict[str, str]:
    """Facts about a model and its training by label; the same labels for all models of a report."""
    knobs = {**dict.fromkeys(name for one in report.models for name in one.knobs)}
    facts = {
        Sentence("Family"): model.title,
        Sentence("Network"): model.config.summary,
        Sentence("Latent size"): str(model.config.latent),
        Sentence("Likelihood"): say(model.label),
    }
    for name in knobs:
        value = model.knobs.get(name)
        title = Sentence("β") if name == "beta" else knob_name(name)
        facts[Sentence("{name}, as applied last", name=title)] = "–" if value is None else f"{value:.4g}"
    facts[Sentence("Trained")] = say(
        Sentence("{step:,} steps, {epochs:.4g} epochs", step=model.step, epochs=model.epoch)
    )
    if any(one.train is not None for one in report.models):
        facts[Sentence("Seed, batch")] = "–" if model.train is None else f"{model.train.seed}, {model.train.batch}"
    if any(one.run for one in report.models):
        facts[Sentence("Run")] = model.run or "–"
    return {say(name): value for name, value in facts.items()}


def unit_words(measure: Measure, say: Say) -> str:
    """The unit and which direction is better, such as "nats per image, lower is better"."""
    unit = "" if measure.unit is None else say(measure.unit)
    way = {"lower": Sentence("lower is better"), "higher": Sentence("higher is better")}.get(measure.better)
    return ", ".join(part for part in (unit, "" if way is None else say(way)) if part)


def reference_words(figure: Figure, measure: Measure, say: Say) -> str:
    """The reference value with its description: "ln N: 7.60"."""
    if figure.reference is None:
        return ""
    value, what = figure.reference
    return f"{say(what)}: {value_text(Figure(key=figure.key, value=value), measure)}"


def interval_words(figure: Figure, measure: Measure, say: Say) -> str:
    """ "95 %: 104.4 to 105.8"; "" without an interval."""
    if figure.limits is None or figure.value is None:
        return ""
    width = figure.limits[1] - figure.limits[0]
    if not round(width, 8) > 0:
        return ""
    # One decimal more than needed to distinguish the two ends.
    places = min(max(1 - int(f"{width:e}".split("e")[1]), 0), 8)
    low, high = (f"{limit:,.{places}f}" for limit in figure.limits)
    return say(Sentence("95 %: {low} to {high}", low=low, high=high))
