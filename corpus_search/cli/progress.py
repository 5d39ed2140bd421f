"""Progress of long work on stderr: what, how far, how fast, how long yet; a live line on a terminal only."""

from __future__ import annotations

import sys
import time

_STAGES = {
    "hash": ("Looking at", "files"),
    "plan": ("Planning", "files"),
    "read": ("Reading", "parts"),
    "join": ("Putting pages together", "files"),
    "link": ("Linking conversations", ""),
    "tag": ("Tagging", "messages"),
    "index": ("Indexing", "messages"),
    "patterns": ("Looking for patterns", "conversations"),
    "verify": ("Checking", "files"),
}
EVERY = 0.2  # seconds between drawings on a terminal
QUIETLY_EVERY = 30.0  # seconds between lines elsewhere


class Meter:
    """Draws progress; nothing at all where the work is done within a moment."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._live = sys.stderr.isatty() and not quiet
        self._quiet = quiet
        self._stage = ""
        self._steps = self._done = self._size = self._bytes = 0
        self._began = self._drawn = 0.0

    def begin(self, stage: str, steps: int, size: int) -> None:
        """A stage begins."""
        self._stage, self._steps, self._size = stage, steps, size
        self._done = self._bytes = 0
        self._began = self._drawn = time.monotonic()
        if self._live and not steps:
            self._draw()

    def step(self, steps: int, size: int) -> None:
        """So many steps, and bytes, are done."""
        self._done += steps
        self._bytes += size
        now = time.monotonic()
        if not self._quiet and now - self._drawn > (EVERY if self._live else QUIETLY_EVERY):
            self._drawn = now
            self._draw()

    def end(self) -> None:
        """The stage is over."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _draw(self) -> None:
        title, noun = _STAGES.get(self._stage, (self._stage, ""))
        line = title if not self._steps else f"{title}: {self._done:,} of {self._steps:,} {noun}{self._pace()}"
        sys.stderr.write(f"\r\x1b[K{line}" if self._live else line + "\n")
        sys.stderr.flush()

    def _pace(self) -> str:
        """Rate and time left, by bytes where they are known (files differ too much), else by steps."""
        seconds = time.monotonic() - self._began
        if seconds < 1 or not self._done:
            return ""
        if self._size and self._bytes:
            share, rate = self._bytes / self._size, f"{self._bytes / seconds / 1e6:.1f} MB/s"
        else:
            share, rate = self._done / self._steps, f"{self._done / seconds:,.0f}/s"
        left = seconds * (1 - share) / share if 0 < share < 1 else 0
        return f", {rate}, {_clock(left)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
