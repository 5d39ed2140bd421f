"""Disjoint groups of numbered messages, joined pair by pair (union–find); no outcome depends on the order of joins."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator


class Groups:
    """Which messages belong together, by row number: 16 bytes a message, however they are joined."""

    def __init__(self, like: Groups | None = None) -> None:
        self._parent: array[int] = array("q", like._parent if like else ())
        self._next: array[int] = array("q", like._next if like else ())  # the members of a group stand in a ring

    def find(self, n: int) -> int:
        """The smallest number of the group that this one is in."""
        parent = self._parent
        if n >= len(parent):
            return n
        root = n
        while (above := parent[root]) != root:
            root = above
        while (above := parent[n]) != root:
            parent[n] = root
            n = above
        return root

    def join(self, one: int, other: int) -> None:
        """Make the two groups one."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return
        low, high = (a, b) if a < b else (b, a)
        if high >= (known := len(self._parent)):
            more = range(known, high + 1 + high // 4)
            self._parent.extend(more)
            self._next.extend(more)
        self._parent[high] = low
        self._next[low], self._next[high] = self._next[high], self._next[low]

    def together(self, one: int, other: int) -> bool:
        """Whether the two are in one group."""
        return self.find(one) == self.find(other)

    def alone(self, n: int) -> bool:
        """Whether nothing was joined to it."""
        return n >= len(self._next) or self._next[n] == n

    def members(self, n: int) -> Iterator[int]:
        """All of the group that this one is in, itself first."""
        yield n
        at = n
        while at < len(self._next) and (at := self._next[at]) != n:
            yield at

    def firsts(self, numbers: Iterable[int]) -> array[int]:
        """Of each group, at its `find`, the first that comes in these numbers; -1 where none does."""
        first = array("q", [-1]) * len(self._parent)
        for n in numbers:
            root = self.find(n)
            if root < len(first) and first[root] < 0:
                first[root] = n
        return first
