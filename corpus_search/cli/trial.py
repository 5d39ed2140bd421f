"""`try`: what is tagged in a piece of text, and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, corpus_folder
from corpus_search.cli.output import emit, paint, plain
from corpus_search.errors import CorpusSearchError


def command(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(help="The text, or - for stdin.")] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help='JSON Lines {"id": …, "text": …} on stdin, a result line for each.')
    ] = False,
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tag one piece of text, and say why each thing is, or is not, a tag. Needs no corpus.

    Examples:

      corpus-search try "can you run 7ABC123 for ICE?"

      corpus-search try --lines < sentences.jsonl > tagged.jsonl
    """
    from corpus_search.workflows.trying import Trier

    trier = Trier(_packs(context, corpus))
    if lines:
        _try_lines(trier)
        return
    if text is None:
        raise CorpusSearchError('give the text to try, or - to read it from stdin: corpus-search try "run 7ABC123"')
    whole = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text
    shape = trier.explain(whole)
    if as_json:
        emit(shape)
    else:
        _print(shape)


def _packs(context: typer.Context, corpus: Path | None) -> Path | None:
    """The researcher's own packs, where the corpus named has some."""
    folder = corpus_folder(context, corpus) / "packs"
    return folder if folder.is_dir() and (folder.parent / "corpus.sqlite3").exists() else None


def _try_lines(trier) -> None:  # type: ignore[no-untyped-def]  # a Trier: its module is imported only when used
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
            text, name = line["text"], line.get("id")
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            message = (
                f'line {number} of stdin is not a JSON object with a "text" string, such as {{"id": 1, "text": "…"}}'
            )
            raise CorpusSearchError(message) from error
        emit({"id": name} | trier.explain(text))


def _print(shape) -> None:  # type: ignore[no-untyped-def]
    for tag in shape["tags"]:
        groups = f" ({', '.join(tag['groups'])})" if tag["groups"] else ""
        value = tag["value"] or "(redacted)"
        print(plain(f"{tag['kind']:<10} {value}{groups}: “{tag['text']}”, {tag['start']}–{tag['end']}; {tag['why']}"))
    for miss in shape["near_misses"]:
        print(paint(plain(f"not {miss['kind']:<6} “{miss['text']}”: {miss['reason']}"), "2"))
