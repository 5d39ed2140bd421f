"""How a workflow tells what it is doing; the command line draws it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each stage of long work, with its size in steps and bytes (0: not known)."""

    def begin(self, stage: str, steps: int, size: int) -> None:
        """A stage begins."""

    def step(self, steps: int, size: int) -> None:
        """So many steps, and bytes, are done."""

    def end(self) -> None:
        """The stage is over."""


class _Silent:
    def begin(self, stage: str, steps: int, size: int) -> None:
        pass

    def step(self, steps: int, size: int) -> None:
        pass

    def end(self) -> None:
        pass


SILENT: Progress = _Silent()
