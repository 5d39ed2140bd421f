"""`update`: re-tag and re-index what newer packs or code made stale."""

from __future__ import annotations

import typer

from corpus_search.cli.options import CorpusOption, WorkersOption, corpus_folder, worker_count
from corpus_search.cli.output import counted


def command(context: typer.Context, corpus: CorpusOption = None, workers: WorkersOption = None) -> None:
    """Re-tag and re-index what newer packs or a newer version made stale; the released files are not read again.

    Example: corpus-search --corpus ocsd update
    """
    from corpus_search.cli.progress import Meter
    from corpus_search.workflows.update import update

    changed = update(corpus_folder(context, corpus), worker_count(workers), Meter())
    print(f"{counted(changed, 'message')} with other tags than before; the index is fresh")
