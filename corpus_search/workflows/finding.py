"""Patterns over a corpus: conversations that concern immigration → findings, with citations, over time, to a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus_search.conversations.showing import fullest
from corpus_search.errors import CorpusSearchError
from corpus_search.evidence.citation import cite
from corpus_search.evidence.findings_file import Heading, write_findings
from corpus_search.evidence.masks import masked as mask
from corpus_search.evidence.shapes import finding_shape
from corpus_search.model import Conversation, Finding, Pair, Record, Span
from corpus_search.packs.pattern_loading import load_patterns
from corpus_search.packs.pattern_pack import Clause, Pattern, PatternPack
from corpus_search.packs.policy_pack import load_policies
from corpus_search.patterns.find import find as find_in
from corpus_search.patterns.pairs import Dated, pairs_of, with_regular
from corpus_search.store import Store
from corpus_search.workflows.progress import SILENT, Progress


class NoSuchPattern(CorpusSearchError):
    """No pattern has this name."""


def patterns(corpus: Path) -> list[dict[str, Any]]:
    """Every pattern with its definition and the query of each grade."""
    return [
        {
            "name": pattern.name,
            "title": pattern.title,
            "definition": pattern.definition,
            "support": pattern.support,
            "grades": [{"grade": grade, "query": query} for grade, query in queries_of(pattern)],
        }
        for pattern in load_patterns(_packs(corpus)).patterns
    ]


def queries_of(pattern: Pattern) -> Iterator[tuple[str, str]]:
    """Each way to a grade, or each cue with its points, as a query that can be typed at the prompt."""
    for name, cue in pattern.cues.items():
        yield f"{cue.points:+g} {name}", _typed(cue)
    for rule in pattern.grades:
        steps: list[str] = []
        for step in rule.steps:
            parts = [_typed(pattern.clauses[name]) for name in step.clauses]
            mark = "" if not steps else (f" THEN/{step.within:g}d " if step.within else " THEN ")
            steps.append(f"{mark}({' '.join(parts)})")
        yield rule.grade, "".join(steps)


def _typed(clause: Clause) -> str:
    """The clause's query with the sides of sender and reader written out."""
    sender, _, reader = clause.direction.partition(">")
    sides = [
        f"{field}:(agency:{side})"
        for field, side in (("from", sender), ("party", reader))
        if side not in ("any", "local")
    ]
    return " ".join([*sides, clause.text])


def find(
    corpus: Path, names: Sequence[str] = (), release: str | None = None, progress: Progress = SILENT
) -> list[Finding]:
    """The findings of a corpus, best first; `names` leaves out other patterns' findings, and changes none.

    Raises:
        NoSuchPattern: a name that no pattern has.
        PackError: a researcher's own pack can't be used.
    """
    pack = load_patterns(_packs(corpus))
    wanted = _wanted(pack, names)
    policies = load_policies(_packs(corpus))
    with Store.open_to_read(corpus) as store:
        if release is not None:
            store.check_release(release)
        found: list[Dated] = []
        threads = store.immigration_threads(release)
        progress.begin("patterns", len(threads), 0)
        for conversation in conversations(store, threads, release):
            by_id = {record.message.id: record for record in conversation.records}
            for finding in find_in(conversation, pack, policies):
                day = max((by_id[one].message.date or "" for one in finding.messages), default="") or None
                found.append(Dated(_cited(finding, by_id, conversation), day))
            progress.step(1, 0)
        progress.end()
    marked = [one for one in with_regular(found, pack.modifiers) if one.pattern in wanted]
    return sorted(marked, key=lambda one: (-one.score, one.grade, one.pattern, one.thread))


def pairs(corpus: Path, release: str | None = None) -> list[Pair]:
    """Who asks whom, for what, how often."""
    found = find(corpus, (), release)
    with Store.open_to_read(corpus) as store:
        dated = [Dated(finding, _newest(store, finding)) for finding in found]
    return pairs_of([one for one in dated if one.finding.requester or one.finding.provider])


def _newest(store: Store, finding: Finding) -> str | None:
    return max((record.message.date or "" for record in store.records(finding.messages)), default="") or None


def export(corpus: Path, found: Sequence[Finding], file: Path, *, masked: bool) -> int:
    """Write findings to a file that can be made again from the same corpus and packs; returns how many."""
    pack = load_patterns(_packs(corpus))
    with Store.open_to_read(corpus) as store:
        records = {
            record.message.id: record
            for record in store.records([one for finding in found for one in finding.messages])
        }
        heading = Heading(
            corpus_digest=corpus_digest(store),
            packs_digest=packs_digest(pack),
            patterns={pattern.name: dict(_numbered(pattern)) for pattern in pack.patterns},
            releases=[release["name"] for release in store.releases()],
            masked=masked,
        )
    shapes = [finding_shape(mask(finding, records) if masked else finding) for finding in found]
    return write_findings(file, heading, shapes)


def _numbered(pattern: Pattern) -> Iterator[tuple[str, str]]:
    for number, (grade, query) in enumerate(queries_of(pattern), 1):
        yield f"{grade}{number}", query


def corpus_digest(store: Store) -> str:
    """A hash over the released files and what was read from them: the same for the same corpus on any machine."""
    digest = hashlib.blake2b(digest_size=12)
    for line in store.digest_lines():
        digest.update(line.encode("utf-8", "replace"))
    return digest.hexdigest()


def packs_digest(pack: PatternPack) -> str:
    """A hash over the patterns in force."""
    text = repr(
        [(pattern.name, sorted(queries_of(pattern)), [bar.query for bar in pattern.bars]) for pattern in pack.patterns]
        + [sorted((name, cue.points, cue.text) for name, cue in (pack.acts | pack.against).items())]
        + [pack.wording.columns, sorted(pack.wording.weights.items())]
    )
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def conversations(store: Store, threads: Sequence[str], release: str | None = None) -> Iterator[Conversation]:
    """The conversations with these ids: of copies the one that shows most, at the place of the first."""
    for thread in threads:
        records = store.thread(thread)
        if release is not None:
            records = [record for record in records if record.message.release == release]
        groups: dict[str, list[Record]] = {}
        for record in records:
            groups.setdefault(min((record.message.id, *record.message.copies)), []).append(record)
        shown = [(fullest(group), group) for group in groups.values()]
        copies = {
            one.message.id: tuple(other for other in group if other is not one)
            for one, group in shown
            if len(group) > 1
        }
        yield Conversation(thread, tuple(one for one, _ in shown), copies)


def _cited(finding: Finding, by_id: dict[str, Record], conversation: Conversation) -> Finding:
    """The finding with the citations of its messages, copies in other mailboxes and releases included.

    Each line of evidence with the page on which it stands.
    """
    cited = []
    for one in finding.messages:
        cited.append(cite(by_id[one].message))
        cited += [cite(copy.message) for copy in conversation.copies.get(one, ())]
    lines = tuple(
        replace(line, citation=cite(by_id[line.message].message, Span(line.start, line.end)))
        for line in finding.evidence
    )
    return replace(finding, citations=tuple(dict.fromkeys(cited)), evidence=lines)


def _wanted(pack: PatternPack, names: Sequence[str]) -> frozenset[str]:
    """The patterns asked for. All of them are looked for all the same: neighbours contest a conversation."""
    known = [pattern.name for pattern in pack.patterns]
    for name in names:
        if name not in known:
            raise NoSuchPattern(f"no pattern {name!r}; there are: {', '.join(known)}")
    return frozenset(names or known)


def _packs(corpus: Path) -> Path | None:
    folder = corpus / "packs"
    return folder if folder.is_dir() else None
