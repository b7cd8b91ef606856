"""What the models of a run are called, so that no two of them are called the same. Torch-free."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trainer.card import Card
from trainer.config import ModelConfig
from trainer.knobs import Knobs, own_name


def model_names(models: Sequence[ModelConfig], knobs: Knobs, cards: Mapping[str, Card]) -> tuple[str, ...]:
    """A short name a model: its family's, and where others have that too, what sets it apart, such as "VAE β 4".

    Args:
        knobs: where a model has a value of its own, it is part of what sets it apart.
        cards: by the names of the families; a family that is not in it is called by that name.
    """
    short = [cards[model.family].short if model.family in cards else model.family for model in models]
    names = list(short)
    for family in dict.fromkeys(short):
        alike = [index for index, name in enumerate(short) if name == family]
        if len(alike) > 1:
            for index, name in zip(alike, _apart(alike, models, knobs, cards), strict=True):
                names[index] = f"{family} {name}".strip()
    # Twins are counted.
    return tuple(
        f"{name} ({names[: place + 1].count(name)})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    )


def _apart(
    alike: Sequence[int], models: Sequence[ModelConfig], knobs: Knobs, cards: Mapping[str, Card]
) -> list[str]:
    """For each of the models what not all of them have in common."""
    card = cards.get(models[alike[0]].family)
    parts: list[Callable[[int], str]] = [
        lambda index: f"latent {models[index].latent}",
        lambda index: _network(models[index]),
        lambda index: models[index].likelihood,
        lambda index: f"σ² {models[index].variance:g}" if models[index].likelihood == "gaussian" else "",
    ]
    for option in card.options if card is not None else ():
        parts.append(lambda index, o=option: f"{o.title} {models[index].options.get(o.name, o.default)}")  # type: ignore[misc]
    for knob in card.knobs if card is not None else ():
        parts.insert(0, lambda index, k=knob: _knob(k.name, k.sign, k.default, index, knobs))  # type: ignore[misc]
    said: list[list[str]] = [[] for _ in alike]
    for part in parts:
        words = [part(index) for index in alike]
        if len(set(words)) > 1:
            for place, word in enumerate(words):
                said[place] += [word] if word else []
    return [", ".join(words) for words in said]


def _knob(name: str, sign: str, default: float, index: int, knobs: Knobs) -> str:
    return f"{sign} {knobs.get(own_name(index, name), knobs.get(name, default)):g}"


def _network(model: ModelConfig) -> str:
    widths = "-".join(map(str, model.widths))
    return f"conv {widths}" if model.network == "conv" else (widths or "linear")
