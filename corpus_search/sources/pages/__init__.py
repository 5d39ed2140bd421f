"""Pages of PDFs and pictures: their words with places, redactions, furniture, and OCR where there is no text."""
