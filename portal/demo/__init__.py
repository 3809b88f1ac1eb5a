"""A believable SEI for an invented município: rows, files, and the ways to find them again."""
