"""Rows of pictures with a slider under them."""
