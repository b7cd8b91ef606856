"""The summary after a load: what was guessed about the data and what was left out."""

from __future__ import annotations

from typing import Any

from trainer.data.images import ImageData

#: Number of skipped files listed by name; a folder may contain thousands.
_MOST_FILES = 10


def summary_lines(data: ImageData) -> list[str]:
    """The remarks on `data`, one per line, then the skipped files; empty if there is nothing to report."""
    lines = [str(remark) for remark in data.remarks]
    count = len(data.skipped)
    if count:
        lines.append("1 file was left out:" if count == 1 else f"{count:,} files were left out:")
        lines += [f"  {file.path}: {file.reason}" for file in data.skipped[:_MOST_FILES]]
        if count > _MOST_FILES:
            lines.append(f"  and {count - _MOST_FILES:,} more")
    return lines


def summary_json(data: ImageData) -> dict[str, Any]:
    """The same as JSON with all files: lists `remarks` and `left_out`."""
    return {
        "remarks": [str(remark) for remark in data.remarks],
        "left_out": [{"file": file.path, "reason": str(file.reason)} for file in data.skipped],
    }
