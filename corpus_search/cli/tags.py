"""`tags`: the bulk tagging of a release as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, ReleaseOption, corpus_folder
from corpus_search.cli.output import counted, emit, nothing_found, plain, say


def command(
    context: typer.Context,
    corpus: CorpusOption = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="agency, plate, lookup, redaction, …")] = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
    to: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Write a table (.csv) or lines (.jsonl).")] = None,
) -> None:
    """List every tag with its citation: agencies, plates, lookups, redactions of messages and documents.

    Examples:

      corpus-search --corpus ocsd tags --kind plate

      corpus-search --corpus ocsd tags --to tags.csv
    """
    from corpus_search.evidence.shapes import tag_row_shape
    from corpus_search.evidence.tables import write_rows
    from corpus_search.workflows.reporting import tagged

    rows = (tag_row_shape(record, tag) for record, tag in tagged(corpus_folder(context, corpus), kind, release))
    count = 0
    if to is not None:
        count = write_rows(to, rows)
        say(f"{counted(count, 'tag')} in {to}")
    else:
        for row in rows:
            count += 1
            if as_json:
                emit(row)
            else:
                value = row["value"] or "(redacted)"
                print(plain(f"{row['kind']:<10} {value:<32} “{' '.join(row['text'].split())}”  {row['citation']}"))
    if not count:
        raise nothing_found(quiet=as_json)
