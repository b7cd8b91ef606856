"""Model families. Importing this package registers them, without torch; a new family's module is named here.

Families of one's own: the environment variable LATENT_EXPLORER_FAMILIES names modules, separated by commas, that
are imported after these and register what they bring. The trainer's process inherits it.
"""

import importlib
import os

from trainer.models import autoencoder, variational

for _name in filter(None, os.environ.get("LATENT_EXPLORER_FAMILIES", "").split(",")):
    importlib.import_module(_name.strip())

__all__ = ["autoencoder", "variational"]
