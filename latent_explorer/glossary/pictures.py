"""Terms of the maps, and of what is under the cursor."""

from __future__ import annotations

from latent_explorer.glossary.term import Section, Term

PICTURES = (
    Section(
        "Under the cursor",
        (
            Term(
                "code",
                "z1, z2, …",
                "The code under the cursor, one number for each latent dimension: the decoder turns it into "
                "the decoded image.",
                unit="units of the code",
            ),
            Term(
                "plane_axes",
                "PC1, PC2, …",
                "The map's own two axes: PC1 is the direction in which the codes vary most, PC2 the next; the "
                "share in brackets is the part of the codes' variance along it. Beside a picture: where the "
                "cursor is on them.",
                unit="units of the code",
            ),
            Term(
                "code_length",
                "|z|",
                "Length of the whole code, all dimensions counted: in many dimensions d, draws of N(0, I) lie "
                "near √d, hardly ever near 0.",
                unit="units of the code",
            ),
            Term(
                "nearest_image",
                "Image number",
                "The data image whose code is nearest to the cursor, by its number in the data set, with its "
                "class and the name of its file where there are any.",
            ),
            Term(
                "mse",
                "MSE",
                "Mean squared difference between the decoded image and the original, over all pixel values, "
                "black 0 and white 1.",
                better="lower",
            ),
            Term(
                "picture_draw",
                "Mean or a draw",
                "A decoder answers with a distribution p(x|z) of pictures. Its mean is what is shown by default"
                " and what is always measured: smooth, as noise averages out. A draw is one picture at random: "
                "each pixel by itself, black or white (Bernoulli), or the mean with noise of the decoder's σ "
                "(Gaussian). The noise rests while the cursor rests.",
            ),
            Term(
                "bars",
                "Bars of the code",
                "Each latent dimension of the code under the cursor as a bar, up for positive and down for "
                "negative values.",
                unit="units of the code",
            ),
            Term(
                "axis",
                "Numbers along a map",
                "Coordinates of the map, the same unit on both axes, so that distances on the map are "
                "distances between codes.",
                unit="units of the code",
            ),
        ),
    ),
    Section(
        "Written on the maps",
        (
            Term(
                "classes_named",
                "Classes named",
                "Each name lies at the median of its class's codes. Where there are too many classes for all "
                "names, the largest have theirs.",
                unit="classes",
            ),
            Term(
                "prior_rings",
                "Rings of the prior: 1, 2, 2.45 σ",
                "Places equally likely under the prior, at 1, 2 and 2.45 of its standard deviations σ from its "
                "mean: on a plane they hold 39 %, 86 % and 95 % of it. √d is the radius of the shell on which "
                "most draws in d dimensions lie.",
                unit="standard deviations of the prior",
            ),
            Term(
                "tiles",
                "Tiles of the decoded mosaic",
                "The pictures that the decoder makes of codes on a regular grid, each drawn where its code is; "
                "the number is the distance from one code to the next.",
                unit="units of the code",
            ),
            Term(
                "draws",
                "■ μ, + draws",
                "The posterior mean μ of the picked image, and codes drawn from its posterior q(z|x), "
                "z = μ + σ ε with noise ε of N(0, I); ε = 0 gives μ.",
                unit="units of the code",
                source="Kingma & Welling 2014",
            ),
            Term(
                "sampled",
                "□ samples",
                "The codes that the sheet of samples is decoded from, where they lie on the map, and the "
                "distribution that they are drawn from.",
            ),
            Term(
                "own_star",
                "★ your image, ☆ refined z",
                "Where the encoder puts your image, and where refining took its code; ➤ points to it when it is "
                "out of view. With more than two dimensions it is the nearest place of the map's plane.",
                unit="units of the code",
            ),
            Term(
                "neighbour_distance",
                "Distance of a neighbour",
                "Euclidean distance from the picked image: between codes in all latent dimensions, or between "
                "pictures over all pixel values, black 0 and white 1. Compare the order, not the numbers of two "
                "models: each has a scale of its own.",
                unit="units of the code, or pixel values",
            ),
            Term(
                "neighbour_count",
                "Number of neighbours",
                "How many nearest images each row shows; on the maps □ ◇ + mark them, one sign a row.",
                unit="images",
            ),
            Term(
                "selected",
                "Selected images",
                "How many images are selected, of which classes; a line goes round their points on both maps.",
                unit="images",
            ),
            Term(
                "image_loss",
                "Loss of an image",
                "Reconstruction loss −ln p(x|z) of one image at its code, or its KL divergence, of the model "
                "named beside it: as a colour, in the card at a point, and in the contact sheet.",
                unit="nats",
                better="lower",
            ),
        ),
    ),
    Section(
        "Is there data here?",
        (
            Term(
                "data_here",
                "Data here",
                "Share of the data's images that lie in places as sparse as this one, or sparser: whether the "
                "decoder was trained here. 50 % is usual; at 0.5 % or less there is no data here, and the "
                "picture is an extrapolation.",
                unit="share of images",
                better="higher",
                source="conformal p-value of the distance to the k-th neighbour (Vovk, Gammerman & Shafer 2005)",
            ),
            Term(
                "looks_real",
                "Looks real",
                "Share of real pictures that are as unlike the others as the decoded picture is, or more, by "
                "features, sharpness and signs of two images mixed. 50 % is usual; at 5 % or less the picture is "
                "unlike real ones.",
                unit="share of real pictures",
                better="higher",
                source="conformal p-value",
            ),
            Term(
                "round_trip",
                "Round trip",
                "Share of the data's images that come back as far from themselves, or farther, as the code under "
                "the cursor does when its decoded picture is encoded: |E(D(z)) − z|. 50 % is usual; at 0.5 % or "
                "less the picture is encoded elsewhere.",
                unit="share of images",
                better="higher",
                source="conformal p-value",
            ),
            Term(
                "prior_place",
                "|z| in the prior",
                "Share of draws of the prior that lie nearer to 0 than this code, and farther: near 0 is not "
                "the middle of N(0, I) in many dimensions, whose draws lie on a shell of radius √d.",
                unit="share of prior draws",
            ),
            Term(
                "magnification",
                "Magnification √det G",
                "How much the decoded picture changes for a small step of the code, over all directions of the "
                "map; logarithmic colours.",
                unit="change of picture per area of code",
                source="Arvanitidis, Hansen & Hauberg 2018",
            ),
        ),
    ),
    Section(
        "Latent dimensions",
        (
            Term(
                "kl_dimension",
                "KL per dimension",
                "KL divergence of the posterior from the prior in each latent dimension, one lamp each: bright "
                "carries much about the image, dark (below 0.01) nothing.",
                unit="nats per image",
            ),
            Term(
                "used",
                "Dimensions used",
                "With a posterior: active units, dimensions whose posterior mean has a variance above 0.01 "
                "over held-out images. Without: the effective rank of the codes.",
                unit="of all latent dimensions",
                source="Burda, Grosse & Salakhutdinov 2016",
            ),
            Term(
                "rank",
                "Effective rank",
                "How many dimensions the held-out codes of a model without a posterior really use: the "
                "exponential of the entropy of their normalised singular values.",
                unit="dimensions",
                source="Roy & Vetterli 2007",
            ),
            Term(
                "sigma",
                "σ",
                "Standard deviation of the posterior q(z|x) in a latent dimension: small where the image fixes "
                "the code, near that of the prior (1 for N(0, I)) where the dimension says nothing about it.",
                unit="units of the code",
                source="Kingma & Welling 2014",
            ),
            Term(
                "prior_cover",
                "Prior within 1σ / 2σ",
                "Share of draws of the prior that lie within 1σ, and 2σ, of at least one image's posterior: where "
                "none reaches, the decoder was not trained.",
                unit="share of prior draws",
                better="higher",
            ),
            Term(
                "contour",
                "Contours and rings: %",
                "A line with 95 % goes round the smallest area that holds 95 % of the distribution.",
                unit="share of the distribution",
            ),
        ),
    ),
)
