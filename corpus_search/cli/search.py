"""`search`: ranked hits, each with the reasons and a snippet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from corpus_search.cli.options import CorpusOption, FoldOption, JsonOption, ReleaseOption, corpus_folder
from corpus_search.cli.output import counted, emit, heading, nothing_found, paint, plain, say
from corpus_search.model import Hit


def command(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="See docs/search-language.md.")],
    corpus: CorpusOption = None,
    release: ReleaseOption = None,
    limit: Annotated[int, typer.Option(min=0, help="How many hits; 0 is all.")] = 20,
    sort: Annotated[Literal["score", "date"], typer.Option(help="Best first, or oldest first.")] = "score",
    fold: FoldOption = False,
    as_json: JsonOption = False,
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the hits (.csv, .jsonl).")] = None,
) -> None:
    """Search messages and documents. Exit code 1 where nothing is found.

    Examples:

      corpus-search --corpus ocsd search 'plate:7ABC123'

      corpus-search --corpus ocsd search 'own:("can you run" OR lookup:request) from:(agency:immigration)'

      corpus-search --corpus ocsd search 'from:(agency:ICE) own:plate THEN/3d own:"comes back"' --sort date
    """
    from corpus_search.evidence.shapes import hit_shape
    from corpus_search.evidence.tables import write_rows
    from corpus_search.workflows.searching import search

    found = search(
        corpus_folder(context, corpus), query, release=release, limit=limit, by_date=sort == "date", fold=fold
    )

    def shaped(hit: Hit) -> dict[str, Any]:
        return hit_shape(hit) | ({"folded": list(found.folded[hit.record.message.id])} if fold else {})

    if to is not None:
        count = write_rows(to, map(shaped, found.hits))
        say(f"{counted(count, 'hit')} in {to}")
    else:
        for hit in found.hits:
            shape = shaped(hit)
            if as_json:
                emit(shape)
            else:
                _print(hit.record.message, shape)
    if not as_json and found.total > len(found.hits):
        say(f"{found.total:,} hits; the first {len(found.hits):,} are shown (--limit 0 for all)")
    if not found.total:
        raise nothing_found(quiet=as_json)


def _words_at(message: Any, shape: dict[str, Any]) -> str:
    """The pages on which the words stand, where the message has others besides."""
    from corpus_search.evidence.citation import placed, places_of
    from corpus_search.model import Span

    spans = [Span(one["start"], one["end"]) for one in shape["reasons"] if one["start"] is not None]
    places = places_of(message, spans)
    return placed(places) if 0 < len(places) < len(message.places) else ""


def _print(message: Any, shape: dict[str, Any]) -> None:
    print(paint(heading(message), "1"))
    print(f"  {plain(shape['citation'])}  {paint(message.id, '2')}")
    if words_at := _words_at(message, shape):
        print(f"  the words: {words_at}")
    snippet, at = shape["snippet"], 0
    out = []
    for low, high in shape["snippet_marks"]:
        out += [plain(snippet[at:low]), paint(plain(snippet[low:high]), "1;33")]
        at = high
    text = "".join([*out, plain(snippet[at:])])
    if text.strip():
        print("  " + " ".join(text.split()))
    if shape.get("folded"):
        print(f"  the same message: {', '.join(shape['folded'])}")
    print()
