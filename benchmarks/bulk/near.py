"""How alike the texts of a corpus are, by what their headers say of them: what the thresholds of near copies rest on.

    python benchmarks/bulk/near.py CORPUS [--across]

CORPUS was ingested before. Every pair that the sketches propose is counted by the share of the shorter text's pairs of
words that the longer one has (held), in tenths, and by the headers: dated to the same minute (the same message but for
faults of reading), to another moment (another message, but for clocks of other zones), or not both dated. With --across:
of the messages of each release that have 12 words of their own, how many are linked to a copy in another release.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from corpus_search.conversations import copies
from corpus_search.conversations.facts import LinkFacts
from corpus_search.conversations.groups import Groups
from corpus_search.conversations.keys import moment, same_moment
from corpus_search.conversations.likeness import bands, likeness
from corpus_search.conversations.near import MANY
from corpus_search.conversations.on_disk import FactsOnDisk
from corpus_search.store import Store


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--across", action="store_true")
    arguments = parser.parse_args()
    with Store.open_to_read(arguments.corpus) as store:
        facts = list(store.link_facts())
        _table(store, facts)
        _joins(store)
        if arguments.across:
            _across(store)


def _table(store: Store, facts: list[LinkFacts]) -> None:
    messages = {one.n: one for one in facts if one.kind == "message" and one.sketch}
    began = time.monotonic()
    pairs: set[tuple[int, int]] = set()
    for band in zip(*(bands(one.sketch) for one in messages.values()), strict=True):
        same: dict[bytes, list[int]] = defaultdict(list)
        for n, key in zip(messages, band, strict=True):
            same[key].append(n)
        pairs.update(pair for run in same.values() if len(run) <= MANY for pair in combinations(run, 2))
    took = time.monotonic() - began
    print(f"{len(facts):,} messages and documents; {len(pairs):,} pairs proposed in {took:.1f} s")
    texts = store.own_texts({n for pair in pairs for n in pair})
    counts: dict[str, Counter[int]] = {"same minute": Counter(), "other moment": Counter(), "no date": Counter()}
    for one, other in ((messages[a], messages[b]) for a, b in pairs):
        _, held = likeness(texts[one.n], texts[other.n])
        counts[_relation(one, other)][min(9, int(held * 10))] += 1
    print("held".rjust(14) + "".join(f"{tenth / 10:>8.1f}" for tenth in range(10)))
    for name, counted in counts.items():
        print(name.rjust(14) + "".join(f"{counted[tenth]:>8,}" for tenth in range(10)))


def _relation(one: LinkFacts, other: LinkFacts) -> str:
    if moment(one.date) is None or moment(other.date) is None:
        return "no date"
    return "same minute" if same_moment(one.date, other.date) else "other moment"


def _joins(store: Store) -> None:
    """How many messages headers join to others, and how many more the words do."""
    keep = copies.join_near
    copies.join_near = lambda *_: None
    with FactsOnDisk(store.link_facts()) as facts:
        groups = copies.find_copies(facts, store.own_texts)
        headers = _joined(facts, groups)
        began = time.monotonic()
        keep(facts, store.own_texts, groups)
        took = time.monotonic() - began
        words = _joined(facts, groups) - headers
    copies.join_near = keep
    print(f"copies joined by headers {headers:,}, further by their words {words:,} (in {took:.1f} s)")


def _joined(facts: FactsOnDisk, groups: Groups) -> int:
    return sum(groups.find(n) != n for n, *_ in facts.ids())


def _across(store: Store) -> None:
    sketched = {one.id for one in store.link_facts() if one.sketch}
    for release in (one["name"] for one in store.releases()):
        records = [r.message for r in store.all_records(kind="message", release=release) if r.message.id in sketched]
        release_of = {r.message.id: r.message.release for r in store.all_records()}
        linked = sum(any(release_of[copy] != release for copy in message.copies) for message in records)
        print(f"{release}: {linked} of {len(records)} messages have a copy in another release")


if __name__ == "__main__":
    main()
