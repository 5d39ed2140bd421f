"""Header lines as printed or quoted: labels and values in any layout, from lines of text."""
