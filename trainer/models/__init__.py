"""Model families. Importing this package registers them, without torch; a new family's module is named here.

Further families: the environment variable LATENT_EXPLORER_FAMILIES names modules, separated by commas, that
are imported after these and register what they bring. The trainer's process inherits it.

`refused`: a sentence for each of those modules that could not be imported; command line and window say them and go
on with the other families.
"""

import importlib
import os

from trainer.models import autoencoder, variational
from trainer.models.family import families, unregister
from trainer.records import ConfigError
from trainer.sentences import Sentence

refused: list[Sentence] = []
for _name in filter(None, map(str.strip, os.environ.get("LATENT_EXPLORER_FAMILIES", "").split(","))):
    try:
        importlib.import_module(_name)
    except (Exception, SystemExit) as _error:  # noqa: BLE001 - somebody else's code, which may fail in any way
        for _family in families():
            if type(_family).__module__ == _name:
                unregister(_family.name)
        _reason = _error if isinstance(_error, ConfigError) else f"{type(_error).__name__}: {_error!s:.200}"
        refused.append(
            Sentence(
                "The module {name} in LATENT_EXPLORER_FAMILIES is left out: {reason}", name=_name, reason=_reason
            )
        )

__all__ = ["autoencoder", "refused", "variational"]
