"""`status`: what is in the corpus, and the account of everything that came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, ReleaseOption, corpus_folder
from corpus_search.cli.output import counted, emit


def command(
    context: typer.Context,
    corpus: CorpusOption = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what is in the corpus, and account for everything that came in.

    Example: corpus-search --corpus ocsd status --json
    """
    from corpus_search.workflows.reporting import status

    account = status(corpus_folder(context, corpus), release)
    if as_json:
        emit(account)
        return
    for line in account_lines(account):
        print(line)


def account_lines(account: Mapping[str, Any]) -> Iterator[str]:
    """The account in words."""
    sources, pages = account["sources"], account["pages"]
    yield counted(account["releases"], "release")
    # In the account each coming of a file is one seen; here a file is one, however often it came.
    files = sources["seen"] - sources["already"]
    again = f"; {sources['already']:,} came again, as they were" if sources["already"] else ""
    yield (
        f"{counted(files, 'file')} seen: {sources['read']:,} with mail, {sources['not_mail']:,} without, "
        f"{sources['failed']:,} that could not be read{again}"
    )
    if pages["seen"]:
        yield (
            f"{counted(pages['seen'], 'page')}: {pages['text']:,} by their text, {pages['ocr']:,} by OCR, "
            f"{pages['unread']:,} unread"
        )
    yield (
        f"{counted(account['messages'], 'message')} ({account['messages_within']:,} of them found within others), "
        f"{counted(account['documents'], 'document')}, {counted(account['attachments'], 'attachment')}"
    )
    yield "tags: " + _counts(account["tags"])
    if any(account["document_tags"].values()):
        yield "tags in documents: " + _counts(account["document_tags"])
    yield f"{counted(account['problems'], 'problem')}; the index is {account['index']}"


def _counts(tags: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {kind}" for kind, number in tags.items())
