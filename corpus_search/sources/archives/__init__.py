"""Files that hold files: each member is read as whatever format it is, bounded in depth, size and number."""
