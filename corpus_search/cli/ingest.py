"""`ingest`: released files into the corpus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, WorkersOption, corpus_folder, worker_count
from corpus_search.cli.output import counted, emit, plain, say
from corpus_search.errors import ExitCode


def command(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders and archives as released.")],
    corpus: CorpusOption = None,
    release: Annotated[str | None, typer.Option(metavar="NAME", help="Default: the folder's name.")] = None,
    agency: Annotated[str | None, typer.Option(help="The agency that released it.")] = None,
    request: Annotated[str | None, typer.Option(help="The number of the records request.")] = None,
    received: Annotated[str | None, typer.Option(metavar="DATE", help="When it was received.")] = None,
    notes: Annotated[str | None, typer.Option(help="Anything worth knowing of it.")] = None,
    workers: WorkersOption = None,
    ocr: Annotated[
        Literal["auto", "never", "force"],
        typer.Option(help="Read scanned pages: where needed, never, or every page."),
    ] = "auto",
    reread: Annotated[bool, typer.Option("--reread", help="Read again with today's readers and options.")] = False,
    keep_failed_redactions: Annotated[
        bool,
        typer.Option(help="Keep text that still stands under a black box (see docs/redactions.md first)."),
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="tcp://HOST:PORT", help="Read on a Dask cluster that sees the same files.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read; read nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read files, folders and archives into the corpus: parsed, tagged, indexed, searchable.

    An absent or empty folder becomes a corpus. The same files again change nothing; a run that was stopped goes on
    where it was.

    Examples:

      corpus-search --corpus ocsd ingest ~/releases/OCSD-2019-02

      corpus-search --corpus ocsd ingest production.zip --release "OCSD 2019-02" --request 18-4471
    """
    from corpus_search.workflows.pool import begin_processes

    if not dry_run and scheduler is None:
        begin_processes()  # while the rest is loaded
    from corpus_search.cli.progress import Meter
    from corpus_search.sources.reading import ReadOptions
    from corpus_search.workflows.ingest import Request, ingest, plan

    facts = {"agency": agency, "request": request, "received": received, "notes": notes}
    asked = Request(
        corpus=corpus_folder(context, corpus),
        paths=tuple(paths),
        release=release,
        facts=facts,
        options=ReadOptions(ocr, keep_failed_redactions),
        reread=reread,
        workers=worker_count(workers),
        make_executor=_cluster(scheduler),
    )
    if dry_run:
        _tell_plan(plan(asked, Meter()), as_json)
        return
    outcome = ingest(asked, Meter(quiet=as_json))
    if as_json:
        emit(outcome.account)
    else:
        _summary(asked.corpus, outcome.new, outcome.already, outcome.account, outcome.problems_by_cause)
    if outcome.problems:
        raise typer.Exit(ExitCode.WITH_PROBLEMS)


def _cluster(scheduler: str | None):  # type: ignore[no-untyped-def]  # a maker of executors, or None
    if scheduler is None:
        return None
    from corpus_search.workflows.cluster import cluster_pool

    return cluster_pool(scheduler)


def _tell_plan(planned: list[dict[str, object]], as_json: bool) -> None:
    for line in planned:
        if as_json:
            emit(line)
        else:
            known = "already in the corpus" if line["already"] else line["format"] or "not readable"
            print(f"{line['size']:>13,}  {known:<22} {line['pages'] or '':>6}  {plain(str(line['path']))}")
            if line["trouble"] and not line["already"]:
                print(f"{'':>13}  {line['trouble']}")
    if not as_json:
        new = [line for line in planned if not line["already"]]
        size, pages, scans = (sum(int(str(line[key] or 0)) for line in new) for key in ("size", "pages", "ocr_pages"))
        amount = f"{size / 1e6:,.1f} MB, {counted(pages, 'page')}, at least {scans:,} of them by OCR"
        print(f"{counted(len(new), 'file')} to read ({amount}); nothing was read")


def _summary(corpus: Path, new: int, already: int, account: Mapping[str, Any], causes: Mapping[str, int]) -> None:
    from corpus_search.cli.status import account_lines

    print(f"{counted(new, 'new file')}, {already:,} already in the corpus")
    for line in account_lines(account):
        print(line)
    for cause, number in causes.items():
        print(f"  {number:>8,}  {cause}")
    if causes:
        say(f"see them with: corpus-search --corpus {corpus} problems")
