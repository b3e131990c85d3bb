"""Pictures of the reproductions of papers."""
