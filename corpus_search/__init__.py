"""corpus-search: informal cooperation with immigration authorities, found in released email."""

__version__ = "0.1.0"
