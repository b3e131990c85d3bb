"""Interoperability: results in the words of other tools, and described for archives."""
