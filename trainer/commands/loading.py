"""Loads the images for a command and prints what was guessed and left out. Torch-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trainer.commands.choices import data_folder
from trainer.commands.console import Console
from trainer.config import DataConfig
from trainer.data.images import ImageData

#: Number of skipped files listed by name; a folder may contain thousands.
_MOST_FILES = 10


def load_images(config: DataConfig, options: Mapping[str, Any], console: Console) -> ImageData:
    """Load the data set of `config`; print its summary and add it to the JSON result. Raises `DataError`."""
    from trainer.data.registry import load, namesake

    data = load(config, data_folder(options), download=options.get("download", False), progress=console.progress)
    remark = namesake(options.get("data", ""))
    if remark:
        data = replace(data, remarks=(remark, *data.remarks))
    for line in _summary_lines(data):
        console.say(line)
    console.add_to_result({"data_summary": _summary_json(data)})
    return data


def _summary_lines(data: ImageData) -> list[str]:
    """The remarks on `data`, one per line, then the skipped files; empty if there is nothing to report."""
    lines = [str(remark) for remark in data.remarks]
    count = len(data.skipped)
    if count:
        lines.append("1 file was left out:" if count == 1 else f"{count:,} files were left out:")
        lines += [f"  {file.path}: {file.reason}" for file in data.skipped[:_MOST_FILES]]
        if count > _MOST_FILES:
            lines.append(f"  and {count - _MOST_FILES:,} more")
    return lines


def _summary_json(data: ImageData) -> dict[str, Any]:
    """The same as JSON with all files: lists `remarks` and `left_out`."""
    return {
        "remarks": [str(remark) for remark in data.remarks],
        "left_out": [{"file": file.path, "reason": str(file.reason)} for file in data.skipped],
    }
