"""Zstandard streams that say when they break off: the library's own reader ends quietly there, as if all were read."""

from __future__ import annotations

import io
from typing import IO, Any, Final

import zstandard

STEP: Final = 2048  # packed bytes a step: at the worst they unpack to some 64 MB
MAX_WINDOW: Final = 1 << 30


class ZstdStream(io.RawIOBase):
    """The unpacked bytes of one or more frames.

    Raises (when read):
        EOFError: the last frame has no end.
        zstandard.ZstdError: it is damaged.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._frame: Any = None
        self._left = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """It can be read, and only that."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one step gives bytes; 0 at the end."""
        while not self._ready:
            if not self._step():
                return 0
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _step(self) -> bool:
        packed = self._left or self._file.read(STEP)
        self._left = b""
        if not packed:
            if self._frame is not None:
                message = "the last frame has no end"
                raise EOFError(message)
            return False
        if self._frame is None:
            self._frame = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()
        self._ready = memoryview(self._frame.decompress(packed))
        if self._frame.eof:
            self._left = self._frame.unused_data
            self._frame = None
        return True
