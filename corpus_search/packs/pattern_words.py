"""The words of a pack: pieces of query with a name, ways of saying a thing, and the queries made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from corpus_search.errors import QueryError
from corpus_search.packs.yaml_lines import Faults, Node, mapping, text_of, texts
from corpus_search.query import Expr, parse

LONGEST = 120  # characters of a query, or of what is wrong with it, in a fault
_SOME_WORDS = r"\b[^.!?]{0,60}\b"
_MACRO = re.compile(r"\$([a-z_]+)")


def define(node: Node | None, known: Mapping[str, str], faults: Faults) -> dict[str, str]:
    """Named pieces of query; a `says` list becomes one regular expression."""
    found: dict[str, str] = {}
    for name, value in (mapping(node, faults) if node is not None else {}).items():
        if isinstance(value.value, dict):
            mapping(value, faults, ("says",), ("says",))
            found[name] = says(texts(value.value.get("says"), faults))
        else:
            found[name] = "(" + _expand(text_of(value, faults), {**known, **found}, value, faults) + ")"
    return found


def says(entries: Iterable[str]) -> str:
    """Ways of saying a thing as one regular expression of the search language: any case, any blanks, whole words.

    `...` between words stands for some further words of the same sentence.
    """
    shapes = []
    for entry in entries:
        shape = re.sub(r"(?<!\\)/", r"\\/", entry.strip().replace("'", "['’]"))
        shape = shape.replace(" ... ", _SOME_WORDS).replace(" ?", r"\s*").replace(" ", r"\s+")
        before = r"\b" if re.match(r"[\w(\[]", entry.strip()) else ""
        shapes.append(f"{before}(?:{shape})" + (r"\b" if re.search(r"[\w)\]]\??$", shape) else ""))
    return f"/(?i:{'|'.join(shapes)})/"


def _expand(text: str, words: Mapping[str, str], node: Node, faults: Faults) -> str:
    def word(found: re.Match[str]) -> str:
        if found.group(1) not in words:
            faults.add(
                node, f"no words ${found.group(1)}; there are: {', '.join('$' + name for name in sorted(words))}"
            )
            return "x"
        return words[found.group(1)]

    return _MACRO.sub(word, text)


def query_of(parts: Mapping[str, Node], words: Mapping[str, str], faults: Faults, node: Node) -> Expr | None:
    """The query of a clause, cue or bar; None where it has none, or has one that can't be read (a fault)."""
    text = query_text(parts, words, faults)
    try:
        return parse(text) if text else None
    except QueryError as error:
        where = next((parts[key] for key in ("own", "says", "query") if key in parts), node)
        faults.add(where, f"{_short(str(error))} in: {_short(text[error.start :])}")
        return None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def query_text(parts: Mapping[str, Node], words: Mapping[str, str], faults: Faults) -> str:
    """The query as text: what the message's own words say, what they or its subject say, and whatever else it asks."""
    pieces = []
    if (own := parts.get("own")) is not None:
        if isinstance(own.value, dict):
            mapping(own, faults, ("says",), ("says",))
            pieces.append(f"own:({says(texts(own.value.get('says'), faults))})")
        else:
            pieces.append(f"own:({_expand(text_of(own, faults), words, own, faults)})")
    if (said := parts.get("says")) is not None:
        shape = says(texts(said, faults))
        pieces.append(f"(own:({shape}) OR subject:{shape})")
    if (query := parts.get("query")) is not None:
        pieces.append(f"({_expand(text_of(query, faults), words, query, faults)})")
    return " ".join(pieces)
