"""The commands, by name."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_search import __version__
from corpus_search.cli import (
    browse,
    copies,
    findings,
    ingest,
    packs,
    pairs,
    patterns,
    problems,
    releases,
    search,
    status,
    tags,
    trial,
    update,
    verify,
)
from corpus_search.cli.options import CorpusOption

app = typer.Typer(
    name="corpus-search",
    help=(
        "Find informal cooperation between local agencies and immigration authorities in released email.\n\n"
        "Begin with: corpus-search --corpus my-corpus ingest RELEASE-FOLDER\n\n"
        "then: corpus-search --corpus my-corpus patterns run"
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corpus-search {__version__}")
        raise typer.Exit


@app.callback()
def top(
    context: typer.Context,
    corpus: CorpusOption = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """Find informal cooperation between local agencies and immigration authorities in released email.

    Begin with: corpus-search --corpus my-corpus ingest RELEASE-FOLDER

    then: corpus-search --corpus my-corpus patterns run
    """
    context.obj = corpus


app.command("ingest")(ingest.command)
app.command("update")(update.command)
# A query may begin with a minus ("-word"): what is no option is the query.
app.command("search", context_settings={"ignore_unknown_options": True})(search.command)
app.command("messages")(browse.messages)
app.command("tags")(tags.command)
app.command("show")(browse.show)
app.command("thread")(browse.thread)
app.command("copies")(copies.command)
app.add_typer(patterns.app, name="patterns")
app.command("pairs")(pairs.command)
app.add_typer(findings.app, name="findings")
app.add_typer(packs.app, name="packs")
app.command("try")(trial.command)
app.command("status")(status.command)
app.command("problems")(problems.command)
app.command("releases")(releases.releases)
app.command("remove")(releases.remove)
app.command("verify")(verify.command)
