"""Model families. Importing this package registers them; a new family's module is named here."""

from trainer.models import autoencoder, variational

__all__ = ["autoencoder", "variational"]
