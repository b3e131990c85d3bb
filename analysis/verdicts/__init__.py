"""Verdicts: what replications say of one outcome, and which arms cannot be told apart."""
