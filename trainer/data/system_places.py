"""What operating systems, network drives and tools keep among people's files, and what is never theirs.

One list for whoever looks through a folder: thumbnails of a Synology's or QNAP's photo station, recycle bins,
snapshots, resource forks that macOS packs into archives, notebooks' checkpoints.
"""

from __future__ import annotations

import os
import stat

#: In lower case. Whatever begins with a point is the systems' own as well and need not be listed.
_NAMES = frozenset(
    (
        # Windows.
        *("$recycle.bin", "recycler", "recycled", "system volume information", "found.000", "$windows.~bt"),
        *("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "indexervolumeguid", "wpsettings.dat"),
        # macOS: archives' resource forks and what it leaves on network drives.
        *("__macosx", "network trash folder", "temporary items", "thevolumesettingsfolder", "icon\r"),
        # Linux.
        "lost+found",
        # Network drives: Synology, QNAP, NetApp.
        *("@eadir", "#recycle", "#snapshot", "@tmp", "@recycle", "@recently-snapshot", "@__thumb", "~snapshot"),
        # Tools.
        *("__pycache__", "picasa.ini"),
    )
)
#: The Windows attributes "hidden" and "system", and macOS's flag "hidden"; 0 where a system has none.
_ATTRIBUTES = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 0x2) | getattr(stat, "FILE_ATTRIBUTE_SYSTEM", 0x4)
_FLAGS = getattr(stat, "UF_HIDDEN", 0x8000)


def is_systems_own(name: str) -> bool:
    """Whether a file or folder of this name belongs to a system or a tool and not to a person."""
    return name.startswith(".") or name.lower() in _NAMES


def is_hidden(status: os.stat_result) -> bool:
    """Whether a system keeps what has this status out of sight."""
    hidden = getattr(status, "st_file_attributes", 0) & _ATTRIBUTES
    return bool(hidden or getattr(status, "st_flags", 0) & _FLAGS)
