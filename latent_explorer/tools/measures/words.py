"""Live figures as texts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from latent_explorer.tools.measures.state import Live
from latent_explorer.words.figures import MINUS, count, missing, nats
from latent_explorer.words.trainer_sentences import shown_sentence

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as text, with its tool tip."""

    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A live figure: the key of its term in the glossary, and its title in a few words."""

    term: str
    title: str


def rows() -> tuple[Row, ...]:
    """The rows of live figures, in their order."""
    return (
        Row("used", translate("Measures", "Dimensions used")),
        Row("information", translate("Measures", "Information")),
        Row("marginal_kl", translate("Measures", "Codes to prior")),
        Row("prior_offset", translate("Measures", "Offset from the prior")),
        Row("prior_spread", translate("Measures", "Spread / the prior's")),
        Row("mmd", translate("Measures", "MMD")),
        Row("median_sigma", translate("Measures", "Median σ")),
    )


def cells(live: Live | None, latent: int) -> tuple[Cell, ...]:
    """A cell for each of `rows`."""
    if live is None:
        return (Cell("–", translate("Measures", "not measured yet")),) * len(rows())
    if live.reason is not None:
        return (Cell(missing(), shown_sentence(live.reason)),) * len(rows())
    first = Cell(missing(), shown_sentence(live.none))
    if live.active is not None:
        first = Cell(translate("Measures", "{0} of {1}").format(live.active, latent), measured_on(live))
    elif live.rank is not None:
        rank = translate("Measures", "rank {0} of {1}").format(f"{live.rank:.1f}", latent)
        first = Cell(rank, measured_on(live))
    cut, mmd = live.surgery, live.mmd
    if live.offset is None or live.spread is None or mmd is None or cut is None or live.sigma is None:
        return (first, *(Cell(missing(), shown_sentence(live.none)),) * (len(rows()) - 1))
    said = _pairs(live)
    ceiling = translate("Measures", "At most ln N = {0} nats can be found with {1} images.")
    least = translate("Measures", "0 where the codes are distributed as the prior is; by chance some ±{0}.")
    return (
        first,
        Cell(
            translate("Measures", "{0} of ≤ {1} nats").format(nats(cut.mutual_information), nats(cut.ceiling)),
            "\n".join((ceiling.format(nats(cut.ceiling), count(live.pairs)), said)),
        ),
        Cell(translate("Measures", "{0} nats").format(nats(cut.marginal_kl)), said),
        Cell(_with_error(live.offset.value, live.offset.error), measured_on(live)),
        Cell(_with_error(live.spread.value, live.spread.error), measured_on(live)),
        Cell(
            _with_error(mmd.squared, mmd.squared_error),
            "\n".join((least.format(f"{mmd.squared_error or 0:.1g}"), said)),
        ),
        Cell(f"{live.sigma:.3g}", measured_on(live)),
    )


def _with_error(value: float, error: float | None) -> str:
    """ "1.02±0.01"."""
    if error is None or not error > 0:
        return f"{value:.3g}".replace("-", MINUS)
    places = min(6, max(2, 1 - int(f"{error:e}".split("e")[1])))
    return f"{round(value, places) + 0.0:.{places}f}±{error:.{places}f}".replace("-", MINUS)


def measured_on(live: Live) -> str:
    """What the figures of single images were measured on, a sentence."""
    text = (
        translate("Measures", "{0} held-out images on the map, step {1}.")
        if live.held_out
        else translate("Measures", "{0} images on the map, training images among them, step {1}.")
    )
    return text.format(count(live.count), count(live.step))


def _pairs(live: Live) -> str:
    text = translate("Measures", "{0} of them, one draw of q(z|x) each.").format(count(live.pairs))
    return f"{measured_on(live)} {text}"
