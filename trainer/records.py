"""Frozen dataclasses with a strict JSON form: the codec of configs, knobs and data descriptions.

Torch-free, because the window reads descriptions of checkpoints without importing torch.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Iterator, KeysView, Mapping
from typing import Any, ClassVar, Self, TypeVar

from trainer.sentences import SentenceError

#: Maximum absolute value of integers; larger ones would overflow 64-bit types.
MOST = 2**63 - 1
_LONGEST_NAME = 64
V = TypeVar("V", bound=bool | int | float | str, covariant=True)


class ConfigError(SentenceError):
    """A setting that cannot be used; the message is one sentence for the user."""


class FrozenMap(Mapping[str, V]):
    """Values by name that do not change: equal where all are, and hashable. JSON: an object."""

    __slots__ = ("_hash", "_values")

    def __init__(self, values: Mapping[str, V]) -> None:
        self._values = dict(values)
        self._hash = hash(frozenset(self._values.items()))

    def __getitem__(self, name: str) -> V:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        # Asked of every step's knobs: the dictionaries' own comparison is many times as fast as a mapping's.
        return self._values == other._values if isinstance(other, FrozenMap) else super().__eq__(other)

    def __hash__(self) -> int:
        return self._hash

    def keys(self) -> KeysView[str]:
        """The names, as a dictionary's own view, which compares faster than a mapping's."""
        return self._values.keys()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._values!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_json, (self._values,)

    def to_json(self) -> dict[str, V]:
        """Plain data; `from_json` of it gives an equal map."""
        return dict(self._values)

    @classmethod
    def from_json(cls, data: Any, where: str = "") -> Self:
        """The map described by `data`. Raises `ConfigError` unless its names are words and its values plain.

        `where`: what messages call it.
        """
        where = where or cls.__name__
        if not isinstance(data, dict):
            raise ConfigError("{name} must be a JSON object, not {found}.", name=where, found=type(data).__name__)
        for name, value in data.items():
            if not isinstance(name, str) or not name.isidentifier() or len(name) > _LONGEST_NAME:
                raise ConfigError(
                    "{where} holds {name}, which is no name of a setting.", where=where, name=f"{name!r:.80}"
                )
            if not isinstance(value, bool | int | float | str) or (isinstance(value, str) and len(value) > 1000):
                raise ConfigError("{where} must be a number, a word, true or false.", where=f"{where}.{name}")
            if isinstance(value, int | float):
                _check_number(value, f"{where}.{name}")
        return cls(data)


class Record:
    """Base of frozen dataclasses with a strict JSON form.

    `to_json` gives plain dicts, lists and numbers. `from_json` refuses unknown keys, missing keys without a
    default, values of the wrong type, numbers that are not finite and whole numbers beyond 64 bits with
    `ConfigError`; integers are accepted where floats are declared.

    Attributes:
        UNWRITTEN: values of settings that are missing in older JSON, if they differ from the current default.
    """

    UNWRITTEN: ClassVar[dict[str, Any]] = {}

    def to_json(self) -> dict[str, Any]:
        """This record as plain data for JSON; `from_json` restores an equal record."""
        return {
            field.name: _plain(getattr(self, field.name))
            for field in dataclasses.fields(self)  # type: ignore[arg-type]
        }

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The record described by `data`. Raises `ConfigError` naming the invalid key."""
        if not isinstance(data, dict):
            raise ConfigError(
                "{name} must be a JSON object, not {found}.", name=cls.__name__, found=type(data).__name__
            )
        data = cls.UNWRITTEN | data
        hints = typing.get_type_hints(cls)
        names = {field.name for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
        unknown = sorted(set(data) - names)
        if unknown:
            raise ConfigError(
                "{name} has no setting called {setting}.", name=cls.__name__, setting=f"{unknown[0]!r:.80}"
            )
        values = {key: _typed(value, hints[key], f"{cls.__name__}.{key}") for key, value in data.items()}
        try:
            return cls(**values)
        except TypeError as error:
            raise ConfigError("{name} is incomplete: {reason}.", name=cls.__name__, reason=error) from error

    @classmethod
    def salvaged(cls, data: Any, fixed: tuple[str, ...] = ()) -> tuple[Self, tuple[str, ...]]:
        """The record with all usable settings of `data`, and the names of the entries left out.

        For records in which every setting has a default: each setting is read separately, also within lists of
        records. Raises `ConfigError` if `data` is no object or one of the settings `fixed` is invalid.
        """
        if not isinstance(data, dict):
            raise ConfigError(
                "{name} must be a JSON object, not {found}.", name=cls.__name__, found=type(data).__name__
            )
        hints = typing.get_type_hints(cls)
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for key, value in data.items():
            inner = _records_in(hints.get(key))
            try:
                if inner is not None and isinstance(value, list):
                    parts = [_salvaged_part(inner, item, f"{key}[{place}]") for place, item in enumerate(value)]
                    values[key] = tuple(part for part, _ in parts)
                    wrong += [name for _, names in parts for name in names]
                else:
                    values[key] = getattr(cls.from_json({key: value}), key)
            except (ConfigError, ValueError, OverflowError, RecursionError):
                if key in fixed:
                    raise
                wrong.append(f"{key:.40}")
        return cls(**values), tuple(wrong)

    def replace(self, **changes: Any) -> Self:
        """A validated copy with some settings changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[type-var]


def _plain(value: Any) -> Any:
    if isinstance(value, Record | FrozenMap):
        return value.to_json()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _typed(value: Any, hint: Any, where: str) -> Any:
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        (inner,) = [argument for argument in arguments if argument is not type(None)]
        return _typed(value, inner, where)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise ConfigError("{where} must be a list.", where=where)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_typed(item, arguments[0], where) for item in value)
        if len(value) != len(arguments):
            raise ConfigError("{where} must have {count} entries.", where=where, count=len(arguments))
        return tuple(_typed(item, kind, where) for item, kind in zip(value, arguments, strict=True))
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint.from_json(value)
    if isinstance(origin or hint, type) and issubclass(origin or hint, FrozenMap):
        return (origin or hint).from_json(value, where)
    if isinstance(value, int | float) and not isinstance(value, bool):
        _check_number(value, where)
        if hint is float:
            return float(value)
    if hint is Any:
        return value
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ConfigError(
            "{where} must be {wanted}, not {found}.", where=where, wanted=hint.__name__, found=type(value).__name__
        )
    return value


def _records_in(hint: Any) -> type[Record] | None:
    """The record class in a type hint `tuple[Record, ...]`; None for other types."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return arguments[0] if isinstance(arguments[0], type) and issubclass(arguments[0], Record) else None
    return None


def _salvaged_part(kind: type[Record], item: Any, where: str) -> tuple[Record, list[str]]:
    try:
        part, wrong = kind.salvaged(item)
    except ConfigError:
        return kind(), [where]
    return part, [f"{where}.{name}" for name in wrong]


def check_whole_numbers(record: Record) -> None:
    """Raise `ConfigError` if a setting is a whole number that could not be read again."""
    for field in dataclasses.fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, int):
            _check_number(value, field.name.replace("_", " ").capitalize())


def _check_number(value: float, where: str) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise ConfigError("{where} must be a finite number.", where=where)
    if isinstance(value, int) and abs(value) > MOST:
        raise ConfigError("{where} is far too large a number.", where=where)
