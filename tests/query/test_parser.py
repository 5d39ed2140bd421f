"""The search language as tables: what parses and comes back, what is refused and where the finger points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.errors import QueryError
from corpus_search.model import Message, Record, Source
from corpus_search.query import Expr, match, parse, unparse
from corpus_search.query.expr import (
    And,
    Compare,
    DateIn,
    Field,
    Fuzzy,
    InZone,
    Near,
    Not,
    Or,
    PartyIs,
    Phrase,
    Regex,
    TagIs,
    Then,
    Wild,
    Word,
)
from corpus_search.query.words import parts

A, B, C = Word("a", ("a",)), Word("b", ("b",)), Word("c", ("c",))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a -b", And((A, Not(B)))),
        ("NOT a", Not(A)),
        ('"a b"', Phrase("a b", ("a", "b"))),
        ("plate*", Wild("plate*")),
        ("clets~", Fuzzy("clets")),
        ("a NEAR/5 b", Near(A, B, 5, False)),
        ("a BEFORE/3 (b OR c)", Near(A, Or((B, C)), 3, True)),
        (r"/7ABC ?\d{3}/", Regex(r"7ABC ?\d{3}")),
        (r"/a\/b/", Regex("a/b")),
        ("7ABC-123", Word("7ABC-123", ("7abc", "123"))),
        ("from:ruiz", PartyIs("from", Word("ruiz", ("ruiz",)))),
        ("from:(agency:immigration)", PartyIs("from", TagIs("agency", "immigration"))),
        ("own:(a b)", InZone("own", And((A, B)))),
        ("zone:own:a", InZone("own", A)),
        ("plate:7A8C123~", TagIs("plate", "7A8C123", True)),
        ('agency:"Border Patrol"', TagIs("agency", "Border Patrol")),
        ("date:2018-03", DateIn("2018-03-01", "2018-03-31", "2018-03")),
        ("date:2018-01-01..2018-06-30", DateIn("2018-01-01", "2018-06-30", "2018-01-01..2018-06-30")),
        ("date:>2019", DateIn("2020-01-01", None, ">2019")),
        ("date:<2018-03", DateIn(None, "2018-02-28", "<2018-03")),
        ("date:>=0001", DateIn("0001-01-01", None, ">=0001")),
        ("date:<=9999-12", DateIn(None, "9999-12-31", "<=9999-12")),
        ("date:2018-2-3", DateIn("2018-02-03", "2018-02-03", "2018-2-3")),
        ("date:..2018", DateIn(None, "2018-12-31", "..2018")),
        ("confidence:>0.8", Compare("confidence", ">", 0.8)),
        ("page:13", Compare("page", "=", 13)),
        ("attachment:*", Field("attachment", Wild("*"))),
        ("a THEN b THEN/3d c", Then(Then(A, B, None), C, 3.0)),
        ("http://x.org", Word("http://x.org", ("http", "x", "org"))),
        ("own:http://x.org", InZone("own", Word("http://x.org", ("http", "x", "org")))),
        ("own:plate:*", InZone("own", TagIs("plate", "*"))),
        ("quoted:plate:7XKD204", InZone("quoted", TagIs("plate", "7XKD204"))),
        ("zone:own:lookup:result", InZone("own", TagIs("lookup", "result"))),
        ("from:agency:ICE", PartyIs("from", TagIs("agency", "ICE"))),
        ("to:has:redacted", PartyIs("to", Field("has", Word("redacted", ("redacted",))))),
        ("subject:re:plate", Field("subject", Word("re:plate", ("re", "plate")))),
        ("7ABC-1*", Wild("7abc-1*")),
        ("7A8C-123~", Fuzzy("7a8c123")),
        ('plate:"7A8C 123"~', TagIs("plate", "7A8C 123", True)),
        ("page:1234567", Compare("page", "=", 1234567.0)),
        ("(a THEN b) THEN c", Then(Then(A, B, None), C, None)),
        ("a THEN/0d b", Then(A, B, 0.0)),
    ],
)
def test_what_parses(text: str, tree: Expr) -> None:
    assert parse(text) == tree
    assert parse(unparse(tree)) == tree


@pytest.mark.parametrize(
    ("text", "says", "start"),
    [
        ("", "empty", 0),
        ("foo:bar", "no field or kind 'foo'", 0),
        ("plat:7ABC123", "did you mean plate:?", 0),
        ('a "b', "never closed", 2),
        ("a ()", "holds nothing", 2),
        ("(a", "never closed", 0),
        ("a)", "closes nothing", 1),
        ("a NEAR b", "needs a distance", 2),
        ("a NEAR/3 from:b", "takes words", 2),
        ("a OR", "missing at the end", 4),
        ("OR a", "needs something before it", 0),
        ("/[/", "not a regular expression", 0),
        ("/a", "never closed", 0),
        ("//", "is empty", 0),
        ("*", "is every word", 0),
        ("!!!", "holds no word", 0),
        ('"--"', "holds no word", 0),
        ("date:soon", "is no date", 0),
        ("date:2018-02-30", "is no date", 0),
        ("date:>9999", "is no date", 0),
        ("date:<0001", "is no date", 0),
        ("date:..", "is no date", 0),
        ("date:2018-13", "is no date", 0),
        ("date:2019..2018", "is no date", 0),
        ("date:", "needs a value", 0),
        ("from: ruiz", "right after the colon", 0),
        ("zone:(a)", "name the zone", 0),
        ("confidence:high", "takes a number", 0),
        ("confidence:nan", "takes a number", 0),
        ("page:inf", "takes a number", 0),
        ("page:>1e400", "takes a number", 0),
        ("own:plat:x", "did you mean plate:?", 4),
        ("a THEN/3 b", "THEN needs days, such as THEN/3d", 2),
        ("a THEN/2w b", "THEN needs days", 2),
        ("a NEAR/1000 b", "needs a distance in words (up to 999)", 2),
        ("a BEFORE/x b", "such as BEFORE/5", 2),
        ("(a THEN b) c", "write a THEN b THEN c", 0),
        ("a THEN (b THEN c)", "write a THEN b THEN c", 2),
        ("a OR (b THEN c)", "write a THEN b THEN c", 0),
        ("NOT (a THEN b)", "write a THEN b THEN c", 0),
        ("own:(a THEN b)", "write a THEN b THEN c", 0),
        ("from:(a THEN b)", "write a THEN b THEN c", 0),
    ],
)
def test_what_is_refused_and_where(text: str, says: str, start: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert caught.value.start == start


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "a" + ")" * 5000,
        "own:(" * 900 + "a" + ")" * 900,
        "a " * 5000,
        "-" * 1900 + "a",
        "NOT " * 1500 + "a",
        " THEN ".join("a" * 900),
        " NEAR/3 ".join("a" * 900),
    ],
    ids=lambda text: text[:8],
)
def test_brackets_signs_chains_and_parts_are_bounded(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


def test_what_is_within_bounds_can_be_asked() -> None:
    for text in ("own:(" * 59 + "a" + ")" * 59, " THEN ".join("a" * 60), " NEAR/3 ".join("a" * 60), "-" * 59 + "a"):
        tree = parse(text)
        assert parse(unparse(tree)) == tree
        match(tree, Record(Message("1", "message", "R", Source("p", None, "", "mbox"), (), "a b", ())))


WORDS = st.sampled_from(["run", "plate", "7ABC-123", "druiz@x.org", "Ñandú", "o'neil", "2018"]).map(
    lambda text: Word(text, parts(text))
)
LEAVES = st.one_of(
    WORDS,
    WORDS.map(lambda word: Fuzzy("".join(word.parts))),
    st.just(Wild("pla*e")),
    st.just(Regex(r"a/b (?:c|d)\d+")),
    WORDS.map(lambda word: Phrase(word.text + " it", (*word.parts, "it"))),
    st.sampled_from(
        [
            TagIs("plate", "7ABC12?"),
            TagIs("agency", "U.S. Border Patrol"),
            TagIs("plate", "7ABC 123", twins=True),
            TagIs("agency", "/ICE/"),
            TagIs("redaction", "(b)(7)(C)"),
            TagIs("agency", ""),
        ]
    ),
    st.sampled_from([Compare("page", ">=", 1234567.0), Compare("confidence", "<", 0.125)]),
    st.just(DateIn("2018-01-01", "2018-12-31", "2018")),
)
PLACED = st.one_of(WORDS, st.just(Wild("pla*e")))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner.filter(lambda one: not isinstance(one, And)), min_size=2, max_size=3).map(
            lambda x: And(tuple(x))
        ),
        st.lists(inner.filter(lambda one: not isinstance(one, Or)), min_size=2, max_size=3).map(lambda x: Or(tuple(x))),
        inner.map(Not),
        inner.map(lambda one: InZone("own", one)),
        inner.map(lambda one: PartyIs("from", one)),
        st.builds(Near, PLACED, PLACED, st.integers(1, 9), st.booleans()),
    ),
    max_leaves=8,
)


def _chain(steps: list[Expr], days: list[float | None]) -> Expr:
    """Steps joined by THEN, which stands nowhere but at the top."""
    tree = steps[0]
    for step, within in zip(steps[1:], days, strict=False):
        tree = Then(tree, step, within)
    return tree


DAYS = st.lists(st.sampled_from([None, 0.0, 3.0]), min_size=2, max_size=2)
QUERIES = st.one_of(TREES, st.builds(_chain, st.lists(TREES, min_size=2, max_size=3), DAYS))


@settings(max_examples=200, deadline=None)
@given(QUERIES)
def test_a_tree_written_out_parses_to_itself(tree: Expr) -> None:
    assert parse(unparse(tree)) == tree


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(alphabet='ab"()/:*~- ANDORTHEN\n7', max_size=40),
        st.lists(
            st.sampled_from(
                [
                    "own:",
                    "from:",
                    "plate:",
                    "date:",
                    "page:",
                    "THEN",
                    "THEN/2d",
                    "NEAR/3",
                    "OR",
                    "NOT",
                    "-",
                    "(",
                    ")",
                    "a",
                    "b~",
                    "c*",
                    '"d e"',
                    "/f+/",
                    "7ABC-1",
                    "2018-03",
                    ">3",
                    " ",
                ]
            ),
            max_size=9,
        ).map("".join),
    )
)
def test_any_text_parses_and_comes_back_or_is_refused(text: str) -> None:
    refused = None
    try:
        tree = parse(text)
    except QueryError as error:
        refused = error
    else:
        assert parse(unparse(tree)) == tree
    assert refused is None or (0 <= refused.start <= len(text) + 1 and str(refused))
