"""Names that distinguish models: the family's name, and as many of their differences as are needed.

Torch-free. Functions that produce text take `translate`, which returns a template of `Sentence` in another
language.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields

from trainer.card import Card
from trainer.config import ModelConfig
from trainer.knobs import COMMON, Knobs
from trainer.sentences import Sentence
from trainer.traits import Traits

#: The cards of the families installed here, by name.
Cards = Mapping[str, Card]
Translate = Callable[[str], str]
#: Fields of a `ModelConfig` left out of names: the family, and those that all models of a run share.
_SAID = ("family", "shape")


@dataclass(frozen=True, slots=True)
class Described:
    """A model to be named.

    Attributes:
        short, title: names of its family, such as "VAE" and "Variational autoencoder".
        knobs: the live settings that apply to it, by name; see `live_settings`.
        step: the step at which it was kept; None for a member of the run that is shown.
    """

    short: str
    title: str
    config: ModelConfig
    knobs: Mapping[str, float]
    step: int | None = None


def run_names(models: Sequence[ModelConfig], knobs: Knobs, cards: Cards, translate: Translate = str) -> list[str]:
    """A short name for each model of a run, all different."""
    return [_said(name, translate) for name in called(models, knobs, cards)]


def called(models: Sequence[ModelConfig], knobs: Knobs, cards: Cards) -> list[Sentence | str]:
    """The same names as parts of sentences, which are translated where they are shown."""
    described = []
    for member, model in enumerate(models):
        card = cards.get(model.family)
        short, title = (card.short, card.title) if card is not None else (model.family, model.family)
        described.append(Described(short, title, model, knobs.of(member, card.knobs) if card is not None else {}))
    suffixes = _all_suffixes(described, cards)
    return [_named(model.short, suffix) for model, suffix in zip(described, suffixes, strict=True)]


def model_names(models: Sequence[Described], cards: Cards, translate: Translate = str) -> list[tuple[str, str]]:
    """(short name, full name) for each model, all different. `cards`: of the families installed here."""
    return [
        (_said(_named(model.short, suffix), translate), _said(_named(model.title, suffix), translate))
        for model, suffix in zip(models, _all_suffixes(models, cards), strict=True)
    ]


def _all_suffixes(models: Sequence[Described], cards: Cards) -> list[Sentence | str]:
    suffixes: list[Sentence | str] = [""] * len(models)
    for short in dict.fromkeys(model.short for model in models):
        alike = [place for place, model in enumerate(models) if model.short == short]
        found = _suffixes([models[place] for place in alike], cards)
        for place, suffix in zip(alike, found, strict=True):
            suffixes[place] = suffix
    return suffixes


def _named(family: str, suffix: Sentence | str) -> Sentence | str:
    return Sentence("{family} {suffix}", family=family, suffix=suffix) if suffix else family


def _said(name: Sentence | str, translate: Translate) -> str:
    return name.text(translate) if isinstance(name, Sentence) else name


def setting_name(field: str) -> Sentence:
    """The name of a setting of a `ModelConfig` inside a sentence."""
    names = {
        "network": Sentence("network"),
        "widths": Sentence("layer widths"),
        "latent": Sentence("latent size"),
        "likelihood": Sentence("likelihood"),
        "variance": Sentence("variance"),
    }
    return names.get(field) or Sentence("{name}", name=field.replace("_", " "))


def settings_of(config: ModelConfig) -> dict[str, Hashable]:
    """The settings in which two models of one family may differ, by name; only those that apply to this model."""
    found: dict[str, Hashable] = {}
    for field in fields(config):
        value = getattr(config, field.name)
        if field.name in _SAID or (field.name == "variance" and config.likelihood != "gaussian"):
            continue
        if isinstance(value, Mapping):
            found |= value
        else:
            found[field.name] = value
    return found


def live_settings(model: ModelConfig, traits: Traits, knobs: Knobs, member: int, cards: Cards) -> dict[str, float]:
    """The live settings that apply to member `member` of the run with `knobs`, by name."""
    card = cards.get(model.family)
    own = knobs.of(member, card.knobs) if card is not None else {"beta": knobs.beta} if traits.uses_beta else {}
    return own | {name: knobs[name] for name in COMMON}


def _suffixes(models: Sequence[Described], cards: Cards) -> list[Sentence | str]:
    """For models of one family: "" for one alone; else what differs, until all of them do."""
    parts: list[list[Sentence | str]] = [[] for _ in models]
    for text_of in _differences(models, cards):
        joined = [str(_joined(part)) for part in parts]
        if len(set(joined)) == len(models):
            break
        texts = [text_of(model) for model in models]
        # A setting that splits no group of equal names is skipped; if it splits a group, all names in the group
        # include it.
        for text in set(joined):
            group = [place for place, other in enumerate(joined) if other == text]
            if len({texts[place] for place in group}) > 1:
                for place in group:
                    parts[place] += [texts[place]] if texts[place] else []
    joined = [str(_joined(part)) for part in parts]
    return [
        _joined(part) if joined.count(text) == 1 else _numbered(part, joined[: place + 1].count(text))
        for place, (part, text) in enumerate(zip(parts, joined, strict=True))
    ]


def _joined(parts: Sequence[Sentence | str]) -> Sentence | str:
    """The parts with commas between them; "" for none."""
    if not parts:
        return ""
    first, *rest = parts
    return Sentence("{first}, {rest}", first=first, rest=_joined(rest)) if rest else first


def _numbered(parts: Sequence[Sentence | str], number: int) -> Sentence | str:
    """`parts` with a number, for a model that nothing else distinguishes from the others."""
    return Sentence("{what} #{number}", what=_joined(parts), number=number) if parts else f"#{number}"


def _differences(models: Sequence[Described], cards: Cards) -> list[Callable[[Described], Sentence | str]]:
    signs = {knob.name: knob.sign for card in cards.values() for knob in card.knobs}

    def knob(name: str) -> Callable[[Described], Sentence | str]:
        return lambda model: f"{signs.get(name, name)} {model.knobs[name]:.4g}" if name in model.knobs else ""

    def latent(model: Described) -> Sentence | str:
        return Sentence("latent {size}", size=model.config.latent)

    def network(model: Described) -> Sentence | str:
        return model.config.summary

    def setting(name: str) -> Callable[[Described], Sentence | str]:
        def text_of(model: Described) -> Sentence | str:
            value = settings_of(model.config).get(name)
            return "" if value is None else Sentence("{name} {value}", name=setting_name(name), value=str(value))

        return text_of

    def step(model: Described) -> Sentence | str:
        return "" if model.step is None else Sentence("step {step:,}", step=model.step)

    names = dict.fromkeys(name for model in models for name in settings_of(model.config))
    rest = [setting(name) for name in names if name not in ("latent", "network", "widths")]
    turned = dict.fromkeys(name for model in models for name in model.knobs if name not in COMMON)
    return [*map(knob, turned), latent, network, *rest, step]
