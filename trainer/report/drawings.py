"""The report's pictures as PNG, its map and its curves as SVG: embedded in the page, nothing to download."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Sequence
from html import escape

import numpy as np

from trainer.export.png import png_bytes
from trainer.report.report import Curves, Pictures
from trainer.sentences import Sentence, one_line

Say = Callable[[Sentence], str]
#: Colours of classes, visible on black and on white.
CLASS_COLOURS = (
    "#5f88fa", "#b68b19", "#0e8a63", "#d0344f", "#9264aa", "#1b8098", "#c9701a", "#18a48f", "#ec3ebe", "#7d7d8c",
)  # fmt: skip
#: Gap between pictures in pixels.
_GAP = 110
#: Maximum number of classes, and of letters in a name, for names on the map.
_MOST_NAMES, _LONGEST_NAME = 12, 16
_SIDE, _MARGIN = 320, 34
_WIDE, _HIGH = 460, 220


def strip(pictures: np.ndarray, columns: int) -> str:
    """uint8 pictures (n, H, W, C) in rows of `columns`, as a PNG data URI."""
    count, height, width, channels = pictures.shape
    lines, gap = math.ceil(count / columns), max(1, width // 28)
    whole = np.full((lines * columns, height + gap, width + gap, 3), _GAP, np.uint8)
    whole[:count, :height, :width] = pictures if channels == 3 else pictures[..., :1]
    grid = whole.reshape(lines, columns, height + gap, width + gap, 3).swapaxes(1, 2)
    joined = grid.reshape(lines * (height + gap), columns * (width + gap), 3)
    return _uri(np.ascontiguousarray(joined[:-gap, :-gap]))


def _uri(pixels: np.ndarray) -> str:
    return "data:image/png;base64," + base64.b64encode(png_bytes(pixels)).decode("ascii")


def latent_map(pictures: Pictures, names: Sequence[str], title: str) -> str:
    """The map as SVG, with equal scales along both axes, and the names of classes."""
    places = pictures.places.astype(np.float64)
    finite = np.isfinite(places).all(axis=1)
    parts = [_svg_head(_WIDE, _SIDE, title)]
    if finite.any():
        shown = places[finite]
        labels = np.full(len(shown), -1) if pictures.labels is None else pictures.labels[finite]
        low, high = shown.min(axis=0), shown.max(axis=0)
        span = float((high - low).max()) or 1.0
        middle, scale = (low + high) / 2, (_SIDE - 2 * _MARGIN) / (1.06 * span)
        at = (shown - middle) * (scale, -scale) + _SIDE / 2
        if not pictures.axes[1]:
            # One dimension: the height only spreads the dots.
            at[:, 1] = _SIDE / 2 + 60 * (np.random.default_rng(0).random(len(at)) - 0.5)
        parts += _axes(middle, scale, pictures.axes)
        size = 3 if len(at) > 1000 else 4 if len(at) > 200 else 6
        for label in np.unique(labels):
            dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in at[labels == label])
            parts.append(
                f'<path d="{dots}" fill="none" stroke="{_colour(int(label))}" stroke-width="{size}" '
                'stroke-linecap="round" stroke-opacity=".7"/>'
            )
        classes = np.unique(labels[labels >= 0]).tolist()
        parts += _named(at, labels, classes, names) if len(classes) > 1 else []
    parts.append("</svg>")
    return "".join(parts)


def _named(at: np.ndarray, labels: np.ndarray, classes: Sequence[int], names: Sequence[str]) -> list[str]:
    """Names of classes beside the map, and on the map where there is room."""
    parts: list[str] = []
    taken: list[tuple[float, float, float]] = []
    for line, label in enumerate(classes[:_MOST_NAMES]):
        name = names[label] if label < len(names) else str(label)
        name = one_line(name)
        name = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        down = _MARGIN + 18 * line + 6
        parts.append(f'<circle cx="{_SIDE + 6}" cy="{down}" r="4.5" fill="{_colour(label)}"/>')
        parts.append(f'<text class="key" x="{_SIDE + 16}" y="{down + 4}">{escape(name)}</text>')
        x, y = (float(middle) for middle in np.median(at[labels == label], axis=0))
        half = 3.6 * sum(2 if ord(letter) > 0x2E80 else 1 for letter in name)
        if all(abs(y - other_y) > 12 or abs(x - other_x) > half + other for other_x, other_y, other in taken):
            taken.append((x, y, half))
            parts.append(f'<text class="name" x="{x:.1f}" y="{y:.1f}">{escape(name)}</text>')
    if len(classes) > _MOST_NAMES:
        down = _MARGIN + 18 * _MOST_NAMES + 10
        parts.append(f'<text class="key" x="{_SIDE + 16}" y="{down}">+ {len(classes) - _MOST_NAMES:,}</text>')
    return parts


def _axes(middle: np.ndarray, scale: float, names: tuple[str, str]) -> list[str]:
    """Ticks at round numbers, thin lines through them, and the axes' names."""
    half = (_SIDE / 2 - _MARGIN) / scale
    parts = []
    ends = _MARGIN, _SIDE - _MARGIN
    for tick in _ticks(middle[0] - half, middle[0] + half, 5):
        x = (tick - middle[0]) * scale + _SIDE / 2
        parts.append(f'<path class="grid" d="M{x:.1f} {ends[0]}V{ends[1]}"/>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="{ends[1] + 12}" text-anchor="middle">{tick:g}</text>')
    for tick in _ticks(middle[1] - half, middle[1] + half, 5) if names[1] else ():
        y = _SIDE / 2 - (tick - middle[1]) * scale
        parts.append(f'<path class="grid" d="M{ends[0]} {y:.1f}H{ends[1]}"/>')
        parts.append(f'<text class="tick" x="{ends[0] - 5}" y="{y + 3:.1f}" text-anchor="end">{tick:g}</text>')
    parts.append(
        f'<text class="tick" x="{_SIDE / 2}" y="{_SIDE - 6}" text-anchor="middle">{escape(names[0])}</text>'
    )
    if names[1]:
        parts.append(
            f'<text class="tick" x="10" y="{_SIDE / 2}" text-anchor="middle" '
            f'transform="rotate(-90 10 {_SIDE / 2})">{escape(names[1])}</text>'
        )
    return parts


