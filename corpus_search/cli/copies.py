"""`copies`: a message beside its copies in this and other releases; which shows more."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, corpus_folder
from corpus_search.cli.output import counted, emit, heading, paint, plain
from corpus_search.errors import ExitCode


def command(
    context: typer.Context,
    message: Annotated[str, typer.Argument(metavar="ID", help="The `id` that search and messages print.")],
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the copies of a message, the one that shows most first, and say what the others lack.

    Copies are the same message elsewhere: in another mailbox or release, redacted or cut differently, read by OCR.
    Under them come texts that are nearly the same and are not known to be the same message, such as forms and notices.
    Exit code 1 where there is neither.

    Example: corpus-search --corpus ocsd copies 4b2f9c01d2a39b7e5566
    """
    from corpus_search.evidence.citation import cite
    from corpus_search.evidence.shapes import alike_shape, copy_shape
    from corpus_search.workflows.reporting import copies

    found = copies(corpus_folder(context, corpus), message)
    fullest = [shown for shown in found.copies if shown.as_much_as(found.copies[0])]
    for place, shown in enumerate(found.copies):
        if as_json:
            emit(copy_shape(shown, fullest=shown in fullest))
            continue
        if not place:
            print(paint(heading(shown.message), "1"))
        facts = f"{counted(shown.words, 'word')}, {counted(shown.redactions, 'redaction')}"
        most = " (shows most)" if shown in fullest and len(fullest) < len(found.copies) else ""
        print(f"  {plain(cite(shown.message))}  {paint(shown.message.id, '2')}\n    {facts}{most}")
        for stretch in shown.lacks:
            print(f"    lacks: {plain(stretch)}")
    for other, likeness in found.alike:
        if as_json:
            emit(alike_shape(other, likeness))
        else:
            print(f"nearly the same words ({likeness:.0%}): {heading(other)}")
            print(f"  {plain(cite(other))}  {paint(other.id, '2')}")
    if len(found.copies) < 2 and not found.alike:
        raise typer.Exit(ExitCode.NOTHING_FOUND)
