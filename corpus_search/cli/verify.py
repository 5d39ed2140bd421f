"""`verify`: the originals against their hashes, the index against the store."""

from __future__ import annotations

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, corpus_folder
from corpus_search.cli.output import emit, plain
from corpus_search.errors import ExitCode


def command(context: typer.Context, corpus: CorpusOption = None, as_json: JsonOption = False) -> None:
    """Hash the released files again, and check the store and the index. Exit code 3 where something is not as it was.

    Example: corpus-search --corpus ocsd verify
    """
    from corpus_search.cli.progress import Meter
    from corpus_search.workflows.keeping import verify

    faults = 0
    for check in verify(corpus_folder(context, corpus), Meter(quiet=as_json)):
        faults += 1
        if as_json:
            emit({"what": check.what, "where": check.where})
        else:
            print(plain(f"{check.what}: {check.where}"))
    if faults:
        raise typer.Exit(ExitCode.WITH_PROBLEMS)
    if not as_json:
        print("all as it was read")
