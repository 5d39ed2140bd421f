"""Citations, JSON shapes, excerpts, masks and exports: what leaves the corpus."""
