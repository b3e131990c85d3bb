"""How fast, and how much memory: what users have today and ours, measured side by side."""
