"""`pairs`: who asks whom, for what, how often."""

from __future__ import annotations

import typer

from corpus_search.cli.options import CorpusOption, JsonOption, ReleaseOption, corpus_folder
from corpus_search.cli.output import counted, emit, nothing_found, paint, party_text, plain

STRIP = " ▁▂▃▄▅▆▇█"


def command(
    context: typer.Context,
    corpus: CorpusOption = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List who asks whom, for what, how often, first and last, month by month. Exit code 1 where there is nobody.

    Example: corpus-search --corpus ocsd pairs
    """
    from corpus_search.evidence.shapes import pair_shape
    from corpus_search.workflows.finding import pairs

    found = pairs(corpus_folder(context, corpus), release)
    for pair in found:
        if as_json:
            emit(pair_shape(pair))
            continue
        print(paint(f"{party_text(pair.requester)} ← {party_text(pair.provider)}", "1"))
        regular = ", regular" if pair.regular else ""
        print(f"  {counted(pair.conversations, 'conversation')}{regular}, {pair.first or '?'} to {pair.last or '?'}")
        print(f"  {', '.join(f'{name} ({number})' for name, number in pair.patterns)}")
        if pair.subjects:
            print(plain(f"  about {', '.join(pair.subjects)}"))
        if pair.months:
            print(f"  {_strip(dict(pair.months))}")
    if not found:
        raise nothing_found(quiet=as_json)


def _strip(months: dict[str, int]) -> str:
    """A bar a month from the first to the last."""
    first, last = min(months), max(months)
    year, month = int(first[:4]), int(first[5:7])
    top = max(months.values())
    bars: list[str] = []
    while f"{year:04}-{month:02}" <= last and len(bars) < 240:
        count = months.get(f"{year:04}-{month:02}", 0)
        bars.append(STRIP[(count * (len(STRIP) - 1) + top - 1) // top])
        month += 1
        if month > 12:
            year, month = year + 1, 1
    return f"{first} |{''.join(bars)}| {last}"
