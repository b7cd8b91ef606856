"""Shows text from people as it is, by keeping Qt from interpreting markup in it.

Names of classes, factors, files and sessions, and sentences that hold them, are plain text everywhere in the
program. Qt, however, takes "&" in menus and on buttons for the sign of an access key, and a tab in a menu for the
beginning of a shortcut. What goes into those passes through here; labels are `PlainLabel`, and tool tips are shown
by `ToolTips`. What people search for is compared as `folded` gives it.
"""

from __future__ import annotations

import re
import unicodedata

#: Line ends, tabs and other signs that steer rather than show.
_STEERING = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def menu_text(name: str) -> str:
    """`name` for a menu, an action, a button or a tab: one line that shows exactly these letters."""
    return _STEERING.sub(" ", name).replace("&", "&&")


def folded(text: str) -> str:
    """Text as it is compared: full-width letters and digits as usual ones, composed, without regard to case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


def shown_text(text: str) -> str:
    """What people see of a menu's or button's text: "&Save" and "保存(&S)" are "Save" and "保存"."""
    text = re.sub(r"\(&\w\)", "", text.replace("&&", "\0"))
    return text.replace("&", "").replace("\0", "&")


def window_title(text: str) -> str:
    """`text` for a title bar, where Qt would put a sign of unsaved changes for "[*]"."""
    return _STEERING.sub(" ", text).replace("[*]", "[*][*]")
