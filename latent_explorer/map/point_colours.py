"""The colour of each point: by class, factor, loss, split, or none."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import DataView, ExplorerState

#: Number of colours in a factor's ramp.
RAMP_STEPS = 64


@dataclass(frozen=True, slots=True, eq=False)
class PointColours:
    """Colours of n points.

    Attributes:
        index: uint8 (n,), into `palette`.
        palette: uint8 (k, 3) sRGB; the last entry is the grey for greyed-out and unlabelled points.
        grey: whether any point is grey; grey points are drawn below the others.
    """

    index: np.ndarray = field(repr=False)
    palette: np.ndarray = field(repr=False)
    grey: bool

    @property
    def grey_index(self) -> int:
        """The index of grey, the palette's last entry."""
        return len(self.palette) - 1


def point_colours(
    data: DataView | None,
    rows: np.ndarray,
    colour_by: str,
    greyed: frozenset[int],
    tokens: Tokens,
    losses: np.ndarray | None = None,
) -> PointColours:
    """Colours of the data rows `rows` (int64 (n,)).

    `colour_by` is "class", "split", "none", a factor's name, or that of a loss, which `losses` are then
    (float32 (N,) of all data rows, NaN where not known). If the data set does not have that information, or
    the rows belong to another data set, all points get one neutral colour.
    """
    if data is not None and len(rows) and _covers(data, rows):
        if colour_by == "class" and data.labels is not None:
            return _by_class(data.labels[rows], greyed, tokens)
        if colour_by == "split":
            held_out = rows >= data.train_count
            return _with_grey(held_out.astype(np.uint8), split_colours(tokens), tokens, grey=False)
        if data.factors is not None and colour_by in data.factor_names:
            values = data.factors[:, data.factor_names.index(colour_by)]
            return _by_factor(values[rows], values, tokens)
        if losses is not None and len(losses) == data.count:
            return _by_factor(losses[rows], np.array(loss_range(losses)), tokens)
    return _with_grey(np.zeros(len(rows), np.uint8), (tokens.text_2,), tokens, grey=False)


class ColourMemory:
    """Remembers the inputs of the last colouring, so that a refresh with the same inputs costs nothing.

    Data set and rows are compared by identity: comparing a million labels would cost as much as colouring them.
    """

    def __init__(self) -> None:
        self._by: tuple[object, ...] | None = None

    def forget(self) -> None:
        """Forget the last inputs, so that `fresh` colours again."""
        self._by = None

    def fresh(self, explorer: ExplorerState, rows: np.ndarray, tokens: Tokens) -> PointColours | None:
        """Colours of `rows` for the explorer's settings; None if they are the same as in the last call."""
        losses = explorer.losses.values(explorer.colour_by)
        wanted = (explorer.colour_by, explorer.greyed, tokens)
        last = self._by
        if (
            last is not None
            and last[0] is explorer.data
            and last[1] is rows
            and last[2] is losses
            and last[3] == wanted
        ):
            return None
        self._by = (explorer.data, rows, losses, wanted)
        return point_colours(explorer.data, rows, *wanted, losses)


def factor_range(values: np.ndarray) -> tuple[float, float]:
    """The values at both ends of the ramp: the least and the largest finite one; NaN if there is none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if len(finite) else (float("nan"), float("nan"))


def loss_range(losses: np.ndarray) -> tuple[float, float]:
    """The losses at both ends of the ramp: the least, and the one that 1 % are above; NaN if none is known.

    Otherwise a few extreme images would leave a single colour for all others.
    """
    known = losses[np.isfinite(losses)]
    if not len(known):
        return float("nan"), float("nan")
    high = np.partition(known, len(known) - 1 - len(known) // 100)[len(known) - 1 - len(known) // 100]
    return float(known.min()), float(high)


def split_colours(tokens: Tokens) -> tuple[str, str]:
    """Colours of training and held-out points."""
    return tokens.classes[0], tokens.classes[1]


def ramp(tokens: Tokens) -> np.ndarray:
    """A perceptually uniform ramp for factors and losses, uint8 (RAMP_STEPS, 3), low to high.

    Even steps of lightness in OKLab (Ottosson 2020) with the hue from blue over green to yellow, so that the order
    is visible without distinguishing hues. The range of lightness contrasts with the map's ground, dark or light.
    """
    share = np.linspace(0, 1, RAMP_STEPS)
    if tokens.dark:
        light, hue, chroma = 0.46 + 0.46 * share, 290 - 185 * share, 0.15 - 0.02 * share
    else:
        light, hue, chroma = 0.76 - 0.46 * share, 95 + 195 * share, 0.13 + 0.02 * share
    angle = np.deg2rad(hue)
    return _oklab_to_srgb(np.stack([light, chroma * np.cos(angle), chroma * np.sin(angle)], axis=1))


def _covers(data: DataView, rows: np.ndarray) -> bool:
    """Whether the rows fit this data set: between two messages the codes may belong to another one."""
    return int(rows.max()) < data.count


def _by_class(labels: np.ndarray, greyed: frozenset[int], tokens: Tokens) -> PointColours:
    """Class c has colour c modulo ten; the marker shape (class_marks.py) distinguishes classes of one colour."""
    colours = len(tokens.classes)
    known = int(labels.max(initial=-1)) + 1
    table = np.arange(known + 1) % colours
    table[known] = colours  # the entry that label -1 indexes
    table[[label for label in greyed if 0 <= label < known]] = colours
    grey = bool(greyed) or bool((labels < 0).any())
    return _with_grey(table.astype(np.uint8)[labels], tokens.classes, tokens, grey=grey)


def _by_factor(values: np.ndarray, everything: np.ndarray, tokens: Tokens) -> PointColours:
    """Colour by position on the ramp between the data set's smallest and largest value; non-finite is grey."""
    low, high = factor_range(everything)
    known = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        share = (values - low) / (high - low) if high > low else np.zeros(len(values))
        place = np.where(known, np.clip(share * RAMP_STEPS, 0, RAMP_STEPS - 1), RAMP_STEPS)
    palette = np.vstack([ramp(tokens), _rgb(tokens.grey)])
    return PointColours(place.astype(np.uint8), palette, not bool(known.all()))


def _with_grey(index: np.ndarray, colours: tuple[str, ...], tokens: Tokens, *, grey: bool) -> PointColours:
    return PointColours(index, np.stack([_rgb(colour) for colour in (*colours, tokens.grey)]), grey)


def _rgb(colour: str) -> np.ndarray:
    """ "#rrggbb" as uint8 (3,)."""
    return np.frombuffer(bytes.fromhex(colour.lstrip("#")), np.uint8)


def _oklab_to_srgb(lab: np.ndarray) -> np.ndarray:
    """OKLab (n, 3) to sRGB uint8 (n, 3), clipped to the gamut."""
    to_cone = np.array(
        [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.2914855480]]
    )
    to_linear = np.array(
        [
            [4.0767416621, -3.3077115913, 0.2309699292],
            [-1.2684380046, 2.6097574011, -0.3413193965],
            [-0.0041960863, -0.7034186147, 1.7076147010],
        ]
    )
    linear = np.clip((lab @ to_cone.T) ** 3 @ to_linear.T, 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(encoded * 255).astype(np.uint8)
