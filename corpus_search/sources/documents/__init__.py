"""What is no mail, one file a format: its text becomes a searchable document."""
