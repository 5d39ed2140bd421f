"""Labels of released text, read page by page as a person reads it. See README.md."""
