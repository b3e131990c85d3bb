"""Transfers of quota and money between cities and the public budget."""
