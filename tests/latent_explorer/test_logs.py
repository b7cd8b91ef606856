"""The log file: readable by its owner only, and robust to any text."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

import pytest

from latent_explorer import logs


@pytest.mark.skipif(os.name == "nt", reason="a profile's folders are its owner's there")
def test_the_log_is_its_owners_alone_also_where_the_first_version_made_it(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        folder = tmp_path / "log"
        folder.mkdir(0o755)
        (folder / "latent-explorer.log").touch(0o644)
        file = logs.start(folder)
        try:
            logging.getLogger("latent_explorer").info("opened %s", os.fsdecode(b"caf\xe9"))
        finally:
            logs.stop()
    finally:
        os.umask(former)
    assert file is not None
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "opened caf\\udce9" in file.read_text(encoding="utf-8")
