"""Priors of codes. Importing this package registers them, without torch; a new prior's module is named here."""

from trainer.priors import gaussian, mixture

__all__ = ["gaussian", "mixture"]
