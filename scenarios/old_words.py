"""Words of earlier versions, each with the word that took its place."""

OLD_SCENARIOS = {"no_policy": "baseline (the world without quota policy)"}
"""Names of the library. What used to be called baseline, the default policy, is `default`."""
