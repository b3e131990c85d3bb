"""Reproductions of three papers, each a few modules of questions over the same equations."""
