"""Descriptions of the conditions of a figure. Torch-free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject


def images_measured(subject: Subject) -> Sentence:
    """Number and part of the measured images ("10,000 held-out images"), and how their pixels are binarised, if
    so.
    """
    drawn = {"dynamic": Sentence("dynamic binarisation"), "static": Sentence("static binarisation")}
    images = _images(subject)
    if subject.pixels in drawn:
        return Sentence("{images}, {drawn}", images=images, drawn=drawn[subject.pixels])
    return images


def _images(subject: Subject) -> Sentence:
    count, split = len(subject.rows), subject.data.train_count
    if count == 1:
        return Sentence("one held-out image") if subject.rows[0] >= split else Sentence("one training image")
    if count and subject.rows[0] >= split:
        return Sentence("{count:,} held-out images", count=count)
    if count and subject.rows[-1] < split:
        return Sentence("{count:,} training images", count=count)
    return Sentence("{count:,} images", count=count)
