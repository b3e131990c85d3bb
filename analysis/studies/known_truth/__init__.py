"""Known truth: how well the compile finds city economies whose true tables are known."""
