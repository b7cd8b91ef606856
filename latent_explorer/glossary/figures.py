"""Terms of training: losses, knobs and the status bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from latent_explorer.glossary.term import Section, Term

translate = QCoreApplication.translate


def figures() -> tuple[Section, ...]:
    """In the present language."""
    return (
        _losses(),
        _training(),
        _program(),
    )


def _losses() -> Section:
    return Section(
        translate("Glossary", "Losses"),
        (
            Term(
                "reconstruction",
                translate("Glossary", "Reconstruction"),
                translate(
                    "Glossary",
                    "Reconstruction loss: −ln p(x|z), summed over pixels and averaged over images, so how "
                    "badly the decoder predicts the image from its code.",
                ),
                unit=translate("Glossary", "nats per image"),
                better="lower",
            ),
            Term(
                "kl",
                translate("Glossary", "KL"),
                translate(
                    "Glossary",
                    "KL divergence of the posterior q(z|x) from the prior p(z), summed over latent "
                    "dimensions and averaged over images: how much a code says about its image, in the "
                    "prior's terms.",
                ),
                unit=translate("Glossary", "nats per image"),
                source="Kingma & Welling 2014",
            ),
            Term(
                "total",
                translate("Glossary", "Total at β = 1"),
                translate(
                    "Glossary",
                    "Reconstruction + KL of held-out images, each counted once: −ELBO for a model with a "
                    "posterior, the reconstruction alone for one without.",
                ),
                unit=translate("Glossary", "nats per image"),
                better="lower",
                source="Kingma & Welling 2014",
            ),
            Term(
                "gap",
                translate("Glossary", "Overfitting gap"),
                translate(
                    "Glossary",
                    "Total loss of held-out images minus that of training images: near 0 is good, and it "
                    "grows when a model learns its training images by heart.",
                ),
                unit=translate("Glossary", "nats per image"),
                better="lower",
            ),
            Term(
                "mse_held_out",
                translate("Glossary", "MSE per pixel"),
                translate(
                    "Glossary",
                    "Mean squared error of a pixel value over held-out images, decoded from the code "
                    "without sampling; black is 0 and white is 1, so these are no nats.",
                ),
                better="lower",
            ),
            Term(
                "error",
                translate("Glossary", "± standard error"),
                translate(
                    "Glossary",
                    "How far the mean over these held-out images is from that over all such images, "
                    "usually: two models differ if their figures are several of these apart.",
                ),
                unit=translate("Glossary", "that of the figure before it"),
                better="lower",
            ),
            Term(
                "loss_curve",
                translate("Glossary", "Loss curves"),
                translate(
                    "Glossary",
                    "Solid: loss of the training images of each step, with β as it was set then. Dashed: "
                    "loss of held-out images, which the model has not seen; its total always counts KL "
                    "once (β = 1).",
                ),
                unit=translate("Glossary", "nats per image"),
                better="lower",
            ),
            Term(
                "step",
                translate("Glossary", "Step"),
                translate(
                    "Glossary",
                    "How many batches of images the models have been trained on: one optimisation step each.",
                ),
                unit=translate("Glossary", "optimisation steps"),
            ),
            Term(
                "epoch",
                translate("Glossary", "Epoch"),
                translate("Glossary", "How many times all training images have been used."),
                unit=translate("Glossary", "passes over the training images"),
            ),
        ),
    )


def _training() -> Section:
    return Section(
        translate("Glossary", "Training"),
        (
            Term(
                "beta",
                translate("Glossary", "β"),
                translate(
                    "Glossary",
                    "Weight of the KL divergence in the training loss: more makes codes follow the prior, "
                    "less makes reconstructions sharper; 1 is the ELBO.",
                ),
                source="Higgins et al. 2017",
            ),
            Term(
                "learning_rate",
                translate("Glossary", "Learning rate"),
                translate(
                    "Glossary",
                    "Size of an optimisation step: too large and the loss jumps, too small and it hardly falls.",
                ),
                source="Kingma & Ba 2015",
            ),
            Term(
                "noise",
                translate("Glossary", "Noise on the input"),
                translate(
                    "Glossary",
                    "Standard deviation of the noise that is added to training images before they are "
                    "encoded; black is 0 and white is 1.",
                ),
                source="Vincent et al. 2008",
            ),
            Term(
                "batch",
                translate("Glossary", "Batch"),
                translate("Glossary", "How many images one optimisation step is taken on."),
                unit=translate("Glossary", "images"),
            ),
            Term(
                "latent_size",
                translate("Glossary", "Latent dimensions"),
                translate("Glossary", "How many numbers a code has: what the decoder gets of an image."),
                unit=translate("Glossary", "dimensions"),
            ),
            Term(
                "network",
                translate("Glossary", "Layers of the network"),
                translate(
                    "Glossary",
                    "The encoder's layers and their sizes, from the pixels to the code; the decoder goes "
                    "the other way.",
                ),
                unit=translate("Glossary", "units per layer"),
            ),
            Term(
                "data_size",
                translate("Glossary", "Images of the data set"),
                translate(
                    "Glossary",
                    "How many images are trained on, and how many are held out: models never train on "
                    "these, so that losses on them show what was learnt.",
                ),
                unit=translate("Glossary", "images"),
            ),
            Term(
                "kept_moments",
                translate("Glossary", "Moments"),
                translate(
                    "Glossary",
                    "Points of the run that are kept, with the memory they take: weights and codes of both "
                    "models at that step.",
                ),
                unit=translate("Glossary", "moments, MB"),
            ),
        ),
    )


def _program() -> Section:
    return Section(
        translate("Glossary", "Status bar"),
        (
            Term(
                "rate",
                translate("Glossary", "images/s"),
                translate("Glossary", "How many images each model has been trained on in the last second."),
                unit=translate("Glossary", "images per second"),
                better="higher",
            ),
            Term(
                "times",
                translate("Glossary", "decode, paint"),
                translate("Glossary", "Time to decode the image under the cursor, and to paint the window once."),
                unit=translate("Glossary", "milliseconds"),
                better="lower",
            ),
            Term(
                "memory",
                translate("Glossary", "Memory"),
                translate("Glossary", "Memory that the program takes, the trainer's part included."),
                unit=translate("Glossary", "MB or GB"),
                better="lower",
            ),
            Term(
                "device",
                translate("Glossary", "Device, threads"),
                translate(
                    "Glossary",
                    "What the models are trained on: the processor (CPU) with this many threads, or a "
                    "graphics card (CUDA).",
                ),
            ),
            Term(
                "job",
                translate("Glossary", "Progress"),
                translate("Glossary", "How much of the running job is done, and the time it still takes."),
                unit=translate("Glossary", "minutes:seconds left"),
            ),
        ),
    )
