"""Priors of codes. Importing this package registers them, without torch; the module of a new prior is
listed here.
"""

from trainer.priors import gaussian, mixture

__all__ = ["gaussian", "mixture"]
