"""Tools that a person adds: each a folder, and a line of the list of tools."""
