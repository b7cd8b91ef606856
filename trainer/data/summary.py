"""What there is to say after a load: what was guessed about the data, and what of them was left out."""

from __future__ import annotations

from typing import Any

from trainer.data.images import ImageData

#: Files named one by one; a folder may have thousands that cannot be used.
_MOST_FILES = 10


def summary_lines(data: ImageData) -> list[str]:
    """The remarks on `data`, a line each, then the files that were left out; no lines if all was as it seemed."""
    lines = [str(remark) for remark in data.remarks]
    count = len(data.skipped)
    if count:
        lines.append("1 file was left out:" if count == 1 else f"{count:,} files were left out:")
        lines += [f"  {file.path}: {file.reason}" for file in data.skipped[:_MOST_FILES]]
        if count > _MOST_FILES:
            lines.append(f"  and {count - _MOST_FILES:,} more")
    return lines


def summary_json(data: ImageData) -> dict[str, Any]:
    """The same for a program, all files named: `remarks` and `left_out` as lists."""
    return {
        "remarks": [str(remark) for remark in data.remarks],
        "left_out": [{"file": file.path, "reason": str(file.reason)} for file in data.skipped],
    }
