"""The README's screenshots: `python -m tests.screenshots [--only NAME,NAME] [--to FOLDER]`.

Each is the real program, in a process and a settings folder of its own, driven with real mouse and key events and
photographed when what it shows has come about. All need LATENT_EXPLORER_DATA with MNIST; `photographs` also needs
a folder of that name in it. Training to the moment takes a minute or two a picture. On a screen (DISPLAY) the
fonts are the desktop's, otherwise Qt's offscreen platform draws.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from latent_explorer import translation
from latent_explorer.app import Application
from latent_explorer.appearance.stylesheet import application_font
from latent_explorer.core.settings import Settings
from tests import explore_scenes
from tests.latent_explorer.wheel import turn_wheel
from trainer.config import PRESETS
from trainer.data.images import default_data_folder

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "screenshots"
SIZE = (1600, 1000)
#: Of pictures of a small screen.
SMALL = (1280, 800)
#: Long enough for points that are drawn in steps, and for a map that glides to its new place.
SETTLE_MS = 1500
PATIENCE = 600.0


def rest(milliseconds: int) -> None:
    """Let the event loop run. `QTest.qWait` holds the interpreter, and the reports of the trainer queue up."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Studio:
    """The program with a hand on mouse and keyboard, and a camera."""

    def __init__(
        self,
        application: QApplication,
        place: Path,
        appearance: str,
        language: str,
        size: tuple[int, int] = SIZE,
    ) -> None:
        settings = Settings(place / "settings.ini")
        settings.set_text("window/language", language)
        application.setFont(application_font(application.font(), translation.install(application, settings)))
        self.program = Application(
            settings,
            data_folder=default_data_folder(),
            recovery_folder=place / "unfinished",
            appearance=appearance,
        )
        self.window = self.program.window
        self.training = self.program.training
        self.panes = self.program.panes
        self.window.resize(*size)
        self.program.show()
        self.window.resize(*size)
        self.wait("the images of MNIST", lambda: self.program.explorer.data.images is not None, 60)

    def rest(self, milliseconds: int) -> None:
        """Let the program run for a while."""
        rest(milliseconds)

    def wait(self, what: str, condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Let the program run until `condition` holds. Raises `TimeoutError` naming `what`."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"{what} did not come about within {seconds:.0f} s")
            rest(20)

    def child(self, name: str) -> QWidget:
        """The widget with this object name; the training settings are opened for what is in them."""
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget), f"there is no widget called {name!r}"
        if self.window.inspector.isAncestorOf(found):
            self.window.centre.show_inspector(True)
        return found

    def click(self, name: str) -> None:
        """Click a widget."""
        QTest.mouseClick(self.child(name), Qt.MouseButton.LeftButton)

    def type_number(self, name: str, text: str) -> None:
        """Type a number into a field."""
        named = self.child(name)
        field = named if isinstance(named, QLineEdit) else named.findChild(QLineEdit)
        assert field is not None
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        field.deselect()

    def drag(self, pane: int, *places: tuple[float, float]) -> None:
        """Drag the cursor of a map through shares of its width and height."""
        shown = self.window.maps[pane]
        points = [self._point(pane, place) for place in places]
        QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(shown, point)
            rest(20)
        QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=points[-1])

    def wheel(self, pane: int, place: tuple[float, float], notches: int) -> None:
        """Zoom a map in at a place."""
        shown = self.window.maps[pane]
        point = QPointF(self._point(pane, place))
        for _ in range(notches):
            turn_wheel(shown, point, 120)
            rest(20)

    def hover(self, pane: int, place: tuple[float, float]) -> None:
        """Let the pointer rest over a map."""
        for shift in (3, 2, 1, 0):
            QTest.mouseMove(self.window.maps[pane], self._point(pane, place) + QPoint(shift, 0))
            rest(30)

    def train(self, epochs: float) -> None:
        """Train until so many epochs are done; the run continues."""
        # A run that has not begun follows the settings, a moment after the last was changed.
        self.wait("the models", lambda: self.training.run_state != "loading" and not self.training.draft_differs)
        if self.training.run_state != "training":
            self.click("train-button")
        self.wait(
            f"epoch {epochs}", lambda: self.training.run_state == "training" and self.training.epoch >= epochs
        )

    def pause(self) -> None:
        """Pause, and wait for the map of every image."""
        self.click("train-button")
        count = self.program.explorer.data.count
        self.wait(
            "the whole map", lambda: self.training.run_state == "paused" and len(self.panes[0].codes.rows) == count
        )

    def choose_network(self, preset: str) -> None:
        """Choose a network by name, as with the keyboard."""
        box = self.child("network-presets")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(list(PRESETS).index(preset))
        box.activated.emit(box.currentIndex())

    def drop(self, folder: Path) -> None:
        """Drop a folder of images on the window and read it as the dialog suggests."""
        QTimer.singleShot(1500, self._accept_import)
        self.program.explorer.dropped.emit([str(folder)])
        self.wait("the images", lambda: self.training.run_state == "ready")

    def photograph(self, file: Path) -> None:
        """Write the window as a small PNG, once nothing moves."""
        rest(SETTLE_MS)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.window.grab().toImage().save(buffer, "PNG")
        with Image.open(io.BytesIO(buffer.data().data())) as picture:
            # The other methods merge the few pixels of a legend's symbol with a commoner colour.
            few = picture.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(file, optimize=True)

    def _accept_import(self) -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None, "no question was asked about the dropped folder"
        button = dialog.findChild(QWidget, "import-read")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _point(self, pane: int, place: tuple[float, float]) -> QPoint:
        shown = self.window.maps[pane]
        return QPoint(round(place[0] * shown.width()), round(place[1] * shown.height()))


