"""Terms of the tools' panels."""

from __future__ import annotations

from latent_explorer.glossary.term import Section, Term

EXPLORED = (
    Section(
        "Samples",
        (
            Term(
                "coverage",
                "Sample coverage",
                "Share of real pictures that have a sample among their neighbours, nearer than their 5th real "
                "neighbour: whether samples show all kinds of images.",
                unit="share, 0 to 1",
                better="higher",
                source="Naeem et al. 2020",
            ),
            Term(
                "fd",
                "FD-clf",
                "Fréchet distance between samples and real pictures in the features of a small classifier; it "
                "is no FID, and compares only where as many pictures are measured.",
                unit="squared units of the features",
                better="lower",
                source="Heusel et al. 2017",
            ),
            Term(
                "precision",
                "Precision",
                "Share of samples that lie among real pictures; high also if one good picture is repeated, so "
                "never read it alone.",
                unit="share, 0 to 1",
                better="higher",
                source="Kynkäänniemi et al. 2019",
            ),
            Term(
                "recall",
                "Recall",
                "Share of real pictures that lie among samples.",
                unit="share, 0 to 1",
                better="higher",
                source="Kynkäänniemi et al. 2019",
            ),
            Term(
                "density",
                "Sample density",
                "How many real pictures' neighbourhoods a sample lies in, on average, over 5: 1 is expected of "
                "real pictures.",
                better="higher",
                source="Naeem et al. 2020",
            ),
            Term(
                "real",
                "(real …)",
                "The same measure of real images against as many other real images: what a perfect model would "
                "reach.",
                unit="that of the figure before it",
            ),
            Term(
                "log_density",
                "Held-out ln p",
                "Mean log density that the distribution drawn from gives to codes of held-out images; it "
                "compares distributions for one model, not models.",
                unit="nats per code",
                better="higher",
            ),
            Term(
                "sample_count",
                "Number of samples",
                "How many codes are drawn for the sheet, or compared with as many real images.",
                unit="number of samples",
            ),
            Term(
                "seed",
                "Seed",
                "Number that fixes the random draws: the same seed gives the same samples.",
            ),
            Term(
                "components",
                "K",
                "Number of Gaussians in the mixture that is fitted to the codes.",
                unit="Gaussians",
            ),
            Term(
                "radius",
                "Radius",
                "Standard deviation of the Gaussian about the cursor that is drawn from.",
                unit="standard deviations of the codes",
            ),
        ),
    ),
    Section(
        "Traversals and planes",
        (
            Term(
                "spread",
                "Spread",
                "Standard deviation of one latent dimension over all codes; the pictures of a row go from 3 "
                "spreads below the mean to 3 above.",
                unit="units of the code",
            ),
            Term(
                "change",
                "Pictures change",
                "How much the pictures of a row differ from their mean, as a root mean square: 0 % for a "
                "dimension that the decoder ignores.",
                unit="% of the range from black to white",
            ),
            Term(
                "plane_share",
                "Variance on the map",
                "Share of the codes' variance that lies along the map's two axes; the rest is in dimensions "
                "that the map hides.",
                unit="% of the codes' variance",
                better="higher",
            ),
            Term(
                "plane_distance",
                "Away from the plane",
                "Euclidean distance of the picked image's code from the plane that the map shows.",
                unit="units of the code",
            ),
            Term(
                "slice",
                "Slice",
                "How far the map's plane is moved along a direction that it hides; 0 goes through the mean of "
                "the codes.",
                unit="spreads of the codes along that direction",
            ),
        ),
    ),
    Section(
        "Interpolation",
        (
            Term(
                "path_ratio",
                "Path over direct change",
                "How much the picture changes along the whole path, over the change from stop to stop (path "
                "over chord): 1 for a cross-fade, more for a detour. By itself neither is better: a cross-fade "
                "is no path through real images.",
            ),
            Term(
                "largest_step",
                "Largest step",
                "Largest change from one frame to the next, over the mean change: 1 is perfectly even, a large "
                "number is a jump.",
                unit="mean steps",
                better="lower",
            ),
            Term(
                "path_curve",
                "Change per frame",
                "How much the picture changes from the frame before, as a root mean square over its pixels, "
                "black 0 and white 1.",
            ),
            Term(
                "frames",
                "Frames",
                "Place along the path; the same number is the same place in both models.",
                unit="frames",
            ),
        ),
    ),
    Section(
        "Directions",
        (
            Term(
                "auroc",
                "AUROC",
                "Chance that an image of group + lies farther along the direction than one of group −, on "
                "images that the direction was not made from: 0.5 tells nothing, 1 separates all.",
                unit="share, 0 to 1",
                better="higher",
                source="Hanley & McNeil 1982",
            ),
            Term(
                "random",
                "Random directions",
                "AUROC that directions drawn at random reach, each turned the right way: a direction means "
                "something if it beats nearly all of them.",
                unit="share, 0 to 1",
            ),
            Term(
                "amount",
                "Amount",
                "How far the direction is applied: 1 moves a code by the distance between the two groups' means.",
                unit="distances of the groups' means",
            ),
            Term(
                "group",
                "Images in a group",
                "How many images the group holds; a direction is the difference of the two groups' mean codes.",
                unit="images",
            ),
            Term(
                "analogy",
                "Nearest image",
                "The data image whose code is nearest to A − B + C, and its distance; A, B and C themselves "
                "are left out.",
                unit="units of the code",
                source="Mikolov et al. 2013",
            ),
        ),
    ),
    Section(
        "Your image",
        (
            Term(
                "own_loss",
                "Loss of your image",
                "Reconstruction loss of your image at its code, nothing sampled; after an arrow, at the "
                "refined code.",
                unit="nats",
                better="lower",
            ),
            Term(
                "own_error",
                "MSE per pixel of your image",
                "Mean squared difference of a pixel value between your image and its reconstruction, black 0 "
                "and white 1; after an arrow, at the refined code.",
                better="lower",
            ),
            Term(
                "own_spread",
                "σ of your image",
                "Standard deviation of the posterior of your image in each latent dimension: near 1 with a "
                "mean near 0, the dimension says nothing about it.",
                unit="units of the code",
            ),
            Term(
                "refine_steps",
                "Refinement steps",
                "How many steps the code of your image was improved in, against the reconstruction error.",
                unit="steps",
            ),
        ),
    ),
    Section(
        "True posterior",
        (
            Term(
                "exact_posterior",
                "True posterior p(z|x)",
                "Which codes could have made this image, by the decoder and the prior alone: p(x|z) p(z) / "
                "p(x). The encoder's q(z|x) is a guess at it, one Gaussian along the axes; the true one may be "
                "bent, or have several parts. Summed over a grid of codes, so for one or two latent dimensions.",
            ),
            Term(
                "evidence_identity",
                "ln p(x) = ELBO + KL",
                "How probable the model finds the image itself, all codes counted (ln p(x)), is what training "
                "pushes up (the ELBO) and what the encoder loses by not being the true posterior (KL). Bars of "
                "both panes have one scale; their torn ends are left out.",
                unit="nats",
            ),
            Term(
                "elbo_of_image",
                "ELBO of the image",
                "Lower bound on ln p(x): mean of ln p(x|z) over q(z|x), less KL(q(z|x) ‖ p(z)); here summed "
                "over a grid of noise, nothing drawn.",
                unit="nats",
                better="higher",
            ),
            Term(
                "kl_to_truth",
                "KL(q‖p)",
                "How far the encoder's posterior q(z|x) is from the true posterior p(z|x): never below 0, and 0"
                " if they agree. It is exactly what the ELBO lacks to ln p(x). Not the KL to the prior of the "
                "loss.",
                unit="nats",
                better="lower",
                source="Cremer et al. 2018",
            ),
            Term(
                "identity_check",
                "Sides differ by; error of the sums",
                "ELBO + KL less ln p(x), three sums over different codes, which would be 0 if the sums were "
                "exact; and how wrong these sums may be, each by how much it differs from one over wider steps.",
                unit="nats",
            ),
            Term(
                "iwae_of_image",
                "IWAE, K = 1,000",
                "ln of the mean of p(x, z) / q(z|x) over 1,000 draws z of q(z|x), ± its standard error: knows "
                "nothing of the grid, and reaches ln p(x) where q(z|x) misses no part of p(z|x).",
                unit="nats",
                source="Burda et al. 2016",
            ),
        ),
    ),
    Section(
        "Why blurry",
        (
            Term(
                "weighted_average",
                "Average of the data at the cursor",
                "All training images averaged, each weighted by its posterior q(z|x) at the cursor's code: what"
                " a decoder that is free to answer anything would answer there, as no other picture has a "
                "smaller expected loss. It is blurred where images that differ share a code.",
            ),
            Term(
                "effective_images",
                "Images in the average",
                "1 / Σ w² of the weights w: the number of images of equal weight that would average as much. 1 "
                "is a code that one image has for itself; all images, a collapsed posterior.",
                unit="images",
            ),
            Term(
                "image_weight",
                "Weight of an image",
                "Share of the average that this image has, by its posterior's density at the cursor.",
                unit="% of all weights",
            ),
            Term(
                "from_average",
                "Decoded − average",
                "Mean squared difference of the decoded image and the average, black 0 and white 1: near 0, the"
                " decoder answers the average and its blur is the data's; else the decoder itself falls short.",
            ),
        ),
    ),
)
