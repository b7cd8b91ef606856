"""Terms of the tools' panels."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from latent_explorer.glossary.term import Section, Term

translate = QCoreApplication.translate


def explored() -> tuple[Section, ...]:
    """In the present language."""
    return (
        _samples(),
        _traversals(),
        _interpolation(),
        _directions(),
        _own(),
    )


def _samples() -> Section:
    return Section(
        translate("Glossary", "Samples"),
        (
            Term(
                "coverage",
                translate("Glossary", "Sample coverage"),
                translate(
                    "Glossary",
                    "Share of real pictures that have a sample among their neighbours, nearer than their "
                    "5th real neighbour: whether samples show all kinds of images.",
                ),
                unit=translate("Glossary", "share, 0 to 1"),
                better="higher",
                source="Naeem et al. 2020",
            ),
            Term(
                "fd",
                translate("Glossary", "FD-clf"),
                translate(
                    "Glossary",
                    "Fréchet distance between samples and real pictures in the features of a small "
                    "classifier; it is no FID, and compares only where as many pictures are measured.",
                ),
                unit=translate("Glossary", "squared units of the features"),
                better="lower",
                source="Heusel et al. 2017",
            ),
            Term(
                "precision",
                translate("Glossary", "Precision"),
                translate(
                    "Glossary",
                    "Share of samples that lie among real pictures; high also if one good picture is "
                    "repeated, so never read it alone.",
                ),
                unit=translate("Glossary", "share, 0 to 1"),
                better="higher",
                source="Kynkäänniemi et al. 2019",
            ),
            Term(
                "recall",
                translate("Glossary", "Recall"),
                translate("Glossary", "Share of real pictures that lie among samples."),
                unit=translate("Glossary", "share, 0 to 1"),
                better="higher",
                source="Kynkäänniemi et al. 2019",
            ),
            Term(
                "density",
                translate("Glossary", "Sample density"),
                translate(
                    "Glossary",
                    "How many real pictures' neighbourhoods a sample lies in, on average, over 5: 1 is "
                    "expected of real pictures.",
                ),
                better="higher",
                source="Naeem et al. 2020",
            ),
            Term(
                "real",
                translate("Glossary", "(real …)"),
                translate(
                    "Glossary",
                    "The same measure of real images against as many other real images: what a perfect "
                    "model would reach.",
                ),
                unit=translate("Glossary", "that of the figure before it"),
            ),
            Term(
                "log_density",
                translate("Glossary", "Held-out ln p"),
                translate(
                    "Glossary",
                    "Mean log density that the distribution drawn from gives to codes of held-out images; "
                    "it compares distributions for one model, not models.",
                ),
                unit=translate("Glossary", "nats per code"),
                better="higher",
            ),
            Term(
                "sample_count",
                translate("Glossary", "Number of samples"),
                translate(
                    "Glossary", "How many codes are drawn for the sheet, or compared with as many real images."
                ),
                unit=translate("Glossary", "number of samples"),
            ),
            Term(
                "seed",
                translate("Glossary", "Seed"),
                translate("Glossary", "Number that fixes the random draws: the same seed gives the same samples."),
            ),
            Term(
                "components",
                translate("Glossary", "K"),
                translate("Glossary", "Number of Gaussians in the mixture that is fitted to the codes."),
                unit=translate("Glossary", "Gaussians"),
            ),
            Term(
                "radius",
                translate("Glossary", "Radius"),
                translate("Glossary", "Standard deviation of the Gaussian about the cursor that is drawn from."),
                unit=translate("Glossary", "standard deviations of the codes"),
            ),
        ),
    )


def _traversals() -> Section:
    return Section(
        translate("Glossary", "Traversals and planes"),
        (
            Term(
                "spread",
                translate("Glossary", "Spread"),
                translate(
                    "Glossary",
                    "Standard deviation of one latent dimension over all codes; the pictures of a row go "
                    "from 3 spreads below the mean to 3 above.",
                ),
                unit=translate("Glossary", "units of the code"),
            ),
            Term(
                "change",
                translate("Glossary", "Pictures change"),
                translate(
                    "Glossary",
                    "How much the pictures of a row differ from their mean, as a root mean square: 0 % for "
                    "a dimension that the decoder ignores.",
                ),
                unit=translate("Glossary", "% of the range from black to white"),
            ),
            Term(
                "plane_share",
                translate("Glossary", "Variance on the map"),
                translate(
                    "Glossary",
                    "Share of the codes' variance that lies along the map's two axes; the rest is in "
                    "dimensions that the map hides.",
                ),
                unit=translate("Glossary", "% of the codes' variance"),
                better="higher",
            ),
            Term(
                "plane_distance",
                translate("Glossary", "Away from the plane"),
                translate(
                    "Glossary", "Euclidean distance of the picked image's code from the plane that the map shows."
                ),
                unit=translate("Glossary", "units of the code"),
            ),
            Term(
                "slice",
                translate("Glossary", "Slice"),
                translate(
                    "Glossary",
                    "How far the map's plane is moved along a direction that it hides; 0 goes through the "
                    "mean of the codes.",
                ),
                unit=translate("Glossary", "spreads of the codes along that direction"),
            ),
        ),
    )


def _interpolation() -> Section:
    return Section(
        translate("Glossary", "Interpolation"),
        (
            Term(
                "path_ratio",
                translate("Glossary", "Path over direct change"),
                translate(
                    "Glossary",
                    "How much the picture changes along the whole path, over the change from stop to stop "
                    "(path over chord): 1 for a cross-fade, more for a detour.",
                ),
                better="lower",
            ),
            Term(
                "largest_step",
                translate("Glossary", "Largest step"),
                translate(
                    "Glossary",
                    "Largest change from one frame to the next, over the mean change: 1 is perfectly even, "
                    "a large number is a jump.",
                ),
                unit=translate("Glossary", "mean steps"),
                better="lower",
            ),
            Term(
                "path_curve",
                translate("Glossary", "Change per frame"),
                translate(
                    "Glossary",
                    "How much the picture changes from the frame before, as a root mean square over its "
                    "pixels, black 0 and white 1.",
                ),
            ),
            Term(
                "frames",
                translate("Glossary", "Frames"),
                translate("Glossary", "Place along the path; the same number is the same place in both models."),
                unit=translate("Glossary", "frames"),
            ),
        ),
    )


def _directions() -> Section:
    return Section(
        translate("Glossary", "Directions"),
        (
            Term(
                "auroc",
                translate("Glossary", "AUROC"),
                translate(
                    "Glossary",
                    "Chance that an image of group + lies farther along the direction than one of group −, "
                    "on images that the direction was not made from: 0.5 tells nothing, 1 separates all.",
                ),
                unit=translate("Glossary", "share, 0 to 1"),
                better="higher",
                source="Hanley & McNeil 1982",
            ),
            Term(
                "random",
                translate("Glossary", "Random directions"),
                translate(
                    "Glossary",
                    "AUROC that directions drawn at random reach, each turned the right way: a direction "
                    "means something if it beats nearly all of them.",
                ),
                unit=translate("Glossary", "share, 0 to 1"),
            ),
            Term(
                "amount",
                translate("Glossary", "Amount"),
                translate(
                    "Glossary",
                    "How far the direction is applied: 1 moves a code by the distance between the two "
                    "groups' means.",
                ),
                unit=translate("Glossary", "distances of the groups' means"),
            ),
            Term(
                "group",
                translate("Glossary", "Images in a group"),
                translate(
                    "Glossary",
                    "How many images the group holds; a direction is the difference of the two groups' "
                    "mean codes.",
                ),
                unit=translate("Glossary", "images"),
            ),
            Term(
                "analogy",
                translate("Glossary", "Nearest image"),
                translate(
                    "Glossary",
                    "The data image whose code is nearest to A − B + C, and its distance; A, B and C "
                    "themselves are left out.",
                ),
                unit=translate("Glossary", "units of the code"),
                source="Mikolov et al. 2013",
            ),
        ),
    )


def _own() -> Section:
    return Section(
        translate("Glossary", "Your image"),
        (
            Term(
                "own_loss",
                translate("Glossary", "Loss of your image"),
                translate(
                    "Glossary",
                    "Reconstruction loss of your image at its code, nothing sampled; after an arrow, at "
                    "the refined code.",
                ),
                unit=translate("Glossary", "nats"),
                better="lower",
            ),
            Term(
                "own_error",
                translate("Glossary", "MSE per pixel of your image"),
                translate(
                    "Glossary",
                    "Mean squared difference of a pixel value between your image and its reconstruction, "
                    "black 0 and white 1; after an arrow, at the refined code.",
                ),
                better="lower",
            ),
            Term(
                "own_spread",
                translate("Glossary", "σ of your image"),
                translate(
                    "Glossary",
                    "Standard deviation of the posterior of your image in each latent dimension: near 1 "
                    "with a mean near 0, the dimension says nothing about it.",
                ),
                unit=translate("Glossary", "units of the code"),
            ),
            Term(
                "refine_steps",
                translate("Glossary", "Refinement steps"),
                translate(
                    "Glossary",
                    "How many steps the code of your image was improved in, against the reconstruction error.",
                ),
                unit=translate("Glossary", "steps"),
            ),
        ),
    )
