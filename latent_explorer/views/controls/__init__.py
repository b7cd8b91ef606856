"""Controls used in more than one place: they know numbers and pixels, and nothing of models."""
