"""The live settings of a run. One immutable object, replaced as a whole and read once at the start of each step.

Torch-free.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from trainer.records import ConfigError, FrozenMap

if TYPE_CHECKING:
    from trainer.card import Knob

MAX_BETA = 1000.0
MAX_LEARNING_RATE = 1.0
MAX_NOISE = 1.0
#: Knobs of every family. All other names are those of the knobs in the families' cards.
COMMON = ("learning_rate", "noise")
#: Upper limit: eight members of a run, each with its own value for as many knobs as a card may have.
_MOST = 8 * 32
_OWN = re.compile(r"m([1-8])_(\w+)")


def own_name(member: int, name: str) -> str:
    """The key of the knob `name` for a single member (counted from 0), such as "m2_beta"."""
    return f"m{member + 1}_{name}"


def knob_of(name: str) -> tuple[int | None, str]:
    """The member (counted from 0; None: all) and the knob name of a key of `Knobs`."""
    match = _OWN.fullmatch(name)
    return (None, name) if match is None else (int(match[1]) - 1, match[2])


class Knobs(FrozenMap[float]):
    """The live settings of a run by name, in a fixed order. Immutable; equal if all values are.

    "learning_rate" (above 0, at most 1) is Adam's step size. "noise" (0 to 1) is the standard deviation of the
    Gaussian noise added to the encoder's input (pixels in [0, 1]) while training; the target stays clean. Both
    apply to all members. Every other name is a knob of a family's card, such as "beta" (0 to 1000), the weight of
    the KL divergence; "m2_beta" is the same for the second member only and overrides it there.

    Raises `ConfigError` for values that no family accepts; `trainer.models.family.check_knobs` checks the cards.
    """

    __slots__ = ()

    def __init__(self, /, **values: float) -> None:
        values = {"beta": 1.0, "learning_rate": 1e-3, "noise": 0.0} | values
        if len(values) > _MOST:
            raise ConfigError("There are more knobs than eight models have.")
        for name, value in values.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ConfigError("{where} must be a number.", where=name[:40])
        if any(not 0 <= value <= MAX_BETA for name, value in values.items() if knob_of(name)[1] == "beta"):
            raise ConfigError("β must be between 0 and {most:g}.", most=MAX_BETA)
        if not 0 < values["learning_rate"] <= MAX_LEARNING_RATE:
            raise ConfigError("The learning rate must be above 0 and at most {most:g}.", most=MAX_LEARNING_RATE)
        if not 0 <= values["noise"] <= MAX_NOISE:
            raise ConfigError("Noise must be between 0 and {most:g}.", most=MAX_NOISE)
        for name, value in values.items():
            if not abs(value) <= sys.float_info.max:
                raise ConfigError("{where} must be a finite number.", where=name[:40])
        super().__init__({name: float(value) for name, value in values.items()})

    @property
    def beta(self) -> float:
        """Weight of the KL divergence of members without their own value."""
        return self._values["beta"]

    @property
    def learning_rate(self) -> float:
        """Adam's step size."""
        return self._values["learning_rate"]

    @property
    def noise(self) -> float:
        """Standard deviation of the noise on the inputs."""
        return self._values["noise"]

    def of(self, member: int, knobs: Iterable[Knob]) -> dict[str, float]:
        """The values of a card's knobs for one member, by name: its own value, else the common one, else the
        default.
        """
        shared = {knob.name: self._values.get(knob.name, knob.default) for knob in knobs}
        return {name: self._values.get(own_name(member, name), value) for name, value in shared.items()}

    def replace(self, /, **changes: float | None) -> Self:
        """A copy with some values changed; None removes one. Raises `ConfigError` as the constructor does."""
        values = self._values | changes
        return type(self)(**{name: value for name, value in values.items() if value is not None})

    @property
    def own(self) -> dict[str, float]:
        """The values that apply to single members, by key ("m2_beta")."""
        return {name: value for name, value in self._values.items() if knob_of(name)[0] is not None}

    def with_own(self, own: Mapping[str, float]) -> Self:
        """A copy in which the values of single members are exactly `own`."""
        return self.replace(**{name: None for name in self.own if name not in own}, **own)

    def for_members(self, members: tuple[int | None, ...]) -> Self:
        """The knobs of a run whose member i was member `members[i]`; a new member (None) has no values of
        its own.
        """
        own: dict[str, float] = {}
        for new, former in enumerate(members):
            for name, value in self.own.items():
                member, knob = knob_of(name)
                if member == former:
                    own[own_name(new, knob)] = value
        return self.with_own(own)

    @classmethod
    def from_json(cls, data: Any, where: str = "") -> Self:
        """The knobs in the JSON object `data`. Raises `ConfigError`."""
        return cls(**FrozenMap.from_json(data, where or cls.__name__))
