"""Widths of the drawing's columns, which all models share, so that equal parts are aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from latent_explorer.tools.drawing.lettering import text_width
from latent_explorer.tools.drawing.parts import picture_width
from latent_explorer.tools.drawing.state import Activation, Flow
from latent_explorer.tools.drawing.words import vector_figure

#: Gaps between hidden layers, around them in their body, and between decoded picture and figures.
STEP, PAD, BESIDE = 12.0, 7.0, 16.0
#: How much lower the narrow end of a body is, as a share of its height.
TAPER = 0.24
#: Width of the signs between σ and ε, and between those and z.
SIGN, JOIN = 20.0, 36.0
#: Minimum width of a body, for its name above it.
_LEAST_BODY = 60.0
#: Width of a vector's block besides its numbers: symbol and margins.
_BESIDE_NUMBERS = 26.0
_FOLDED = 26.0
_WIDEST_MAPS = 96.0
#: (usual, minimum, maximum) widths: of a layer of units, a vector, an arrow, the figures.
_UNITS, _BLOCK, _ARROW, _FIGURES = (
    (40.0, 26.0, 100.0),
    (92.0, 58.0, 160.0),
    (18.0, 10.0, 56.0),
    (176.0, 150.0, 230.0),
)

#: A column of layers: single ones, and a tuple of those that do not fit.
Shown = list[Activation | tuple[Activation, ...]]


@dataclass(slots=True)
class Columns:
    """Widths in px.

    Attributes:
        tall: height of what is drawn.
        picture, arrow, units, block, figures: of a picture, an arrow, a layer of units, a vector, the figures.
        encoder, decoder: of these bodies.
        cloud: whether any model has a posterior, so that μ, σ and ε need room.
        kept: maximum number of hidden layers shown in a body.
    """

    tall: float
    picture: float = 0.0
    arrow: float = _ARROW[0]
    units: float = _UNITS[0]
    block: float = _BLOCK[0]
    figures: float = _FIGURES[0]
    encoder: float = 0.0
    decoder: float = 0.0
    cloud: bool = False
    kept: int = 0

    @property
    def latent(self) -> float:
        """Width from μ to z."""
        return 3 * self.block + SIGN + JOIN if self.cloud else self.block

    @property
    def whole(self) -> float:
        """Total width."""
        bodies = self.encoder + self.latent + self.decoder
        return 2 * self.picture + 4 * self.arrow + bodies + BESIDE + self.figures

    def layer(self, layer: Activation | tuple[Activation, ...]) -> float:
        """Width of one layer, or of the sign for several."""
        if isinstance(layer, tuple):
            return _FOLDED
        return self.units if layer.values.ndim == 1 else min(self.tall * (1 - TAPER / 2), _WIDEST_MAPS)

    def fit_bodies(self, flows: Sequence[Flow]) -> None:
        """Make the bodies as wide as their layers need."""
        self.encoder = max(self._body(flow.encoder) for flow in flows)
        self.decoder = max(self._body(flow.decoder) for flow in flows)

    def _body(self, layers: Sequence[Activation]) -> float:
        widths = [self.layer(one) for one in folded(layers, self.kept)]
        return max(_LEAST_BODY, sum(widths) + STEP * max(0, len(widths) - 1) + 2 * PAD)


def folded(layers: Sequence[Activation], kept: int) -> Shown:
    """The layers that are drawn if there is room for `kept` of them, with a tuple for those that are not."""
    if len(layers) <= kept:
        return list(layers)
    if kept < 2:
        return [tuple(layers)]
    first = (kept + 1) // 2
    last = len(layers) - (kept - first)
    return [*layers[:first], tuple(layers[first:last]), *layers[last:]]


def columns_for(flows: Sequence[Flow], tall: float, width: float) -> Columns:
    """The columns for `width`: hidden layers are folded, then other parts narrowed; spare room is distributed."""
    found = Columns(tall)
    if not flows:
        return found
    found.picture = max(picture_width(flow.picture, tall) for flow in flows)
    found.cloud = any(flow.mean is not None for flow in flows)
    blocks = 3.0 if found.cloud else 1.0
    found.block = min(_BLOCK[2], max(_BLOCK[0], *(_needed(flow) for flow in flows)))
    most = max(len(layers) for flow in flows for layers in (flow.encoder, flow.decoder))
    for kept in range(most, -1, -1):
        found.kept = kept
        found.fit_bodies(flows)
        if found.whole <= width:
            break
    units = max(1, sum(one.values.ndim == 1 for flow in flows[:1] for one in flow.encoder))
    for name, number, (_, least, _) in (
        ("units", 2.0 * units, _UNITS),
        ("arrow", 4.0, _ARROW),
        ("figures", 1.0, _FIGURES),
        ("block", blocks, _BLOCK),
    ):
        over = found.whole - width
        if over > 0:
            setattr(found, name, max(least, getattr(found, name) - over / number))
            found.fit_bodies(flows)
    for name, number, (_, _, largest), share in (
        ("figures", 1.0, _FIGURES, 0.3),
        ("units", 2.0 * units, _UNITS, 0.5),
        ("block", blocks, _BLOCK, 0.7),
        ("arrow", 4.0, _ARROW, 1.0),
    ):
        spare = max(0.0, width - found.whole)
        setattr(found, name, min(largest, getattr(found, name) + share * spare / number))
        found.fit_bodies(flows)
    return found


def _needed(flow: Flow) -> float:
    """Width of a vector's block with all its numbers."""
    vectors = (("μ", flow.mean), ("σ", flow.spread), ("ε", flow.noise), ("z", flow.code))
    figures = [vector_figure(symbol, values) for symbol, values in vectors if values is not None]
    return max(text_width(figure) for figure in figures) + _BESIDE_NUMBERS
