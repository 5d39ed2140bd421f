"""Agencies in text: by name and initials, by the making of their names, and by context where a word is doubtful."""
