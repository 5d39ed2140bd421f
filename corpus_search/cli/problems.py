"""`problems`: what could not be read, one line each."""

from __future__ import annotations

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, ReleaseOption, corpus_folder
from corpus_search.cli.output import emit, plain


def command(
    context: typer.Context,
    corpus: CorpusOption = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what could not be read, with what is wrong and what to do.

    Example: corpus-search --corpus ocsd problems
    """
    from corpus_search.evidence.shapes import problem_shape
    from corpus_search.workflows.reporting import problems

    for problem in problems(corpus_folder(context, corpus), release):
        if as_json:
            emit(problem_shape(problem))
            continue
        where = problem.source.path + (f" > {problem.source.member}" if problem.source.member else "")
        place = f", {problem.place.unit} {problem.place.number}" if problem.place else ""
        kind = "" if problem.reason.startswith(problem.kind) else f"{problem.kind}: "
        print(plain(f"{problem.release}, {where}{place}: {kind}{problem.reason}"))
