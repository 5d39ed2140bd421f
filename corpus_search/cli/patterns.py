"""`patterns`: the cooperation patterns: their names, what they find, and how to write and test one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, ReleaseOption, corpus_folder
from corpus_search.cli.output import counted, emit, nothing_found, paint, party_text, plain, say
from corpus_search.errors import ExitCode
from corpus_search.model import Finding

app = typer.Typer(help="Patterns of informal cooperation.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def top(context: typer.Context, corpus: CorpusOption = None) -> None:
    """Patterns of informal cooperation."""
    if corpus is not None:
        context.obj = corpus


@app.command("list")
def list_patterns(context: typer.Context, corpus: CorpusOption = None, as_json: JsonOption = False) -> None:
    """List the patterns: name, title, definition, and the queries of each grade.

    Example: corpus-search patterns list
    """
    from corpus_search.workflows.finding import patterns

    for shape in patterns(corpus_folder(context, corpus)):
        if as_json:
            emit(shape)
        else:
            print(f"{paint(shape['name'], '1')}: {shape['title']}\n    {shape['definition']}")


@app.command("run")
def run(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Only these patterns.")] = None,
    corpus: CorpusOption = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show every point of each finding's score.")] = False,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a file of findings (.jsonl, .csv, .md), masked.")
    ] = None,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Do not mask private particulars in FILE.")] = False,
) -> None:
    """Find conversations that show a pattern of cooperation, best first. Exit code 1 where none does.

    Examples:

      corpus-search --corpus ocsd patterns run

      corpus-search --corpus ocsd patterns run plate_lookup_for_ice --to findings.jsonl
    """
    from corpus_search.cli.progress import Meter
    from corpus_search.evidence.shapes import finding_shape
    from corpus_search.workflows.finding import export, find

    folder = corpus_folder(context, corpus)
    found = find(folder, tuple(names or ()), release, Meter(quiet=as_json))
    if to is not None:
        count = export(folder, found, to, masked=not unmasked)
        say(f"{counted(count, 'finding')} in {to}{'' if unmasked else ', private particulars masked'}")
    else:
        for number, finding in enumerate(found, 1):
            if as_json:
                emit(finding_shape(finding))
            else:
                _print(number, finding, explain)
    if not found:
        raise nothing_found(quiet=as_json)


@app.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pattern packs (YAML).")],
) -> None:
    """Test pattern packs: read them, and run each pattern's own examples. Exit code 2 where one fails.

    Example: corpus-search patterns check my-patterns.yaml
    """
    from corpus_search.workflows.checking import check_patterns

    failed = 0
    for file in files:
        for line in check_patterns(file):
            failed += not line.ok
            print(line.text)
    if failed:
        raise typer.Exit(ExitCode.COULD_NOT)


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="The pattern's name: lower-case words joined by _.")],
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it (default: NAME.yaml).")] = None,
) -> None:
    """Begin a pattern from a commented template.

    Example: corpus-search patterns new records_by_fax
    """
    from corpus_search.workflows.checking import new_pattern

    print(f"wrote {new_pattern(name, to)}; test it with: corpus-search patterns check {to or name + '.yaml'}")


def _print(number: int, finding: Finding, explain: bool) -> None:
    subjects = f"  about {', '.join(finding.subjects)}" if finding.subjects else ""
    print(paint(f"{number}. {finding.pattern}  grade {finding.grade}  score {finding.score:g}{plain(subjects)}", "1"))
    print(f"  {plain(finding.why)}")
    if finding.requester:
        print(f"  for: {party_text(finding.requester)}")
    if finding.provider:
        print(f"  by:  {party_text(finding.provider)}")
    for line in finding.evidence:
        at = f"  {plain(line.citation)}" if line.citation not in finding.citations else ""
        print(f"  {line.role}: “{plain(' '.join(line.text.split()))}”{at}")
    for citation in finding.citations:
        print(f"  {plain(citation)}")
    if finding.modifiers:
        print(f"  circumstances: {', '.join(finding.modifiers)}")
    for policy in finding.policies:
        state = "after it took effect" if policy.in_force else "before it took effect, or after it ended"
        binds = {True: "binds this body", False: "does not bind this body", None: "not known whether it binds"}
        print(f"  {policy.id}: {state}; {binds[policy.binds]}")
    if explain:
        for what, points in finding.points:
            print(f"    {points:+g}  {what}")
    print(f"  conversation {finding.thread}\n")
