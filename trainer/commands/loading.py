"""Loads the images for a command and prints what was guessed and left out. Torch-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trainer.commands.choices import data_folder
from trainer.commands.console import Console
from trainer.config import DataConfig
from trainer.data.images import ImageData


def load_images(config: DataConfig, options: Mapping[str, Any], console: Console) -> ImageData:
    """Load the data set of `config`; print its summary and add it to the JSON result. Raises `DataError`."""
    from trainer.data.registry import load, namesake
    from trainer.data.summary import summary_json, summary_lines

    data = load(config, data_folder(options), download=options.get("download", False), progress=console.progress)
    remark = namesake(options.get("data", ""))
    if remark:
        data = replace(data, remarks=(remark, *data.remarks))
    for line in summary_lines(data):
        console.say(line)
    console.add_to_result({"data_summary": summary_json(data)})
    return data
