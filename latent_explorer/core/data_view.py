"""Converts the service's report of a loaded data set for the window."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import DataView
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.service.messages import DataLoaded


def data_view(loaded: DataLoaded) -> DataView:
    """The `DataView` of a loaded data set; its images are memory-mapped from their file."""
    images = np.load(loaded.images, mmap_mode="r", allow_pickle=False)
    return DataView(
        title=loaded.title,
        config=loaded.config,
        count=len(images),
        train_count=loaded.train_count,
        shape=tuple(images.shape[1:]),
        images=images,
        labels=loaded.labels,
        label_names=loaded.label_names,
        factors=loaded.factors,
        factor_names=loaded.factor_names,
        skipped=tuple((skip.path, shown_sentence(skip.reason)) for skip in loaded.skipped),
        fingerprint=loaded.fingerprint,
        remarks=tuple(shown_sentence(remark) for remark in loaded.remarks),
        source_rows=loaded.source_rows,
        files=loaded.files,
    )


def data_sentences(view: DataView) -> tuple[str, str]:
    """One sentence on what was guessed and left out, and the details behind it; "" and "" if nothing was."""
    translate = QCoreApplication.translate
    remarks = list(view.remarks)
    count, more = len(view.skipped), len(remarks) - 1
    sentences = remarks[:1]
    if more == 1:
        sentences.append(translate("DataTold", "There is one more remark."))
    elif more > 1:
        sentences.append(translate("DataTold", "There are {count} more remarks.").format(count=more))
    if count == 1:
        sentences.append(translate("DataTold", "1 file was left out of {title}.").format(title=view.title))
    elif count:
        left_out = translate("DataTold", "{count} files were left out of {title}.")
        sentences.append(left_out.format(count=f"{count:,}", title=view.title))
    files = [f"{path}: {reason}" for path, reason in view.skipped]
    # A single remark needs no details.
    details = [*remarks, *files] if more > 0 or files else []
    return " ".join(sentences), "\n".join(details)
