"""All states that the walk over the window looks at."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product

#: In logical px: 1366 x 768 at twice the size, 1920 x 1080 the same way, a small laptop, most laptops, most
#: screens.
SIZES = ((683, 384), (960, 540), (1204, 700), (1280, 800), (1920, 1080))
APPEARANCES = ("dark", "light")
LANGUAGES = ("en", "zh_CN")
#: What is on show: the bundled pair at a first start, without images, and with them; a pair of twenty latent
#: dimensions; colour photographs in sixty-four.
SCENES = ("bare", "2d", "20d", "photographs")
#: "" for a closed strip.
PANELS = (
    "",
    "loss",
    "interpolation",
    "samples",
    "traversal",
    "directions",
    "own_image",
    "timeline",
    "measures",
    "neighbours",
    "selection",
    "drawing",
    "true_posterior",
    "why_blurry",
)


@dataclass(frozen=True, slots=True)
class State:
    """How the window is to look. message: a warning is on show. presentation: whatever else is open."""

    size: tuple[int, int]
    appearance: str
    language: str
    scene: str
    panel: str = ""
    inspector: bool = False
    message: bool = False
    presentation: bool = False

    @property
    def name(self) -> str:
        """For its picture and for faults."""
        parts = [
            f"{self.size[0]}x{self.size[1]}",
            self.scene,
            self.language,
            self.appearance,
            self.panel or "closed",
        ]
        parts += [word for word in ("inspector", "message", "presentation") if getattr(self, word)]
        return "-".join(parts)


def all_states(
    languages: tuple[str, ...] = LANGUAGES, scenes: tuple[str, ...] = SCENES, panels: tuple[str, ...] = PANELS
) -> list[State]:
    """Every combination, those of one program together; a presentation once with each panel.

    Another appearance and a presentation take longest, so that each comes once.
    """
    found = []
    for language, scene, appearance in product(languages, scenes, APPEARANCES):
        for size, panel in product(SIZES, panels):
            one = (size, appearance, language, scene, panel)
            found += [State(*one, inspector, message) for inspector in (False, True) for message in (False, True)]
        for size, panel in product(SIZES, panels):
            found.append(State(size, appearance, language, scene, panel, presentation=True))
    return found


def sample(states: list[State], number: int, seed: int) -> list[State]:
    """Some of them, in their order; the same for the same seed."""
    chosen = set(random.Random(seed).sample(range(len(states)), min(number, len(states))))
    return [state for place, state in enumerate(states) if place in chosen]
