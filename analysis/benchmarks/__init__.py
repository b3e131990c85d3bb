"""Benchmarks of speed and memory: what users have today and ours, measured side by side."""
