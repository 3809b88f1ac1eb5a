"""One processo for everything that a processo can be."""
