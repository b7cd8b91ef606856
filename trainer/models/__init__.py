"""Model families. Importing this package registers them; a new family's module is named here."""

from trainer.models import autoencoder, variational
from trainer.models.initialise import build, initialise

__all__ = ["autoencoder", "build", "initialise", "variational"]
