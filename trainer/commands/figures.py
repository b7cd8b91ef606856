"""Formats the figures of a model as lines of text, with standard errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_ROWS = (
    ("reconstruction", "reconstruction"),
    ("kl", "KL"),
    ("total", "total at β = 1"),
    ("elbo", "ELBO"),
    ("iwae", "IWAE"),
    ("gap", "IWAE − ELBO"),
)
_WIDTH = 18


def figure_lines(one: Mapping[str, Any]) -> list[str]:
    """Losses in nats, then the squared error. Missing figures are left out."""
    lines = [f"  {one['label']}"]
    for name, title in _ROWS:
        if one.get(name) is None or (name == "kl" and not one.get("has_kl", True)):
            continue
        if name == "kl" and one.get("kl_estimated"):
            title = "KL (Monte Carlo)"
        title = f"{title}, K = {one['iwae_samples']:,}" if name == "iwae" else title
        lines.append(f"  {title:<{_WIDTH}} {one[name]:10.4f} ± {with_error(one.get(f'{name}_error'))}")
    if one.get("mse") is not None:
        lines.append(f"  {'MSE a pixel':<{_WIDTH}} {one['mse']:10.6f}")
    return lines


#: Figures that `figure_lines` and `summary_lines` have.
_HAD = ("reconstruction", "kl", "elbo", "mse", "active_units", "effective_rank")


def measure_lines(figures: Sequence[Mapping[str, Any]]) -> list[str]:
    """The other figures, one block per group; a figure that is not available is replaced by the reason."""
    lines: list[str] = []
    group = ""
    for one in figures:
        if one["measure"] in _HAD:
            continue
        if one["group_title"] != group:
            group = one["group_title"]
            lines.append(f"  {group}")
        lines.append(f"    {one['title']:<36} {one['text']}")
    return lines


def resting_words(one: Mapping[str, Any]) -> str:
    """The suffix to the name of a model that stopped training at a step while the others continued."""
    return "" if one["rests_since"] is None else f", as it was at step {one['rests_since']:,}"


def with_error(error: float | None) -> str:
    """A standard error with two significant digits; "n/a" if there is none, as for a single image."""
    return "n/a" if error is None else f"{error:.2g}"


def summary_lines(one: Mapping[str, Any]) -> list[str]:
    """The number of dimensions in use: active units with a posterior, otherwise the effective rank."""
    return [f"  {used}"] if (used := dimensions_used(one)) else []


def dimensions_used(one: Mapping[str, Any]) -> str:
    """ "3 of 5 units active", "effective rank 2.7 of 5", or "" if neither is available."""
    if one.get("active_units") is not None:
        return f"{one['active_units']} of {one['latent']} units active"
    if one.get("effective_rank") is not None:
        return f"effective rank {one['effective_rank']:.1f} of {one['latent']} dimensions"
    has_kl = one.get("has_kl", bool(one.get("kl_per_dimension")))
    return "active units n/a: of a single image there are none" if has_kl else ""
