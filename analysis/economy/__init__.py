"""Questions to the economy alone: headline figures, checks, drawn economies."""
