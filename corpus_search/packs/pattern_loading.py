"""Pattern packs: YAML → patterns, every fault with file:line. See docs/patterns.md for how to write one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path

from corpus_search.errors import PackError, QueryError
from corpus_search.packs.pattern_pack import (
    Bar,
    Clause,
    Example,
    GradeRule,
    Line,
    Modifier,
    Pattern,
    PatternPack,
    Step,
)
from corpus_search.packs.yaml_lines import Faults, Node, items, load_yaml, mapping, text_of, texts
from corpus_search.query import Expr, parse

PATTERN_KEYS = (
    "pattern", "title", "definition", "support", "subjects", "rank", "channel", "define", "clauses", "grades", "unless",
    "bars", "finds", "ignores",
)  # fmt: skip
CLAUSE_KEYS = ("role", "from", "to", "own", "query")
SIDES = (
    "immigration",
    "local",
    "federal",
    "other",
    "any",
    "police",
    "sheriff",
    "jail",
    "probation",
    "prosecutor",
    "dmv",
    "court",
)
SUBJECTS = ("plate", "person", "none")
_MACRO = re.compile(r"\$([a-z_]+)")
_STEP = re.compile(r"([a-z_]+(?:\s*&\s*[a-z_]+)*)")
_THEN = re.compile(r"\s+THEN(?:/(\d+)d)?\s+")
BUILT_IN = "data/patterns"


def load_patterns(own: Path | None = None) -> PatternPack:
    """The built-in patterns and those of a researcher's folder (a pattern of the same name replaces the built-in one).

    Raises:
        PackError: every fault of every file, as file:line.
    """
    folder = resources.files("corpus_search.packs").joinpath(BUILT_IN)
    shared = load_yaml(folder.joinpath("shared.yaml").read_text(encoding="utf-8"), "shared.yaml")
    base = _Base.of(shared, "shared.yaml")
    files = [(Path(entry.name), entry.read_text(encoding="utf-8")) for entry in folder.iterdir()]
    found: dict[str, Pattern] = {}
    for file, text in sorted(files):
        if file.suffix == ".yaml" and file.name != "shared.yaml":
            found |= {pattern.name: pattern for pattern in read_patterns(text, file, base)}
    for file in sorted(own.glob("*.yaml")) if own else ():
        text = file.read_text(encoding="utf-8")
        if re.search(r"^\s*-?\s*patterns?:", text, re.MULTILINE):
            found |= {pattern.name: pattern for pattern in read_patterns(text, file, base)}
    return PatternPack(
        tuple(found[name] for name in sorted(found)), base.modifiers, base.answers, base.unless.get("refusal")
    )


def load_pattern_file(file: Path) -> tuple[Pattern, ...]:
    """The patterns of one file, with the shared words of the built-in packs.

    Raises:
        PackError: its faults, as file:line, or that it can't be read.
    """
    shared = resources.files("corpus_search.packs").joinpath(BUILT_IN, "shared.yaml").read_text(encoding="utf-8")
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{file}:1: can't be read: {error}") from error
    return read_patterns(text, file, _Base.of(load_yaml(shared, "shared.yaml"), "shared.yaml"))


class _Base:
    """The shared words, what rules any pattern out, and the modifiers."""

    def __init__(
        self,
        words: dict[str, str],
        unless: dict[str, Bar],
        modifiers: tuple[Modifier, ...],
        answers: dict[str, Clause],
    ) -> None:
        self.words = words
        self.unless = unless
        self.modifiers = modifiers
        self.answers = answers

    @classmethod
    def of(cls, top: Node, file: str) -> _Base:
        faults = Faults(file)
        parts = mapping(top, faults, ("define", "answers", "unless", "modifiers"))
        words = _define(parts.get("define"), {}, faults)
        bars = {bar.name: bar for bar in _bars(parts.get("unless"), words, Path(file), faults)}
        answers = _clauses(parts.get("answers"), words, Path(file), faults)
        modifiers = []
        for name, node in (mapping(parts["modifiers"], faults) if "modifiers" in parts else {}).items():
            inner = mapping(node, faults, ("points", "own", "query"), ("points",))
            query = _query(inner, words, faults, node) if ("own" in inner or "query" in inner) else None
            modifiers.append(
                Modifier(name, float(text_of(inner.get("points"), faults, "0")), query, Line(Path(file), node.line))
            )
        faults.settle()
        return cls(words, bars, tuple(modifiers), answers)


def read_patterns(text: str, file: Path, base: _Base) -> tuple[Pattern, ...]:
    """The patterns of a pack's text.

    Raises:
        PackError: all its faults, as file:line.
    """
    faults = Faults(str(file))
    top = load_yaml(text, file)
    parts = mapping(top, faults)
    nodes = list(items(parts["patterns"], faults)) if "patterns" in parts else [top]
    found = [_pattern(node, file, base, faults) for node in nodes]
    faults.settle()
    return tuple(pattern for pattern in found if pattern is not None)


def _pattern(node: Node, file: Path, base: _Base, faults: Faults) -> Pattern | None:
    parts = mapping(node, faults, PATTERN_KEYS, ("pattern", "title", "clauses", "grades", "finds", "ignores"))
    if not parts:
        return None
    words = base.words | _define(parts.get("define"), base.words, faults)
    clauses = _clauses(parts.get("clauses"), words, file, faults)
    grades = tuple(_grades(parts.get("grades"), clauses, file, faults))
    own_bars = {bar.name: bar for bar in _bars(parts.get("bars"), words, file, faults)}
    bars = []
    for name in texts(parts.get("unless"), faults):
        bar = own_bars.pop(name, None) or base.unless.get(name)
        if bar is None:
            faults.add(parts["unless"], f"no bar {name!r}; there are: {', '.join(sorted({*base.unless, *own_bars}))}")
        else:
            bars.append(bar)
    subjects = text_of(parts.get("subjects"), faults, "none")
    if subjects not in SUBJECTS:
        faults.add(parts["subjects"], f"subjects must be one of {', '.join(SUBJECTS)}")
    return Pattern(
        name=text_of(parts.get("pattern"), faults),
        title=text_of(parts.get("title"), faults),
        definition=text_of(parts.get("definition"), faults),
        support=text_of(parts.get("support"), faults),
        subjects=subjects,  # type: ignore[arg-type]
        rank=int(text_of(parts.get("rank"), faults, "100") or 100),
        clauses=clauses,
        grades=grades,
        bars=(*bars, *own_bars.values()),
        channel=text_of(parts.get("channel"), faults, "false") == "true",
        finds=tuple(_examples(parts.get("finds"), file, faults)),
        ignores=tuple(_examples(parts.get("ignores"), file, faults)),
        line=Line(file, node.line),
    )


def _define(node: Node | None, known: Mapping[str, str], faults: Faults) -> dict[str, str]:
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
    """Ways of saying a thing as one regular expression of the search language: any case, any blanks, whole words."""
    shapes = []
    for entry in entries:
        shape = re.sub(r" ", r"\\s+", entry.strip().replace("'?", "['’]?").replace("/", "\\/"))
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


def _query(parts: Mapping[str, Node], words: Mapping[str, str], faults: Faults, node: Node) -> Expr | None:
    text = _query_text(parts, words, faults)
    try:
        return parse(text) if text else None
    except QueryError as error:
        faults.add(
            parts.get("own") or parts.get("query") or node, f"{error} in: {text[error.start : error.start + 60]}"
        )
        return None


def _query_text(parts: Mapping[str, Node], words: Mapping[str, str], faults: Faults) -> str:
    pieces = []
    if (own := parts.get("own")) is not None:
        if isinstance(own.value, dict):
            mapping(own, faults, ("says",), ("says",))
            pieces.append(f"own:({says(texts(own.value.get('says'), faults))})")
        else:
            pieces.append(f"own:({_expand(text_of(own, faults), words, own, faults)})")
    if (query := parts.get("query")) is not None:
        pieces.append(f"({_expand(text_of(query, faults), words, query, faults)})")
    return " ".join(pieces)


def _clauses(node: Node | None, words: Mapping[str, str], file: Path, faults: Faults) -> dict[str, Clause]:
    found = {}
    for name, value in (mapping(node, faults) if node is not None else {}).items():
        parts = mapping(value, faults, CLAUSE_KEYS, ("role",))
        sender, reader = text_of(parts.get("from"), faults, "any"), text_of(parts.get("to"), faults, "any")
        for side in (sender, reader):
            if side not in SIDES:
                faults.add(value, f"no side {side!r}; there are: {', '.join(SIDES)}")
        query = _query(parts, words, faults, value)
        if query is None:
            faults.add(value, "a clause needs own: (a query about the message's own words) or query:")
            continue
        found[name] = Clause(
            name=name,
            role=text_of(parts.get("role"), faults),
            direction=f"{sender}>{reader}",
            text=_query_text(parts, words, faults),
            query=query,
            line=Line(file, value.line),
        )
    return found


def _grades(node: Node | None, clauses: Mapping[str, Clause], file: Path, faults: Faults) -> Iterable[GradeRule]:
    for item in items(node, faults):
        for grade, value in mapping(item, faults, ("A", "B", "C", "D")).items():
            pieces = _THEN.split(text_of(value, faults).strip())
            steps = []
            for at in range(0, len(pieces), 2):
                names = tuple(name.strip() for name in pieces[at].split("&"))
                for name in names:
                    if name not in clauses:
                        faults.add(value, f"no clause {name!r}; there are: {', '.join(clauses)}")
                days = pieces[at - 1] if at else None
                steps.append(Step(names, float(days) if days else None))
            if all(name in clauses for step in steps for name in step.clauses):
                yield GradeRule(grade, tuple(steps), Line(file, value.line))  # type: ignore[arg-type]


def _bars(node: Node | None, words: Mapping[str, str], file: Path, faults: Faults) -> Iterable[Bar]:
    for name, value in (mapping(node, faults) if node is not None else {}).items():
        parts = mapping(value, faults, ("own", "query", "scope"))
        scope = text_of(parts.get("scope"), faults, "message")
        if scope not in ("message", "conversation"):
            faults.add(value, "scope must be message or conversation")
        query = _query(parts, words, faults, value)
        if query is not None:
            yield Bar(name, scope, query, Line(file, value.line))  # type: ignore[arg-type]


def _examples(node: Node | None, file: Path, faults: Faults) -> Iterable[Example]:
    for item in items(node, faults):
        messages: list[dict[str, object]] = []
        for message in items(item, faults):
            parts = mapping(message, faults, ("from", "to", "text", "subject", "attachments"), ("text",))
            messages.append(
                {
                    key: texts(value, faults) if key == "attachments" else text_of(value, faults)
                    for key, value in parts.items()
                }
            )
        yield Example(tuple(messages), Line(file, item.line))
