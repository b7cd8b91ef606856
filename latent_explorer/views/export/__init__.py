"""Saving what can be seen: figures drawn anew for files, and the dialog that asks for the rest."""
