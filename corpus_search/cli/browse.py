"""`messages`, `show`, `thread`: messages whole."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from corpus_search.cli.options import CorpusOption, FoldOption, JsonOption, ReleaseOption, corpus_folder
from corpus_search.cli.output import emit, heading, nothing_found, paint, plain
from corpus_search.model import Record


def messages(
    context: typer.Context,
    corpus: CorpusOption = None,
    release: ReleaseOption = None,
    kind: Annotated[Literal["message", "document", "all"], typer.Option(help="Mail, what is no mail, or both.")] = (
        "message"
    ),
    fold: FoldOption = False,
    as_json: JsonOption = False,
) -> None:
    """List every message of the corpus; with --json, whole.

    Example: corpus-search --corpus ocsd messages --json > messages.jsonl
    """
    from corpus_search.evidence.citation import cite
    from corpus_search.evidence.shapes import record_shape
    from corpus_search.workflows.reporting import records

    count = 0
    for record in records(corpus_folder(context, corpus), None if kind == "all" else kind, release, fold=fold):
        count += 1
        if as_json:
            emit(record_shape(record) | ({"folded": list(record.message.copies)} if fold else {}))
            continue
        print(f"{record.message.id}  {heading(record.message)}\n    {plain(cite(record.message))}")
        if fold and record.message.copies:
            print(f"    the same message: {', '.join(record.message.copies)}")
    if not count:
        raise nothing_found(quiet=as_json)


def show(
    context: typer.Context,
    message: Annotated[str, typer.Argument(metavar="ID", help="The `id` that search and messages print.")],
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one message: where it stands, its text, its tags.

    Example: corpus-search --corpus ocsd show 4b2f9c01d2a39b7e5566
    """
    from corpus_search.workflows.reporting import one

    _print(one(corpus_folder(context, corpus), message), as_json)


def thread(
    context: typer.Context,
    message: Annotated[str, typer.Argument(metavar="ID", help="A conversation's id, or that of a message in it.")],
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a conversation, oldest message first.

    Example: corpus-search --corpus ocsd thread 4b2f9c01d2a39b7e5566
    """
    from corpus_search.workflows.reporting import conversation

    for number, record in enumerate(conversation(corpus_folder(context, corpus), message)):
        if number and not as_json:
            print("─" * 78 if paint("x", "1") != "x" else "-" * 78)
        _print(record, as_json)


def _print(record: Record, as_json: bool) -> None:
    from corpus_search.evidence.citation import cite
    from corpus_search.evidence.shapes import record_shape

    if as_json:
        emit(record_shape(record))
        return
    message = record.message
    print(paint(plain(cite(message)), "1"))
    print(f"id {message.id}, conversation {message.thread}")
    if message.within:
        print(f"found only within {message.within}")
    for copy in message.copies:
        print(f"the same message: {copy}")
    if message.confidence is not None:
        doubts = f": {'; '.join(message.doubts)}" if message.doubts else ""
        print(f"read from a print-out, confidence {message.confidence:.2f}{doubts}")
    print()
    print(_coloured(record))
    if record.tags:
        print()
    for tag in record.tags:
        groups = f" ({', '.join(tag.groups)})" if tag.groups else ""
        print(plain(f"  {tag.kind:<10} {tag.value or '(redacted)'}{groups}: “{tag.text}” in {tag.zone}; {tag.why}"))


def _coloured(record: Record) -> str:
    """The text with its tags in colour on a terminal."""
    text = record.message.text
    out, at = [], 0
    for tag in sorted(record.tags, key=lambda one: one.start):
        if tag.start >= at:
            out += [plain(text[at : tag.start]), paint(plain(text[tag.start : tag.end]), "1;33")]
            at = tag.end
    return "".join([*out, plain(text[at:])])