def _colour(label: int) -> str:
    return "#8a8f99" if label < 0 else CLASS_COLOURS[label % len(CLASS_COLOURS)]


#: Loss terms that are drawn, with line styles that differ not only in colour.
_LINES = (("total", ""), ("reconstruction", "6 3"), ("kl", "2 3"))


def loss_curves(curves: Curves, title: str, say: Say) -> str:
    """Training losses over steps as lines, the held-out total as dots: SVG. "" if nothing is finite."""
    lines = [(name, dash, curves.terms[name]) for name, dash in _LINES if name in curves.terms]
    # Without a KL the reconstruction loss is the total.
    lines = [line for line in lines if line[0] != "reconstruction" or "kl" in curves.terms]
    steps, held_out = curves.steps.astype(np.float64), curves.held_out
    values = np.concatenate([*(line[2] for line in lines), held_out, []])
    values = values[np.isfinite(values)]
    if not len(values):
        return ""
    # The first steps would flatten the rest of the curve.
    low, high = float(values.min()), float(np.percentile(values, 96))
    low, high = min(low, 0.0 if low < 0.4 * high else low), high if high > low else low + 1
    last = max([*steps.tolist(), *curves.held_out_steps.tolist(), 1.0])
    left, right, top, bottom = 46, _WIDE - 12, 10, _HIGH - 46

    def x(step: float) -> float:
        return left + (right - left) * step / last

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / (high - low)

    parts = [_svg_head(_WIDE, _HIGH, title)]
    for tick in _ticks(low, high, 4):
        parts.append(f'<path class="grid" d="M{left} {y(tick):.1f}H{right}"/>')
        parts.append(f'<text class="tick" x="{left - 5}" y="{y(tick) + 3:.1f}" text-anchor="end">{tick:,g}</text>')
    for tick in _ticks(0, last, 5):
        parts.append(
            f'<text class="tick" x="{x(tick):.1f}" y="{bottom + 13}" text-anchor="middle">{tick:,g}</text>'
        )
    words = {
        "total": Sentence("training total"),
        "reconstruction": Sentence("reconstruction"),
        "kl": Sentence("KL"),
    }
    keys: list[tuple[str, str]] = []
    for number, (name, dash, line) in enumerate(lines):
        path, pen = "", "M"
        for step, value in zip(steps, line, strict=True):
            if not math.isfinite(value):
                pen = "M"
                continue
            path += f"{pen}{x(step):.1f} {max(y(value), top):.1f}"
            pen = "L"
        style = f'stroke-dasharray="{dash}"' if dash else ""
        parts.append(f'<path class="line{number}" d="{path}" fill="none" stroke-width="1.5" {style}/>')
        keys.append((f'<path class="line{number}" d="M0 0h18" stroke-width="2" {style}/>', say(words[name])))
    dots = "".join(
        f"M{x(step):.1f} {min(max(y(value), top), bottom):.1f}h0"
        for step, value in zip(curves.held_out_steps.tolist(), held_out.tolist(), strict=True)
        if math.isfinite(value)
    )
    if dots:
        parts.append(f'<path class="dots" d="{dots}" fill="none" stroke-width="7" stroke-linecap="round"/>')
        key = '<path class="dots" d="M11 0h0" stroke-width="7" stroke-linecap="round"/>'
        keys.append((key, say(Sentence("held-out total, β = 1"))))
    place = float(left)
    for mark, text in keys:
        parts.append(f'<g transform="translate({place:.0f} {_HIGH - 10})">{mark}')
        parts.append(f'<text class="tick" x="22" y="3">{escape(text)}</text></g>')
        place += 34 + 5.4 * sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
    parts.append("</svg>")
    return "".join(parts)


def _svg_head(width: int, height: int, title: str) -> str:
    said = escape(title)
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{said}"><title>{said}</title>'


def _ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers between `low` and `high`, about `most` of them at most."""
    span = high - low
    if not (math.isfinite(span) and span > 0):
        return []
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(unit * power for unit in (1, 2, 5, 10) if span / (unit * power) <= most)
    first = math.ceil(low / step)
    return [round(number * step, 12) for number in range(first, math.floor(high / step) + 1)]
