"""Model families from outside the package, as somebody else would add them."""
