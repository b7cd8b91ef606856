"""The glossary's entries, also used for tool tips: the only definitions of numbers on screen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.tool_tips import TERMS, PaintsNumbers
from latent_explorer.glossary.explored import EXPLORED
from latent_explorer.glossary.figures import FIGURES
from latent_explorer.glossary.measured import LIVE, measure_term, on_demand
from latent_explorer.glossary.pictures import PICTURES
from latent_explorer.glossary.term import Section, Term

# All entries in English, in reading order.
SECTIONS = (*PICTURES, *FIGURES, *EXPLORED, *LIVE)
_BY_KEY = {one.key: one for section in SECTIONS for one in section.terms}


def sections() -> tuple[Section, ...]:
    """All entries in the present language, in reading order."""
    here = (Section(_said(section.title), tuple(map(_translated, section.terms))) for section in SECTIONS)
    return (*here, *on_demand())


def term(key: str) -> Term:
    """The entry of this key in the present language. Raises `KeyError` for an unknown key."""
    if key in _BY_KEY:
        return _translated(_BY_KEY[key])
    return measure_term(key)


def _translated(one: Term) -> Term:
    return replace(one, name=_said(one.name), what=_said(one.what), unit=_said(one.unit), source=_said(one.source))


def _said(english: str) -> str:
    return QCoreApplication.translate("Glossary", english) if english else ""


def better_text(better: str) -> str:
    """The direction of a measure as a sentence; "" if it has none."""
    translate = QCoreApplication.translate
    return {
        "lower": translate("Glossary", "Lower is better."),
        "higher": translate("Glossary", "Higher is better."),
    }.get(better, "")


def unit_text(unit: str) -> str:
    """A unit as a sentence; "" for a plain number."""
    return QCoreApplication.translate("Glossary", "Unit: {0}.").format(unit) if unit else ""


def tip(*keys: str) -> str:
    """The tool tip for these terms, one line each: name, definition, unit, better direction."""
    lines = []
    line = QCoreApplication.translate("Glossary", "{name}: {said}")
    for key in keys:
        one = term(key)
        said = (one.what, unit_text(one.unit), better_text(one.better))
        lines.append(line.format(name=one.name, said=" ".join(filter(None, said))))
    return "\n".join(lines)


def describe(widget: QWidget, *keys: str, more: str = "") -> None:
    """Set the tool tip of `widget` to its terms, followed by `more`, and link it to the glossary."""
    refer(widget, *keys)
    widget.setToolTip("\n".join(filter(None, (tip(*keys), more))))


def refer(widget: QWidget, *keys: str) -> None:
    """Link a widget with its own tool tip to glossary terms."""
    widget.setProperty(TERMS, " ".join(keys))


def terms_of(widget: QWidget | None, place: QPoint | None = None) -> tuple[str, ...]:
    """The keys of the terms of a widget, or else of its parents; () if there are none.

    place: a point of the screen, for a widget that shows several numbers; None for all of them.
    """
    while widget is not None:
        if isinstance(widget, PaintsNumbers):
            return widget.terms_at(None if place is None else widget.mapFromGlobal(place))
        if found := widget.property(TERMS):
            return tuple(str(found).split())
        widget = widget.parentWidget()
    return ()
