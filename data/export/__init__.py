"""The economy for other tools: pymrio, Parquet, dense tables."""
