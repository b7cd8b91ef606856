"""One pane's part of the panel: the picture of both posteriors, the two bars, the figures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from latent_explorer.appearance.theme import GAP, tabular
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.pane import PaneState
from latent_explorer.glossary.terms import describe, refer, tip
from latent_explorer.panes.elided_label import ElidedLabel
from latent_explorer.tools.true_posterior import words as words
from latent_explorer.tools.true_posterior.bar import IdentityBar
from latent_explorer.tools.true_posterior.plot import PosteriorPlot
from latent_explorer.tools.true_posterior.state import TruePosterior


class PosteriorColumn(QWidget):
    """Half of the panel."""

    def __init__(self, pane: PaneState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self.setObjectName(f"truePosterior{pane.index}")
        self.title = ElidedLabel()
        self.title.setProperty("role", f"accent{pane.index % 2}")
        self.plot = PosteriorPlot(pane.index)
        self.bar = IdentityBar(pane.index)
        self.said = PlainLabel()
        self.said.setObjectName(f"truePosteriorSaid{pane.index}")
        self.said.setProperty("role", "caption")
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        refer(self.said, "exact_posterior", "evidence_identity")
        #: Labels of name and figure, by name.
        self.figures: dict[str, tuple[PlainLabel, ElidedLabel]] = {}
        self._build()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        for place, (name, title, key) in enumerate(
            (
                ("evidence", "ln p(x)", "evidence_identity"),
                ("elbo", "ELBO", "elbo_of_image"),
                ("kl", "KL(q‖p)", "kl_to_truth"),
                ("check", self.tr("sides differ by"), "identity_check"),
                ("allowed", self.tr("error of the sums"), "identity_check"),
                ("bound", self.tr("IWAE, K = 1,000"), "iwae_of_image"),
            )
        ):
            label, value = PlainLabel(title), ElidedLabel()
            label.setProperty("role", "caption")
            value.setProperty("role", "value")
            value.setProperty("ownToolTip", True)
            value.setFont(tabular(value.font()))
            value.setObjectName(f"truePosterior-{name}{self._pane.index}")
            describe(label, key)
            refer(value, key)
            line, column = place % 3, 2 * (place // 3)
            grid.addWidget(label, line, column)
            grid.addWidget(value, line, column + 1)
            grid.setColumnStretch(column + 1, 1)
            self.figures[name] = (label, value)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.title)
        right.addWidget(self.bar)
        right.addLayout(grid)
        right.addWidget(self.said, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.plot)
        row.addLayout(right, 1)

    def show_found(self, found: TruePosterior | None, said: str, span: float) -> None:
        """Show the result, or the text `said` if there is none."""
        model = self._pane.model
        self.title.setText("" if model is None else model.title)
        usable = found is not None and not found.reason
        self.plot.show_found(found if usable else None)
        self.plot.setVisible(usable)
        self.bar.show_found(found if usable else None, span)
        self.bar.setVisible(usable)
        texts = {} if found is None or not usable else _texts(found)
        for name, (label, value) in self.figures.items():
            shown = texts.get(name, "")
            label.setVisible(bool(shown))
            value.setVisible(bool(shown))
            value.setText(shown)
            value.setAccessibleName(f"{label.text()}: {shown}")
            keys = str(value.property("terms") or "")
            value.setToolTip("" if not shown else f"{shown} {_error(found, name)}\n{tip(keys)}")
        self.said.setText(words.verdict(found) if found is not None and usable else said)
        self.said.setToolTip(self.said.text())
        self.plot.setAccessibleDescription(self.said.text())


def _error(found: TruePosterior | None, name: str) -> str:
    """ "± 0.0004" for the sums; "" for the other figures."""
    errors = {} if found is None else {"evidence": found.error, "elbo": found.elbo_error, "kl": found.kl_error}
    return f"± {words.size(errors[name])}" if name in errors else ""


def _texts(found: TruePosterior) -> dict[str, str]:
    texts = {"evidence": words.figure(found.evidence)}
    if not found.has_posterior:
        return texts | {"allowed": words.size(found.error)}
    return texts | {
        "elbo": words.figure(found.elbo),
        "kl": words.figure(found.kl),
        "check": words.size(found.left_over),
        "allowed": words.size(found.allowed),
        "bound": words.estimate(found.bound, found.bound_error),
    }
