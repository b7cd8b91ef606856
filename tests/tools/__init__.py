"""Tools that the user adds: each a folder, and a line of the list of tools."""
