"""Half moons: the moons from half to full as two or as nine images, all of which are trained on.

Two: half and full moon. Nine: evenly spaced phases, a sixteenth of the disc apart. They show what a model puts
between two training images where the true picture is known: the middle is the three-quarter moon. Rows are in the
order of the phases, and none is held out: figures are measured on the training images.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.colour import with_colour
from trainer.data.images import DataInfo, ImageData
from trainer.data.loading import Loading, Source
from trainer.data.moons import FACTOR, SIZE, evenly_spaced, render_moons
from trainer.data.split import subset
from trainer.sentences import Sentence

#: Registry name -> title and number of images.
SETS = {"half-moons-2": ("Half moons (2 images)", 2), "half-moons-9": ("Half moons (9 images)", 9)}
#: The remark on every such set.
NONE_HELD_OUT = Sentence("Too few images to hold any out: all are trained on, and figures are of training images.")


def load_half_moons(name: str, config: DataConfig, loading: Loading) -> ImageData:
    """The set `name` of `SETS`, or `config.count` images of it, chosen at random."""
    title, count = SETS[name]
    loading.check()
    rows = subset(count if config.count is None else config.count, count, config.seed)
    fractions = evenly_spaced(count, 0.5, 1.0)[rows]
    return ImageData(
        config=config,
        title=title,
        images=with_colour(render_moons(fractions, config.size or SIZE), config.colour),
        train_count=len(rows),
        factors=fractions.astype(np.float32)[:, None],
        factor_names=(FACTOR,),
        remarks=(NONE_HELD_OUT,),
        source_rows=None if len(rows) == count else rows,
    )


def _info(name: str, _folder: Path) -> DataInfo:
    return DataInfo.rendered(name, SETS[name][0], SIZE, SETS[name][1], (FACTOR,))


SOURCES = tuple(Source(name=name, load=partial(load_half_moons, name), info=partial(_info, name)) for name in SETS)
