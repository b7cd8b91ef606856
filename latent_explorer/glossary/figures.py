"""Terms of training: losses, knobs and the status bar."""

from __future__ import annotations

from latent_explorer.glossary.term import Section, Term

FIGURES = (
    Section(
        "Losses",
        (
            Term(
                "reconstruction",
                "Reconstruction",
                "Reconstruction loss: −ln p(x|z), summed over pixels and averaged over images, so how badly "
                "the decoder predicts the image from its code.",
                unit="nats per image",
                better="lower",
            ),
            Term(
                "kl",
                "KL",
                "KL divergence of the posterior q(z|x) from the prior p(z), summed over latent dimensions and "
                "averaged over images: at least as much as a code says about its image on average. Neither lower "
                "nor higher is better by itself: at 0 the code says nothing.",
                unit="nats per image",
                source="Kingma & Welling 2014",
            ),
            Term(
                "total",
                "Total at β = 1",
                "Reconstruction + KL of held-out images, each counted once: −ELBO for a model with a posterior, "
                "the reconstruction alone for one without, so compare models of one kind.",
                unit="nats per image",
                better="lower",
                source="Kingma & Welling 2014",
            ),
            Term(
                "gap",
                "Gap: held-out − training",
                "Overfitting gap, total loss of held-out images minus that of training images: near 0 is good, "
                "and it grows when a model learns its training images by heart. Below 0, as early in training, it "
                "says nothing good or bad.",
                unit="nats per image",
            ),
            Term(
                "mse_held_out",
                "MSE per pixel",
                "Mean squared error of a pixel value over held-out images, decoded from the code without "
                "sampling; black is 0 and white is 1, so these are no nats.",
                better="lower",
            ),
            Term(
                "error",
                "± standard error",
                "How far the mean over these held-out images typically is from the mean over all such images: "
                "figures that are several standard errors apart differ.",
                unit="that of the figure before it",
                better="lower",
            ),
            Term(
                "loss_curve",
                "Loss curves",
                "Solid: loss of the training images of each step, with β as it was set then. Dashed: loss of "
                "held-out images, which the model has not seen; its total always counts KL once (β = 1). Total "
                "and reconstruction are better lower; KL has no better side.",
                unit="nats per image",
            ),
            Term(
                "step",
                "Step",
                "How many batches of images the models have been trained on: one optimisation step each.",
                unit="optimisation steps",
            ),
            Term(
                "epoch",
                "Epoch",
                "How many times all training images have been used.",
                unit="passes over the training images",
            ),
        ),
    ),
    Section(
        "Training",
        (
            Term(
                "beta",
                "β",
                "Weight of the KL divergence in the training loss: more pulls the posteriors towards the prior, "
                "too much collapses them onto it, less makes reconstructions closer; 1 is the ELBO.",
                source="Higgins et al. 2017",
            ),
            Term(
                "learning_rate",
                "Learning rate",
                "Size of an optimisation step: too large and the loss jumps, too small and it hardly falls.",
                source="Kingma & Ba 2015",
            ),
            Term(
                "noise",
                "Noise on the input",
                "Standard deviation of the noise that is added to training images before they are encoded; "
                "black is 0 and white is 1.",
                source="Vincent et al. 2008",
            ),
            Term(
                "batch",
                "Batch",
                "How many images one optimisation step is taken on.",
                unit="images",
            ),
            Term(
                "warm_up",
                "KL warm-up",
                "Over how many first steps β grows evenly from 0 to what is set, so that codes learn to say "
                "something before the KL divergence pulls on them.",
                unit="steps",
                source="Bowman et al. 2016",
            ),
            Term(
                "run_seed",
                "Seed of the run",
                "Number that fixes the initial weights, the order of batches and the noise: the same seed and "
                "settings give the same run, and all models of a run share it.",
            ),
            Term(
                "likelihood",
                "Likelihood, variance σ²",
                "Distribution p(x|z) of a pixel about the decoded picture: what the reconstruction loss "
                "measures. The variance σ² of a Gaussian says how much error counts as little.",
                unit="σ² in squared pixel values, black 0 and white 1",
            ),
            Term(
                "binarised",
                "Binarised pixels",
                "Every pixel is drawn as 0 or 1, with its grey level as the probability of 1; then the Bernoulli "
                "loss is a likelihood. Dynamic: anew in each step. Static: once, the same in every epoch and run. "
                "The two give different figures: a network can learn a static draw's pixels by heart.",
                source="Salakhutdinov & Murray 2008",
            ),
            Term(
                "latent_size",
                "Latent dimensions",
                "How many numbers a code has: what the decoder gets of an image.",
                unit="dimensions",
            ),
            Term(
                "network",
                "Layers of the network",
                "The encoder's layers and their sizes, from the pixels to the code; the decoder goes the other "
                "way.",
                unit="units per layer",
            ),
            Term(
                "data_size",
                "Images of the data set",
                "How many images are trained on, and how many are held out: models never train on these, so "
                "that losses on them show what was learnt.",
                unit="images",
            ),
            Term(
                "play_rate",
                "Pictures a second",
                "How fast a path or the moments of a run are played.",
                unit="frames or moments per second",
            ),
            Term(
                "kept_moments",
                "Moments",
                "Points of the run that are kept, with the memory they take: weights and codes of all models "
                "at that step.",
                unit="moments, MB",
            ),
        ),
    ),
    Section(
        "Status bar",
        (
            Term(
                "rate",
                "images/s",
                "How many images each model has been trained on in the last second.",
                unit="images per second",
                better="higher",
            ),
            Term(
                "times",
                "decode, paint",
                "Time to decode the image under the cursor, and to paint the window once.",
                unit="milliseconds",
                better="lower",
            ),
            Term(
                "memory",
                "Memory",
                "Memory that the program takes, the trainer's part included.",
                unit="MB or GB",
                better="lower",
            ),
            Term(
                "device",
                "Device, threads",
                "What the models are trained on: the processor (CPU) with this many threads, or a graphics "
                "card (CUDA).",
            ),
            Term(
                "job",
                "Progress",
                "How much of the running job is done, and the time it still takes.",
                unit="minutes:seconds left",
            ),
        ),
    ),
)
