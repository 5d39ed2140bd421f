"""Scores forwarded mails of many programs (email-forward-parser's fixtures), and what alaveteli folds away.

    python benchmarks/print_outs/forwards.py DATA [--errors]

DATA is the folder of released mail. Each fixture forwards one made-up mail: right are its sender, its subject where the
fixture shows one, its date where one stands there, and that its words begin in it and none of them is the forwarder's.
Of alaveteli's examples, right are lines that are own (or signed) where it keeps them, quoted or a notice where it folds.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections import Counter
from pathlib import Path

from corpus_search.model import Message, Place, Source
from corpus_search.sources.zones import divide

_SENDER = re.compile(r"john\.doe@acme\.com|John Doe|Eliott Vincent", re.IGNORECASE)
_SUBJECT = "Integer consequat non purus"
_WORDS = re.compile(r"Aenean quis diam urna|Unicum iter ad supremum")
_DATED = re.compile(r"\b20\d\d\b")
_FOLDED = "FOLDED_QUOTED_SECTION"


def divided(text: str) -> tuple[Message, ...]:
    """The body as a message without a header, and those that it quotes."""
    source = Source("x.txt", None, "0" * 64, "text")
    return divide(Message("1", "message", "R", source, (Place("message", 1),), text, ()), 0)


def score_forwards(folder: Path, count: Counter[str], errors: list[str]) -> None:
    """Count what is right in the forwarded mails."""
    for file in sorted(folder.glob("*_body*.txt")):
        text = file.read_text(encoding="utf-8")
        host, *quoted = divided(text)
        first = quoted[0] if quoted else None
        own = "".join(host.text[zone.start : zone.end] for zone in host.zones if zone.kind == "own")
        sender = first.sender if first else None
        shown = f"{sender.name} {sender.address}" if sender else ""
        checks = {"sender": _SENDER.search(shown) is not None, "words": bool(first and _WORDS.search(first.text)),
                  "own": not _WORDS.search(own)}  # fmt: skip
        if re.search(rf"(?:Subject|Asunto|Objet|Betreff)\W.*{_SUBJECT}", text):
            checks["subject"] = _SUBJECT in ((first.subject or "") if first else "")
        if _DATED.search(text):
            checks["date"] = bool(first and first.date)
        for what, right in checks.items():
            count[what] += 1
            count[f"right {what}"] += right
            if not right:
                said = first and (first.sender, first.date, first.subject, first.text[-60:])
                errors.append(f"{what}: {file.name}: {said}")


def score_folds(folder: Path, count: Counter[str], errors: list[str]) -> None:
    """Count the lines that are folded, or kept, as alaveteli does."""
    for file in sorted(folder.glob("email-folding-example-*.txt")):
        text = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        expected = file.with_name(f"{file.name}.expected").read_text(encoding="utf-8", errors="replace").split("\n")
        lines = [line.rstrip() for line in text.split("\n")]
        text = "\n".join(lines)
        kept = [line.rstrip() for line in expected if line.strip() != _FOLDED]
        blocks = difflib.SequenceMatcher(None, lines, kept, autojunk=False).get_matching_blocks()
        stays = {block.a + nth for block in blocks for nth in range(block.size)}
        host = divided(text)[0]
        at = 0
        for row, line in enumerate(lines):
            if line.strip():
                kind = host.zone_at(at + len(line) - len(line.lstrip()))
                right = (kind in ("own", "signature")) == (row in stays)
                count["lines"] += 1
                count["right lines"] += right
                if not right:
                    errors.append(f"line: {file.name}:{row + 1} is {kind}: {line[:90]}")
            at += len(line) + 1


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    count, errors = Counter[str](), list[str]()
    score_forwards(next(given.data.rglob("crisp-oss+email-forward-parser")) / "test" / "fixtures", count, errors)
    score_folds(next(given.data.rglob("email-folding-example-1.txt")).parent, count, errors)
    for what in ("sender", "date", "subject", "words", "own", "lines"):
        print(f"{what}: {count[f'right {what}']}/{count[what]} = {count[f'right {what}'] / max(1, count[what]):.3f}")
    if given.errors:
        print(*errors, sep="\n")


if __name__ == "__main__":
    main()
