"""Checks Qt's requirements before it is imported, to report a missing one in a sentence.

Qt's wheels link against a few system libraries, and Qt aborts the process without an exception if the platform
plugin cannot be loaded. Therefore the libraries are loaded here first.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys

from latent_explorer.sessions.folder import make_session_folder

#: Debian and Ubuntu package of each library that Qt needs. Other libraries are reported by file name.
PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libX11.so.6": "libx11-6",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

#: Libraries of the xcb platform plugin; if it fails to load, Qt aborts.
XCB_LIBRARIES = (
    "libX11-xcb.so.1",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-randr.so.0",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
)


def problem(*, offscreen: bool) -> str:
    """What is missing, in one sentence; "" if the window can be opened.

    `offscreen`: no screen is needed; without one, Qt is set to render in memory.
    """
    if sys.platform.startswith("linux"):
        has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        if not os.environ.get("QT_QPA_PLATFORM"):
            if has_screen:
                pass
            elif offscreen:
                os.environ["QT_QPA_PLATFORM"] = "offscreen"
            else:
                return (
                    "there is no display to open a window on (DISPLAY is not set); start it on a desktop, or use "
                    "--screenshot FILE, which needs none."
                )
        libraries = ["libEGL.so.1", "libGL.so.1", "libxkbcommon.so.0", "libfontconfig.so.1", "libdbus-1.so.3"]
        if os.environ.get("QT_QPA_PLATFORM", "xcb") == "xcb" and os.environ.get("DISPLAY"):
            libraries += XCB_LIBRARIES
        missing = [library for library in libraries if not _loads(library)]
        if missing:
            return missing_sentence(missing)
    try:
        import PySide6.QtWidgets  # noqa: F401 - the import itself is the check
    except ImportError as error:
        found = re.search(r"([\w.+-]+\.so[.\d]*)", str(error))
        if found:
            return missing_sentence([found.group(1)])
        return f"Qt could not be loaded ({error}); install the program again with its dependencies."
    return _no_temporary_folder()


def missing_sentence(libraries: list[str]) -> str:
    """One sentence that names the packages to install for missing libraries."""
    packages = sorted({PACKAGES.get(library, library) for library in libraries})
    return (
        f"Qt needs {_list(libraries)}, which this system does not have; "
        f"install it with: sudo apt-get install {' '.join(packages)}"
    )


def _no_temporary_folder() -> str:
    try:
        make_session_folder().cleanup()
    except OSError as error:
        return (
            f"temporary files cannot be written ({error.strerror or error}); free some space, or name a folder "
            "that can be written to in the environment variable TMPDIR."
        )
    return ""


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
