"""`problems`: what could not be read, one line each."""

from __future__ import annotations

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, ReleaseOption, corpus_folder
from corpus_search.cli.output import emit, plain
from corpus_search.errors import ExitCode


def command(
    context: typer.Context,
    corpus: CorpusOption = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what could not be read, with what is wrong and what to do. Exit code 1 where there is nothing to list.

    Example: corpus-search --corpus ocsd problems
    """
    from corpus_search.evidence.shapes import problem_shape
    from corpus_search.workflows.reporting import problems

    count = 0
    for problem in problems(corpus_folder(context, corpus), release):
        count += 1
        if as_json:
            emit(problem_shape(problem))
            continue
        where = problem.source.path + (f" > {problem.source.member}" if problem.source.member else "")
        place = f", {problem.place.unit} {problem.place.number}" if problem.place else ""
        print(plain(f"{problem.release}, {where}{place}: {problem.kind}: {problem.reason}"))
    if not count:
        raise typer.Exit(ExitCode.NOTHING_FOUND)
