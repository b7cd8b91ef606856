"""Texts for knobs and their changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from trainer.card import Card
from trainer.config import ModelConfig
from trainer.knobs import COMMON, Knobs, knob_of
from trainer.models.family import clashing_knobs


def knob_change(before: Knobs, after: Knobs, cards: Mapping[str, Card]) -> str:
    """The changes, such as "β 1 → 10"; "β of model 2 1 → 4" for a model's own value.

    Knobs that none of these cards has are left out.
    """
    return ", ".join(f"{name} {old:g} → {new:g}" for name, old, new in _changes(before, after, cards))


def knob_values(before: Knobs, after: Knobs, cards: Mapping[str, Card]) -> str:
    """The new values of changed knobs, such as "β 10"."""
    return ", ".join(f"{name} {new:g}" for name, _, new in _changes(before, after, cards))


def _changes(before: Knobs, after: Knobs, cards: Mapping[str, Card]) -> Iterator[tuple[str, float, float]]:
    """Yield the display name of each changed knob, and its values before and after."""
    translate = QCoreApplication.translate
    signs = knob_signs(cards.values())
    for name in dict.fromkeys((*before, *after)):
        member, knob = knob_of(name)
        old, new = before.get(name, before.get(knob)), after.get(name, after.get(knob))
        if old == new or old is None or new is None:
            continue
        if cards and knob not in COMMON and all(card.knob(knob) is None for card in cards.values()):
            continue
        sign = signs.get(knob, knob)
        if member is not None:
            sign = translate("KnobChange", "{knob} of model {number}").format(knob=sign, number=member + 1)
        yield sign, old, new


def fitted_line(before: Knobs, after: Knobs, cards: Mapping[str, Card], models: Sequence[ModelConfig] = ()) -> str:
    """A sentence or two on values that `models` do not accept; "" if they accept all.

    `after` are the adapted values, see `trainer.models.family.fitted_knobs`.
    """
    asked = Knobs(**{name: before.get(name, value) for name, value in after.items()})
    change = knob_change(asked, after, cards)
    translate, said = QCoreApplication.translate, []
    if change:
        text = translate("KnobChange", "Set to the nearest that these models take: {what}.")
        said.append(text.format(what=change))
    signs = knob_signs(cards.values())
    if clashing := [signs.get(name, name) for name in clashing_knobs(before, models) if name not in after]:
        template = translate(
            "KnobChange", "Left at each model's default, as no one value suits all of them: {what}."
        )
        said.append(template.format(what=", ".join(clashing)))
    return " ".join(said)


def knob_line(knobs: Knobs, cards: Sequence[Card | None]) -> str:
    """The knobs of models with these cards (None: not known), such as "β 1 / 4", and the learning rate.

    One number where all models that have a knob have the same value.
    """
    known = [card for card in cards if card is not None]
    signs = knob_signs(known, in_full=True)
    names = dict.fromkeys(knob.name for card in known for knob in card.knobs) if known else {"beta": None}
    parts = []
    for name in names:
        values = [
            knobs.of(member, card.knobs)[name]
            for member, card in enumerate(cards)
            if card is not None and any(knob.name == name for knob in card.knobs)
        ]
        shown = [f"{value:.3g}" for value in values] or [f"{knobs.get(name, 0.0):.3g}"]
        parts.append(f"{signs.get(name, name)} {shown[0] if len(set(shown)) == 1 else ' / '.join(shown)}")
    parts.append(f"{signs['learning_rate']} {knobs.learning_rate:.3g}")
    return ", ".join(parts)


def knob_signs(cards: Iterable[Card], *, in_full: bool = False) -> dict[str, str]:
    """The letter, or a word, for each knob; the learning rate is "rate" unless `in_full`."""
    translate = QCoreApplication.translate
    signs = {
        "beta": "β",
        "learning_rate": (
            translate("KnobChange", "learning rate") if in_full else translate("KnobChange", "rate")
        ),
        "noise": translate("KnobChange", "noise"),
    }
    return {knob.name: knob.sign for card in cards for knob in card.knobs} | signs
