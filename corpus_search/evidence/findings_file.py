"""Findings as a file that can be made again and compared: versions, corpus digest, queries, findings, citations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from corpus_search import __version__
from corpus_search.errors import CorpusSearchError
from corpus_search.evidence.tables import UnknownExport, cell, party_cell, write_rows, written

Shape = dict[str, Any]


class NotFindings(CorpusSearchError):
    """The file holds no findings written by `patterns run --to FILE.jsonl`."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file of findings says of its making; no clock, so that the same corpus gives the same file."""

    corpus_digest: str
    packs_digest: str
    patterns: Mapping[str, Mapping[str, str]]  # pattern → grade rule → the query that anyone can run again
    releases: Sequence[str]
    masked: bool

    def shape(self) -> Shape:
        """As the first line of a .jsonl file."""
        return {
            "made_by": f"corpus-search {__version__}",
            "corpus_digest": self.corpus_digest,
            "packs_digest": self.packs_digest,
            "releases": list(self.releases),
            "masked": self.masked,
            "patterns": {name: dict(rules) for name, rules in self.patterns.items()},
        }


def write_findings(file: Path, heading: Heading, findings: Sequence[Shape]) -> int:
    """Write findings as the file's ending says (.jsonl, .csv, .md); returns how many.

    Raises:
        UnknownExport: another ending.
        CannotWrite: the file can't be written.
    """
    ending = file.suffix.lower()
    if ending == ".csv":
        return write_rows(file, (_row(finding, heading) for finding in findings))
    if ending not in (".jsonl", ".md"):
        raise UnknownExport(f"{file}: no export to {ending or 'a file without ending'}; use .jsonl, .csv or .md")
    with written(file) as handle:
        if ending == ".md":
            _markdown(handle, heading, findings)
        else:
            handle.write(json.dumps({"heading": heading.shape()}, ensure_ascii=False) + "\n")
            handle.writelines(json.dumps(finding, ensure_ascii=False) + "\n" for finding in findings)
    return len(findings)


def read_findings(file: Path) -> tuple[Shape, list[Shape]]:
    """Heading and findings of a .jsonl file that `patterns run --to` wrote.

    Raises:
        NotFindings: it is no such file.
    """
    try:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError, RecursionError) as error:
        raise NotFindings(f"{file} can't be read as findings ({error})") from error
    if not lines or not isinstance(lines[0], dict) or "heading" not in lines[0] or not all(map(_is_finding, lines[1:])):
        raise NotFindings(f"{file} holds no findings; make one with: corpus-search patterns run --to FILE.jsonl")
    return lines[0]["heading"], lines[1:]


def _is_finding(line: Any) -> bool:
    """Whether a line has what findings are compared and shown by."""
    return (
        isinstance(line, dict)
        and isinstance(line.get("pattern"), str)
        and isinstance(line.get("messages"), list)
        and line["messages"] != []
        and {"grade", "citations"} <= set(line)
    )


def differences(old: Iterable[Shape], new: Iterable[Shape]) -> list[tuple[str, Shape, Shape | None]]:
    """What a new release or a new pack changed: ("new"|"gone"|"changed", finding, the older form of it)."""
    before, after = _by_key(old), _by_key(new)
    out: list[tuple[str, Shape, Shape | None]] = []
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was is None and now is not None:
            out.append(("new", now, None))
        elif now is None and was is not None:
            out.append(("gone", was, None))
        elif was is not None and now is not None and was != now:
            out.append(("changed", now, was))
    return out


def _by_key(findings: Iterable[Shape]) -> dict[tuple[str, str], Shape]:
    """Findings by pattern and first message: a conversation's id may change when an older message is released."""
    return {(finding["pattern"], finding["messages"][0]): finding for finding in findings}


def _row(finding: Shape, heading: Heading) -> Shape:
    return {
        "pattern": finding["pattern"],
        "grade": finding["grade"],
        "score": finding["score"],
        "requester": party_cell(finding["requester"]) if finding["requester"] else "",
        "provider": party_cell(finding["provider"]) if finding["provider"] else "",
        "subjects": finding["subjects"],
        "modifiers": finding["modifiers"],
        "policies": [_policy(policy) for policy in finding["policies"]],
        "evidence": [
            f"{line['role']}: {' '.join(line['text'].split())} ({line['citation']})" for line in finding["evidence"]
        ],
        "citations": finding["citations"],
        "why": finding["why"],
        "thread": finding["thread"],
        "messages": finding["messages"],
        "made_by": f"corpus-search {__version__}",
        "corpus_digest": heading.corpus_digest,
        "packs_digest": heading.packs_digest,
    }


def _policy(policy: Shape) -> str:
    state = "after it took effect" if policy["in_force"] else "before it took effect, or after it ended"
    binds = {True: "binds this body", False: "does not bind this body", None: "whether it binds is not known"}
    return f"{policy['id']}: {state}, {binds[policy['binds']]}"


def _markdown(handle: TextIO, heading: Heading, findings: Sequence[Shape]) -> None:
    handle.write(f"# Findings\n\nMade by corpus-search {__version__}; corpus {heading.corpus_digest}; ")
    handle.write(f"packs {heading.packs_digest}; releases: {', '.join(heading.releases)}.\n")
    if heading.masked:
        handle.write("Log-ins, numbers, plates and names of private persons are masked.\n")
    for number, finding in enumerate(findings, 1):
        handle.write(f"\n## {number}. {finding['pattern']} (grade {finding['grade']})\n\n{finding['why']}\n\n")
        for title, party in (("Asked", finding["requester"]), ("Answered", finding["provider"])):
            if party:
                handle.write(f"- {title}: {party_cell(party)}\n")
        for title, values in (("About", finding["subjects"]), ("Circumstances", finding["modifiers"])):
            if values:
                handle.write(f"- {title}: {cell(values)}\n")
        for policy in finding["policies"]:
            handle.write(f"- In force: {_policy(policy)}\n")
        handle.write("\n")
        for line in finding["evidence"]:
            handle.write(f"> {' '.join(line['text'].split())}\n>\n> — {line['role']}, {line['citation']}\n\n")
        handle.writelines(f"- {citation}\n" for citation in finding["citations"])
