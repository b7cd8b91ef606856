"""What the colours of the difference picture mean, in one line under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextDocumentFragment
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.panes.difference import BRIGHTER, DARKER


class DifferenceKey(PlainLabel):
    """ "difference: ■ brighter ■ darker", in fewer words where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differenceKey")
        self.setProperty("role", "caption")
        self.setTextFormat(Qt.TextFormat.RichText)
        brighter, darker = self.tr("brighter"), self.tr("darker")
        more, less = f"{_square(BRIGHTER)}&nbsp;", f"{_square(DARKER)}&nbsp;"
        pair = self.tr("{brighter}, {darker} than the original")
        #: From the longest to the shortest.
        self._forms = (
            self.tr("difference: {0}").format(pair.format(brighter=more + brighter, darker=less + darker)),
            self.tr("difference: {0}").format(f"{more}{brighter} {less}{darker}"),
            f"{more}{brighter} {less}{darker}",
            f"{more}+ {less}−",
            f"{_square(BRIGHTER)}+ {_square(DARKER)}−",
        )

    def fit(self, room: int) -> None:
        """Say as much as `room` px allow; nothing where that is not enough for anything."""
        self.setText(next((form for form in self._forms if self.width_of(form) <= room), ""))

    def width_of(self, form: str) -> int:
        """Of one of its forms, in px."""
        return self.fontMetrics().horizontalAdvance(QTextDocumentFragment.fromHtml(form).toPlainText()) + 1


def _square(colour: tuple[int, int, int]) -> str:
    return f'<span style="color:{QColor(*colour).name()}">■</span>'
