"""Patterns against the labelled conversations: recall, precision, grades, subjects; and every miss, to be read.

python benchmarks/patterns/score.py            the open part, with its misses
python benchmarks/patterns/score.py --held     the part kept unseen: figures only
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LABELLED = ROOT / "fixtures" / "labelled" / "conversations"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="the part kept unseen; prints no text")
    arguments = parser.parse_args()
    part = "held" if arguments.held else "open"
    labelled = [json.loads(line) for line in (LABELLED / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        found = findings(Path(folder), part)
    report(labelled, found, show=not arguments.held)


def findings(folder: Path, part: str) -> dict[str, list[dict[str, Any]]]:
    """Conversation id → the tool's findings in it, by way of mbox, ingest and patterns run."""
    mail = folder / "mail"
    subprocess.run([sys.executable, LABELLED / "build.py", mail, "--part", part], check=True, capture_output=True)
    tool = [sys.executable, "-m", "corpus_search", "--corpus", str(folder / "corpus")]
    subprocess.run([*tool, "ingest", str(mail / f"{part}.mbox"), "--workers", "1"], capture_output=True, check=False)
    sidecar = json.loads((mail / f"{part}.ids.json").read_text())
    of_message = {}
    for line in _lines([*tool, "messages", "--json"]):
        if line["message_id"] in sidecar:
            of_message[line["id"]] = sidecar[line["message_id"]]
    out: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in _lines([*tool, "patterns", "run", "--json"]):
        names = [_name(of_message[one]) for one in finding["messages"] if one in of_message]
        if names:
            out[names[0]].append(finding)
    return out


def _name(entry: Any) -> str:
    return str(entry["conversation"] if isinstance(entry, dict) else entry[0] if isinstance(entry, list) else entry)


def _lines(command: list[str]) -> list[dict[str, Any]]:
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def report(labelled: list[dict[str, Any]], found: dict[str, list[dict[str, Any]]], *, show: bool) -> None:
    """Print counts, and on the open part each miss and false find with its words."""
    counts: Counter[str] = Counter()
    for conversation in labelled:
        expected = {label["pattern"]: label for label in conversation["expect"]}
        got = {}
        for finding in found.get(conversation["id"], []):
            got.setdefault(finding["pattern"], finding)
        for name, label in expected.items():
            counts["expected"] += 1
            finding = got.pop(name, None)
            if finding is None:
                if show:
                    _show(
                        "MISS",
                        conversation,
                        name,
                        f"got {sorted(g['pattern'] for g in found.get(conversation['id'], []))}",
                    )
                continue
            counts["hit"] += 1
            if label["grade"] == "A":
                counts["complete"] += 1
                allowed = {"A", *conversation_grades(label)}
                if finding["grade"] in allowed:
                    counts["complete as A"] += 1
                elif show:
                    _show("GRADE", conversation, name, f"{finding['grade']} for A")
            if label.get("subjects"):
                counts["with subjects"] += 1
                if _same(label["subjects"], finding["subjects"]):
                    counts["subjects right"] += 1
                elif show:
                    _show("SUBJECTS", conversation, name, f"{finding['subjects']} for {label['subjects']}")
        for name, finding in got.items():
            counts["false"] += 1
            counts["false in negatives"] += not expected
            if show:
                words = " | ".join(f"{e['role']}: {' '.join(e['text'].split())[:90]}" for e in finding["evidence"][:3])
                _show(
                    "FALSE",
                    conversation,
                    name,
                    f"{finding['grade']} expected {sorted(expected)} {conversation.get('negative_kind')}; {words}",
                )
    hit, false, expected_count = counts["hit"], counts["false"], counts["expected"]
    print(f"conversations {len(labelled)}, labels {expected_count}")
    print(
        f"recall {hit / expected_count:.3f}  precision {hit / max(1, hit + false):.3f}  (false {false}, {counts['false in negatives']} in negatives)"
    )
    print(f"grade A of complete ones {counts['complete as A']} of {counts['complete']}")
    print(f"subjects right {counts['subjects right']} of {counts['with subjects']}")


def conversation_grades(label: dict[str, Any]) -> list[str]:
    """Other grades that the label allows."""
    also = label.get("grade_also") or []
    return [also] if isinstance(also, str) else list(also)


def _same(wanted: list[str], got: list[str]) -> bool:
    def key(text: str) -> str:
        return " ".join(sorted("".join(c if c.isalnum() else " " for c in text.casefold()).split()))

    return {key(one) for one in wanted} == {key(one) for one in got}


def _show(what: str, conversation: dict[str, Any], name: str, more: str) -> None:
    print(f"{what:<9} {conversation['id']} {name}: {more}")
    if what in ("MISS", "GRADE"):
        for message in conversation["messages"]:
            body = " ".join(message["body"].split())[:220]
            print(
                f"            {message['from'][:45]} → {'; '.join(message['to'])[:45]}: [{message['subject']}] {body} {message.get('attachments') or ''}"
            )


if __name__ == "__main__":
    main()
