"""Quota: cap, liability, ledger, compliance."""