# ---------------------------------------------------------------- one function a picture


def start(studio: Studio) -> None:
    """The bundled pair a moment after the start, after a first drag."""
    studio.drag(1, (0.3, 0.3), (0.4, 0.34), (0.47, 0.38))


def train(studio: Studio) -> None:
    """Both models in their second epoch on MNIST, while the cursor is dragged."""
    studio.train(1.6)
    studio.drag(1, (0.5, 0.4), (0.6, 0.45), (0.72, 0.48))


def beta(studio: Studio) -> None:
    """Twenty latent dimensions, β moved from 1 to 10 while training: KL falls and lamps go dark."""
    studio.type_number("latent-size", "20")
    studio.train(2.0)
    studio.type_number("beta-field", "10")
    studio.train(4.0)
    studio.drag(1, (0.3, 0.3), (0.4, 0.4), (0.6, 0.45))


def photographs(studio: Studio) -> None:
    """A folder of colour photographs, dropped on the window and trained; an image's point clicked."""
    studio.drop(default_data_folder() / "photographs")
    studio.choose_network("MLP 512-256")
    studio.type_number("latent-size", "64")
    studio.train(60.0)
    studio.pause()
    studio.drag(0, (0.55, 0.5))


def zoom(studio: Studio) -> None:
    """A map zoomed in where classes meet, with the image under the pointer."""
    studio.drag(1, (0.4, 0.4), (0.5, 0.5))
    studio.wheel(1, (0.5, 0.5), 6)
    rest(600)
    studio.hover(1, (0.6, 0.4))


def presentation(studio: Studio) -> None:
    """Maps and pictures alone, in large type."""
    studio.drag(1, (0.4, 0.3), (0.45, 0.34), (0.5, 0.38))
    studio.window.presentation.begin()
    studio.window.showNormal()
    studio.window.resize(*SMALL)


def chinese(studio: Studio) -> None:
    """The window in Simplified Chinese."""
    studio.drag(1, (0.3, 0.3), (0.4, 0.34), (0.47, 0.38))


#: Name -> what to do, appearance, language.
SHOTS: dict[str, tuple[Callable[[Studio], None], str, str]] = {
    "start": (start, "dark", "en"),
    "train": (train, "dark", "en"),
    "beta": (beta, "light", "en"),
    "photographs": (photographs, "light", "en"),
    "zoom": (zoom, "dark", "en"),
    "presentation": (presentation, "dark", "en"),
    "chinese": (chinese, "light", "zh_CN"),
    "interpolation": (explore_scenes.interpolation, "dark", "en"),
    "samples": (explore_scenes.samples, "light", "en"),
    "holes": (explore_scenes.holes, "dark", "en"),
    "mosaic": (explore_scenes.mosaic, "dark", "en"),
    "posteriors": (explore_scenes.posteriors, "light", "en"),
    "own-image": (explore_scenes.own_image, "light", "en"),
    "timeline": (explore_scenes.timeline, "dark", "en"),
}


#: Pictures of the window as most laptops and projectors show it.
OF_SMALL_SCREENS = ("start", "presentation")


def shoot(name: str, folder: Path) -> None:
    """Take one picture in this process."""
    action, appearance, language = SHOTS[name]
    application = QApplication([])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        size = SMALL if name in OF_SMALL_SCREENS else SIZE
        studio = Studio(application, Path(place), appearance, language, size)
        try:
            action(studio)
            studio.photograph(folder / f"{name}.png")
        finally:
            studio.program.end()


def main(argv: list[str]) -> int:
    """Take the pictures asked for; 0 if all were taken, 2 for a wrong name or missing data."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--only", default=",".join(SHOTS), help="names (default: all)")
    parser.add_argument("--to", type=Path, default=FOLDER, help="where to write (default: resources/screenshots)")
    options = parser.parse_args(argv)
    names = options.only.split(",")
    unknown = [name for name in names if name not in SHOTS]
    if unknown:
        print(f"There is no screenshot called {unknown[0]!r}; there are {', '.join(SHOTS)}.", file=sys.stderr)
        return 2
    if not (default_data_folder() / "MNIST").is_dir():
        print("Screenshots need MNIST in the folder that LATENT_EXPLORER_DATA names.", file=sys.stderr)
        return 2
    options.to.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    if len(names) == 1:
        shoot(names[0], options.to)
        return 0
    # A process each: appearance, language and pyqtgraph's options belong to a whole process.
    for name in names:
        command = [sys.executable, "-m", "tests.screenshots", "--only", name, "--to", str(options.to)]
        subprocess.run(command, check=True)
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
