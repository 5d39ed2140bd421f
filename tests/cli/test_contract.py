"""The whole contract, field by field: fails where a field is missing, or of another shape."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TEXT, NUMBER, FLAG, LIST, DICT = str, int, bool, list, dict
NULL = type(None)
PARTY = {"name": (TEXT, NULL), "address": (TEXT, NULL), "agency": (TEXT, NULL), "groups": LIST, "redacted": FLAG}
SOURCE = {"path": TEXT, "member": (TEXT, NULL), "sha256": TEXT, "format": TEXT}
PLACE = {
    "unit": TEXT,
    "number": NUMBER,
    "bates": (TEXT, NULL),
    "read_by": TEXT,
    "confidence": (float, NUMBER, NULL),
    "start": (NUMBER, NULL),
}
TAG = {
    "kind": TEXT,
    "value": (TEXT, NULL),
    "groups": LIST,
    "text": TEXT,
    "start": NUMBER,
    "end": NUMBER,
    "zone": TEXT,
    "by": TEXT,
    "why": TEXT,
}
HEADING = {
    "id": TEXT,
    "kind": TEXT,
    "release": TEXT,
    "source": SOURCE,
    "places": [PLACE],
    "citation": TEXT,
    "within": (TEXT, NULL),
    "date": (TEXT, NULL),
    "date_as_written": (TEXT, NULL),
    "from": (PARTY, NULL),
    "to": [PARTY],
    "cc": [PARTY],
    "bcc": [PARTY],
    "subject": (TEXT, NULL),
    "message_id": (TEXT, NULL),
    "in_reply_to": (TEXT, NULL),
    "thread": TEXT,
    "copies": [TEXT],
    "attachments": [{"name": (TEXT, NULL), "type": TEXT, "size": NUMBER, "sha256": TEXT, "text": FLAG}],
}
MESSAGE = HEADING | {
    "text": TEXT,
    "zones": [{"kind": TEXT, "start": NUMBER, "end": NUMBER, "of": (TEXT, NULL)}],
    "tags": [TAG],
}
HIT = HEADING | {"score": (float, NUMBER), "snippet": TEXT, "reasons": LIST}
FINDING = {
    "pattern": TEXT,
    "grade": TEXT,
    "thread": TEXT,
    "messages": [TEXT],
    "evidence": [{"message": TEXT, "role": TEXT, "start": NUMBER, "end": NUMBER, "text": TEXT, "citation": TEXT}],
    "requester": (PARTY, NULL),
    "provider": (PARTY, NULL),
    "subjects": [TEXT],
    "modifiers": [TEXT],
    "policies": [{"id": TEXT, "in_force": FLAG, "binds": (FLAG, NULL)}],
    "citations": [TEXT],
    "why": TEXT,
}
PROBLEM = {
    "source": {"path": TEXT, "member": (TEXT, NULL), "sha256": TEXT},
    "release": TEXT,
    "place": ({"unit": TEXT, "number": NUMBER}, NULL),
    "kind": TEXT,
    "reason": TEXT,
}
STATUS = {
    "releases": NUMBER,
    "sources": {"seen": NUMBER, "read": NUMBER, "already": NUMBER, "failed": NUMBER, "not_mail": NUMBER},
    "pages": {"seen": NUMBER, "text": NUMBER, "ocr": NUMBER, "unread": NUMBER},
    "messages": NUMBER,
    "messages_within": NUMBER,
    "documents": NUMBER,
    "attachments": NUMBER,
    "tags": {"agency": NUMBER, "plate": NUMBER, "lookup": NUMBER},
    "document_tags": DICT,
    "problems": NUMBER,
    "index": TEXT,
}


def check(value: Any, shape: Any, where: str = "$") -> None:
    """Hold a value against a shape: a type, a mapping of fields, a list of one shape, or a choice of these."""
    if isinstance(shape, tuple):
        faults = []
        for one in shape:
            try:
                check(value, one, where)
            except AssertionError as error:
                faults.append(str(error))
            else:
                return
        raise AssertionError(f"{where}: {value!r:.60} is none of {shape}: {faults}")
    if isinstance(shape, dict):
        assert isinstance(value, dict), f"{where}: {value!r:.60} is no object"
        for field, inner in shape.items():
            assert field in value, f"{where}.{field} is missing"
            check(value[field], inner, f"{where}.{field}")
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{where}: {value!r:.60} is no list"
        for position, one in enumerate(value):
            check(one, shape[0], f"{where}[{position}]")
    else:
        assert isinstance(value, shape), f"{where}: {value!r:.60} is no {shape.__name__}"
        assert shape is not NUMBER or not isinstance(value, bool), f"{where} is a flag, not a number"


def run(*arguments: str, code: int | None = 0, text: str | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "corpus_search", *arguments],
        capture_output=True,
        text=True,
        input=text,
        env={**os.environ, "COLUMNS": "100"},
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert code is None or done.returncode == code, (done.returncode, done.stderr)
    return done


def lines(done: subprocess.CompletedProcess[str]) -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_messages_show_and_thread(corpus: Path) -> None:
    found = lines(run("--corpus", str(corpus), "messages", "--json"))
    assert len(found) >= 14
    for message in found:
        check(message, MESSAGE)
        assert message["kind"] == "message"
        at = 0
        for zone in message["zones"]:
            assert zone["start"] == at, "zones tile the text"
            at = zone["end"]
        assert at == len(message["text"])
        for tag in message["tags"]:
            assert message["text"][tag["start"] : tag["end"]] == tag["text"]
    (shown,) = lines(run("show", found[0]["id"], "--json", "--corpus", str(corpus)))
    assert shown == found[0]
    thread = lines(run("--corpus", str(corpus), "thread", found[0]["thread"], "--json"))
    assert found[0]["id"] in [message["id"] for message in thread]
    dates = [message["date"] for message in thread if message["date"]]
    assert dates == sorted(dates)


def test_kinds_of_messages(corpus: Path) -> None:
    everything = lines(run("--corpus", str(corpus), "messages", "--kind", "all", "--json"))
    documents = lines(run("--corpus", str(corpus), "messages", "--kind", "document", "--json", code=None))
    assert {message["kind"] for message in documents} <= {"document"}
    for document in documents:
        check(document, MESSAGE)
    assert len(everything) == len(documents) + len(lines(run("--corpus", str(corpus), "messages", "--json")))


def test_search(corpus: Path, tmp_path: Path) -> None:
    hits = lines(run("--corpus", str(corpus), "search", "plate", "--json", "--limit", "0"))
    assert len(hits) > 3
    for hit in hits:
        check(hit, HIT)
        assert not {"text", "zones", "tags"} & set(hit)
        assert hit["reasons"]
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    by_date = lines(run("--corpus", str(corpus), "search", "plate", "--json", "--limit", "0", "--sort", "date"))
    dated = [hit["date"] for hit in by_date if hit["date"] is not None]
    assert len(dated) > 3
    assert dated == sorted(dated)
    assert [hit["date"] for hit in by_date][len(dated) :] == [None] * (len(by_date) - len(dated)), "undated ones last"
    assert len(lines(run("--corpus", str(corpus), "search", "plate", "--json", "--limit", "2"))) == 2
    run("--corpus", str(corpus), "search", "plate", "--to", str(tmp_path / "hits.csv"))
    assert (tmp_path / "hits.csv").read_text().startswith("id,kind,release,path")


def test_a_query_that_begins_with_a_minus(corpus: Path) -> None:
    without = lines(run("--corpus", str(corpus), "search", "-plate", "--json", "--limit", "0"))
    assert without == lines(run("--corpus", str(corpus), "search", "NOT plate", "--json", "--limit", "0"))
    assert "unexpected extra argument" in run("--corpus", str(corpus), "search", "plate", "--lmit", "2", code=2).stderr


def test_tags(corpus: Path, tmp_path: Path) -> None:
    found = lines(run("--corpus", str(corpus), "tags", "--json"))
    assert {"agency", "plate", "lookup"} <= {tag["kind"] for tag in found}
    for tag in found:
        check(tag, TAG | {"citation": TEXT, "message": TEXT})
    plates = lines(run("--corpus", str(corpus), "tags", "--kind", "plate", "--json"))
    assert plates == [tag for tag in found if tag["kind"] == "plate"]
    run("--corpus", str(corpus), "tags", "--to", str(tmp_path / "tags.csv"))
    assert len((tmp_path / "tags.csv").read_text().splitlines()) > len(found)


def test_patterns(corpus: Path, tmp_path: Path) -> None:
    listed = lines(run("patterns", "list", "--json"))
    assert len(listed) == 20
    found = lines(run("--corpus", str(corpus), "patterns", "run", "--json"))
    for finding in found:
        check(finding, FINDING)
        assert finding["grade"] in "ABCD"
    looked_up = [finding for finding in found if finding["pattern"] == "plate_lookup_for_ice"]
    assert {"7XKD204"} <= {subject for finding in looked_up for subject in finding["subjects"]}
    citations = [citation for finding in looked_up for citation in finding["citations"]]
    assert any("Lopez mailbox.mbox, message 1" in citation for citation in citations)
    run("--corpus", str(corpus), "patterns", "run", "--to", str(tmp_path / "findings.jsonl"))
    assert "7XKD204" not in (tmp_path / "findings.jsonl").read_text(), "what leaves the corpus is masked"
    run("--corpus", str(corpus), "patterns", "run", "--unmasked", "--to", str(tmp_path / "open.jsonl"))
    assert "7XKD204" in (tmp_path / "open.jsonl").read_text()
    for ending in ("csv", "md"):
        run("--corpus", str(corpus), "patterns", "run", "--to", str(tmp_path / f"findings.{ending}"))
    run("findings", "diff", str(tmp_path / "open.jsonl"), str(tmp_path / "open.jsonl"), code=1)
    run("--corpus", str(corpus), "pairs", "--json")


def test_status_and_problems(corpus: Path) -> None:
    (status,) = lines(run("--corpus", str(corpus), "status", "--json"))
    check(status, STATUS)
    sources = status["sources"]
    assert sources["seen"] == sources["read"] + sources["already"] + sources["failed"] + sources["not_mail"]
    assert status["pages"]["seen"] == sum(status["pages"][how] for how in ("text", "ocr", "unread"))
    problems = lines(run("--corpus", str(corpus), "problems", "--json", code=None))
    assert len(problems) == status["problems"]
    for problem in problems:
        check(problem, PROBLEM)
    assert status["messages"] == len(lines(run("--corpus", str(corpus), "messages", "--json")))


def test_try() -> None:
    text = "can you run 7ABC123 for ICE?"
    (tried,) = lines(run("try", text, "--json"))
    assert tried["text"] == text
    for tag in tried["tags"]:
        check(tag, TAG)
        assert text[tag["start"] : tag["end"]] == tag["text"]
    assert {tag["kind"] for tag in tried["tags"]} == {"agency", "plate", "lookup"}
    (from_stdin,) = lines(run("try", "-", "--json", text=text))
    assert from_stdin == tried
    many = lines(run("try", "--lines", text='{"id": 1, "text": "ICE at 7ABC123"}\n{"id": "b", "text": ""}\n'))
    assert [line["id"] for line in many] == [1, "b"]
    assert many[1]["tags"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("search", "foo:bar"), 2, "no field or kind 'foo'"),
        (("search", 'a "b'), 2, "never closed"),
        (("search", "zzzz"), 1, "nothing found"),
        (("search", "a", "--release", "none"), 2, "no release 'none'"),
        (("show", "nothing"), 2, "no message with the id"),
        (("patterns", "run", "no_such"), 2, "no pattern 'no_such'"),
        (("ingest", "no-such-folder"), 2, "does not exist"),
        (("tags", "--to", "tags.docx"), 2, "use .csv or .jsonl"),
        (("unknown",), 2, "No such command"),
    ],
)
def test_what_is_wrong_with_the_request(corpus: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = run("--corpus", str(corpus), *arguments, code=code)
    assert says in done.stderr
    assert done.stdout == ""


def test_no_corpus(tmp_path: Path) -> None:
    done = run("--corpus", str(tmp_path / "none"), "status", code=2)
    assert "no corpus in" in done.stderr
    assert "ingest FOLDER" in done.stderr


def test_the_corpus_by_environment(corpus: Path) -> None:
    environment = {**os.environ, "CORPUS_SEARCH_CORPUS": str(corpus)}
    done = subprocess.run(
        [sys.executable, "-m", "corpus_search", "status", "--json"], capture_output=True, env=environment, check=True
    )
    assert json.loads(done.stdout)["releases"] == 1


def test_a_closed_pipe_ends_quietly(corpus: Path) -> None:
    command = f"{sys.executable} -m corpus_search --corpus '{corpus}' messages --json | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert json.loads(done.stdout)["id"]
