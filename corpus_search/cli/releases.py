"""`releases` and `remove`: the productions that a corpus holds."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, WorkersOption, corpus_folder, worker_count
from corpus_search.cli.output import counted, emit, nothing_found, plain
from corpus_search.errors import CorpusSearchError


def releases(context: typer.Context, corpus: CorpusOption = None, as_json: JsonOption = False) -> None:
    """List the releases with their accounts, gaps in Bates runs, and replies to mail that was never released.

    Example: corpus-search --corpus ocsd releases
    """
    from corpus_search.cli.status import account_lines
    from corpus_search.workflows.keeping import releases as listed

    found = listed(corpus_folder(context, corpus))
    for release in found:
        if as_json:
            emit(release)
            continue
        facts = [f"{key} {release[key]}" for key in ("agency", "request", "received", "notes") if release[key]]
        print(plain(release["name"] + (f" ({', '.join(facts)})" if facts else "")))
        for line in list(account_lines(release["account"] | {"index": ""}))[1:-1]:
            print(f"  {line}")
        for gap in release["gaps"]["bates"]:
            print(f"  Bates numbers missing: {gap['from']} to {gap['to']} ({counted(gap['missing'], 'page')})")
        if release["gaps"]["unreleased"]:
            print(f"  {counted(release['gaps']['unreleased'], 'reply', 'replies')} to mail that was not released")
    if not found:
        raise nothing_found(quiet=as_json)


def remove(
    context: typer.Context,
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="A name that `releases` prints.")],
    corpus: CorpusOption = None,
    workers: WorkersOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a release out of the corpus. The released files themselves are not touched.

    Example: corpus-search --corpus ocsd remove "OCSD 2019-02" --yes
    """
    from corpus_search.workflows.keeping import files_of
    from corpus_search.workflows.keeping import remove as take_out

    folder = corpus_folder(context, corpus)
    asked = f"Take {release!r} and its {counted(files_of(folder, release), 'file')} out of the corpus?"
    if not yes and not typer.confirm(asked, err=True):
        raise CorpusSearchError("nothing was removed")
    files = take_out(folder, release, worker_count(workers))
    print(f"{release} and its {counted(files, 'file')} are out of the corpus")
