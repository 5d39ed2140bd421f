"""Which messages belong together: conversations, copies, and quoted messages that the corpus holds whole."""
