"""What each command prints for people: where things stand, why, no colour, and no control character of the material."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_support import Run

from corpus_search.cli import output

CITED = r"Vista Mar PD 2019-03, .+, message \d+"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("search", "7XKD204"),
            [r"2018-03-06 08:12  Salas, Mark R \[Immigration and Customs Enforcement\] → Lopez", CITED],
        ),
        (("search", "7XKD204", "--fold"), [CITED]),
        (("search", "plate", "--sort", "date", "--limit", "0"), [CITED]),
        (("messages",), [r"^[0-9a-f]{20}  2018-03-06 08:12  Salas", CITED]),
        (("messages", "--kind", "all", "--fold"), [r"^[0-9a-f]{20}  no date  DL_photo.pdf"]),
        (("messages", "--kind", "document"), [r"^[0-9a-f]{20}  no date  DL_photo.pdf"]),
        (("tags",), [r"^plate      7XKD204 +“7XKD204”  " + CITED, r"^agency ", r"^lookup "]),
        (("tags", "--kind", "plate", "--release", "Vista Mar PD 2019-03"), [r"^plate      7XKD204"]),
        (("status",), [r"^1 release$", r"^\d+ files seen: \d+ with mail, \d+ without, ", r"the index is fresh$"]),
        (("status", "--release", "Vista Mar PD 2019-03"), [r"^\d+ messages \(\d+ of them found within others\)"]),
        (("releases",), [r"^Vista Mar PD 2019-03$", r"^  \d+ files seen", r"^  tags: "]),
        (("pairs",), [r"^Salas, Mark R .* ← Lopez, Andrew", r"^  2018-03 \|[▁-█ ]+\| 2018-04$", "about .*7XKD204"]),
        (("patterns", "list"), [r"^plate_lookup_for_ice: ", r"^    \S"]),
        (
            ("patterns", "run"),
            [
                r"^1\. \w+  grade A  score \d+",
                r"^  for: Salas, Mark R",
                r"^  by:  Lopez, Andrew",
                r"^  request: “Can you run 7XKD204",
                r"^  fulfilment: “",
                r"^  circumstances: ",
                r"^  US_DPPA: after it took effect; binds this body$",
                r"^  conversation [0-9a-f]{20}$",
                "^  " + CITED,
            ],
        ),
        (("patterns", "run", "plate_lookup_for_ice", "--explain"), [r"^    \+10  grade A$", r"^    \+\d+  \w"]),
        (("verify",), [r"^all as it was read$"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_printed(run: Run, corpus: Path, arguments: tuple[str, ...], says: list[str]) -> None:
    done = run("--corpus", corpus, *arguments)
    assert done.code == 0, done.err
    for pattern in says:
        assert re.search(pattern, done.out, re.MULTILINE), f"{pattern} in\n{done.out[:3000]}"
    assert "\x1b" not in done.out, "no colour where there is no terminal"


def test_colour_on_a_terminal(run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "on_terminal", lambda: True)
    message = run("--corpus", corpus, "search", "own:7XKD204", "--json").lines[0]["id"]
    for arguments in (("search", "7XKD204"), ("show", message), ("thread", message)):
        done = run("--corpus", corpus, *arguments)
        assert "\x1b[1;33m7XKD204\x1b[0m" in done.out


def test_no_colour_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output.sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert output.on_terminal()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.on_terminal()


def test_a_message_and_its_conversation(run: Run, corpus: Path) -> None:
    (hit, *_) = run("--corpus", corpus, "search", "7XKD204 own:Tacoma", "--json").lines
    done = run("--corpus", corpus, "show", hit["id"])
    assert done.out.splitlines()[0] == hit["citation"]
    assert f"id {hit['id']}, conversation {hit['thread']}" in done.out
    assert "Can you run 7XKD204 and tell me who the RO is?" in done.out
    assert re.search(r"^  plate      7XKD204: “7XKD204” in own; \w", done.out, re.MULTILINE)
    thread = run("--corpus", corpus, "thread", hit["id"])
    assert done.out.splitlines()[2:6] == thread.out.splitlines()[2:6], "the oldest first"
    assert thread.out.count("\nid ") + thread.out.startswith("id ") >= 3
    assert "-" * 78 in thread.out


def test_copies(run: Run, corpus: Path) -> None:
    everything = run("--corpus", corpus, "messages", "--json").lines
    alone = next(one for one in everything if not one["copies"])
    done = run("--corpus", corpus, "copies", alone["id"])
    assert re.search(r"\d+ words, 0 redactions", done.out)
    assert done.code == ("nearly the same words" not in done.out)
    for message in [one for one in everything if one["copies"]][:1]:
        done = run("--corpus", corpus, "copies", message["id"])
        assert done.code == 0
        assert message["copies"][0] in done.out
        lines = run("--corpus", corpus, "copies", message["id"], "--json").lines
        assert {line["id"] for line in lines} >= {message["id"], *message["copies"]}


def test_the_material_does_not_reach_the_terminal_as_commands(run: Run, odd_release: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    done = run("--corpus", corpus, "ingest", odd_release, "--workers", "1")
    assert done.code == 3, done.err
    assert "3 new files, 0 already in the corpus" in done.out
    assert "3 files seen: 1 with mail, 0 without, 2 that could not be read" in done.out
    assert re.search(r"^ +1  damaged$", done.out, re.MULTILINE)
    assert f"see them with: corpus-search --corpus {corpus} problems" in done.err
    (message,) = run("--corpus", corpus, "messages", "--json").lines
    assert "\x1b" in message["text"], "JSON keeps what stands there"
    for arguments in (
        ("search", "7XKD204"),
        ("messages",),
        ("show", message["id"]),
        ("thread", message["id"]),
        ("copies", message["id"]),
        ("tags",),
        ("problems",),
        ("releases",),
        ("patterns", "run"),
        ("pairs",),
        ("try", "run \x1b[31m7XKD204"),
    ):
        assert "\x1b" not in run("--corpus", corpus, *arguments).out
    assert [one["kind"] for one in run("--corpus", corpus, "problems", "--json").lines] == ["damaged", "empty"]
    problems = run("--corpus", corpus, "problems")
    assert problems.code == 0
    assert [line.split(":")[0] for line in problems.out.splitlines()] == [
        "OCSD 2019-02, broken.pdf",
        "OCSD 2019-02, empty.eml",
    ]


def test_the_life_of_a_release(run: Run, odd_release: Path, tmp_path: Path) -> None:
    """Planned, read, read again, kept, changed on disk, taken out."""
    corpus = tmp_path / "corpus"
    planned = run("--corpus", corpus, "ingest", odd_release, "--dry-run")
    assert planned.code == 0
    assert "nothing was read" in planned.out
    assert "3 files to read" in planned.out
    assert [
        line["already"] for line in run("--corpus", corpus, "ingest", odd_release, "--dry-run", "--json").lines
    ] == [False] * 3
    facts = ("--agency", "OCSD", "--request", "18-4471", "--received", "2019-02-01", "--notes", "second part")
    first = run("--corpus", corpus, "ingest", odd_release, "--workers", "1", "--json", *facts)
    assert first.code == 3
    assert first.lines[0]["sources"]["failed"] == 2
    assert first.err == "", "a script is not talked to"
    again = run("--corpus", corpus, "ingest", odd_release, "--workers", "1")
    assert "0 new files, 3 already in the corpus" in again.out
    assert "3 files seen: 1 with mail, 0 without, 2 that could not be read; 3 came again, as they were" in again.out
    (account,) = run("--corpus", corpus, "status", "--json").lines
    assert account["sources"] == {"seen": 6, "read": 1, "already": 3, "failed": 2, "not_mail": 0}, "each coming is seen"
    assert "already in the corpus" in run("--corpus", corpus, "ingest", odd_release, "--dry-run").out
    listed = run("--corpus", corpus, "releases").out
    assert "OCSD 2019-02 (agency OCSD, request 18-4471, received 2019-02-01, notes second part)" in listed
    (shape,) = run("--corpus", corpus, "releases", "--json").lines
    assert shape["name"] == "OCSD 2019-02"
    assert run("--corpus", corpus, "update", "--workers", "1").out.startswith("0 messages with other tags than before")
    assert run("--corpus", corpus, "verify", "--json").lines == []

    (odd_release / "one.eml").write_text("changed", encoding="utf-8")
    (odd_release / "empty.eml").unlink()
    checked = run("--corpus", corpus, "verify")
    assert checked.code == 3
    assert "a released file is not what was read: OCSD 2019-02, one.eml" in checked.out
    assert "a released file is gone: OCSD 2019-02, empty.eml" in checked.out
    assert {line["what"] for line in run("--corpus", corpus, "verify", "--json").lines} == {
        "a released file is gone",
        "a released file is not what was read",
    }

    asked = run("--corpus", corpus, "remove", "OCSD 2019-02", stdin=b"n\n")
    assert asked.code == 2
    assert "Take 'OCSD 2019-02' and its 3 files out of the corpus?" in asked.err
    unknown = run("--corpus", corpus, "remove", "OCSD 2019", stdin=b"y\n")
    assert (unknown.code, "Take" in unknown.err) == (2, False), "what is not there is not asked about"
    unanswered = run("--corpus", corpus, "remove", "OCSD 2019-02")
    assert "no answer was given, so nothing was done" in unanswered.err
    assert unanswered.code == 2
    assert run("--corpus", corpus, "status", "--json").lines[0]["messages"] == 1
    gone = run("--corpus", corpus, "remove", "OCSD 2019-02", "--yes", "--workers", "1")
    assert gone.code == 0
    assert "are out of the corpus" in gone.out
    for arguments in (("releases",), ("messages",), ("tags",), ("pairs",), ("patterns", "run"), ("search", "plate")):
        empty = run("--corpus", corpus, *arguments)
        assert (empty.code, empty.out) == (1, "")
        assert "nothing found" in empty.err
        assert run("--corpus", corpus, *arguments, "--json").err == ""
    assert (odd_release / "one.eml").exists(), "the released files are not touched"


def test_an_empty_folder_becomes_an_empty_corpus(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("--corpus", tmp_path / "corpus", "ingest", tmp_path / "empty", "--workers", "1")
    assert done.code == 0
    assert "0 new files" in done.out
    assert run("--corpus", tmp_path / "corpus", "search", "plate").code == 1
    assert run("--corpus", tmp_path / "corpus", "status", "--json").lines[0]["messages"] == 0
    assert run("--corpus", tmp_path / "corpus", "problems").out == ""
