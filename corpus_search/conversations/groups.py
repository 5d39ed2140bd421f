"""Disjoint groups of names, joined pair by pair (union–find); the outcome does not depend on the order of joins."""

from __future__ import annotations

from collections import defaultdict


class Groups:
    """Which names belong together."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, name: str) -> str:
        """The smallest name of the group that this one is in."""
        root = name
        while (above := self._parent.get(root, root)) != root:
            root = above
        while (above := self._parent.get(name, name)) != root:
            self._parent[name] = root
            name = above
        return root

    def join(self, one: str, other: str) -> None:
        """Make the two names' groups one."""
        a, b = self.find(one), self.find(other)
        if a != b:
            low, high = (a, b) if a < b else (b, a)
            self._parent[high] = low
            self._parent.setdefault(low, low)

    def together(self, one: str, other: str) -> bool:
        """Whether the two are in one group."""
        return self.find(one) == self.find(other)

    def members(self) -> dict[str, list[str]]:
        """Every group of at least two names, by its smallest."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self._parent:
            groups[self.find(name)].append(name)
        return {root: sorted(names) for root, names in groups.items() if len(names) > 1}
