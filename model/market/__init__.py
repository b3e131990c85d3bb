"""Markets: orders, exchange, auction, bilateral trade."""
