"""`python -m tests.matrix window [--sample N --seed S --to FOLDER]`: look at the window in all of its states.

Every state is the real program with real data: sizes, appearances, languages, what is on show, what is open. In
each it is checked that nothing is cut, nothing overlaps, every control can be reached, and maps and pictures
have the room that they are promised; `--to` keeps the pictures. Colour photographs are looked at where the data
folder has some. Ends with 1 if something is wrong.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from tests.matrix.states import LANGUAGES, SCENES, SIZES, State, all_states, sample


def main(argv: list[str]) -> int:
    """0 if all is well, 1 if something is wrong, 2 for a wrong name."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["window"], help="what is walked over")
    parser.add_argument("--sample", type=int, default=0, help="so many states instead of all")
    parser.add_argument("--seed", type=int, default=0, help="which sample")
    parser.add_argument("--to", type=Path, help="keep the pictures in this folder")
    parser.add_argument("--scene", choices=SCENES, action="append", help="only what shows this")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="only in this language")
    options = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    if options.to is not None:
        options.to.mkdir(parents=True, exist_ok=True)
    languages, scenes = tuple(options.language or LANGUAGES), tuple(options.scene or SCENES)
    if len(languages) == len(scenes) == 1:
        return _walk(languages[0], scenes[0], options.sample, options.seed, options.to)
    each = -(-options.sample // (len(languages) * len(scenes)))
    results = []
    # A process each: the language belongs to a whole program.
    for language in languages:
        for scene in scenes:
            command = [sys.executable, "-m", "tests.matrix", "window", "--language", language, "--scene", scene]
            command += ["--sample", str(each), "--seed", str(options.seed)]
            command += ["--to", str(options.to)] if options.to is not None else []
            results.append(subprocess.run(command, check=False).returncode)
    return max(results)


def _walk(language: str, scene: str, number: int, seed: int, to: Path | None) -> int:
    """Over the states of one program."""
    from PySide6.QtWidgets import QApplication

    from latent_explorer import translation
    from latent_explorer.app import Application
    from latent_explorer.appearance.stylesheet import application_font
    from latent_explorer.core.settings import Settings
    from tests.matrix.walk import Walk
    from trainer.data.images import default_data_folder

    photographs = default_data_folder() / "photographs"
    if scene == "photographs" and not photographs.is_dir():
        print(f"{language} {scene}: {photographs} is not there, nothing was looked at")
        return 0
    states = all_states((language,), (scene,))
    states = sample(states, number, seed) if number else states
    application = QApplication([])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        settings = Settings(Path(place) / "settings.ini")
        settings.set_text("window/language", language)
        application.setFont(application_font(application.font(), translation.install(application, settings)))
        program = Application(
            settings,
            data_folder=Path(place) / "data" if scene == "bare" else default_data_folder(),
            recovery_folder=Path(place) / "unfinished",
            appearance="dark",
        )
        seen = []
        try:
            program.show()
            walk = Walk(program)
            walk.wait(lambda: program.explorer.available)
            walk.show_scene(scene, photographs)
            for state in states:
                walk.go(state)
                seen.append(walk.look(state))
                if to is not None:
                    walk.photograph(state, to)
        finally:
            program.end()
    _report(language, scene, seen)
    return int(any(one.faults for one in seen))


def _report(language: str, scene: str, seen: list) -> None:
    """The room that maps and pictures have, and each fault with the states that it is in."""
    print(f"{language} {scene}: {len(seen)} states")
    for size in SIZES:
        line = [f"  {size[0]:4d} x {size[1]:<4d}"]
        for title, wanted in (
            ("closed", lambda state: not state.panel and not state.inspector),
            ("a tool open", lambda state: state.panel and not state.inspector),
            ("and the inspector", lambda state: state.panel and state.inspector),
            ("presentation", lambda state: state.presentation),
        ):
            found = [
                one.figures
                for one in seen
                if one.state.size == size and not one.state.message and wanted(one.state)
                and one.state.presentation == (title == "presentation")
            ]  # fmt: skip
            if found:
                share, side = min(one.share for one in found), min(one.side for one in found)
                line.append(f"{title}: maps {share:.0%}, pictures {side:.0f} px")
        print(" · ".join(line))
    where: dict[str, list[State]] = defaultdict(list)
    for one in seen:
        for fault in one.faults:
            where[fault].append(one.state)
    for fault, states in sorted(where.items(), key=lambda item: -len(item[1])):
        sizes = Counter(f"{state.size[0]}x{state.size[1]}" for state in states)
        counted = ", ".join(f"{size} {number}" for size, number in sizes.items())
        print(f"  {len(states):4d} x {fault}\n         as in {states[0].name} ({counted})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
