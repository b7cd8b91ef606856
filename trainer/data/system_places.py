"""Files and folders that operating systems, network drives and tools create and that are never the user's data.

Examples: thumbnails of Synology and QNAP photo stations, recycle bins, file system snapshots, resource forks that
macOS adds to archives, notebook checkpoints. Used by every search through a folder.
"""

from __future__ import annotations

import os
import stat

#: In lower case. Names that begin with a dot are excluded as well and need no entry.
_NAMES = frozenset(
    (
        # Windows.
        *("$recycle.bin", "recycler", "recycled", "system volume information", "found.000", "$windows.~bt"),
        *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "indexervolumeguid", "wpsettings.dat"),
        # macOS: resource forks in archives, and files left on network drives.
        *("__macosx", "network trash folder", "temporary items", "thevolumesettingsfolder", "icon\r"),
        # Linux.
        "lost+found",
        # Network drives: Synology, QNAP, NetApp.
        *("@eadir", "#recycle", "#snapshot", "@tmp", "@recycle", "@recently-snapshot", "@__thumb", "~snapshot"),
        # Tools.
        *("__pycache__", "picasa.ini"),
    )
)
#: The Windows attributes "hidden" and "system", and the macOS flag "hidden"; absent from the status elsewhere.
_ATTRIBUTES = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 0x2) | getattr(stat, "FILE_ATTRIBUTE_SYSTEM", 0x4)
_FLAGS = getattr(stat, "UF_HIDDEN", 0x8000)


def is_systems_own(name: str) -> bool:
    """Whether a file or folder of this name belongs to the system or a tool."""
    return name.startswith(".") or name.lower() in _NAMES


def is_hidden(status: os.stat_result) -> bool:
    """Whether the operating system hides a file with this status."""
    hidden = getattr(status, "st_file_attributes", 0) & _ATTRIBUTES
    return bool(hidden or getattr(status, "st_flags", 0) & _FLAGS)
