"""Scores the tagging pass against the labelled sentences and messages: precision, recall and F1 by kind.

    python benchmarks/tagging/score.py                  the open part: what builders look at
    python benchmarks/tagging/score.py --errors agency  each wrong and each missed tag of a kind as well
    python benchmarks/tagging/score.py --more           what another writer labelled: open as well
    python benchmarks/tagging/score.py --held           the part kept aside: a figure only, at the end

Exact: same kind, start and end. Overlap: same kind, some characters shared, and for look-ups the same group. The
parties of the messages are scored by side: immigration, federal, local, none.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus_search.model import Message, Party, Source, Zone
from corpus_search.tagging.tagger import Tagger

LABELLED = Path(__file__).parents[2] / "fixtures" / "labelled"
KINDS = ("agency", "plate", "lookup")
LEVELS = ("easy", "tricky")
Labels = Sequence[dict[str, Any]]


@dataclass(slots=True)
class Score:
    """Right, wrong and missed tags."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def line(self) -> str:
        precision = self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        counts = f"{self.right:5} {self.wrong:5} {self.missed:6}"
        return f"{counts}   {precision:9.3f} {recall:6.3f} {f1:6.3f}"


@dataclass(slots=True)
class Scores:
    """Scores by (kind, level, exact or overlap), and the errors as lines."""

    by: dict[tuple[str, str, str], Score] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def at(self, kind: str, level: str, way: str) -> Score:
        return self.by.setdefault((kind, level, way), Score())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--held", action="store_true", help="the part kept aside")
    options.add_argument("--more", action="store_true", help="what another writer labelled")
    options.add_argument("--fresh", action="store_true", help="what one more writer labelled: open as well")
    options.add_argument("--apart", action="store_true", help="what one more writer labelled, only ever scored")
    options.add_argument("--errors", metavar="KIND", help="show the errors of a kind (not with --held, --apart)")
    chosen = options.parse_args()
    part = next((name for name in ("held", "more", "fresh", "apart") if getattr(chosen, name)), "open")
    unseen = part in ("held", "apart")
    tagger = Tagger.load()
    scores = Scores()
    for folder in ("sentences", "messages"):
        for item in items(LABELLED / folder / f"{part}.jsonl"):
            compare(item, tagger, scores)
    report(scores)
    sides(items(LABELLED / "messages" / f"{part}.jsonl"), tagger, show=chosen.errors == "party" and not unseen)
    if chosen.errors and not unseen:
        for kind, line in scores.errors:
            if kind == chosen.errors:
                print(line)


def items(file: Path) -> Iterator[dict[str, Any]]:
    """The labelled items of a file; none where there is no such file (no messages were written apart)."""
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def compare(item: dict[str, Any], tagger: Tagger, scores: Scores) -> None:
    """Count an item's tags as right, wrong or missed."""
    found, _ = tagger.explain(item["text"])
    for kind in KINDS:
        labels = [label for label in item["tags"] if label["kind"] == kind]
        tags = [
            {"start": tag.start, "end": tag.end, "groups": tag.groups, "text": tag.text}
            for tag in found
            if tag.kind == kind
        ]
        for way in ("exact", "overlap"):
            wrong, missed = unmatched(labels, tags, kind, way)
            score = scores.at(kind, item["level"], way)
            score.right += len(labels) - len(missed)
            score.missed += len(missed)
            score.wrong += len(wrong)
            if way == "exact" or kind == "lookup":
                scores.errors += [(kind, error_line(item, one, "wrong", way)) for one in wrong]
                scores.errors += [(kind, error_line(item, one, "missed", way)) for one in missed]


def unmatched(labels: Labels, tags: Labels, kind: str, way: str) -> tuple[Labels, Labels]:
    """The tags that no label bears out, and the labels that no tag meets; each tag meets one label."""
    left = list(tags)
    missed = []
    for label in labels:
        meets = [tag for tag in left if meeting(label, tag, kind, way)]
        if meets:
            left.remove(meets[0])
        else:
            missed.append(label)
    return left, missed


def meeting(label: dict[str, Any], tag: dict[str, Any], kind: str, way: str) -> bool:
    """Whether a tag meets a label."""
    if way == "exact":
        return bool((label["start"], label["end"]) == (tag["start"], tag["end"]))
    same = kind != "lookup" or bool(set(label["groups"]) & set(tag["groups"]))
    return bool(same and tag["start"] < label["end"] and label["start"] < tag["end"])


def error_line(item: dict[str, Any], one: dict[str, Any], what: str, way: str) -> str:
    """One error, readable."""
    start, end = one["start"], one["end"]
    around = " ".join(item["text"][max(0, start - 60) : end + 60].split())
    return f"{what:7} {way:8} {item['id']} {item['text'][start:end]!r} in “{around}”"


def report(scores: Scores) -> None:
    """The table."""
    print(f"{'kind':8} {'level':7} {'way':8} {'right':>5} {'wrong':>5} {'missed':>6}   precision recall     F1")
    for kind in KINDS:
        for way in ("exact", "overlap"):
            whole = Score()
            for level in LEVELS:
                part = scores.at(kind, level, way)
                print(f"{kind:8} {level:7} {way:8} {part.line()}")
                whole = Score(whole.right + part.right, whole.wrong + part.wrong, whole.missed + part.missed)
            print(f"{kind:8} {'all':7} {way:8} {whole.line()}")


def sides(labelled: Iterable[dict[str, Any]], tagger: Tagger, *, show: bool) -> None:
    """The parties of messages: is each on the side that the label says?"""
    outcome: Counter[str] = Counter()
    for item in labelled:
        for label in item["parties"]:
            party = resolved(item, label, tagger)
            wanted, got = side(label["groups"]), side(party.groups)
            outcome["right" if wanted == got else "wrong"] += 1
            if show and wanted != got:
                print(f"{item['id']} {label} → {party.agency} {party.groups}: {party.why}")
    print(f"party sides: {outcome['right']} of {outcome.total()} = {outcome['right'] / max(1, outcome.total()):.3f}")


def resolved(item: dict[str, Any], label: dict[str, Any], tagger: Tagger) -> Party:
    """The labelled party as the tagger resolves it in its message."""
    party = Party(name=label.get("name"), address=label.get("address"))
    head = item["text"].partition("\n\n")[0]
    zones = (Zone("header", 0, len(head)), Zone("own", len(head), len(item["text"])))
    source = Source("labelled", None, "0" * 64, "text")
    sender = label["field"] == "from"
    message = Message(
        item["id"], "message", "labelled", source, (), item["text"], zones,
        sender=party if sender else None, to=() if sender else (party,),
    )  # fmt: skip
    return next(party for _, party in tagger.record(message).message.parties())


def side(groups: Iterable[str]) -> str:
    """The side that an agency's groups put it on."""
    known = set(groups)
    if "immigration" in known:
        return "immigration"
    if known & {"federal", "task_force", "fusion"}:
        return "federal"
    local = {"police", "sheriff", "jail", "probation", "prosecutor", "dmv", "court", "state", "local", "corrections"}
    return "local" if known & local else "none"


if __name__ == "__main__":
    main()
