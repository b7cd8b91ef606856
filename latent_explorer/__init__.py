"""Latent Explorer: see and feel the latent space of an autoencoder and a variational autoencoder."""

__version__ = "0.2.0"
